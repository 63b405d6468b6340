// Segmentations: what their segments are, and where each frame lies or on which image it was drawn (PS3.3 A.51, A.51.X label maps, C.8.20). No pixels.
import { type DrawnFrame, type DrawnFrames, kindOfCodes, type Segment } from '../../core/drawing.ts';
import { kindOfWords } from '../../core/masks.ts';
import { type Plane, planeOf } from '../../core/planes.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type DataSet, readItems } from './elements.ts';
import { type Frames, functionalGroups } from './geometry.ts';
import { frameCount } from './read.ts';
import { characterSets, number, numbers, text } from './values.ts';

const MOST_SEGMENTS = 4096;
const MOST_SOURCES = 64;
const LABEL_MAP = '1.2.840.10008.5.1.4.1.1.66.7';

/** First item of a sequence. */
const inside = (set: DataSet | undefined, tag: number): DataSet | undefined =>
  set && readItems(set, set.elements.get(tag), { limit: 1, depth: 2 })[0];

/** Code value and meaning of a coded entry; short, long and URN codes. */
export function codeOf(item: DataSet, tag: number, sets: readonly string[]): { readonly value: string; readonly meaning: string } {
  const code = inside(item, tag);
  if (!code) return { value: '', meaning: '' };
  return {
    value: text(code, 0x00080100) ?? text(code, 0x00080119) ?? text(code, 0x00080120) ?? '',
    meaning: text(code, 0x00080104, { sets }) ?? '',
  };
}

function segmentsOf(set: DataSet): Segment[] {
  const sets = characterSets(set);
  return readItems(set, set.elements.get(0x00620002), { limit: MOST_SEGMENTS }).map((item, i) => {
    const [type, category] = [codeOf(item, 0x0062000f, sets), codeOf(item, 0x00620003, sets)];
    const label = text(item, 0x00620005, { sets }) ?? text(item, 0x00620006, { sets });
    const words = `${label ?? ''} ${type.meaning}`;
    const kind = kindOfCodes([type.value]) ?? kindOfWords(words) ?? kindOfCodes([category.value]) ?? 'organ';
    return { number: number(item, 0x00620004, 'US') ?? i + 1, name: label ?? (type.meaning || `segment ${i + 1}`), kind };
  });
}

/** The first of these groups that has the macro. */
const macro = (groups: readonly (DataSet | undefined)[], tag: number): DataSet | undefined => {
  for (const group of groups) {
    const found = inside(group, tag);
    if (found) return found;
  }
  return undefined;
};

function planeIn(groups: readonly (DataSet | undefined)[], set: DataSet): Plane | undefined {
  const measures = macro(groups, 0x00289110) ?? set;
  const [between, across] = numbers(measures, 0x00280030, 'DS', 2);
  return planeOf({
    position: numbers(macro(groups, 0x00209113) ?? set, 0x00200032, 'DS', 3),
    orientation: numbers(macro(groups, 0x00209116) ?? set, 0x00200037, 'DS', 6),
    step: across === undefined || between === undefined ? undefined : [across, between],
  });
}

/** Images that a frame was derived from; a frame number is told only where it is the one that is named. */
function sourcesOf(groups: readonly (DataSet | undefined)[]): DrawnFrame['on'] {
  const derivation = macro(groups, 0x00089124);
  const items = derivation ? readItems(derivation, derivation.elements.get(0x00082112), { limit: MOST_SOURCES, depth: 3 }) : [];
  return items.flatMap((item) => {
    const uid = text(item, 0x00081155);
    const frames = numbers(item, 0x00081160, 'IS', 2);
    return uid ? [{ uid, ...(frames.length === 1 ? { image: (frames[0] as number) - 1 } : {}) }] : [];
  });
}

function framesOf(set: DataSet, { groups, count, isLabels }: { groups: Frames; count: number; isLabels: boolean }): DrawnFrame[] {
  return groups.each.slice(0, count).map((group): DrawnFrame => {
    const around = [group, groups.shared];
    const identified = isLabels ? undefined : macro(around, 0x0062000a);
    const segment = identified && number(identified, 0x0062000b, 'US');
    return { ...(segment === undefined ? {} : { segment }), plane: planeIn(around, set), on: sourcesOf(around) };
  });
}

/** Where frames follow each other without groups (TILED_FULL): all tiles of the first segment, then of the next. They lie on the tiles of the image in order. */
function tiledFrames(
  segments: readonly Segment[],
  { count, isLabels, uid }: { count: number; isLabels: boolean; uid: string | undefined },
): DrawnFrame[] {
  const each = isLabels ? count : count / Math.max(1, segments.length);
  if (!Number.isInteger(each) || uid === undefined) return [];
  return Array.from({ length: count }, (_, i) => ({
    ...(isLabels ? {} : { segment: segments[Math.floor(i / each)]?.number ?? 0 }),
    on: [{ uid, image: i % each }],
  }));
}

/** The one instance that the whole segmentation refers to; undefined where there are several. */
function onlySource(set: DataSet): string | undefined {
  const series = inside(set, 0x00081115);
  const instances = series
    ? readItems(series, series.elements.get(0x0008114a), { limit: 2, depth: 2 })
    : readItems(set, set.elements.get(0x00082112), { limit: 2 });
  return instances.length === 1 && instances[0] ? text(instances[0], 0x00081155) : undefined;
}

/** What a segmentation says of its frames. Throws Unreadable where no frame can be told a segment. */
export function readSegmentation(set: DataSet, { uid }: { uid: string }): DrawnFrames {
  const segments = segmentsOf(set);
  const count = frameCount(set);
  const type = (text(set, 0x00620001) ?? 'BINARY').toUpperCase();
  const isLabels = type === 'LABELMAP' || uid === LABEL_MAP;
  const groups = functionalGroups(set);
  const tiled = text(set, 0x00209311) === 'TILED_FULL';
  const frames =
    tiled && !groups.each.length
      ? tiledFrames(segments, { count, isLabels, uid: onlySource(set) })
      : framesOf(set, { groups, count, isLabels });
  const known = new Set(segments.map((segment) => segment.number));
  const nameless = isLabels ? [] : frames.filter((frame) => !known.has(frame.segment ?? -1));
  if (!frames.length || nameless.length === frames.length)
    throw new Unreadable('E-MALFORMED', 'The segmentation does not say which segment its frames belong to.');
  const notes = [
    ...(frames.length < count ? [`The segmentation describes ${frames.length} of its ${count} frames; the others are left out.`] : []),
    ...(nameless.length ? [`${nameless.length} frames of the segmentation belong to no segment; they are left out.`] : []),
  ];
  const measures = macro([groups.shared, groups.each[0]], 0x00289110);
  const gapMm = measures && (number(measures, 0x00180088, 'DS') ?? number(measures, 0x00180050, 'DS'));
  const full = number(set, 0x0062000e, 'US') ?? 255;
  return {
    kind: 'frames',
    segments,
    frames,
    notes,
    ...(isLabels ? {} : { from: type === 'FRACTIONAL' ? Math.max(1, full / 2) : 1 }),
    ...(gapMm ? { gapMm: Math.abs(gapMm) } : {}),
  };
}
