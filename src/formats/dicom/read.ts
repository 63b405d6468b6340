// Builds the header of a DICOM file out of its elements: role, shape, place, curated tags, warnings.
import type { OpenFile } from '../../core/format.ts';
import type { Header, Role, Shape } from '../../core/header.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type Draft, mosaicImages, putAttributes } from './attributes.ts';
import type { DataSet } from './elements.ts';
import { type Frames, functionalGroups, macros, place } from './geometry.ts';
import { type Opened, openDicom } from './open.ts';
import { references, segmentNames } from './references.ts';
import { sopClass } from './sop-classes.ts';
import { UNDEFINED_LENGTH } from './tokens.ts';
import { characterSets, number, numbers, text } from './values.ts';

const PIXEL_GROUP = 0x7fe0;
const NO_PIXELS_IN = 'without pixel data';

interface Kind {
  readonly role: Role;
  readonly what: string | undefined;
}

function hasPixels({ set }: Opened): boolean {
  return set.stopped !== undefined && set.stopped.tag >>> 16 === PIXEL_GROUP && set.stopped.length > 0;
}

function kindOf(opened: Opened, uid: string, modality: string | undefined): Kind {
  const known = sopClass(uid);
  const sized = (number(opened.set, 0x00280010, 'US') ?? 0) > 0 && (number(opened.set, 0x00280011, 'US') ?? 0) > 0;
  if (known && known.role !== 'image') return known;
  if (!known && modality === 'SEG') return { role: 'mask', what: 'Segmentation' };
  if (!known && modality === 'RTSTRUCT') return { role: 'mask', what: 'Radiotherapy structure set' };
  if (sized && hasPixels(opened)) return { role: 'image', what: undefined };
  return { role: 'object', what: `${known?.what ?? 'DICOM data set'} ${NO_PIXELS_IN}` };
}

/** Curated tags: the data set's own, then those of the shared functional groups, then those of the first frame. */
function curate(opened: Opened, frames: Frames, sets: readonly string[]): Draft {
  const { set, syntax, meta } = opened;
  const draft: Draft = {};
  putAttributes(draft, set, sets);
  for (const group of [frames.shared, frames.each[0]]) {
    for (const macro of macros(group)) {
      putAttributes(draft, macro, sets);
    }
  }
  for (const tag of [0x00540016, 0x00400560]) {
    const element = set.elements.get(tag);
    if (element?.sequence) for (const item of macros({ ...set, elements: new Map([[tag, element]]) })) putAttributes(draft, item, sets);
  }
  const mosaic = mosaicImages(set, draft.ImageType);
  if (mosaic) draft.MosaicImages = mosaic;
  draft.SOPClassUID ??= (meta && text(meta, 0x00020002)) ?? '';
  draft.SOPInstanceUID ??= (meta && text(meta, 0x00020003)) ?? '';
  draft.TransferSyntaxUID = syntax.uid;
  for (const keyword of ['SOPClassUID', 'SOPInstanceUID']) if (draft[keyword] === '') delete draft[keyword];
  return draft;
}

/** Sub-sampled YBR has two samples where RGB has three (PS3.3 C.7.6.3.1.2). */
function nativeBytes(set: DataSet, shape: Shape): number {
  const halved = shape.samples === 3 && /YBR_(FULL|PARTIAL)_422/.test(text(set, 0x00280004) ?? '');
  const samples = halved ? 2 : shape.samples;
  return Math.ceil((shape.columns * shape.rows * shape.slices * shape.frames * samples * shape.bits) / 8);
}

function warningsOf(opened: Opened, shape: Shape | undefined): string[] {
  const { set, syntax, size } = opened;
  const warnings: string[] = [];
  const pixels = set.stopped;
  if (set.cut) warnings.push('The file ends in the middle of its header.');
  if (!pixels || !shape || pixels.tag >>> 16 !== PIXEL_GROUP || opened.deflatedAt !== undefined) return warnings;
  const there = size === undefined ? undefined : Math.max(0, size - pixels.at);
  if (pixels.length !== UNDEFINED_LENGTH) {
    const needed = nativeBytes(set, shape);
    const held = Math.min(pixels.length, there ?? pixels.length);
    if (there !== undefined && pixels.length > there)
      warnings.push(`The pixel data is cut off: ${there} of ${pixels.length} bytes are there.`);
    else if (!syntax.encapsulated && held < needed) warnings.push(`The pixel data is too short: ${held} of ${needed} bytes are there.`);
  } else if (there === 0) warnings.push('The file ends before its pixel data.');
  return warnings;
}

function undecodedBecause(opened: Opened, shape: Shape | undefined): string | undefined {
  const { syntax } = opened;
  if (!shape || !syntax.encapsulated || syntax.codec || opened.set.stopped?.length !== UNDEFINED_LENGTH) return undefined;
  return `The pixels are ${syntax.name ?? 'compressed in a way'} that cannot be decoded yet.`;
}

function refuseEmpty(opened: Opened, draft: Draft): void {
  const { set } = opened;
  if (set.elements.size === 0 && !set.stopped) throw new Unreadable('E-TRUNCATED', 'The file ends before its header begins.');
  const known = draft.SOPClassUID ?? draft.Modality ?? number(set, 0x00280010, 'US');
  if (set.cut && known === undefined)
    throw new Unreadable('E-TRUNCATED', 'The file ends in the middle of its header, before it says what it is.');
  if (set.cut && !set.stopped && sopClass(String(draft.SOPClassUID ?? ''))?.role === 'image') {
    throw new Unreadable('E-TRUNCATED', 'The file ends in the middle of its header, before its pixels.');
  }
}

/** Frames that the header claims; at least 1. */
export function frameCount(set: DataSet): number {
  const stated = numbers(set, 0x00280008, 'IS', 1)[0] ?? 1;
  return Math.max(1, Math.floor(stated));
}

/** Reads a DICOM header by growing prefixes. Throws Unreadable. */
export async function readDicom(file: OpenFile): Promise<Header> {
  const opened = await openDicom(file.bytes);
  const { set } = opened;
  const sets = characterSets(set);
  const frames = functionalGroups(set);
  const draft = curate(opened, frames, sets);
  refuseEmpty(opened, draft);
  const kind = kindOf(opened, String(draft.SOPClassUID ?? ''), draft.Modality === undefined ? undefined : String(draft.Modality));
  const placed = hasPixels(opened) ? place(set, { frames, count: frameCount(set) }) : undefined;
  const shape = placed && placed.shape.columns > 0 && placed.shape.rows > 0 ? placed.shape : undefined;
  const names = kind.role === 'image' ? [] : segmentNames(set, sets);
  const refers = kind.role === 'image' ? [] : references(set);
  const warnings = warningsOf(opened, shape);
  return {
    format: 'dicom',
    role: kind.role,
    what: kind.what,
    shape,
    geometry: placed?.geometry,
    tags: draft,
    series: typeof draft.SeriesInstanceUID === 'string' ? draft.SeriesInstanceUID : undefined,
    refersTo: refers.length ? refers : undefined,
    segments: names.length ? names : undefined,
    undecoded: undecodedBecause(opened, shape),
    warnings: warnings.length ? warnings : undefined,
  };
}
