// Who made the machines, as their headers say.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { portion, sentence } from './names.ts';

export default {
  id: 'manufacturer',
  title: 'Manufacturer',
  order: 120,
  optional: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.manufacturer });
    return { slices: ranked(counts, { nameOf: sentence }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No header names a manufacturer.`;
    return `${first.name} is named in ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
