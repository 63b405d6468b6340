// Brings marked pixels from the grid they were drawn on to another one: the nearest pixel, by where both lie in the patient. Pure.
// A pixel is its centre; images lie in planes, and a plane speaks for half the way to its neighbours.
import { dot, normalOf, type Plane, type Point } from './planes.ts';

/** Images that were drawn on: one matrix, parallel planes in any order. */
export interface Source {
  readonly columns: number;
  readonly rows: number;
  readonly planes: readonly Plane[];
  /** Between planes, where it is said: images without marks may have been left out. Millimetres. */
  readonly gapMm?: number | undefined;
}

export interface Target {
  readonly columns: number;
  readonly rows: number;
  readonly planes: readonly Plane[];
}

/** Pixels of one image of the source, 0 for unmarked; undefined where it has no marks. */
export type ValuesOf = (image: number) => Uint8Array | undefined;

export interface Aligner {
  /** Source images that are no further than half a gap from this slice of the target, if they lie parallel. */
  touches(slice: number): boolean;
  /** Writes the nearest values into `into` (columns × rows of the target, cleared before). True where one of them is marked. */
  slice(slice: number, options: { valuesOf: ValuesOf; into: Uint8Array }): boolean;
}

/** Positions closer than this are one. Millimetres. */
const SAME_MM = 0.01;

interface Level {
  readonly depth: number;
  readonly images: readonly number[];
}

export function createAligner(source: Source, target: Target): Aligner {
  const [first] = source.planes;
  if (!first) return { touches: () => false, slice: () => false };
  const normal = normalOf(first);
  const levels = levelsOf(source.planes, normal);
  const reach = reachOf(source, { levels, target, normal });
  const nearest = (depth: number): Level | undefined => nearestOf(levels, { depth, reach });
  return {
    touches(slice) {
      const plane = target.planes[slice];
      if (!plane) return false;
      const depths = cornersOf(plane, target).map((corner) => dot(normal, corner));
      const [low, high] = [Math.min(...depths) - reach, Math.max(...depths) + reach];
      return levels.some(({ depth }) => depth >= low && depth <= high);
    },
    slice(slice, { valuesOf, into }) {
      const plane = target.planes[slice];
      into.fill(0);
      return plane !== undefined && drawSlice({ plane, source, target, nearest, normal, valuesOf, into });
    },
  };
}

/** Planes by their depth along the normal. */
function levelsOf(planes: readonly Plane[], normal: Point): Level[] {
  const depths = planes.map((plane, image) => ({ image, depth: dot(normal, plane.origin) })).sort((a, b) => a.depth - b.depth);
  const levels: { depth: number; images: number[] }[] = [];
  for (const { depth, image } of depths) {
    const last = levels.at(-1);
    if (last && depth - last.depth < SAME_MM) last.images.push(image);
    else levels.push({ depth, images: [image] });
  }
  return levels;
}

/** How far from its plane an image still speaks: half the gap, of the source where it is known, else of the target. */
function reachOf(
  { gapMm, planes }: Source,
  { levels, target, normal }: { levels: readonly Level[]; target: Target; normal: Point },
): number {
  const gaps = levels.slice(1).map((level, i) => level.depth - (levels[i]?.depth ?? 0));
  const own = gapMm && gapMm > SAME_MM ? gapMm : gaps.length ? Math.min(...gaps) : 0;
  const others = levelsOf(target.planes, normal);
  const theirs = others.length > 1 ? ((others.at(-1)?.depth ?? 0) - (others[0]?.depth ?? 0)) / (others.length - 1) : 0;
  const single = planes.length > 0 ? Math.max(...(planes[0]?.step ?? [1])) : 1;
  return (own || theirs || single) / 2 + SAME_MM;
}

function nearestOf(levels: readonly Level[], { depth, reach }: { depth: number; reach: number }): Level | undefined {
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle]?.depth ?? 0) < depth) low = middle + 1;
    else high = middle;
  }
  const [above, below] = [levels[low], levels[low - 1]];
  const best = below && above && depth - below.depth < above.depth - depth ? below : above;
  return best && Math.abs(best.depth - depth) <= reach ? best : undefined;
}

interface Draw {
  readonly plane: Plane;
  readonly source: Source;
  readonly target: Target;
  readonly normal: Point;
  readonly nearest: (depth: number) => Level | undefined;
  readonly valuesOf: ValuesOf;
  readonly into: Uint8Array;
}

