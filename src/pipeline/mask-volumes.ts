// Label volumes, probability maps and mask pictures, brought onto the grid of an item: one mask a label.
import type { DrawnLabels, Segment } from '../core/drawing.ts';
import { baseName } from '../core/entry.ts';
import type { Header, Shape } from '../core/header.ts';
import type { Mask } from '../core/mask.ts';
import { classesOf } from '../core/mask-classes.ts';
import { drawLayer, type Layer } from '../core/mask-layers.ts';
import { createLabelReader, fewer, type Labelled } from '../core/mask-values.ts';
import { type Place, planesOf } from '../core/planes.ts';
import { imageBytes, inWords } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { elsewhereAll, type Marks, type MaskFile, maskOf } from './mask-file.ts';
import { readPixels } from './read.ts';

/** Marks that are held at a time: 512 × 512 × 1000. Bytes. */
const MOST_HELD = 2 ** 28;
/** Decoded at one go. Bytes. */
const AT_ONCE = 2 ** 27;
const PICTURES = new Set(['png', 'jpeg', 'tiff', 'bmp', 'gif', 'webp']);
const LOSSY = new Set(['jpeg', 'webp']);
/** Samples a voxel, or volumes in one file, that are layers of labels. */
const MOST_LAYERS = 64;

/** `labels`: names of values, where the file has them. Throws Unreadable where it is no mask, or none of this item. */
export async function drawVolume(one: MaskFile, labels: DrawnLabels['labels'] | undefined): Promise<Marks> {
  const shape = one.task.header.shape as Shape;
  const isPicture = PICTURES.has(one.task.header.format) && shape.slices * shape.frames === 1;
  if (isPicture) return drawPicture(one);
  const masks: Mask[] = [];
  const notes = new Set<string>();
  const layers = layersOf(shape, one.place);
  for (let layer = 0; layer < layers.count; layer++) {
    const read = await readLayer(one, { layer, layers });
    const drawn = await drawLayer(layerOf(read, { one, layers }), { place: one.place, classes: read.values.length, breathe: one.breathe });
    if (drawn.outside) throw elsewhereAll();
    for (const note of [read.note, drawn.note]) if (note) notes.add(note);
    const own = labels?.filter((label) => label.layer === layer);
    const segments = segmentsOf(read, { one, layer: layers.count > 1 ? layer : undefined, labels: own });
    for (const { at, ...segment } of segments) {
      const runs = at < 0 ? Uint32Array.of(one.place.columns * one.place.rows * one.place.slices) : (drawn.runs[at] as Uint32Array);
      masks.push(maskOf(segment, { runs, one }));
    }
  }
  const kept = fewer(masks);
  return { masks: kept.masks, notes: [...notes, ...(kept.note ? [kept.note] : [])] };
}

/** How a file holds its labels: once, or in several samples of a voxel, or in several volumes. */
interface Layers {
  readonly count: number;
  readonly slices: number;
  readonly of: 'samples' | 'frames';
}

function layersOf({ slices, frames, samples, columns, rows }: Shape, place: Place): Layers {
  // The frames of a cine are its slices.
  const layers: Layers =
    slices === 1 && frames > 1 && frames === place.slices
      ? { count: 1, slices: frames, of: 'samples' }
      : frames > 1
        ? { count: frames, slices, of: 'frames' }
        : { count: samples, slices, of: 'samples' };
  if (layers.count > MOST_LAYERS)
    throw new Unreadable('E-UNSUPPORTED', `It holds ${layers.count} volumes, which are no masks of one image.`);
  const held = columns * rows * layers.slices;
  if (held > MOST_HELD) throw new Unreadable('E-TOOBIG', `The mask would take ${inWords(held)}; at most ${inWords(MOST_HELD)} are drawn.`);
  return layers;
}

