// What made the images: a pie of at most six groups and the others.
import { type Chart, ranked, type Slice, tallyBy } from './chart.ts';
import { groupColour } from './colour.ts';
import { EITHER, FIELDS } from './field.ts';
import { Donut } from './marks/donut.tsx';
import { modalityName, percent } from './names.ts';

const SLICES = 6;

function folded(slices: readonly Slice[]): readonly Slice[] {
  if (slices.length <= SLICES + 1) return slices;
  const tail = slices.slice(SLICES);
  const count = tail.reduce((sum, slice) => sum + slice.count, 0);
  const value = tail.map((slice) => slice.value).join(EITHER);
  return [...slices.slice(0, SLICES), { value, name: `${tail.length} others`, count, colour: groupColour('Other') }];
}

export default {
  id: 'modality',
  title: 'Modality',
  order: 10,
  always: true,
  wide: true,
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.modality });
    return { slices: folded(ranked(counts, { nameOf: modalityName, colourOf: groupColour })), total };
  },
  summary({ slices, total }, counting) {
    const [first, second] = slices;
    if (!first) return 'Nothing counted yet.';
    if (first.value === 'UNKNOWN') return 'No modality is known yet.';
    if (!second) return `All ${counting} are ${first.name}.`;
    return `${first.name} makes up ${percent(first.count, total)} of the ${counting}, ${second.name} ${percent(second.count, total)}.`;
  },
  Draw: Donut,
} satisfies Chart;
