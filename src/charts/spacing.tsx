// Millimetres from pixel to pixel within a slice.
import type { Chart } from './chart.ts';
import { FIELDS, SPACING_EDGES } from './field.ts';
import { binned, mostIn } from './marks/binned.ts';
import { Histogram } from './marks/histogram.tsx';

export default {
  id: 'spacing',
  title: 'Pixel spacing',
  order: 110,
  unit: 'mm',
  optional: true,
  tally: (rows, counting) => binned(rows, { counting, valuesOf: FIELDS.spacing, edges: SPACING_EDGES, whole: false }),
  summary: (data, counting) => mostIn(data, { counting, what: 'mm between pixels' }),
  Draw: Histogram,
} satisfies Chart;
