// MR sequences: how the contrast of the tissue was made.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { capital, portion } from './names.ts';

export default {
  id: 'sequence',
  title: 'Sequence',
  order: 50,
  optional: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.sequence });
    return { slices: ranked(counts, { nameOf: capital }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No sequence is known.`;
    return `${first.name} is the most frequent sequence: ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
