// A segmentation object (PS3.3 A.51): BINARY, one segment a mask, one frame for each slice in which something is marked. Patient and study are those of the
// images where these are DICOM; else the object says Anonymous and begins a study of its own.
import type { Exported, Instance, Original } from '../../core/export-task.ts';
import { isOurs, type Mask } from '../../core/mask.ts';
import { sameGrid } from '../../core/mask-grid.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type Space, spaceOf } from '../space.ts';
import { coded, propertyOf, regionCode } from './codes.ts';
import { type DataSet, type Element, part10 } from './elements.ts';
import { dimensions, type Frame, framesOf, functionalGroups, instance, packedBits } from './frames.ts';
import { newUid, patientAndStudy, seriesAndEquipment, textOf } from './modules.ts';

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4';
/** Of this writer (PS3.7 D.3.3.2); made once. */
const IMPLEMENTATION = '2.25.329235486187412071648206317549384267331';
/** A label has to be this sure to be written as a code. */
const SURE = 0.8;

export interface SegOptions {
  readonly original: Original;
  /** Version of the app. */
  readonly app: string;
  /** Name and version of who made a mask, by its `by`. */
  readonly algorithms: Readonly<Record<string, string>>;
  /** For tests; the present otherwise. */
  readonly now?: Date;
}

/** The whole file. Throws Unreadable where nothing is marked, or masks lie on different grids. */
export function segOf(masks: readonly Mask[], { original, app, algorithms, now = new Date() }: SegOptions): Exported {
  const [first] = masks;
  const frames = framesOf(masks, original);
  if (!first || !frames.length) throw new Unreadable('E-GONE', 'Nothing is marked in this mask, so there is nothing to write.');
  if (masks.some((mask) => !sameGrid(mask, first))) throw new Unreadable('E-UNSUPPORTED', 'The masks of this item lie on different grids.');
  const space = spaceOf(first, original);
  const sop = newUid();
  const referenced = frames.every(({ source }) => source !== undefined);
  // An object that says neither where it lies nor what it was drawn on would be of no use (PS3.3 A.51.5.1).
  const placed = space.known || !referenced;
  const byPlace = placed && !space.cine;
  const set: DataSet = [
    [0x00080005, 'CS', 'ISO_IR 192'],
    [0x00080016, 'UI', SEGMENTATION],
    [0x00080018, 'UI', sop],
    ...patientAndStudy(original),
    ...seriesAndEquipment({ app, now, original, placed }),
    ...imageModule(first, frames.length),
    ...referencedSeries(frames, original),
    [0x00620002, 'SQ', masks.map((mask, at) => segment(mask, { number: at + 1, original, algorithms }))],
    ...dimensions(newUid(), { byPlace }),
    ...functionalGroups(frames, { placing: { space, placed, byPlace }, thickness: thicknessOf(original) }),
    [0x7fe00010, 'OB', packedBits(frames, masks)],
  ];
  const bytes = part10({ sopClass: SEGMENTATION, sopInstance: sop, implementation: IMPLEMENTATION }, set);
  return { bytes, notes: notesOf({ original, space, placed }) };
}

function notesOf({ original, space, placed }: { original: Original; space: Space; placed: boolean }): string[] {
  const notes: string[] = [];
  if (original.item.format !== 'dicom') notes.push('The image is not DICOM: patient and study are new and anonymous.');
  else if (!original.tags.length) notes.push('The image could not be read again: the patient is anonymous.');
  if (placed && !space.known) notes.push('The image does not say where it lies in the patient: the positions are made up.');
  return notes;
}

function imageModule({ columns, rows }: Mask, frames: number): Element[] {
  return [
    [0x00080008, 'CS', ['DERIVED', 'PRIMARY']],
    [0x00280002, 'US', [1]],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280008, 'IS', String(frames)],
    [0x00280010, 'US', [rows]],
    [0x00280011, 'US', [columns]],
    [0x00280100, 'US', [1]],
    [0x00280101, 'US', [1]],
    [0x00280102, 'US', [0]],
    [0x00280103, 'US', [0]],
    [0x00282110, 'CS', '00'],
    [0x00620001, 'CS', 'BINARY'],
    [0x00620013, 'CS', 'UNDEFINED'],
    [0x00700080, 'CS', 'SEGMENTATION'],
    [0x00700081, 'LO', 'Research use, not a diagnosis.'],
    [0x00700084, 'PN', 'Medley'],
  ];
}

/** Common Instance Reference (PS3.3 C.12.2): the images of the study that were drawn on. */
function referencedSeries(frames: readonly Frame[], original: Original): Element[] {
  const sources = new Map<string, Instance>();
  for (const { source } of frames) if (source) sources.set(source.sopInstance, { ...source, frame: undefined });
  const series = textOf(original, 0x0020000e) ?? original.item.tags.SeriesInstanceUID;
  if (!sources.size || typeof series !== 'string') return [];
  return [
    [
      0x00081115,
      'SQ',
      [
        [
          [0x0008114a, 'SQ', [...sources.values()].map(instance)],
          [0x0020000e, 'UI', series],
        ],
      ],
    ],
  ];
}

function segment(
  mask: Mask,
  { number, original, algorithms }: { number: number; original: Original; algorithms: SegOptions['algorithms'] },
): DataSet {
  const { category, type } = propertyOf(mask);
  const { value, confidence } = original.item.labels.anatomy;
  const region = confidence >= SURE && mask.kind !== 'organ' ? regionCode(value) : undefined;
  const ours = isOurs(mask);
  const chance = mask.probability === null ? '' : `, probability ${mask.probability.toFixed(3)}`;
  const about = ours ? `Found by ${mask.by}${chance}. Research use, not a diagnosis.` : `Came with the data: ${mask.by}`;
  return [
    ...(region ? [coded(0x00082218, region)] : []),
    coded(0x00620003, category),
    [0x00620004, 'US', [number]],
    [0x00620005, 'LO', mask.label || mask.kind],
    [0x00620006, 'ST', about],
    [0x00620008, 'CS', ours ? 'AUTOMATIC' : 'MANUAL'],
    ...(ours ? [[0x00620009, 'LO', algorithms[mask.by] ?? mask.by] as const] : []),
    coded(0x0062000f, type),
  ];
}

function thicknessOf({ item }: Original): number | undefined {
  const said = Number(item.tags.SliceThickness);
  return said > 0 && Number.isFinite(said) ? said : undefined;
}
