// What a link to a run carries: the state of its screen as plain parameters. A leaf, so that the router and the screens can both read it.
import type { Counting } from '../../charts/chart.ts';
import { one, several } from '../search.ts';

/** State of a run's screen that a link carries. */
export interface RunSearch {
  /** Absent: overview. */
  readonly view?: 'items' | 'report' | 'files' | undefined;
  /** Filters, field:value. */
  readonly f?: readonly string[] | undefined;
  /** Words searched for in the items. */
  readonly q?: string | undefined;
  /** Column, with a minus for largest first. */
  readonly sort?: string | undefined;
  /** Optional columns of the table. */
  readonly cols?: readonly string[] | undefined;
  /** What charts count; absent: items. */
  readonly count?: Counting | undefined;
  /** Which files the Files tab lists; absent: all. */
  readonly status?: string | undefined;
  readonly headless?: string | undefined;
}

const COUNTINGS = ['items', 'images', 'files'] as const;
const VIEWS = ['items', 'report', 'files'] as const;

/** What of a parsed query string a run's screen understands; the rest is left out. */
export function runSearchOf(search: Readonly<Record<string, unknown>>): RunSearch {
  return {
    view: VIEWS.find((view) => view === search.view),
    f: several(search.f),
    q: one(search.q),
    sort: one(search.sort),
    cols: several(search.cols),
    count: COUNTINGS.find((counting) => counting === search.count),
    status: one(search.status),
    headless: one(search.headless),
  };
}
