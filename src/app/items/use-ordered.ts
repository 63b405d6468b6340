// Rows in order for the table, sorted in small steps between frames where there are many.
import { useEffect, useMemo, useState } from 'react';
import type { Row } from '../../core/row.ts';
import { type Order, ordered, ordering } from './order.ts';

/** Below, sorting at once is not felt. */
const AT_ONCE = 4000;
const STEP_MS = 8;

/** Until a long sort is done, the rows of the sort before. */
export function useOrdered(rows: readonly Row[], order: Order | undefined): readonly Row[] {
  const quick = useMemo(() => (!order || rows.length <= AT_ONCE ? ordered(rows, order) : undefined), [rows, order]);
  const [slow, setSlow] = useState<readonly Row[]>();
  useEffect(() => {
    if (quick || !order) return;
    return sortBetweenFrames(rows, order, setSlow);
  }, [quick, rows, order]);
  return quick ?? slow ?? rows;
}

function sortBetweenFrames(rows: readonly Row[], order: Order, done: (rows: readonly Row[]) => void): () => void {
  const steps = ordering(rows, order);
  let timer: ReturnType<typeof setTimeout>;
  const work = () => {
    const end = performance.now() + STEP_MS;
    while (performance.now() < end) {
      const step = steps.next();
      if (step.done) return done(step.value);
    }
    timer = setTimeout(work);
  };
  timer = setTimeout(work);
  return () => clearTimeout(timer);
}
