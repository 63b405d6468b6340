// Contours of a structure set, filled: which pixels of an item lie inside (PS3.3 C.8.8.6). Even–odd over all contours of one slice, so inner ones are holes.
// The rule of half a pixel: a pixel is marked when its centre is inside; a centre exactly on an edge belongs to the left and upper side of the shape.

import { createRunList } from './mask-grid.ts';
import { dot, normalOf, type Place, type Plane } from './planes.ts';
import { Unreadable } from './unreadable.ts';

/** Points x, y, z, x, y, z … of one closed contour; millimetres, LPS. */
export type Loop = Float64Array;

export interface Filled {
  readonly runs: Uint32Array;
  /** Contours that lie on no slice, or across slices. */
  readonly dropped: number;
}

/** Edges × rows that are walked at most; real structure sets stay far below. */
const MOST_CROSSINGS = 2e7;
/** How far a point may be off the plane of its slice, in gaps between slices. */
const OFF = 0.5;
/** The same where there is one slice only. Millimetres. */
const OFF_ALONE_MM = 2;

/** Fills the loops of one structure. Throws Unreadable E-LIMIT where they are more tangled than any drawn by hand or machine. */
export function fillLoops(loops: readonly Loop[], place: Place): Filled {
  const { columns, rows, slices, planes } = place;
  const runs = createRunList();
  if (!planes) return { runs: runs.cut(columns * rows * slices), dropped: loops.length };
  const bySlice = sorted(loops, planes);
  let [done, dropped, budget] = [0, loops.length, MOST_CROSSINGS];
  for (const [slice, own] of [...bySlice].sort(([a], [b]) => a - b)) {
    dropped -= own.length;
    const edges = own.flatMap((loop) => flat(loop, planes[slice] as Plane));
    const crossings = crossingsOf(edges, { rows, budget });
    budget -= crossings.at.length;
    for (let row = 0; row < rows; row++) {
      const xs = crossings.at.subarray(crossings.from[row], crossings.from[row + 1]).sort();
      for (let i = 0; i + 1 < xs.length; i += 2) {
        const start = Math.max(0, Math.ceil(xs[i] as number));
        const end = Math.min(columns, Math.ceil(xs[i + 1] as number));
        if (end <= start) continue;
        const at = (slice * rows + row) * columns + start;
        runs.add(0, at - done);
        runs.add(1, end - start);
        done = at + end - start;
      }
    }
  }
  return { runs: runs.cut(columns * rows * slices - done), dropped };
}

/** Loops by the slice they lie on; a loop drawn twice is one, or the second would undo the first. */
function sorted(loops: readonly Loop[], planes: readonly Plane[]): Map<number, Loop[]> {
  const first = planes[0] as Plane;
  const normal = normalOf(first);
  const depths = planes.map((plane, slice) => ({ slice, depth: dot(normal, plane.origin) })).sort((a, b) => a.depth - b.depth);
  const span = (depths.at(-1)?.depth ?? 0) - (depths[0]?.depth ?? 0);
  const reach = depths.length > 1 && span > 0 ? (OFF * span) / (depths.length - 1) + 0.01 : OFF_ALONE_MM;
  const out = new Map<number, Loop[]>();
  const seen = new Map<string, Loop>();
  for (const loop of loops) {
    const slice = sliceOf(loop, { depths, normal, reach });
    if (slice === undefined) continue;
    const home = out.get(slice) ?? [];
    out.set(slice, home);
    const key = `${slice}|${loop.length}|${loop[0]}|${loop[1]}|${loop[loop.length - 3]}|${loop[loop.length - 2]}`;
    const alike = seen.get(key);
    if (alike?.every((value, i) => value === loop[i])) continue;
    seen.set(key, loop);
    home.push(loop);
  }
  return out;
}

function sliceOf(
  loop: Loop,
  {
    depths,
    normal,
    reach,
  }: { depths: readonly { slice: number; depth: number }[]; normal: readonly [number, number, number]; reach: number },
): number | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i + 2 < loop.length; i += 3) {
    const depth = normal[0] * (loop[i] as number) + normal[1] * (loop[i + 1] as number) + normal[2] * (loop[i + 2] as number);
    if (Number.isNaN(depth)) return undefined;
    low = Math.min(low, depth);
    high = Math.max(high, depth);
  }
  if (loop.length < 9 || high - low > 2 * reach) return undefined;
  const middle = (low + high) / 2;
  let best: { slice: number; off: number } | undefined;
  for (const { slice, depth } of depths) {
    const off = Math.abs(depth - middle);
    if (off <= reach && (!best || off < best.off)) best = { slice, off };
  }
  return best?.slice;
}

/** The loop in columns and rows of the plane, without its third coordinate. */
function flat(loop: Loop, { origin, across, down, step }: Plane): Float64Array {
  const out = new Float64Array((loop.length / 3) * 2);
  for (let i = 0, to = 0; i + 2 < loop.length; i += 3) {
    const [x, y, z] = [(loop[i] as number) - origin[0], (loop[i + 1] as number) - origin[1], (loop[i + 2] as number) - origin[2]];
    out[to++] = (x * across[0] + y * across[1] + z * across[2]) / step[0];
    out[to++] = (x * down[0] + y * down[1] + z * down[2]) / step[1];
  }
  return out;
}

/** Where edges cross the middle of rows: columns, those of row r at [from[r], from[r + 1]). */
interface Crossings {
  readonly at: Float64Array;
  readonly from: Uint32Array;
}

function crossingsOf(loops: readonly Float64Array[], { rows, budget }: { rows: number; budget: number }): Crossings {
  const from = new Uint32Array(rows + 1);
  let total = 0;
  eachEdge(loops, rows, (_, low, high) => {
    for (let row = low; row < high; row++) from[row + 1] = (from[row + 1] as number) + 1;
    total += Math.max(0, high - low);
    if (total > budget) throw new Unreadable('E-LIMIT', 'The contours are more tangled than any that were drawn, so they are not filled.');
  });
  for (let row = 0; row < rows; row++) from[row + 1] = (from[row + 1] as number) + (from[row] as number);
  const at = new Float64Array(total);
  const next = from.slice();
  eachEdge(loops, rows, ([x, y, dx], low, high) => {
    for (let row = low; row < high; row++) {
      const to = next[row] as number;
      at[to] = x + (row - y) * dx;
      next[row] = to + 1;
    }
  });
  return { at, from };
}

/** Every edge that crosses the middle of a row: a point on it, its columns a row, and the rows [low, high) that it crosses. */
function eachEdge(
  loops: readonly Float64Array[],
  rows: number,
  on: (edge: readonly [number, number, number], low: number, high: number) => void,
): void {
  for (const points of loops) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const j = i + 2 < points.length ? i + 2 : 0;
      const [x1, y1, x2, y2] = [points[i] as number, points[i + 1] as number, points[j] as number, points[j + 1] as number];
      const [low, high] = [Math.max(0, Math.ceil(Math.min(y1, y2))), Math.min(rows, Math.ceil(Math.max(y1, y2)))];
      if (low < high) on([x1, y1, (x2 - x1) / (y2 - y1)], low, high);
    }
  }
}
