// Which part of the body is seen.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { anatomyName, portion } from './names.ts';

export default {
  id: 'anatomy',
  title: 'Anatomy',
  order: 20,
  always: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.anatomy });
    return { slices: ranked(counts, { nameOf: anatomyName }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No body part is known yet.`;
    return `${first.name} is seen in ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
