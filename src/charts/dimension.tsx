// Single pictures, volumes, and either over time.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { capital, portion, sentence } from './names.ts';

export default {
  id: 'dimension',
  title: 'Dimension',
  order: 30,
  always: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.dimension });
    return { slices: ranked(counts, { nameOf: sentence }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No dimension is known yet.`;
    return `${capital(portion(first.count, { whole: total, counting }))} are ${first.name}.`;
  },
  Draw: Bars,
} satisfies Chart;
