// Volumes with known vessels in them, for tests and the benchmark: straight tubes, plates, balls, a tree, noise. Values in Hounsfield-like units.
import type { SpacedGrid, VolumeReader } from './grid.ts';

type Point = readonly [number, number, number];

/** A stretch of tube between two points, millimetres from the first voxel's centre. */
export interface Tube {
  readonly from: Point;
  readonly to: Point;
  readonly radiusMm: number;
}

/** Numbers in [0, 1) that are the same every time (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const distance = ([x, y, z]: Point, { from, to }: Tube): number => {
  const along = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
  const offset = [x - from[0], y - from[1], z - from[2]] as const;
  const length = along[0] ** 2 + along[1] ** 2 + along[2] ** 2;
  const part = length > 0 ? Math.min(1, Math.max(0, (offset[0] * along[0] + offset[1] * along[1] + offset[2] * along[2]) / length)) : 0;
  return Math.hypot(offset[0] - part * along[0], offset[1] - part * along[1], offset[2] - part * along[2]);
};

/** Distance in millimetres from a point to the nearest wall of the tubes; negative inside. */
export const wallOf =
  (tubes: readonly Tube[]) =>
  (point: Point): number =>
    tubes.reduce((near, tube) => Math.min(near, distance(point, tube) - tube.radiusMm), Number.POSITIVE_INFINITY);

/** Draws what `value` says of each voxel's centre (millimetres), with noise of standard deviation `noise`. */
export function drawn(grid: SpacedGrid, value: (point: Point) => number, { noise = 0, seed = 1 } = {}): Float32Array {
  const {
    columns,
    rows,
    slices,
    spacingMm: [dx, dy, dz],
  } = grid;
  const random = createRandom(seed);
  const out = new Float32Array(columns * rows * slices);
  for (let z = 0, at = 0; z < slices; z++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++, at++) {
        // Box and Muller's normal numbers.
        const bell = noise && Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
        out[at] = value([x * dx, y * dy, z * dz]) + noise * bell;
      }
    }
  }
  return out;
}

/** How much of a voxel lies inside a wall at this distance, 0–1: edges of pictures are as soft as their voxels are large. */
export const inside = (wallMm: number, softMm: number): number => Math.min(1, Math.max(0, 0.5 - wallMm / softMm));

/** A volume in memory, read as one of an item. */
export const readerOf = (grid: SpacedGrid, values: Float32Array): VolumeReader => {
  const plane = grid.columns * grid.rows;
  return { ...grid, slab: async (first, count) => values.slice(first * plane, (first + count) * plane) };
};

/** A tree that forks in two again and again, from `root` upwards: radii by Murray's law. */
export function treeOf({ root, heightMm, radiusMm, forks }: { root: Point; heightMm: number; radiusMm: number; forks: number }): Tube[] {
  const grow = (from: Point, radius: number, left: number, turn: number): Tube[] => {
    const length = heightMm / (forks + 1);
    const spread = left === forks ? 0 : length * 0.8;
    const to: Point = [from[0] + spread * Math.cos(turn), from[1] + spread * Math.sin(turn), from[2] + length];
    const own: Tube = { from, to, radiusMm: radius };
    if (left === 0) return [own];
    const next = radius * 2 ** (-1 / 3);
    return [own, ...grow(to, next, left - 1, turn + 1.4), ...grow(to, next, left - 1, turn + 1.4 + Math.PI)];
  };
  return grow(root, radiusMm, forks, 0.3);
}
