// Rows in order for the table, sorted in small steps between frames where there are many.
import { useCallback } from 'react';
import type { Row } from '../../core/row.ts';
import { useStepped } from '../run/use-stepped.ts';
import { type Order, ordering } from './order.ts';

/** Below, sorting at once is not felt. */
const AT_ONCE = 4000;

/** Until a long sort is done, the rows of the sort before. */
export function useOrdered(rows: readonly Row[], order: Order | undefined): readonly Row[] {
  const work = useCallback(() => (order ? ordering(rows, order) : asTheyAre(rows)), [rows, order]);
  return useStepped(work, !order || rows.length <= AT_ONCE) ?? rows;
}

// biome-ignore lint/correctness/useYield: nothing to do in steps
function* asTheyAre(rows: readonly Row[]): Generator<undefined, readonly Row[]> {
  return rows;
}
