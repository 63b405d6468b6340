// Views: which images of an item a model is shown, and how they are drawn. Pictures come out as a person would see them: windowed, with square
// pixels, upright where the geometry is known. Hounsfield windows: soft tissue, lung, brain.
import { autoWindow, type Picture, render, type Window } from './display.ts';
import type { Header } from './header.ts';
import type { View, ViewWishes } from './model.ts';
import type { Pixels } from './pixels.ts';
import { squared } from './tensor.ts';

/** Ends of a stack show air, tables and shoulders. */
const FROM = 0.2;
const TO = 0.8;
/** From here on a byte is bright. */
const BRIGHT = 160;
const SOFT: Window = { center: 40, width: 400 };
const LUNG: Window = { center: -600, width: 1500 };
const VOLUME_FILES = new Set(['nifti', 'analyze', 'nrrd', 'mha', 'mgh', 'minc', 'afni', 'parrec']);
const BRAIN: Window = { center: 40, width: 80 };

/** Up to `count` of `images`, evenly over the middle part of them; the middle one where there are few. */
export function spreadOver(images: number, count: number): number[] {
  if (images <= 1 || count <= 1) return images > 0 ? [images >> 1] : [];
  const at = Array.from({ length: count }, (_, i) => Math.round((FROM + ((TO - FROM) * i) / (count - 1)) * (images - 1)));
  return [...new Set(at)];
}

/** One image of several, without copying. */
export function frameOf(pixels: Pixels, frame: number): Pixels {
  if (pixels.frames === 1) return pixels;
  const size = pixels.columns * pixels.rows * pixels.samples;
  return { ...pixels, frames: 1, data: pixels.data.subarray(frame * size, (frame + 1) * size) };
}

/**
 * The views of an item from what was decoded of it: single images, or one whole volume, which is cut in all three planes.
 * `header`: that of the file; its spacing and orientation make pictures true and upright.
 */
export function viewsOf(decoded: readonly Pixels[], { header, wishes }: { header: Header; wishes: ViewWishes }): View[] {
  const [whole] = decoded;
  const isVolume = whole !== undefined && decoded.length === 1 && whole.frames > 1;
  const frames = isVolume ? spreadOver(whole.frames, wishes.slices).map((at) => frameOf(whole, at)) : decoded;
  const tiles = Number(header.tags.MosaicImages ?? 0);
  const single = tiles > 1 ? frames.flatMap((frame) => tilesOf(frame, { tiles, wishes })) : frames;
  const hounsfield = isHounsfield(single);
  const middle = single.length >> 1;
  const along = single.flatMap((pixels, i) =>
    windowsOf(pixels, { hounsfield, many: i === middle }).map((window) => viewOf(pixels, { window, header, plane: 'stored' })),
  );
  const [only] = along;
  if (only && decoded.length === 1 && !isVolume && isVolumeFile(header) && (header.shape?.slices ?? 1) <= 1) return [only, onItsSide(only)];
  if (!isVolume || whole.samples > 1) return along;
  return [...along, ...acrossOf(whole, { header, wishes, hounsfield })];
}

/** Formats of volumes, whose pictures lie as their axes do; DICOM and pictures are stored as they are looked at. */
const isVolumeFile = ({ format, shape }: Header): boolean => VOLUME_FILES.has(format) || (format === 'dicom' && (shape?.slices ?? 1) > 1);

/** Rows and columns exchanged: single slices are written either way round, and their files do not tell. */
const onItsSide = (view: View): View => ({
  across: view.across,
  get picture() {
    return flipped(view.picture, { turned: true, mirror: false, over: false });
  },
});

/** Values of CT: much about air, much about soft tissue. */
export function isHounsfield(frames: readonly Pixels[]): boolean {
  let [air, soft, seen] = [0, 0, 0];
  for (const { data, samples, slope, intercept, photometric } of frames) {
    if (samples !== 1 || photometric === 'PALETTE' || data instanceof Uint8Array) return false;
    const step = Math.max(1, Math.floor(data.length / 5000)) | 1;
    for (let i = 0; i < data.length; i += step) {
      const value = Number(data[i]) * slope + intercept;
      if (value < -4096 || value > 32767) return false;
      seen++;
      if (value >= -1100 && value <= -850) air++;
      else if (value >= -150 && value <= 250) soft++;
    }
  }
  return seen > 0 && air / seen > 0.03 && soft / seen > 0.03;
}

/** One window a slice; the middle slice of a CT is shown in several. */
function windowsOf(pixels: Pixels, { hounsfield, many }: { hounsfield: boolean; many: boolean }): Window[] {
  const own = wholeBytes(pixels) ?? autoWindow(pixels);
  if (!hounsfield) return [own];
  return many ? [SOFT, LUNG, BRAIN, own] : [SOFT];
}

/** Bytes without a window that use most of their range were made to be looked at as they are. */
export function wholeBytes({ data, samples, slope, intercept, windowWidth, photometric }: Pixels): Window | undefined {
  if (!(data instanceof Uint8Array) || samples !== 1 || slope !== 1 || intercept !== 0 || windowWidth !== undefined) return undefined;
  if (photometric === 'PALETTE') return undefined;
  let most = 0;
  for (let i = 0; i < data.length && most < BRIGHT; i++) most = Math.max(most, data[i] ?? 0);
  return most >= BRIGHT ? { center: 127.5, width: 255 } : undefined;
}

