// Items whose header and picture disagree: how many, on which question, and the filters that show them. Pure.
import { COMPARED, type Compared } from '../../core/agreement.ts';
import type { Row } from '../../core/row.ts';
import type { Filter } from './filters.ts';

export interface Disputes {
  /** Items that differ on anything; an item that differs on two questions counts once. */
  readonly items: number;
  readonly on: readonly { readonly question: Compared; readonly items: number }[];
}

/** One pass over the rows; undefined where none differs. */
export function disputesOf(rows: readonly Row[]): Disputes | undefined {
  const on = new Map<Compared, number>(COMPARED.map((question) => [question, 0]));
  let items = 0;
  for (const { differs } of rows) {
    if (!differs?.length) continue;
    items++;
    for (const question of differs) on.set(question, (on.get(question) ?? 0) + 1);
  }
  if (!items) return undefined;
  return { items, on: [...on].flatMap(([question, amount]) => (amount ? [{ question, items: amount }] : [])) };
}

const isDispute = ({ field, value }: Filter): boolean => field === 'agreement' && COMPARED.some((question) => question === value);

/** The questions that are filtered for. */
export function disputedIn(filters: readonly Filter[]): ReadonlySet<Compared> {
  return new Set(COMPARED.filter((question) => filters.some((filter) => isDispute(filter) && filter.value === question)));
}

/** The filters with exactly these questions; the other filters stay. */
export function withDisputes(filters: readonly Filter[], questions: Iterable<Compared>): readonly Filter[] {
  return [
    ...filters.filter((filter) => filter.field !== 'agreement'),
    ...[...questions].map((value): Filter => ({ field: 'agreement', value })),
  ];
}
