// Which items are asked for vessels: CT with contrast medium and MR angiography, as volumes. By labels, tags and names, before any pixel is read.

import type { TagValue } from '../header.ts';
import type { Item } from '../item.ts';
import { gridOf } from '../item-grid.ts';

/** What is asked of the voxels of an item, or one plain sentence why nothing is; an empty one where others know better. */
export type Angiography =
  | {
      readonly kind: 'ct' | 'mr';
      /** What speaks for it, for a person. */
      readonly because: string;
      /** Skin and scalp that are left out. Millimetres. */
      readonly rimMm: number;
    }
  | { readonly kind: null; readonly why: string };

/** Volumes of fewer slices or columns show no trees. */
const SLICES = 24;
const SIDE = 48;
/** Where voxels are longer, ribs lose their dense rim and are taken for vessels. Millimetres. */
const GAP_MM = { ct: 2, mr: 3 } as const;
/** Confidence that labels need. */
const SURE = 0.6;
/** Scalp and its fat are as bright as blood in time of flight; elsewhere only skin is left out. */
const RIM_MM = { scalp: 8, skin: 3 } as const;
const HEAD = new Set(['HEAD', 'BRAIN', 'SKULL', 'EYE']);
/** `\b` does not part words at underscores. */
const MR_WORDS = /(^|[^a-z])(tof\d*d?|mra|mrv|ce_?mra|angio[a-z]*|twist|tricks|venogra[a-z]*|time_of_flight|qiss|inhance)(?![a-z])/i;
const CT_WORDS =
  /(^|[^a-z])(cta|ccta|ctpa|ctv|angio[a-z]*|cect|arter[a-z]*|venous|portal[a-z]*|coronar[a-z]*|contrast[a-z]*|aort[a-z]*|avm|aneurysm[a-z]*)(?![a-z])/i;
const PLAIN_WORDS =
  /(^|[^a-z])(non_?contrast|unenhanced|without_contrast|wo_contrast|nativ[a-z]*|plain|precontrast|pre_contrast|ncct|calcium_score)(?![a-z])/i;
const PROJECTED = /PROJECTION|\bMIP\b|MPR|LOCALIZER|SCOUT|VOLREN|3D_?RENDER/i;

const no = (why: string): Angiography => ({ kind: null, why });
const textOf = (value: TagValue | undefined): string =>
  (value === undefined ? '' : typeof value === 'object' ? value.join('\\') : String(value)).trim();

/** Decides for one item. Never throws. */
export function angiographyOf(item: Item): Angiography {
  const { modality, anatomy, dimension } = item.labels;
  const kind = modality.value === 'CT' ? 'ct' : modality.value === 'MR' ? 'mr' : undefined;
  if (!kind) return no('');
  if (modality.confidence < SURE) return no('It is not sure enough that this is CT or MR, so it was not searched for vessels.');
  const unfit = whyUnfit(item, GAP_MM[kind]);
  if (dimension.value !== '3D' || unfit) return no(unfit ?? 'Vesselness looks at single volumes only, not at images in time.');
  const rimMm = kind === 'mr' && HEAD.has(anatomy.value) ? RIM_MM.scalp : RIM_MM.skin;
  const told = kind === 'mr' ? mrTold(item) : ctTold(item);
  if (told) return { kind, because: told, rimMm };
  if (kind === 'mr') return no('This MR is no angiography by its labels, tags and names, so it was not searched for vessels.');
  if (isPlain(item)) return no('This CT was made without contrast medium, so it was not searched for vessels.');
  return no(
    'Nobody says that contrast medium was given for this CT, and without it bone is taken for vessels, so it was not searched for them.',
  );
}

function whyUnfit(item: Item, gapMm: number): string | undefined {
  const { columns, rows, slices } = gridOf(item);
  const [dx = 0, dy = 0, dz = 0] = item.spacingMm ?? [];
  if (item.undecoded !== undefined) return 'Its pixels cannot be read, so it was not searched for vessels.';
  if (slices === 1) return 'No model here looks for vessels in single images of CT or MR.';
  if (item.stored.samples > 1) return 'Vesselness looks at grey values, not at colours.';
  if (PROJECTED.test(textOf(item.tags.ImageType)))
    return 'This is a projection or a localizer, not a volume that could be searched for vessels.';
  if (slices < SLICES) return `Vesselness needs at least ${SLICES} slices; there are ${slices}.`;
  if (Math.min(columns, rows) < SIDE) return `Vesselness needs slices of at least ${SIDE} × ${SIDE} pixels.`;
  if (!(dx > 0 && dy > 0 && dz > 0)) return 'The distances between its voxels are not known, so it was not searched for vessels.';
  return Math.max(dx, dy, dz) > gapMm ? `Its voxels are more than ${gapMm} mm apart: too far for vessels.` : undefined;
}

/** Series and file, not the study: a study of angiography holds other series too. Underscores between words. */
function namesOf({ tags, parts, name }: Item): string {
  const path = (parts[0]?.path ?? '').split('/').slice(-2);
  return [tags.SeriesDescription, tags.ProtocolName, tags.descrip, tags.content, name, ...path]
    .map((text) => textOf(text).replace(/[^A-Za-z0-9]+/g, '_'))
    .filter(Boolean)
    .join(' | ');
}

const heard = (words: RegExp, names: string): string | undefined => words.exec(names)?.[2];

function mrTold(item: Item): string | undefined {
  const { sequence } = item.labels;
  if (sequence?.value === 'TOF' && sequence.confidence >= SURE) return 'time of flight';
  if (/^y/i.test(textOf(item.tags.AngioFlag))) return '(0018,0025) Angio Flag = Y';
  const word = heard(MR_WORDS, namesOf(item));
  return word && `the word “${word}” in its name`;
}

function ctTold(item: Item): string | undefined {
  if (isPlain(item)) return undefined;
  const { contrast } = item.labels;
  if (contrast?.value === 'yes' && contrast.confidence >= SURE) return 'contrast medium';
  const word = heard(CT_WORDS, namesOf(item));
  return word && `the word “${word}” in its name`;
}

function isPlain(item: Item): boolean {
  const { contrast } = item.labels;
  return (contrast?.value === 'no' && contrast.confidence >= SURE) || PLAIN_WORDS.test(namesOf(item));
}
