// A picture to the numbers that a network takes: resampled to its size, scaled, normalised. The one definition of preprocessing;
// its twin is training/medley_training/preprocess.py, and stored tensors hold the two together.
import type { Picture } from './display.ts';

/** What a network takes; a part of its card. */
export interface TensorInput {
  readonly columns: number;
  readonly rows: number;
  /** 3: red, green, blue; 1: grey (ITU-R BT.601 luma). */
  readonly channels: 1 | 3;
  readonly layout: 'NCHW' | 'NHWC';
  /** Bytes are divided by it, before the mean is taken off. */
  readonly scale: number;
  /** One number a channel. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Which source pixels make a target pixel, along one axis, and by which share. */
interface Taps {
  readonly from: Int32Array;
  readonly count: Int32Array;
  /** `width` weights for each target pixel. */
  readonly weights: Float64Array;
  readonly width: number;
}

const LUMA = [0.299, 0.587, 0.114] as const;
const BLACK: Picture = { columns: 1, rows: 1, rgba: new Uint8ClampedArray([0, 0, 0, 255]) };

/** Numbers of one picture in the batch. */
export const tensorLength = ({ columns, rows, channels }: Pick<TensorInput, 'columns' | 'rows' | 'channels'>): number =>
  columns * rows * channels;

/**
 * Writes one picture as slice `index` of a batch. Its aspect is not kept: each axis is stretched to the network's size by itself, by exact area
 * averaging where it shrinks and linearly, with centres at half pixels and clamped edges, where it grows. Alpha is ignored; an empty picture is black.
 */
export function intoTensor(picture: Picture, { input, into, index = 0 }: { input: TensorInput; into: Float32Array; index?: number }): void {
  const { columns, rows, rgba } = picture.columns > 0 && picture.rows > 0 ? picture : BLACK;
  const across = tapsOf(columns, input.columns);
  const down = tapsOf(rows, input.rows);
  const at = index * tensorLength(input);
  const isGrey = greyOnly(rgba);
  const narrow = isGrey ? [narrowGrey(rgba, { columns, rows, taps: across })] : narrowColour(rgba, { columns, rows, taps: across });
  const planes = narrow.map((plane) => lowered(plane, { columns: input.columns, taps: down }));
  const of = (channel: number): Float32Array => planes[isGrey ? 0 : channel] as Float32Array;
  const channels = input.channels === 1 ? [isGrey ? of(0) : lumaOf(of(0), of(1), of(2))] : [of(0), of(1), of(2)];
  const size = input.columns * input.rows;
  const [start, step] = input.layout === 'NCHW' ? [size, 1] : [1, input.channels];
  for (const [c, plane] of channels.entries()) {
    const gain = 1 / (input.scale * (input.std[c] ?? 1));
    const offset = (input.mean[c] ?? 0) / (input.std[c] ?? 1);
    for (let i = 0, to = at + c * start; i < size; i++, to += step) into[to] = (plane[i] as number) * gain - offset;
  }
}

/** How `from` source pixels along an axis become `to`. */
export function tapsOf(from: number, to: number): Taps {
  const ratio = from / to;
  const width = ratio > 1 ? Math.ceil(ratio) + 1 : 2;
  const taps: Taps = { from: new Int32Array(to), count: new Int32Array(to), weights: new Float64Array(to * width), width };
  for (let i = 0; i < to; i++) {
    if (ratio > 1) areaTap(taps, i, { ratio, from });
    else linearTap(taps, i, { ratio, from });
  }
  return taps;
}

/** The source pixels under a target pixel, each by the share of it that it covers. */
function areaTap(taps: Taps, i: number, { ratio, from }: { ratio: number; from: number }): void {
  const [low, high] = [i * ratio, Math.min(from, (i + 1) * ratio)];
  const first = Math.floor(low);
  const last = Math.min(from, Math.ceil(high - 1e-9));
  taps.from[i] = first;
  taps.count[i] = last - first;
  for (let j = first; j < last; j++) taps.weights[i * taps.width + j - first] = (Math.min(high, j + 1) - Math.max(low, j)) / (high - low);
}

/** The two nearest source pixels. */
function linearTap(taps: Taps, i: number, { ratio, from }: { ratio: number; from: number }): void {
  const at = Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), from - 1);
  const first = Math.min(Math.floor(at), Math.max(0, from - 2));
  taps.from[i] = first;
  taps.count[i] = Math.min(2, from);
  taps.weights[i * 2] = 1 - (at - first);
  taps.weights[i * 2 + 1] = at - first;
}

