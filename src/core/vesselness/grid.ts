// The grid that vesselness works on: an item's volume, read slab by slab and reduced by whole factors where it is finer or larger than needed.
import type { Grid } from '../mask-grid.ts';

/** Columns, rows and slices of a volume and the distances between their centres. */
export interface SpacedGrid extends Grid {
  /** Millimetres between columns, rows and slices. */
  readonly spacingMm: readonly [number, number, number];
}

/** A volume that is read a few slices at a time. */
export interface VolumeReader extends SpacedGrid {
  /** Values of slices [first, first + count) in rescaled units (Hounsfield for CT); order: slice, row, column. */
  slab(first: number, count: number): Promise<Float32Array>;
}

/** A volume in memory, and by which whole numbers its grid is coarser than the item's. */
export interface Working extends SpacedGrid {
  readonly values: Float32Array;
  readonly factors: readonly [number, number, number];
}

/** Told how much is done, 0–1; awaited, so that a worker can answer others meanwhile. Throws to end the work. */
export type OnProgress = (done: number) => void | Promise<void>;

export const voxelsOf = ({ columns, rows, slices }: Grid): number => columns * rows * slices;

/** Voxels that are kept in memory: 512 × 512 × 300 at half its size in the plane. Each takes up to fourteen bytes: its value twice, marks and answers. */
export const WORKING_VOXELS = 20 * 2 ** 20;
/** Voxels finer than this tell nothing more of the vessels that are looked for. Millimetres. */
const FINE_MM = 0.4;
/** Values read at once. */
const SLAB = 2 ** 22;

/** Whole factors by which the axes are reduced: none below 0.4 mm, and the finest axes first until `most` voxels are left. */
export function factorsFor(grid: SpacedGrid, most = WORKING_VOXELS): [number, number, number] {
  const factors = grid.spacingMm.map((spacing) => Math.max(1, Math.floor(FINE_MM / spacing))) as [number, number, number];
  while (voxelsOf(reduced(grid, factors)) > most) {
    const at = grid.spacingMm.map((spacing, axis) => spacing * (factors[axis] ?? 1));
    const finest = Math.min(...at);
    // Axes alike are reduced together, so that voxels stay as square as they were.
    for (const axis of [0, 1, 2] as const) if ((at[axis] ?? 0) <= finest * 1.25) factors[axis]++;
  }
  return factors;
}

function reduced({ columns, rows, slices, spacingMm }: SpacedGrid, [x, y, z]: readonly [number, number, number]): SpacedGrid {
  return {
    columns: Math.max(1, Math.floor(columns / x)),
    rows: Math.max(1, Math.floor(rows / y)),
    slices: Math.max(1, Math.floor(slices / z)),
    spacingMm: [spacingMm[0] * x, spacingMm[1] * y, spacingMm[2] * z],
  };
}

/** Reads a volume and reduces it to at most `most` voxels by the mean of boxes. Values that are no numbers count as 0. */
export async function workingVolume(
  reader: VolumeReader,
  { most = WORKING_VOXELS, onProgress = () => {} }: { most?: number; onProgress?: OnProgress } = {},
): Promise<Working> {
  const factors = factorsFor(reader, most);
  const grid = reduced(reader, factors);
  const values = new Float32Array(voxelsOf(grid));
  const plane = grid.columns * grid.rows;
  const atOnce = Math.max(1, Math.floor(SLAB / (reader.columns * reader.rows * factors[2])));
  for (let z = 0; z < grid.slices; z += atOnce) {
    const count = Math.min(atOnce, grid.slices - z);
    const slab = await reader.slab(z * factors[2], count * factors[2]);
    for (let i = 0; i < count; i++) {
      const stored = slab.subarray(i * factors[2] * reader.columns * reader.rows);
      boxMean(stored, { from: reader, to: grid, factors, into: values.subarray((z + i) * plane, (z + i + 1) * plane) });
    }
    await onProgress((z + count) / grid.slices);
  }
  return { ...grid, values, factors };
}

interface Boxes {
  readonly from: Grid;
  readonly to: Grid;
  readonly factors: readonly [number, number, number];
  readonly into: Float32Array;
}

function boxMean(stored: Float32Array, { from, to, factors: [fx, fy, fz], into }: Boxes): void {
  const share = 1 / (fx * fy * fz);
  for (let z = 0; z < fz; z++) {
    for (let y = 0; y < to.rows * fy; y++) {
      let at = (z * from.rows + y) * from.columns;
      const row = Math.floor(y / fy) * to.columns;
      for (let x = 0; x < to.columns; x++) {
        let sum = 0;
        for (let i = 0; i < fx; i++) {
          const value = stored[at++] as number;
          sum += Number.isFinite(value) ? value : 0;
        }
        into[row + x] = (into[row + x] as number) + sum * share;
      }
    }
  }
}

/** The part [x0, x1) × [y0, y1) × [z0, z1) of a grid. */
export interface Box {
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
}

/** The smallest box around the marked voxels, `margin` voxels wider; undefined where none is marked. */
export function boxAround(marked: Uint8Array, grid: Grid, margin = 2): Box | undefined {
  const { columns, rows, slices } = grid;
  const low = [columns, rows, slices] as [number, number, number];
  const high = [-1, -1, -1] as [number, number, number];
  for (let z = 0, i = 0; z < slices; z++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++, i++) {
        if (!marked[i]) continue;
        if (x < low[0]) low[0] = x;
        if (x > high[0]) high[0] = x;
        if (y < low[1]) low[1] = y;
        if (y > high[1]) high[1] = y;
        if (z < low[2]) low[2] = z;
        high[2] = z;
      }
    }
  }
  if (high[0] < 0) return undefined;
  const size = [columns, rows, slices];
  return {
    from: low.map((at) => Math.max(0, at - margin)) as [number, number, number],
    to: high.map((at, axis) => Math.min(size[axis] ?? 0, at + 1 + margin)) as [number, number, number],
  };
}

/** Copies a box out of an array on `grid`. */
export function cropped<T extends Float32Array | Uint8Array>(values: T, grid: Grid, { from, to }: Box): T {
  const [columns, rows, slices] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const out = new (values.constructor as new (length: number) => T)(columns * rows * slices);
  for (let z = 0, at = 0; z < slices; z++) {
    for (let y = 0; y < rows; y++, at += columns) {
      const start = ((z + from[2]) * grid.rows + y + from[1]) * grid.columns + from[0];
      out.set(values.subarray(start, start + columns), at);
    }
  }
  return out;
}

/** The grid of a box within `grid`. */
export const gridWithin = (grid: SpacedGrid, { from, to }: Box): SpacedGrid => ({
  columns: to[0] - from[0],
  rows: to[1] - from[1],
  slices: to[2] - from[2],
  spacingMm: grid.spacingMm,
});
