// Frames of a DICOM segmentation, segment by segment, brought onto the grid of an item. Segments may overlap: each becomes a mask of its own.
import type { DrawnFrame, DrawnFrames, Segment } from '../core/drawing.ts';
import type { Mask } from '../core/mask.ts';
import { drawLayer, type Layer } from '../core/mask-layers.ts';
import { fewer, MOST_LABELS } from '../core/mask-values.ts';
import type { Pixels } from '../core/pixels.ts';
import type { Place, Plane } from '../core/planes.ts';
import { imageBytes, inWords } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { elsewhereAll, type Marks, type MaskFile, maskOf } from './mask-file.ts';
import { readPixels } from './read.ts';

/** Marks of one segment that are held at a time. Bytes. */
const MOST_HELD = 2 ** 29;
/** Decoded at one go. Bytes. */
const AT_ONCE = 2 ** 26;

/** Throws Unreadable where the frames cannot be brought onto the grid of the item. */
export async function drawFrames(drawing: DrawnFrames, one: MaskFile): Promise<Marks> {
  const { masks, notes } =
    drawing.from === undefined ? await drawLabels(drawing, one) : await drawSegments(drawing, { ...one, from: drawing.from });
  const kept = fewer(masks);
  return { masks: kept.masks, notes: [...drawing.notes, ...notes, ...(kept.note ? [kept.note] : [])] };
}

async function drawSegments(drawing: DrawnFrames, one: MaskFile & { readonly from: number }): Promise<Marks> {
  const bySegment = new Map<number, number[]>();
  // Pushed, not spread: a hundred thousand frames of one segment would be copied a hundred thousand times.
  for (const [i, { segment = -1 }] of drawing.frames.entries()) {
    const own = bySegment.get(segment);
    if (own) own.push(i);
    else bySegment.set(segment, [i]);
  }
  const masks: Mask[] = [];
  const notes = new Set<string>();
  let elsewhere = 0;
  for (const segment of drawing.segments) {
    const frames = bySegment.get(segment.number) ?? [];
    const layer = await layerOf(frames, { drawing, one, classOf: (value) => Number(value >= one.from) });
    const { runs, note, outside } = await drawLayer(layer, { place: one.place, classes: 1, breathe: one.breathe });
    if (note) notes.add(note);
    if (outside) elsewhere++;
    else masks.push(maskOf(segment, { runs: runs[0] as Uint32Array, one }));
  }
  if (elsewhere && elsewhere === bySegment.size) throw elsewhereAll();
  if (elsewhere) notes.add(`${elsewhere} of its segments lie outside of this image.`);
  return { masks, notes: [...notes] };
}

/** Values are numbers of segments: all are drawn in one go. */
async function drawLabels(drawing: DrawnFrames, one: MaskFile): Promise<Marks> {
  const segments = drawing.segments.filter(({ number }) => number > 0);
  const named = segments.slice(0, segments.length > MOST_LABELS ? MOST_LABELS - 1 : MOST_LABELS);
  const rest = segments.length - named.length;
  const classes: readonly Pick<Segment, 'name' | 'kind'>[] = [
    ...named,
    ...(rest ? [{ name: `${rest} further segments`, kind: 'organ' as const }] : []),
  ];
  const known = new Map(segments.map(({ number }, i) => [number, Math.min(i, classes.length - 1) + 1]));
  const layer = await layerOf([...drawing.frames.keys()], { drawing, one, classOf: (value) => known.get(value) ?? 0 });
  const { runs, note, outside } = await drawLayer(layer, { place: one.place, classes: classes.length, breathe: one.breathe });
  if (outside) throw elsewhereAll();
  const notes = [...(note ? [note] : []), ...(rest ? [`It has ${segments.length} segments; ${rest} of them are drawn as one.`] : [])];
  return { masks: classes.map((segment, i) => maskOf(segment, { runs: runs[i] as Uint32Array, one })), notes };
}

interface Layering {
  readonly drawing: DrawnFrames;
  readonly one: MaskFile;
  /** Number of the class that a stored value belongs to; 0 for none. */
  readonly classOf: (value: number) => number;
}

async function layerOf(frames: readonly number[], { drawing, one, classOf }: Layering): Promise<Layer> {
  const { columns = 0, rows = 0 } = one.task.header.shape ?? {};
  const held = frames.length * columns * rows;
  if (held > MOST_HELD)
    throw new Unreadable('E-TOOBIG', `One segment would take ${inWords(held)}; at most ${inWords(MOST_HELD)} are drawn.`);
  const images: (Uint8Array | undefined)[] = frames.map(() => undefined);
  await eachFrame(frames, one, (values, i) => {
    const marks = new Uint8Array(columns * rows);
    let marked = false;
    for (let at = 0; at < marks.length; at++) {
      const mark = classOf(Number(values[at]));
      if (mark === 0) continue;
      marks[at] = mark;
      marked = true;
    }
    if (marked) images[i] = marks;
  });
  const told = frames.map((frame) => drawing.frames[frame] as DrawnFrame);
  const planes = told.map(({ plane }) => plane).filter((plane): plane is Plane => plane !== undefined);
  const sliceOf = createSliceFinder(one.place);
  return {
    columns,
    rows,
    images,
    ...(planes.length === told.length ? { planes } : {}),
    slices: told.map(({ on }) => sliceOf(on)),
    ...(drawing.gapMm ? { gapMm: drawing.gapMm } : {}),
  };
}

/** Decodes the frames in runs of neighbours, a few at a time. */
async function eachFrame(frames: readonly number[], one: MaskFile, on: (values: Pixels['data'], i: number) => void): Promise<void> {
  const { shape } = one.task.header;
  if (!shape) return;
  const most = Math.max(1, Math.floor(AT_ONCE / imageBytes(shape)));
  const size = shape.columns * shape.rows;
  for (let i = 0; i < frames.length; ) {
    const first = frames[i] as number;
    let count = 1;
    while (count < most && frames[i + count] === first + count) count++;
    const pixels = await readPixels({ ...one.task, first, count }, one.context, one.file);
    for (let n = 0; n < count; n++) {
      on(pixels.data.subarray(n * size * pixels.samples, (n + 1) * size * pixels.samples), i + n);
      await one.breathe();
    }
    i += count;
  }
}

/** The slice that a frame was drawn on; undefined where it names none of the item, or several. */
function createSliceFinder({ images = [] }: Place): (on: DrawnFrame['on']) => number | undefined {
  const byImage = new Map<string, number>();
  const byFile = new Map<string, number | undefined>();
  for (const [slice, { uid, image }] of images.entries()) {
    byImage.set(`${uid}|${image}`, slice);
    byFile.set(uid, byFile.has(uid) ? undefined : slice);
  }
  return (on) => {
    const found = new Set<number>();
    for (const { uid, image } of on) {
      const slice = image === undefined ? byFile.get(uid) : (byImage.get(`${uid}|${image}`) ?? byFile.get(uid));
      if (slice !== undefined) found.add(slice);
    }
    return found.size === 1 ? [...found][0] : undefined;
  };
}
