// The counts of every chart, each filtered by the others: at once for few rows, chart by chart between frames for many.
import { useCallback, useMemo } from 'react';
import type { Chart, Counting, Tally } from '../../charts/chart.ts';
import { charts } from '../../charts/index.ts';
import type { Row } from '../../core/row.ts';
import { type Filter, passing } from '../run/filters.ts';
import { useStepped } from '../run/use-stepped.ts';

export interface Tallied {
  readonly chart: Chart;
  readonly data: Tally;
  /** One value for all rows of the run: a sentence says as much as a drawing. */
  readonly uniform: boolean;
}

const AT_ONCE = 3000;
/** Rows filtered in one step: 2 ms or so. */
const STEP = 5000;

/** Undefined until the first count is done. */
export function useTallies(
  rows: readonly Row[],
  options: { filters: readonly Filter[]; counting: Counting },
): readonly Tallied[] | undefined {
  const { filters, counting } = options;
  const fields = useMemo(() => new Set(filters.map((filter) => filter.field)), [filters]);
  const work = useCallback(() => tallying(rows, { filters, fields, counting }), [rows, filters, fields, counting]);
  return useStepped(work, rows.length <= AT_ONCE);
}

interface Asked {
  readonly filters: readonly Filter[];
  readonly fields: ReadonlySet<string>;
  readonly counting: Counting;
}

function* tallying(rows: readonly Row[], { filters, fields, counting }: Asked): Generator<undefined, readonly Tallied[]> {
  const all: Tallied[] = [];
  for (const chart of charts) {
    const whole = yield* counted(chart, { rows, counting });
    const others = fields.size > Number(fields.has(chart.id));
    const data = others ? yield* counted(chart, { rows: yield* filtered(rows, { filters, except: chart.id }), counting }) : whole;
    all.push({ chart, data, uniform: isUniform(whole) && !fields.has(chart.id) });
  }
  return all;
}

const isUniform = ({ slices, total }: Tally): boolean => slices.length === 1 && slices[0]?.count === total && total > 0;

function* filtered(
  rows: readonly Row[],
  asked: { filters: readonly Filter[]; except: Filter['field'] },
): Generator<undefined, readonly Row[]> {
  const pass: Row[] = [];
  for (let at = 0; at < rows.length; at += STEP) {
    for (const row of passing(rows.slice(at, at + STEP), asked)) pass.push(row);
    yield;
  }
  return pass;
}

/** A tally is one quick pass over its rows: 10 ms for a hundred thousand. Other work may come between two charts. */
function* counted(chart: Chart, { rows, counting }: { rows: readonly Row[]; counting: Counting }): Generator<undefined, Tally> {
  const data = chart.tally(rows, counting);
  yield;
  return data;
}
