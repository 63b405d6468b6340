// Pixels along the longer side.
import type { Chart } from './chart.ts';
import { FIELDS, MATRIX_EDGES } from './field.ts';
import { binned, mostIn } from './marks/binned.ts';
import { Histogram } from './marks/histogram.tsx';

export default {
  id: 'matrix',
  title: 'Matrix size',
  order: 100,
  unit: 'pixels',
  optional: true,
  tally: (rows, counting) => binned(rows, { counting, valuesOf: FIELDS.matrix, edges: MATRIX_EDGES, whole: true }),
  summary: (data, counting) => mostIn(data, { counting, what: 'pixels along the longer side' }),
  Draw: Histogram,
} satisfies Chart;
