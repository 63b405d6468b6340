// Where the frames of a file lie and how they stack: plane module, functional groups, NM vectors, dose offsets
// (PS3.3 C.7.6.2, C.7.6.16, C.8.4.8, C.8.8.3.2). Millimetres, LPS.
import type { Geometry, Shape } from '../../core/header.ts';
import { type DataSet, readItems } from './elements.ts';
import { numbers } from './values.ts';

const SHARED = 0x52009229;
const PER_FRAME = 0x52009230;
const PLANE_POSITION = 0x00209113;
const PLANE_ORIENTATION = 0x00209116;
const PIXEL_MEASURES = 0x00289110;
const POSITION = 0x00200032;
const ORIENTATION = 0x00200037;
/** Positions closer than this are one. */
const SAME_MM = 0.01;

export interface Frames {
  /** First item of the shared functional groups. */
  readonly shared: DataSet | undefined;
  /** Items of the per-frame functional groups, in frame order. */
  readonly each: readonly DataSet[];
}

/** The functional groups of an enhanced object; empty for classic ones. */
export function functionalGroups(set: DataSet): Frames {
  return {
    shared: readItems(set, set.elements.get(SHARED), { limit: 1 })[0],
    each: readItems(set, set.elements.get(PER_FRAME), { limit: 100_000, depth: 1 }),
  };
}

/** Every macro of one functional group item, first items only. */
export function macros(group: DataSet | undefined): DataSet[] {
  if (!group) return [];
  return [...group.elements.values()].flatMap((element) => (element.sequence ? readItems(group, element, { limit: 1, depth: 2 }) : []));
}

function fromMacro(group: DataSet | undefined, macro: number, tag: number): number[] {
  const element = group?.elements.get(macro);
  const item = group && element ? readItems(group, element, { limit: 1, depth: 2 })[0] : undefined;
  return item ? numbers(item, tag, 'DS') : [];
}

/** Unit normal of a plane; undefined where the cosines are no plane. */
function normalOf(orientation: readonly number[] | undefined): readonly [number, number, number] | undefined {
  if (orientation?.length !== 6) return undefined;
  const [a, b, c, d, e, f] = orientation as [number, number, number, number, number, number];
  const normal: [number, number, number] = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return length > 0.5 ? [normal[0] / length, normal[1] / length, normal[2] / length] : undefined;
}

function framePositions(set: DataSet, frames: Frames, count: number, normal: readonly number[] | undefined): number[] | undefined {
  const own = numbers(set, POSITION, 'DS', 3);
  const perFrame = frames.each.map((group) => fromMacro(group, PLANE_POSITION, POSITION));
  if (perFrame.length > 0 && perFrame.every((position) => position.length === 3)) return perFrame.flat();
  const shared = fromMacro(frames.shared, PLANE_POSITION, POSITION);
  const one = own.length === 3 ? own : shared;
  if (one.length !== 3) return undefined;
  const offsets = numbers(set, 0x3004000c, 'DS', 65_536);
  if (offsets.length === count && count > 1 && normal) {
    // Offsets that begin with 0 are from the first plane; else they are coordinates along the normal (PS3.3 C.8.8.3.2).
    const first = offsets[0] === 0 ? 0 : offsets[0]!;
    return offsets.flatMap((offset) => one.map((value, axis) => value + (offset - first) * normal[axis]!));
  }
  return count === 1 ? one : undefined;
}

/** Distinct places along the normal, sorted; by all three coordinates where there is no normal. */
function distinctPlaces(positions: readonly number[], normal: readonly number[] | undefined): number[] {
  const along = normal ?? [1, 1.7, 2.9];
  const places: number[] = [];
  for (let i = 0; i + 2 < positions.length; i += 3)
    places.push(positions[i]! * along[0]! + positions[i + 1]! * along[1]! + positions[i + 2]! * along[2]!);
  places.sort((a, b) => a - b);
  return places.filter((place, i) => i === 0 || place - places[i - 1]! > SAME_MM);
}

