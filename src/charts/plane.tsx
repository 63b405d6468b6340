// How the slices lie in the patient.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { capital, portion } from './names.ts';

export default {
  id: 'plane',
  title: 'Plane',
  order: 70,
  optional: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.plane });
    return { slices: ranked(counts, { nameOf: capital }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No imaging plane is known.`;
    return `${first.name} is the most frequent plane: ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
