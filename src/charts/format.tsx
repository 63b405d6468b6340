// What kind of files they are.
import { type Chart, ranked, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { capital, formatName, portion } from './names.ts';

export default {
  id: 'format',
  title: 'Format',
  order: 80,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.format });
    return { slices: ranked(counts, { nameOf: formatName }), total };
  },
  summary({ slices, total }, counting) {
    const first = slices.find((slice) => slice.value !== 'UNKNOWN');
    if (!first) return `No format is known yet.`;
    return `${capital(portion(first.count, { whole: total, counting }))} are ${first.name}.`;
  },
  Draw: Bars,
} satisfies Chart;
