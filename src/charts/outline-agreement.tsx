// Masks that came with the data against ours: how far they overlap, item by item (Dice; the lowest, where an item has several).
import type { Chart } from './chart.ts';
import { DICE_EDGES, FIELDS } from './field.ts';
import { binned } from './marks/binned.ts';
import { Histogram } from './marks/histogram.tsx';

/** From here on two drawings of one thing are much alike. */
const ALIKE = 0.7;

export default {
  id: 'dice',
  title: 'Masks compared',
  order: 48,
  unit: 'Dice',
  optional: true,
  tally: (rows, counting) => binned(rows, { counting, valuesOf: FIELDS.dice, edges: DICE_EDGES, whole: false }),
  summary({ slices }, counting) {
    const all = slices.reduce((sum, { count }) => sum + count, 0);
    if (!all) return 'No mask that came with the data could be compared with ours.';
    const alike = slices.reduce((sum, { value, count }) => sum + (Number(value) >= ALIKE ? count : 0), 0);
    const what = all === 1 ? counting.replace(/s$/, '') : counting;
    return `In ${all} ${what} there are masks of both to compare; ${alike} of them overlap by ${ALIKE} (Dice) or more.`;
  },
  Draw: Histogram,
} satisfies Chart;
