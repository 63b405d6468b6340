// Whether a contrast agent was given, as far as headers and names say.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { contrastName, portion } from './names.ts';

export default {
  id: 'contrast',
  title: 'Contrast',
  order: 60,
  optional: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.contrast });
    return { slices: ranked(counts, { nameOf: contrastName }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `Nothing says whether a contrast agent was given.`;
    return `${first.name}: ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
