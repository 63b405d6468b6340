// Cuts: the pictures of a volume that a network which outlines is shown, one after the other from head to feet where the geometry tells where those are.
// Which plane, how it is turned, which cuts are looked at where there are many, and in which window.
import { autoWindow, type Window } from './display.ts';
import { normalOf } from './group.ts';
import type { Header } from './header.ts';
import type { Pixels } from './pixels.ts';
import { type Axis, isHounsfield, nearest, type Plane, type Stance, stanceOf, wholeBytes } from './views.ts';
import { examinedFrames, examinedSlices } from './volume-outlining.ts';

/** From feet to head, in LPS. */
const LONG = 2;
/** Slices whose values tell the window of a volume. */
const SAMPLED = 16;
const AS_STORED: Stance = { turned: false, mirror: false, over: false };

export interface Cuts {
  readonly plane: Plane;
  /** Of one cut, before it is turned. */
  readonly columns: number;
  readonly rows: number;
  /** Cuts of the volume along the axis. */
  readonly count: number;
  readonly stance: Stance;
  /** Those that are shown, in order. */
  readonly at: readonly number[];
}

interface Stack {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly cine: boolean;
  readonly header: Header;
}

/** How a stack of images is cut. Pictures and cines are shown as they are stored; `across: false`: volumes too. */
export function cutsOf({ columns, rows, count, cine, header }: Stack, { across = true } = {}): Cuts {
  const axes = cine || (count === 1 && (header.shape?.slices ?? 1) > 1) ? undefined : axesOf(header);
  const stored: Cuts = {
    plane: 'stored',
    columns,
    rows,
    count,
    stance: AS_STORED,
    at: cine ? examinedFrames(count) : examinedSlices(count),
  };
  if (!axes) return stored;
  const [x, y, z] = axes;
  if (count === 1 || z[0] === LONG || !across) return { ...stored, stance: count > 1 || isVolume(header) ? stanceOf([x, y]) : AS_STORED };
  if (y[0] === LONG) return { plane: 'rows', columns, rows: count, count: rows, stance: stanceOf([x, z]), at: examinedSlices(rows) };
  return { plane: 'columns', columns: rows, rows: count, count: columns, stance: stanceOf([y, z]), at: examinedSlices(columns) };
}

/** Single slices of volume files lie as their axes do; pictures as people look at them. */
const isVolume = ({ format, geometry }: Header): boolean => format !== 'dicom' && geometry?.through !== undefined;

/** Along which axes of the patient columns, rows and slices run; undefined where nobody says. */
function axesOf({ geometry }: Header): readonly [Axis, Axis, Axis] | undefined {
  const o = geometry?.orientation;
  const normal = normalOf(o);
  if (!o || !normal || !o.every(Number.isFinite)) return undefined;
  const [x, y] = [nearest(o.slice(0, 3)), nearest(o.slice(3))];
  if (x[0] === y[0]) return undefined;
  const [, sense] = nearest(throughOf(geometry?.through, geometry?.positions) ?? normal);
  return [x, y, [3 - x[0] - y[0], sense]];
}

/** From the first slice to the last, where the file says; files of a series are sorted along their normal. */
function throughOf(through: readonly number[] | undefined, positions: readonly number[] = []): readonly number[] | undefined {
  if (through?.length === 3 && through.every(Number.isFinite)) return through;
  const [first, last] = [positions.slice(0, 3), positions.slice(-3)];
  const step = last.map((one, i) => one - (first[i] as number));
  return step.length === 3 && Math.hypot(...step) > 0 ? step : undefined;
}

/** Slices that are read to find the window of a volume. */
export const sampledOf = (count: number): number[] => examinedSlices(count, { most: SAMPLED });

/**
 * The window for all cuts of a volume, from a few of its slices: `asked` where values are Hounsfield units; the file's own; all of it for bytes made to
 * be looked at; else from the 1st to the 99th percentile over all of them.
 */
export function windowOf(sampled: readonly Pixels[], asked: Window | null): Window {
  if (asked && isHounsfield(sampled)) return asked;
  const middle = sampled[sampled.length >> 1];
  if (!middle) return { center: 127.5, width: 255 };
  const { windowCenter, windowWidth } = middle;
  if (windowCenter !== undefined && windowWidth !== undefined) return autoWindow(middle);
  return sampled.map(wholeBytes).find((one) => one !== undefined) ?? autoWindow(joined(sampled));
}

/** One image of all rows of several. */
function joined(pieces: readonly Pixels[]): Pixels {
  const [first] = pieces as [Pixels];
  const Kind = first.data.constructor as new (length: number) => Float64Array;
  const size = first.columns * first.rows * first.samples;
  const data = new Kind(size * pieces.length);
  for (const [i, piece] of pieces.entries()) data.set(piece.data.subarray(0, size) as Float64Array, i * size);
  return { ...first, rows: first.rows * pieces.length, frames: 1, data };
}
