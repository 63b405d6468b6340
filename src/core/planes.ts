// Planes: where the images of a file or of an item lie in the patient, one plane an image. Millimetres, LPS (PS3.3 C.7.6.2.1.1). Pure.

import type { Header } from './header.ts';
import { type Item, partOf } from './item.ts';
import type { ItemGrid } from './item-grid.ts';

export type Point = readonly [number, number, number];

export interface Plane {
  /** Centre of the first pixel. */
  readonly origin: Point;
  /** Unit vectors: along a row (to the next column), and down a column (to the next row). */
  readonly across: Point;
  readonly down: Point;
  /** Millimetres between columns and between rows. */
  readonly step: readonly [number, number];
}

/** Which image lies at one slice: the UID of its file, and its number in there from 0. */
export interface SliceImage {
  readonly uid: string;
  readonly image: number;
}

/** The grid of an item as plain data: what a mask has to be brought onto. */
export interface Place {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** One plane a slice, in stored order; absent where the place of any is unknown. */
  readonly planes?: readonly Plane[] | undefined;
  /** One image a slice; absent where files have no UIDs. */
  readonly images?: readonly SliceImage[] | undefined;
}

export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** `by` times `along`, from `from` on. */
export const moved = (from: Point, along: Point, by: number): Point => [
  from[0] + along[0] * by,
  from[1] + along[1] * by,
  from[2] + along[2] * by,
];

/** Unit normal of a plane. */
export function normalOf({ across: [a, b, c], down: [d, e, f] }: Pick<Plane, 'across' | 'down'>): Point {
  const normal: Point = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal) || 1;
  return [normal[0] / length, normal[1] / length, normal[2] / length];
}

/** A plane from the numbers of a header; undefined where they are none, or no plane. */
export function planeOf({
  position,
  orientation,
  step,
}: {
  position: readonly number[] | undefined;
  orientation: readonly number[] | undefined;
  step: readonly number[] | undefined;
}): Plane | undefined {
  const numbers = [...(position ?? []), ...(orientation ?? []), ...(step?.slice(0, 2) ?? [])];
  if (position?.length !== 3 || orientation?.length !== 6 || numbers.length !== 11 || !numbers.every(Number.isFinite)) return undefined;
  const [x, y, z, a, b, c, d, e, f, dx, dy] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isFlat = Math.hypot(b * f - c * e, c * d - a * f, a * e - b * d) < 0.5;
  if (isFlat || !(dx > 0) || !(dy > 0)) return undefined;
  return { origin: [x, y, z], across: [a, b, c], down: [d, e, f], step: [dx, dy] };
}

/** Where image `image` of a file lies: slices come before times. Undefined where the header does not say. */
export function planeAt({ shape, geometry }: Header, image: number): Plane | undefined {
  const { positions = [], orientation, spacingMm, through } = geometry ?? {};
  const own = positions.slice(3 * image, 3 * image + 3);
  if (own.length === 3) return planeOf({ position: own, orientation, step: spacingMm });
  const first = planeOf({ position: positions.slice(0, 3), orientation, step: spacingMm });
  const slice = image % Math.max(1, shape?.slices ?? 1);
  const gap = spacingMm?.[2] ?? 0;
  if (!first || slice === 0) return first;
  if (through?.length !== 3 || !(gap > 0)) return undefined;
  return { ...first, origin: moved(first.origin, through as unknown as Point, slice * gap) };
}

/** The planes of a file's slices, of its first time; undefined where any is unknown. */
export function planesOf(header: Header): readonly Plane[] | undefined {
  const planes: Plane[] = [];
  for (let slice = 0; slice < (header.shape?.slices ?? 1); slice++) {
    const plane = planeAt(header, slice);
    if (!plane) return undefined;
    planes.push(plane);
  }
  return planes;
}

/** The place of an item. `headerOf` answers the header of one of its files; what it does not know leaves planes or images out. */
export function placeOf(
  item: Pick<Item, 'parts'>,
  { grid, headerOf }: { grid: ItemGrid; headerOf(path: string): Header | undefined },
): Place {
  const { columns, rows, slices } = grid;
  const planes: Plane[] = [];
  const images: SliceImage[] = [];
  for (let slice = 0; slice < slices; slice++) {
    const where = partOf(item, grid.imageOf(slice));
    const header = where && headerOf(where.part.path);
    const plane = header && planeAt(header, where.image);
    const uid = header?.tags.SOPInstanceUID;
    if (plane) planes.push(plane);
    if (where && typeof uid === 'string') images.push({ uid, image: where.image });
  }
  return {
    columns,
    rows,
    slices,
    ...(planes.length === slices ? { planes } : {}),
    ...(images.length === slices ? { images } : {}),
  };
}