async function readLayer(one: MaskFile, { layer, layers }: { layer: number; layers: Layers }): Promise<Labelled> {
  const shape = one.task.header.shape as Shape;
  const reader = createLabelReader(shape.columns * shape.rows * layers.slices);
  const most = Math.max(1, Math.floor(AT_ONCE / imageBytes(shape)));
  const start = layers.of === 'frames' ? layer * layers.slices : 0;
  for (let slice = 0; slice < layers.slices; slice += most) {
    const count = Math.min(most, layers.slices - slice);
    const pixels = await readPixels({ ...one.task, first: start + slice, count }, one.context, one.file);
    reader.add(pixels, { sample: layers.of === 'samples' && layers.count > 1 ? layer : 0 });
    await one.breathe();
  }
  return reader.done();
}

function layerOf({ marks }: Labelled, { one, layers }: { one: MaskFile; layers: Layers }): Layer {
  const { header } = one.task;
  const { columns, rows } = header.shape as Shape;
  const size = columns * rows;
  const images = Array.from({ length: layers.slices }, (_, slice) => marks.subarray(slice * size, (slice + 1) * size));
  const planes = isUnplaced(header, one.place) ? undefined : planesOf(header);
  const gapMm = header.geometry?.spacingMm?.[2];
  return { columns, rows, images, ...(planes?.length === images.length ? { planes } : {}), ...(gapMm ? { gapMm } : {}) };
}

/** A volume of the image's shape whose first voxel is at nought and measures one millimetre was written by somebody who did not know where it lies. */
function isUnplaced({ geometry, shape }: Header, place: Place): boolean {
  if (shape?.columns !== place.columns || shape.rows !== place.rows || shape.slices !== place.slices) return false;
  const { positions = [], spacingMm = [] } = geometry ?? {};
  return positions.length === 3 && positions.every((at) => at === 0) && spacingMm.every((mm) => mm === 1);
}

interface Naming {
  readonly one: MaskFile;
  readonly layer: number | undefined;
  readonly labels: DrawnLabels['labels'] | undefined;
}

/** What each class is called; `at`: its place among the classes, -1 for segments that the file names and that have no voxel. */
function segmentsOf({ values, named }: Labelled, { one, layer, labels }: Naming): (Pick<Segment, 'name' | 'kind'> & { at: number })[] {
  const file = baseName(one.task.entry.path);
  if (labels?.length) {
    const nameless = values.flatMap((value, at) =>
      labels.some((label) => label.number === value)
        ? []
        : [{ name: Number.isNaN(value) ? 'further labels' : `label ${value}`, kind: one.kind, at }],
    );
    return [...labels.map(({ name, kind, number }) => ({ name, kind, at: values.indexOf(number) })), ...nameless];
  }
  const whole = layer === undefined ? file : `${file}, part ${layer + 1}`;
  // A file without a mark is one empty mask.
  if (!values.length) return [{ name: whole, kind: one.kind, at: -1 }];
  const single = !named || values.length === 1;
  return values.map((value, at) => ({
    name: single ? whole : Number.isNaN(value) ? `${whole}, further labels` : `${whole}, label ${value}`,
    kind: one.kind,
    at,
  }));
}

async function drawPicture(one: MaskFile): Promise<Marks> {
  const { header, entry } = one.task;
  const { bits } = header.shape as Shape;
  const pixels = await readPixels({ ...one.task, first: 0, count: 1 }, one.context, one.file);
  const { marks, classes, note } = classesOf(pixels, { bits, lossy: LOSSY.has(header.format) || pixels.lossy === true });
  await one.breathe();
  const layer: Layer = { columns: pixels.columns, rows: pixels.rows, images: [marks] };
  const drawn = await drawLayer(layer, { place: one.place, classes: classes.length, breathe: one.breathe });
  const file = baseName(entry.path);
  const masks = classes.map(({ name }, i) =>
    maskOf({ name: name === undefined ? file : `${file}, ${name}`, kind: one.kind }, { runs: drawn.runs[i] as Uint32Array, one }),
  );
  return { masks, notes: [note, drawn.note].filter((text) => text !== undefined) };
}
