// Measurements as CSV: a line for each mask of an item, and one for each kind that was looked for and has no mask, so that shares can be counted.
import { type Corrections, corrected } from '../../core/correction.ts';
import type { Feature } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import type { Outline } from '../../core/outline.ts';
import { type Cell, record } from './csv.ts';

const COLUMNS = [
  'item',
  'name',
  'path',
  'kind',
  'label',
  'by',
  'from',
  'probability',
  'present',
  'area_fraction',
  'area_mm2',
  'volume_ml',
  'largest_diameter_mm',
  'pieces',
  'first_slice',
  'last_slice',
  'dice',
] as const;

const rounded = (value: number | null | undefined, digits = 4): number | null | undefined =>
  value === null || value === undefined ? value : Number(value.toFixed(digits));

/** yes, no, or empty where nobody looked or a person is not sure. */
function presence(feature: Feature | undefined): Cell {
  if (!feature?.examined || feature.present === null) return '';
  return feature.present ? 'yes' : 'no';
}

function outlineCells(outline: Outline, feature: Feature | undefined): Cell[] {
  const { kind, label, by, from, probability, areaFraction, areaMm2, volumeMl, largestMm, count, slices, dice } = outline;
  return [
    kind,
    label,
    by,
    from,
    rounded(probability),
    presence(feature),
    rounded(areaFraction, 6),
    rounded(areaMm2, 2),
    rounded(volumeMl),
    rounded(largestMm, 2),
    count,
    // People count slices from one.
    slices[0] + 1,
    slices[1] + 1,
    rounded(dice),
  ];
}

function featureCells(feature: Feature): Cell[] {
  const { kind, by, probability } = feature;
  return [kind, '', by, '', rounded(probability), presence(feature), ...Array<Cell>(8).fill('')];
}

/** The lines of one item, corrections already on top. */
export function measurementsOf(item: Item): string {
  const head = [item.id, item.name, item.parts[0]?.path ?? ''];
  const outlines = item.outlines ?? [];
  const featureOf = (kind: string) => item.features.find((feature) => feature.kind === kind);
  const bare = item.features.filter(({ examined, kind }) => examined && !outlines.some((outline) => outline.kind === kind));
  return [
    ...outlines.map((outline) => record([...head, ...outlineCells(outline, featureOf(outline.kind))])),
    ...bare.map((feature) => record([...head, ...featureCells(feature)])),
  ].join('');
}

/** All items, or those of `ids`, a batch a piece. */
export async function* measurementsCsv(
  batches: AsyncIterable<readonly Item[]>,
  options: { corrections: Corrections; ids?: ReadonlySet<string> | undefined },
): AsyncGenerator<string> {
  yield record(COLUMNS);
  for await (const batch of batches) {
    const chosen = batch.filter((item) => options.ids === undefined || options.ids.has(item.id));
    const text = chosen.map((item) => measurementsOf(corrected(item, options.corrections))).join('');
    if (text) yield text;
  }
}
