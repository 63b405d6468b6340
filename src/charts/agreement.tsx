// Header against picture: where they agree, and what they differ on. An item that differs on two questions is counted in both bars.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { AGREE, FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { agreementName, portion } from './names.ts';

export default {
  id: 'agreement',
  title: 'Header and picture',
  order: 45,
  optional: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.agreement });
    return { slices: ranked(counts, { nameOf: agreementName }), total };
  },
  summary({ slices, total }, counting) {
    const differ = slices.filter((slice) => slice.value !== AGREE);
    if (!slices.length) return 'No header could be compared with its picture.';
    if (!differ.length) return `They agree wherever both speak: ${portion(slices[0]?.count ?? 0, { whole: total, counting })}.`;
    return `${differ.map(({ name, count }) => `${name}: ${portion(count, { whole: total, counting })}`).join('. ')}.`;
  },
  Draw: Bars,
} satisfies Chart;