function spacing(set: DataSet, frames: Frames): number[] {
  const group = frames.each[0];
  const found = [
    numbers(set, 0x00280030, 'DS', 2),
    fromMacro(frames.shared, PIXEL_MEASURES, 0x00280030),
    fromMacro(group, PIXEL_MEASURES, 0x00280030),
    numbers(set, 0x00181164, 'DS', 2),
    numbers(set, 0x00182010, 'DS', 2),
    numbers(set, 0x30020011, 'DS', 2),
    ultrasoundSpacing(set),
  ].find((pair) => pair.length === 2 && pair.every((value) => value > 0));
  return found ? [found[1]!, found[0]!] : [];
}

/** Row and column spacing of the first ultrasound region, where it is measured in centimetres (PS3.3 C.8.5.5). */
function ultrasoundSpacing(set: DataSet): number[] {
  const region = readItems(set, set.elements.get(0x00186011), { limit: 1 })[0];
  if (!region || numbers(region, 0x00186024, 'US')[0] !== 3 || numbers(region, 0x00186026, 'US')[0] !== 3) return [];
  const [x] = numbers(region, 0x0018602c, 'FD');
  const [y] = numbers(region, 0x0018602e, 'FD');
  return x && y ? [Math.abs(y) * 10, Math.abs(x) * 10] : [];
}

function between(set: DataSet, frames: Frames, places: readonly number[]): number | undefined {
  if (places.length > 1) return (places.at(-1)! - places[0]!) / (places.length - 1);
  const stated = [
    numbers(set, 0x00180088, 'DS', 1),
    fromMacro(frames.shared, PIXEL_MEASURES, 0x00180088),
    fromMacro(frames.each[0], PIXEL_MEASURES, 0x00180088),
  ];
  const value = Math.abs(stated.find((list) => list.length > 0)?.[0] ?? 0);
  return value > 0 ? value : undefined;
}

/** Slices among the frames of a multi-frame file, by positions, by NM vectors, by dose offsets; 1 where only time or nothing is said. */
function slicesOf(set: DataSet, count: number, places: number): number {
  if (count <= 1) return 1;
  if (places > 1) return count % places === 0 ? places : count;
  const pointers = numbers(set, 0x00280009, 'AT', 8);
  if (pointers.includes(0x00540080)) {
    const slices = numbers(set, 0x00540081, 'US', 1)[0] ?? new Set(numbers(set, 0x00540080, 'US', 65_536)).size;
    return slices > 0 && count % slices === 0 ? slices : count;
  }
  return pointers.includes(0x3004000c) ? count : 1;
}

export interface Placed {
  readonly shape: Shape;
  readonly geometry: Geometry | undefined;
}

/** Shape and geometry of an image object with `count` frames. */
export function place(set: DataSet, options: { frames: Frames; count: number }): Placed {
  const { frames, count } = options;
  const candidates = [
    numbers(set, ORIENTATION, 'DS', 6),
    fromMacro(frames.shared, PLANE_ORIENTATION, ORIENTATION),
    fromMacro(frames.each[0], PLANE_ORIENTATION, ORIENTATION),
  ];
  const orientation = candidates.find((cosines) => cosines.length === 6);
  const normal = normalOf(orientation);
  const found = framePositions(set, frames, count, normal);
  const positions = found && found.length === count * 3 ? found : undefined;
  const places = positions ? distinctPlaces(positions, normal) : [];
  const slices = slicesOf(set, count, places.length);
  const inPlane = spacing(set, frames);
  const gap = inPlane.length === 2 ? between(set, frames, places) : undefined;
  const geometry: Geometry = {
    orientation: normal ? orientation : undefined,
    positions,
    spacingMm: inPlane.length === 2 ? (gap === undefined ? inPlane : [...inPlane, gap]) : undefined,
  };
  const one = (tag: number) => numbers(set, tag, 'US', 1)[0];
  return {
    shape: {
      columns: one(0x00280011) ?? 0,
      rows: one(0x00280010) ?? 0,
      slices,
      frames: Math.max(1, Math.round(count / slices)),
      samples: one(0x00280002) === 3 ? 3 : 1,
      bits: one(0x00280100) ?? 8,
    },
    geometry: geometry.orientation || positions || geometry.spacingMm ? geometry : undefined,
  };
}
