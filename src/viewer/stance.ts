// How an image stands on the screen: flips so that it reads as people expect, letters at its edges, zoom and pan. Pure.
import type { Pixels } from '../core/pixels.ts';

export interface Flips {
  readonly x: boolean;
  readonly y: boolean;
}

export interface Edges {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

export interface View {
  /** 1 = the whole image fits. */
  readonly zoom: number;
  /** CSS pixels from the centre. */
  readonly panX: number;
  readonly panY: number;
}

export const FIT: View = { zoom: 1, panX: 0, panY: 0 };
const NONE: Flips = { x: false, y: false };
/** LPS axes, positive then negative: left, posterior, head; right, anterior, foot. */
const LETTERS = ['LPH', 'RAF'] as const;

function strongest(direction: readonly number[]): { axis: number; sign: number } {
  let axis = 0;
  for (let i = 1; i < 3; i++) if (Math.abs(direction[i] ?? 0) > Math.abs(direction[axis] ?? 0)) axis = i;
  return { axis, sign: Math.sign(direction[axis] ?? 0) || 1 };
}

/** Whether a volume file runs against the radiological habit (patient's left on the right, head and face up). DICOM is shown as stored. */
export function flipsFor(format: string, orientation: readonly number[] | undefined): Flips {
  if (format === 'dicom' || orientation?.length !== 6) return NONE;
  const across = strongest(orientation.slice(0, 3));
  const down = strongest(orientation.slice(3));
  return { x: across.axis === 2 ? false : across.sign < 0, y: down.axis === 2 ? down.sign > 0 : down.sign < 0 };
}

/** Letters for the four edges: L R, A P, H F (PS3.3 C.7.6.1.1.1); undefined without orientation. */
export function edgesOf(orientation: readonly number[] | undefined, flips: Flips): Edges | undefined {
  if (orientation?.length !== 6) return undefined;
  const ends = (direction: readonly number[], flipped: boolean): [string, string] => {
    const { axis, sign } = strongest(direction);
    const positive = sign > 0 !== flipped;
    const [low, high] = [LETTERS[positive ? 1 : 0][axis] ?? '', LETTERS[positive ? 0 : 1][axis] ?? ''];
    return [low, high];
  };
  const [left, right] = ends(orientation.slice(0, 3), flips.x);
  const [top, bottom] = ends(orientation.slice(3), flips.y);
  return { left, right, top, bottom };
}

/** Width of one pixel and height of one pixel, the smaller being 1. Spacing that nobody can mean counts as square. */
export function pixelAspect(spacingMm: readonly number[] | null): readonly [number, number] {
  const [across = 0, down = 0] = spacingMm ?? [];
  const ratio = across / down;
  if (!(ratio > 0.02 && ratio < 50)) return [1, 1];
  return ratio >= 1 ? [ratio, 1] : [1, 1 / ratio];
}

export interface Placement {
  /** CSS pixels per image pixel. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** CSS pixels of the image's left upper corner. */
  readonly left: number;
  readonly top: number;
}

/** Where the image lies in a box of CSS pixels. */
export function place(
  size: Pick<Pixels, 'columns' | 'rows'>,
  options: { box: { width: number; height: number }; aspect: readonly [number, number]; view: View },
): Placement {
  const { box, aspect, view } = options;
  const [wide, high] = [size.columns * aspect[0], size.rows * aspect[1]];
  const scale = Math.min(box.width / wide, box.height / high) * view.zoom;
  return {
    scaleX: scale * aspect[0],
    scaleY: scale * aspect[1],
    left: (box.width - wide * scale) / 2 + view.panX,
    top: (box.height - high * scale) / 2 + view.panY,
  };
}

/** The image's pixels on a canvas of `ratio` device pixels a CSS pixel: a, b, c, d, e, f of a 2D transform. */
export function matrixOf(
  size: Pick<Pixels, 'columns' | 'rows'>,
  options: {
    box: { width: number; height: number };
    aspect: readonly [number, number];
    view: View;
    flips: Flips;
    ratio: number;
  },
): readonly [number, number, number, number, number, number] {
  const { flips, ratio } = options;
  const { scaleX, scaleY, left, top } = place(size, options);
  const [a, d] = [flips.x ? -scaleX : scaleX, flips.y ? -scaleY : scaleY];
  const [e, f] = [flips.x ? left + size.columns * scaleX : left, flips.y ? top + size.rows * scaleY : top];
  return [a * ratio, 0, 0, d * ratio, e * ratio, f * ratio];
}

/** Zooms by a factor so that the point (CSS pixels from the centre of the box) stays under the finger. */
export function zoomed(view: View, by: { factor: number; x: number; y: number }): View {
  const zoom = Math.min(32, Math.max(0.25, view.zoom * by.factor));
  const factor = zoom / view.zoom;
  return { zoom, panX: by.x - (by.x - view.panX) * factor, panY: by.y - (by.y - view.panY) * factor };
}

/** Image coordinates (columns, rows) of a point in CSS pixels. */
export function imagePoint(
  at: { x: number; y: number },
  options: { placement: Placement; size: Pick<Pixels, 'columns' | 'rows'>; flips: Flips },
): { x: number; y: number } {
  const { placement, size, flips } = options;
  const x = (at.x - placement.left) / placement.scaleX;
  const y = (at.y - placement.top) / placement.scaleY;
  return { x: flips.x ? size.columns - x : x, y: flips.y ? size.rows - y : y };
}
