// How many slices volumes have; everything flat counts as one.
import type { Chart } from './chart.ts';
import { FIELDS, SLICE_EDGES } from './field.ts';
import { binned, mostIn } from './marks/binned.ts';
import { Histogram } from './marks/histogram.tsx';

export default {
  id: 'slices',
  title: 'Slices',
  order: 90,
  optional: true,
  tally: (rows, counting) => binned(rows, { counting, valuesOf: FIELDS.slices, edges: SLICE_EDGES, whole: true }),
  summary: (data, counting) => mostIn(data, { counting, what: 'slices' }),
  Draw: Histogram,
} satisfies Chart;
