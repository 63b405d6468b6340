// Measures of a mask: how much is marked, where, and how large its largest piece is; and how alike two masks are.
// Diameter: the largest distance between two points of the outline (Feret's), outline through the middle of pixels' edges.
import type { Mask } from './mask.ts';
import { longestOf } from './mask-diameter.ts';
import { createPair, sameGrid } from './mask-grid.ts';
import { largestPiece } from './mask-pieces.ts';

export interface Measuring {
  /** Between columns, rows and slices; null or too short where not known. */
  readonly spacingMm: readonly number[] | null;
  /** Its slices are frames of a cine, not places. */
  readonly frames?: boolean | undefined;
}

export interface Measures {
  /** Marked pixels. */
  readonly voxels: number;
  /** 0–1, of all pixels. */
  readonly areaFraction: number;
  /** Of the slice in which most is marked; null where the spacing in the plane is not known. */
  readonly areaMm2: number | null;
  /** Null for single pictures and cines, and where a spacing is not known. */
  readonly volumeMl: number | null;
  /** First and last slice with a marked pixel; −1 where there is none. */
  readonly first: number;
  readonly last: number;
  /** Marked pixels of each slice. */
  readonly perSlice: Uint32Array;
  /** Pieces that hang together: across slices, or within each frame of a cine. */
  readonly count: number;
  /** Of the piece with most pixels, in the slice in which it is longest; null where the spacing in the plane is not known or nothing is marked. */
  readonly largestMm: number | null;
}

export function measureMask(mask: Mask, { spacingMm, frames = false }: Measuring): Measures {
  const perSlice = countsOf(mask);
  const voxels = perSlice.reduce((sum, one) => sum + one, 0);
  const [dx = 0, dy = 0, sliceMm = 0] = spacingMm ?? [];
  const pixelMm2 = dx > 0 && dy > 0 && Number.isFinite(dx * dy) ? dx * dy : null;
  const isVolume = mask.slices > 1 && !frames && sliceMm > 0;
  const largest = largestPiece(mask, { within: frames ? 'slice' : 'volume' });
  return {
    voxels,
    areaFraction: voxels / Math.max(1, mask.columns * mask.rows * mask.slices),
    areaMm2: pixelMm2 === null ? null : perSlice.reduce((most, one) => Math.max(most, one), 0) * pixelMm2,
    volumeMl: pixelMm2 === null || !isVolume ? null : (voxels * pixelMm2 * sliceMm) / 1000,
    first: perSlice.findIndex((one) => one > 0),
    last: perSlice.findLastIndex((one) => one > 0),
    perSlice,
    count: largest?.count ?? 0,
    largestMm: largest && pixelMm2 !== null ? longestOf(largest.mask, { dx, dy }) : null,
  };
}

/** Marked pixels of each slice. */
export function countsOf({ runs, columns, rows, slices }: Mask): Uint32Array {
  const counts = new Uint32Array(slices);
  const size = columns * rows;
  for (let i = 1, at = runs[0] ?? 0; i < runs.length; i += 2) {
    const end = at + (runs[i] as number);
    for (let from = at; from < end; ) {
      const slice = Math.floor(from / size);
      const to = Math.min(end, (slice + 1) * size);
      counts[slice] = (counts[slice] as number) + to - from;
      from = to;
    }
    at = end + (runs[i + 1] ?? 0);
  }
  return counts;
}

/** Sørensen–Dice overlap of two masks on one grid, 0–1; 1 where both are empty. Undefined where their grids differ. */
export function diceOf(a: Mask, b: Mask): number | undefined {
  const shared = overlapOf(a, b);
  if (!shared) return undefined;
  const { both, onlyA, onlyB } = shared;
  return both + onlyA + onlyB === 0 ? 1 : (2 * both) / (2 * both + onlyA + onlyB);
}

export interface Overlap {
  /** Pixels that are marked in both, and in one of them only. */
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

/** How many pixels two masks on one grid share; undefined where their grids differ. */
export function overlapOf(a: Mask, b: Mask): Overlap | undefined {
  if (!sameGrid(a, b)) return undefined;
  const pair = createPair(a.runs, b.runs);
  let [both, onlyA, onlyB] = [0, 0, 0];
  while (pair.next()) {
    if (pair.a && pair.b) both += pair.length;
    else if (pair.a) onlyA += pair.length;
    else if (pair.b) onlyB += pair.length;
  }
  return { both, onlyA, onlyB };
}