/** A mosaic holds its slices side by side in one image, in a square grid (Siemens; NEMA has no such thing). */
function tilesOf(pixels: Pixels, { tiles, wishes }: { tiles: number; wishes: ViewWishes }): Pixels[] {
  const side = Math.ceil(Math.sqrt(tiles));
  const [columns, rows] = [Math.floor(pixels.columns / side), Math.floor(pixels.rows / side)];
  if (pixels.samples > 1 || columns < 8 || rows < 8) return [pixels];
  return spreadOver(tiles, wishes.slices).map((tile) => {
    const data = pixels.data.slice(0, columns * rows);
    for (let y = 0; y < rows; y++) {
      const from = (Math.floor(tile / side) * rows + y) * pixels.columns + (tile % side) * columns;
      (data as Float64Array).set(pixels.data.subarray(from, from + columns) as Float64Array, y * columns);
    }
    return { ...pixels, columns, rows, frames: 1, data };
  });
}

/** Cuts in the two other planes. */
function acrossOf(volume: Pixels, { header, wishes, hounsfield }: { header: Header; wishes: ViewWishes; hounsfield: boolean }): View[] {
  const views: View[] = [];
  for (const plane of ['rows', 'columns'] as const) {
    for (const at of spreadOver(plane === 'rows' ? volume.rows : volume.columns, wishes.across)) {
      const cut = cutOf(volume, { plane, at });
      views.push(viewOf(cut, { window: hounsfield ? SOFT : autoWindow(cut), header, plane }));
    }
  }
  return views;
}

/** Stored slices, or cuts across them: one row, or one column, of every slice. */
export type Plane = 'stored' | 'rows' | 'columns';

/** All voxels of one row (columns × slices) or of one column (rows × slices) of every slice. */
function cutOf(volume: Pixels, { plane, at }: { plane: 'rows' | 'columns'; at: number }): Pixels {
  const { columns, rows, frames, data } = volume;
  const long = plane === 'rows' ? columns : rows;
  const [start, step] = plane === 'rows' ? [at * columns, 1] : [at, columns];
  const out = data.slice(0, long * frames);
  for (let slice = 0, to = 0; slice < frames; slice++) {
    let from = slice * columns * rows + start;
    for (let i = 0; i < long; i++, to++, from += step) out[to] = data[from] as never;
  }
  return { ...volume, columns: long, rows: frames, frames: 1, data: out };
}

function viewOf(pixels: Pixels, { window, header, plane }: { window: Window; header: Header; plane: Plane }): View {
  const { spacingMm } = header.geometry ?? {};
  const [dx = 1, dy = 1, dz = 1] = spacingMm ?? [];
  const spacing = plane === 'stored' ? [dx, dy] : plane === 'rows' ? [dx, dz] : [dy, dz];
  return {
    across: plane !== 'stored',
    // Drawn when it is asked for: a dozen drawings of large pictures at once would cost gigabytes.
    get picture() {
      const drawn = render({ pixels, frame: 0, ...window });
      return isVolumeFile(header) ? upright(squared(drawn, spacing), axesOf(header, plane)) : drawn;
    },
  };
}

/** An axis of the patient in LPS and its sense: [0, 1] runs to the left, [2, -1] to the feet. */
export type Axis = readonly [number, number];

/** Along which axes of the patient the columns and rows of a picture run; undefined where nobody says. */
function axesOf(header: Header, plane: Plane): readonly [Axis, Axis] | undefined {
  const o = header.geometry?.orientation;
  if (o?.length !== 6 || !o.every(Number.isFinite)) return undefined;
  const [x, y] = [nearest(o.slice(0, 3)), nearest(o.slice(3))];
  // Slices of volume files nearly always run to the left, the back or the head; the third direction is not in the header.
  const z: Axis = [3 - x[0] - y[0], 1];
  if (x[0] === y[0]) return undefined;
  return plane === 'stored' ? [x, y] : plane === 'rows' ? [x, z] : [y, z];
}

/** The axis of the patient that a direction is nearest to. */
export function nearest(direction: readonly number[]): Axis {
  const sizes = direction.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  return [axis, (direction[axis] ?? 0) < 0 ? -1 : 1];
}

/** How a picture is turned before it is looked at: rows and columns exchanged first, then mirrored left–right, then top–bottom. */
export interface Stance {
  readonly turned: boolean;
  readonly mirror: boolean;
  readonly over: boolean;
}

/** As radiologists look at it: the patient's left to the right, front up or to the left, head up. */
export function stanceOf([[a, senseA], [b, senseB]]: readonly [Axis, Axis]): Stance {
  const turned = a > b;
  const [across, down] = turned ? [senseB, senseA] : [senseA, senseB];
  const wantDown = Math.max(a, b) === 2 ? -1 : 1;
  return { turned, mirror: across < 0, over: down !== wantDown };
}

const upright = (picture: Picture, axes: readonly [Axis, Axis] | undefined): Picture => (axes ? flipped(picture, stanceOf(axes)) : picture);

/** The picture in its stance. */
export function flipped(picture: Picture, { turned, mirror, over }: Stance): Picture {
  if (!turned && !mirror && !over) return picture;
  const [columns, rows] = turned ? [picture.rows, picture.columns] : [picture.columns, picture.rows];
  const from = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, columns * rows);
  const to = new Uint32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [u, v] = [mirror ? columns - 1 - x : x, over ? rows - 1 - y : y];
      to[y * columns + x] = from[turned ? u * picture.columns + v : v * picture.columns + u] as number;
    }
  }
  return { columns, rows, rgba: new Uint8ClampedArray(to.buffer) };
}
