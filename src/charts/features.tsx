// Findings that somebody speaks of: tumours, lesions, vessels. Rows may have several or none.
import { type Chart, ranked, type Slice, tallyBy } from './chart.ts';
import { FIELDS } from './field.ts';
import { Bars } from './marks/bars.tsx';
import { capital, portion } from './names.ts';

const nameOf = (value: string): string => (value === 'none' ? 'None known' : capital(value));
const last = (slice: Slice): number => Number(slice.value === 'none');

export default {
  id: 'feature',
  title: 'Features',
  order: 40,
  always: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.feature });
    return { slices: ranked(counts, { nameOf }).sort((a, b) => last(a) - last(b)), total };
  },
  summary({ slices, total }, counting) {
    const [first] = slices;
    if (!first || first.value === 'none') return `No tumours, lesions or vessels are named in these ${counting}.`;
    return `${first.name} in ${portion(first.count, { whole: total, counting })}.`;
  },
  Draw: Bars,
} satisfies Chart;