interface Rows {
  readonly columns: number;
  readonly rows: number;
  readonly taps: Taps;
}

/** The red of every row, at the target's columns. Loops are written out: this is where the time goes. */
function narrowGrey(rgba: Uint8ClampedArray, { columns, rows, taps: { from, count, weights, width } }: Rows): Float32Array {
  const targets = from.length;
  const out = new Float32Array(rows * targets);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < targets; x++) {
      let sum = 0;
      let at = 4 * (y * columns + (from[x] as number));
      const end = x * width + (count[x] as number);
      for (let w = x * width; w < end; w++, at += 4) sum += (rgba[at] as number) * (weights[w] as number);
      out[y * targets + x] = sum;
    }
  }
  return out;
}

/** The same for red, green and blue at once. */
function narrowColour(rgba: Uint8ClampedArray, { columns, rows, taps: { from, count, weights, width } }: Rows): Float32Array[] {
  const targets = from.length;
  const [reds, greens, blues] = [0, 1, 2].map(() => new Float32Array(rows * targets)) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < targets; x++, to++) {
      let [red, green, blue] = [0, 0, 0];
      let at = 4 * (y * columns + (from[x] as number));
      const end = x * width + (count[x] as number);
      for (let w = x * width; w < end; w++, at += 4) {
        const weight = weights[w] as number;
        red += (rgba[at] as number) * weight;
        green += (rgba[at + 1] as number) * weight;
        blue += (rgba[at + 2] as number) * weight;
      }
      reds[to] = red;
      greens[to] = green;
      blues[to] = blue;
    }
  }
  return [reds, greens, blues];
}

/** Every column of a plane, at the target's rows; row by row, as memory lies. */
function lowered(plane: Float32Array, { columns, taps: { from, count, weights, width } }: { columns: number; taps: Taps }): Float32Array {
  const targets = from.length;
  const out = new Float32Array(targets * columns);
  for (let y = 0; y < targets; y++) {
    for (let j = 0; j < (count[y] as number); j++) {
      const weight = weights[y * width + j] as number;
      const row = ((from[y] as number) + j) * columns;
      for (let x = 0; x < columns; x++) out[y * columns + x] = (out[y * columns + x] as number) + (plane[row + x] as number) * weight;
    }
  }
  return out;
}

function lumaOf(red: Float32Array, green: Float32Array, blue: Float32Array): Float32Array {
  const [r, g, b] = LUMA;
  return red.map((value, i) => value * r + (green[i] as number) * g + (blue[i] as number) * b);
}

/** Most pictures here are grey: one plane is a third of the work. */
function greyOnly(rgba: Uint8ClampedArray): boolean {
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  return true;
}

/** True to millimetres: the axis with the wider pixels is stretched, by the nearest pixel, until they are square. At most 1,024 pixels long. */
export function squared(picture: Picture, spacing: readonly number[] | null | undefined): Picture {
  const [dx = 1, dy = 1] = spacing ?? [];
  const ratio = dx / dy;
  if (!(ratio > 0) || !Number.isFinite(ratio) || Math.abs(ratio - 1) < 0.01) return picture;
  const { columns, rows, rgba } = picture;
  const wide = ratio > 1 ? Math.max(columns, Math.min(LONGEST, Math.round(columns * ratio))) : columns;
  const high = ratio < 1 ? Math.max(rows, Math.min(LONGEST, Math.round(rows / ratio))) : rows;
  const from = new Uint32Array(rgba.buffer, rgba.byteOffset, columns * rows);
  const to = new Uint32Array(wide * high);
  for (let y = 0; y < high; y++) {
    const row = Math.floor(((y + 0.5) * rows) / high) * columns;
    for (let x = 0; x < wide; x++) to[y * wide + x] = from[row + Math.floor(((x + 0.5) * columns) / wide)] as number;
  }
  return { columns: wide, rows: high, rgba: new Uint8ClampedArray(to.buffer) };
}

const LONGEST = 1024;