function drawSlice(draw: Draw): boolean {
  const { plane, target, normal, nearest } = draw;
  const { columns, rows } = target;
  const [perColumn, perRow] = [plane.step[0] * dot(normal, plane.across), plane.step[1] * dot(normal, plane.down)];
  const start = dot(normal, plane.origin);
  const isParallel = Math.abs(perColumn) * columns < SAME_MM;
  let marked = false;
  for (let row = 0; row < rows; row++) {
    const depth = start + row * perRow;
    let [from, level] = [0, nearest(depth)];
    // Across an oblique slice one row passes through several images: each stretch is drawn from its own.
    for (let column = 1; !isParallel && column < columns; column++) {
      const next = nearest(depth + column * perColumn);
      if (next === level) continue;
      marked = drawStretch(draw, { row, from, to: column, level }) || marked;
      [from, level] = [column, next];
    }
    marked = drawStretch(draw, { row, from, to: columns, level }) || marked;
  }
  return marked;
}

function drawStretch(
  { plane, source, target, valuesOf, into }: Draw,
  { row, from, to, level }: { row: number; from: number; to: number; level: Level | undefined },
): boolean {
  let marked = false;
  for (const image of level?.images ?? []) {
    const values = valuesOf(image);
    const own = source.planes[image];
    if (!values || !own) continue;
    const x0 = plane.origin[0] + plane.down[0] * plane.step[1] * row - own.origin[0];
    const y0 = plane.origin[1] + plane.down[1] * plane.step[1] * row - own.origin[1];
    const z0 = plane.origin[2] + plane.down[2] * plane.step[1] * row - own.origin[2];
    // Column and row of the source, and how they go on from column to column of the target.
    const u0 = dot([x0, y0, z0], own.across) / own.step[0] + 0.5;
    const v0 = dot([x0, y0, z0], own.down) / own.step[1] + 0.5;
    const du = (plane.step[0] * dot(plane.across, own.across)) / own.step[0];
    const dv = (plane.step[0] * dot(plane.across, own.down)) / own.step[1];
    const base = row * target.columns;
    if (Math.abs(du - 1) * (to - from) < SAME && Math.abs(dv) * (to - from) < SAME) {
      // The columns of both are the same, moved: whole stretches at once.
      const shift = Math.floor(u0 + SNAP);
      const v = Math.floor(v0 + SNAP);
      const [low, high] = [Math.max(from, -shift), Math.min(to, source.columns - shift)];
      if (v < 0 || v >= source.rows || high <= low) continue;
      marked = copyMarks(values.subarray(v * source.columns + low + shift, v * source.columns + high + shift), into, base + low) || marked;
      continue;
    }
    for (let column = from; column < to; column++) {
      const [u, v] = [Math.floor(u0 + du * column + SNAP), Math.floor(v0 + dv * column + SNAP)];
      if (u < 0 || v < 0 || u >= source.columns || v >= source.rows) continue;
      const value = values[v * source.columns + u] as number;
      if (value === 0) continue;
      into[base + column] = value;
      marked = true;
    }
  }
  return marked;
}

/** Of a pixel, from one end of a row to the other. */
const SAME = 1e-3;

/** Marks only: several images may lie at one place. */
function copyMarks(marks: Uint8Array, into: Uint8Array, at: number): boolean {
  let marked = false;
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i] as number;
    if (mark === 0) continue;
    into[at + i] = mark;
    marked = true;
  }
  return marked;
}

/** Numbers of headers are rounded: what lies between two pixels goes to the same one in every row. */
const SNAP = 1e-4;

function cornersOf({ origin, across, down, step }: Plane, { columns, rows }: { columns: number; rows: number }): Point[] {
  const at = (column: number, row: number): Point => [
    origin[0] + across[0] * step[0] * column + down[0] * step[1] * row,
    origin[1] + across[1] * step[0] * column + down[1] * step[1] * row,
    origin[2] + across[2] * step[0] * column + down[2] * step[1] * row,
  ];
  return [at(0, 0), at(columns - 1, 0), at(0, rows - 1), at(columns - 1, rows - 1)];
}

/** Whether all planes look the same way, to within a degree or so: others cannot be one stack. */
export function areParallel(planes: readonly Plane[]): boolean {
  const [first] = planes;
  return planes.every(({ across, down }) => first !== undefined && dot(across, first.across) > 0.9995 && dot(down, first.down) > 0.9995);
}
