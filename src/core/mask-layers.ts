// A layer of marks (labels, frames of a segment, classes of a picture) drawn onto the grid of an item, as run lengths of each of its classes. Pure.
import { areParallel, createAligner } from './mask-align.ts';
import { createRunList, type RunList } from './mask-grid.ts';
import type { Place, Plane } from './planes.ts';
import { Unreadable } from './unreadable.ts';

export interface Layer {
  readonly columns: number;
  readonly rows: number;
  /** One byte a pixel, 0 or the number of a class; undefined for images without marks. */
  readonly images: readonly (Uint8Array | undefined)[];
  /** One an image; absent where the file does not say. */
  readonly planes?: readonly Plane[] | undefined;
  /** Between planes. Millimetres. */
  readonly gapMm?: number | undefined;
  /** Slice of the item that each image was drawn on, where the file names it. */
  readonly slices?: readonly (number | undefined)[] | undefined;
}

export interface Drawn {
  /** Run lengths of class 1, 2, … on the grid of the item. */
  readonly runs: readonly Uint32Array[];
  /** A plain sentence on what was done to bring it there. */
  readonly note?: string | undefined;
  /** It has marks, but none of them lies on the item. */
  readonly outside: boolean;
}

/** Answers the slices in order: true, and the marks in `into`, or false where nothing is marked. */
type Slicer = (slice: number, into: Uint8Array) => boolean;

/** A picture whose sides differ by more than this is not the mask of the other. */
const SAME_SHAPE = 0.03;

/** Draws a layer of `classes` classes; `breathe` is awaited after every slice. Throws Unreadable where it cannot be brought onto the grid. */
export async function drawLayer(
  layer: Layer,
  { place, classes, breathe }: { place: Place; classes: number; breathe(): Promise<void> },
): Promise<Drawn> {
  const size = place.columns * place.rows;
  const isMarked = layer.images.some((image) => image?.some((mark) => mark !== 0));
  if (!isMarked) return { runs: Array.from({ length: classes }, () => Uint32Array.of(size * place.slices)), outside: false };
  const { slicer, note } = slicerFor(layer, place);
  const writers = Array.from({ length: classes }, () => ({ runs: createRunList(), end: 0 }));
  const into = new Uint8Array(size);
  for (let slice = 0; slice < place.slices; slice++) {
    if (slicer(slice, into)) writeSlice(into, { writers, start: slice * size });
    await breathe();
  }
  const outside = writers.every(({ end }) => end === 0);
  return { runs: writers.map(({ runs, end }) => runs.cut(size * place.slices - end)), outside, ...(note ? { note } : {}) };
}

function writeSlice(marks: Uint8Array, { writers, start }: { writers: readonly { runs: RunList; end: number }[]; start: number }): void {
  for (let i = 0; i < marks.length; ) {
    const mark = marks[i] as number;
    const from = i;
    while (i < marks.length && marks[i] === mark) i++;
    const writer = mark === 0 ? undefined : writers[mark - 1];
    if (!writer) continue;
    writer.runs.add(0, start + from - writer.end);
    writer.runs.add(1, i - from);
    writer.end = start + i;
  }
}

function slicerFor(layer: Layer, place: Place): { slicer: Slicer; note?: string } {
  const fits = layer.columns === place.columns && layer.rows === place.rows;
  if (layer.planes && place.planes && areParallel(layer.planes)) return { slicer: byPlace(layer, place as Required<Place>) };
  if (fits && layer.slices?.some((slice) => slice !== undefined)) return { slicer: bySlice(layer) };
  if (fits && layer.images.length === place.slices) return { slicer: copied((slice) => layer.images[slice]) };
  if (layer.images.length === 1 && place.slices === 1) return { slicer: scaled(layer, place), note: scaledNote(layer, place) };
  throw new Unreadable('E-UNSUPPORTED', shapeDiffers(layer, place));
}

const sizeOf = (columns: number, rows: number, slices: number): string => `${columns} × ${rows}${slices > 1 ? ` × ${slices}` : ''}`;

function shapeDiffers({ columns, rows, images }: Layer, place: Place): string {
  const [mask, image] = [sizeOf(columns, rows, images.length), sizeOf(place.columns, place.rows, place.slices)];
  if (mask === image) return 'The mask does not say which slices it was drawn on.';
  return `The mask is ${mask} pixels, its image ${image}, and they do not both say where they lie.`;
}

/** By where both lie in the patient. */
function byPlace(layer: Layer, target: Required<Place>): Slicer {
  const aligner = createAligner({ ...layer, planes: layer.planes ?? [] }, target);
  const valuesOf = (image: number): Uint8Array | undefined => layer.images[image];
  return (slice, into) => aligner.touches(slice) && aligner.slice(slice, { valuesOf, into });
}

const copied =
  (of: (slice: number) => Uint8Array | undefined): Slicer =>
  (slice, into) => {
    const values = of(slice);
    if (values) into.set(values.subarray(0, into.length));
    return values !== undefined;
  };

/** By the image that each frame names; several frames on one image add up. */
function bySlice({ slices = [], images }: Layer): Slicer {
  const bySlice = new Map<number, number[]>();
  for (const [image, slice] of slices.entries()) {
    if (slice === undefined) continue;
    const own = bySlice.get(slice);
    if (own) own.push(image);
    else bySlice.set(slice, [image]);
  }
  return (slice, into) => {
    into.fill(0);
    let marked = false;
    for (const image of bySlice.get(slice) ?? []) {
      const values = images[image];
      if (!values) continue;
      marked = true;
      for (let i = 0; i < into.length; i++) if (values[i]) into[i] = values[i] as number;
    }
    return marked;
  };
}

function scaledNote({ columns, rows }: Layer, place: Place): string {
  const ratio = (columns * place.rows) / (rows * place.columns);
  if (Math.abs(ratio - 1) > SAME_SHAPE)
    throw new Unreadable(
      'E-UNSUPPORTED',
      `The mask is ${sizeOf(columns, rows, 1)} pixels, its image ${sizeOf(place.columns, place.rows, 1)}: they are not the same picture.`,
    );
  return `The mask is ${sizeOf(columns, rows, 1)} pixels and was scaled to its image, ${sizeOf(place.columns, place.rows, 1)}.`;
}

/** Stretched over the whole picture: the nearest pixel, centres at halves. */
function scaled({ columns, rows, images }: Layer, place: Place): Slicer {
  const [values] = images;
  const [kx, ky] = [columns / place.columns, rows / place.rows];
  return (_, into) => {
    if (!values) return false;
    for (let y = 0; y < place.rows; y++) {
      const row = Math.min(rows - 1, Math.floor((y + 0.5) * ky)) * columns;
      for (let x = 0; x < place.columns; x++) {
        into[y * place.columns + x] = values[row + Math.min(columns - 1, Math.floor((x + 0.5) * kx))] as number;
      }
    }
    return true;
  };
}
