// Stored values to a picture: window, inversion, palette, thumbnails. Pure; the viewer and the thumbnails both draw with it (PS3.3 C.11.2.1.2).
import type { Pixels, Samples } from './pixels.ts';

export interface Window {
  /** In rescaled units. */
  readonly center: number;
  readonly width: number;
}

/** RGBA, one byte a channel, rows from the top. */
export interface Picture {
  readonly columns: number;
  readonly rows: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Values looked at for an automatic window. */
const SAMPLE = 40_000;

/** Numbers of one frame as one value a pixel: grey, the first of several samples, or the magnitude of a complex float. */
function greyAt({ data, samples }: Pixels): (pixel: number) => number {
  if (samples === 2 && (data instanceof Float32Array || data instanceof Float64Array)) {
    return (pixel) => Math.hypot(data[2 * pixel] ?? 0, data[2 * pixel + 1] ?? 0);
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return (pixel) => Number(data[pixel * samples] ?? 0n);
  return (pixel) => data[pixel * samples] ?? 0;
}

const isColour = ({ samples }: Pixels): boolean => samples === 3 || samples === 4;

/** The file's own window where it has one, else from the 1st to the 99th percentile of the frame; NaN and infinities don't count. */
export function autoWindow(pixels: Pixels, frame = 0): Window {
  const { windowCenter, windowWidth } = pixels;
  if (windowCenter !== undefined && windowWidth !== undefined && Number.isFinite(windowCenter) && windowWidth > 0) {
    return { center: windowCenter, width: windowWidth };
  }
  if (isColour(pixels)) return colourWindow(pixels.data);
  const size = pixels.columns * pixels.rows;
  // A step without a common factor with the columns would be ideal; an odd one avoids sampling a single column of even-sized images.
  const step = Math.max(1, Math.floor(size / SAMPLE)) | 1;
  const value = greyAt(pixels);
  const seen: number[] = [];
  for (let i = 0; i < size; i += step) {
    const rescaled = value(frame * size + i) * pixels.slope + pixels.intercept;
    if (Number.isFinite(rescaled)) seen.push(rescaled);
  }
  return spread(seen);
}

function spread(seen: number[]): Window {
  const sorted = Float64Array.from(seen).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  let [low, high] = [at(0.01), at(0.99)];
  // Mostly background: a mask or a sparse image shows its whole range.
  if (high <= low) [low, high] = [at(0), at(1)];
  return high > low ? { center: (low + high) / 2, width: high - low } : { center: low, width: 1 };
}

/** Colour is shown as stored: 0 to 255, or to the container's end for 16 and 32 bits. */
function colourWindow(data: Samples): Window {
  if (data instanceof Uint16Array) return { center: 32767.5, width: 65535 };
  if (data instanceof Uint32Array) return { center: 2147483647.5, width: 4294967295 };
  if (data instanceof Float32Array || data instanceof Float64Array) return { center: 0.5, width: 1 };
  return { center: 127.5, width: 255 };
}

/** Draws one frame. `center` and `width` are in rescaled units; MONOCHROME1 is inverted, and `invert` inverts once more. */
export function render({
  pixels,
  frame,
  center,
  width,
  invert = false,
}: { pixels: Pixels; frame: number; invert?: boolean } & Window): Picture {
  const { columns, rows } = pixels;
  const rgba = new Uint8ClampedArray(columns * rows * 4);
  if (pixels.photometric === 'PALETTE' && pixels.palette) drawPalette(rgba, { pixels, frame });
  else if (isColour(pixels)) drawColour(rgba, { pixels, frame, center, width });
  else drawGrey(rgba, { pixels, frame, center, width });
  if (invert !== (pixels.photometric === 'MONOCHROME1'))
    for (let i = 0; i < rgba.length; i++) if (i % 4 !== 3) rgba[i] = 255 - (rgba[i] ?? 0);
  return { columns, rows, rgba };
}

interface Draw extends Window {
  readonly pixels: Pixels;
  readonly frame: number;
}

function drawGrey(rgba: Uint8ClampedArray, { pixels, frame, center, width }: Draw): void {
  const size = pixels.columns * pixels.rows;
  const value = greyAt(pixels);
  const scale = 255 / Math.max(width, Number.MIN_VALUE);
  const gain = pixels.slope * scale;
  const offset = (pixels.intercept - (center - width / 2)) * scale;
  for (let i = 0; i < size; i++) {
    const stored = value(frame * size + i);
    // NaN becomes black; infinities saturate.
    const grey = Number.isNaN(stored) ? 0 : stored * gain + offset;
    rgba[4 * i] = grey;
    rgba[4 * i + 1] = grey;
    rgba[4 * i + 2] = grey;
    rgba[4 * i + 3] = 255;
  }
}

function drawColour(rgba: Uint8ClampedArray, { pixels, frame, center, width }: Draw): void {
  const { samples, data } = pixels;
  const size = pixels.columns * pixels.rows;
  const scale = 255 / Math.max(width, Number.MIN_VALUE);
  const low = center - width / 2;
  for (let i = 0; i < size; i++) {
    const at = (frame * size + i) * samples;
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = (Number(data[at + c] ?? 0) - low) * scale;
    rgba[4 * i + 3] = samples === 4 ? Number(data[at + 3] ?? 0) * (255 / fullAlpha(data)) : 255;
  }
}

const fullAlpha = (data: Samples): number =>
  data instanceof Uint16Array ? 65535 : data instanceof Float32Array || data instanceof Float64Array ? 1 : 255;

function drawPalette(rgba: Uint8ClampedArray, { pixels, frame }: { pixels: Pixels; frame: number }): void {
  const { data, palette = new Uint8Array(0) } = pixels;
  const size = pixels.columns * pixels.rows;
  for (let i = 0; i < size; i++) {
    const index = Number(data[frame * size + i] ?? 0);
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = palette[3 * index + c] ?? 0;
    rgba[4 * i + 3] = 255;
  }
}

/** Columns and rows that fit into a square of `max`, true to the spacing [between columns, between rows]; never larger than the image. */
export function fit({
  columns,
  rows,
  max,
  spacing = [1, 1],
}: {
  columns: number;
  rows: number;
  max: number;
  spacing?: readonly number[];
}): { columns: number; rows: number } {
  const [dx = 1, dy = 1] = spacing;
  const ratio = dx > 0 && dy > 0 && Number.isFinite(dx / dy) ? dx / dy : 1;
  const [wide, high] = ratio >= 1 ? [columns * ratio, rows] : [columns, rows / ratio];
  const scale = Math.min(1, max / Math.max(wide, high));
  return { columns: Math.max(1, Math.round(wide * scale)), rows: Math.max(1, Math.round(high * scale)) };
}

/** Scales a picture: the mean over a box where it shrinks, the nearest pixel where it grows. */
export function resize(picture: Picture, to: { columns: number; rows: number }): Picture {
  if (picture.columns === to.columns && picture.rows === to.rows) return picture;
  const rgba = new Uint8ClampedArray(to.columns * to.rows * 4);
  const [kx, ky] = [picture.columns / to.columns, picture.rows / to.rows];
  for (let y = 0; y < to.rows; y++) {
    const top = Math.floor(y * ky);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * ky));
    for (let x = 0; x < to.columns; x++) {
      const left = Math.floor(x * kx);
      const right = Math.max(left + 1, Math.floor((x + 1) * kx));
      mean(picture, { left, right, top, bottom, into: rgba, at: 4 * (y * to.columns + x) });
    }
  }
  return { ...to, rgba };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly into: Uint8ClampedArray;
  readonly at: number;
}

function mean({ columns, rgba }: Picture, { left, right, top, bottom, into, at }: Box): void {
  const count = (right - left) * (bottom - top);
  for (let c = 0; c < 4; c++) {
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += rgba[4 * (y * columns + x) + c] ?? 0;
    into[at + c] = sum / count;
  }
}

/** A small picture of one frame (the middle one unless named) within `max` × `max`, by the automatic window. */
export function thumbnailOf(
  pixels: Pixels,
  max: number,
  { frame = pixels.frames >> 1, spacing }: { frame?: number; spacing?: readonly number[] | undefined } = {},
): Picture {
  const window = autoWindow(pixels, frame);
  return resize(render({ pixels, frame, ...window }), fit({ columns: pixels.columns, rows: pixels.rows, max, spacing }));
}
