// Maximum intensity projections of a volume: along columns, rows and slices, as plain grey pictures with square pixels. Slices may come in any order.
import type { Window } from '../display.ts';
import type { SpacedGrid } from './grid.ts';

/** Along which axis of the stored volume one looks. */
export type Along = 'columns' | 'rows' | 'slices';
export const ALONGS: readonly Along[] = ['slices', 'rows', 'columns'];

/** Grey, one byte a pixel, stored order: rows × columns, slices × columns or slices × rows. */
export interface Projection {
  readonly columns: number;
  readonly rows: number;
  readonly grey: Uint8Array;
  /** Millimetres between columns and between rows. */
  readonly spacingMm: readonly [number, number];
}

export interface Projecting {
  /** One more slice, in rescaled units; with `marked`, only its marked pixels count. */
  add(slice: number, values: Float32Array, marked?: Uint8Array): void;
  /** What was added so far, by a window; without one from the lowest to the 99.9th percentile of the picture. Pixels that nothing was added for are black. */
  picture(along: Along, window?: Window): Projection;
}

/** Keeps three pictures, whatever the number of slices. */
export function createProjecting({ columns, rows, slices, spacingMm: [dx, dy, dz] }: SpacedGrid): Projecting {
  const empty = (length: number): Float32Array => new Float32Array(length).fill(Number.NEGATIVE_INFINITY);
  const faces = {
    slices: { columns, rows, spacingMm: [dx, dy], most: empty(columns * rows) },
    rows: { columns, rows: slices, spacingMm: [dx, dz], most: empty(columns * slices) },
    columns: { columns: rows, rows: slices, spacingMm: [dy, dz], most: empty(rows * slices) },
  } as const;
  const [front, top, side] = [faces.slices.most, faces.rows.most, faces.columns.most];
  return {
    add(slice, values, marked) {
      for (let y = 0, at = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++, at++) {
          const value = values[at] as number;
          if (marked && !marked[at]) continue;
          if (value > (front[at] as number)) front[at] = value;
          if (value > (top[slice * columns + x] as number)) top[slice * columns + x] = value;
          if (value > (side[slice * rows + y] as number)) side[slice * rows + y] = value;
        }
      }
    },
    picture(along, window) {
      const { most, ...face } = faces[along];
      return { ...face, grey: grey(most, window ?? spreadOf(most)) };
    },
  };
}

function grey(most: Float32Array, { center, width }: Window): Uint8Array {
  const low = center - width / 2;
  const out = new Uint8Array(most.length);
  for (let i = 0; i < out.length; i++) {
    const value = most[i] as number;
    out[i] = Number.isFinite(value) ? Math.min(255, Math.max(0, ((value - low) / width) * 255)) : 0;
  }
  return out;
}

function spreadOf(most: Float32Array): Window {
  const sorted = most.filter(Number.isFinite).sort();
  const low = sorted[0] ?? 0;
  const high = sorted[Math.floor(0.999 * (sorted.length - 1))] ?? low;
  return { center: (low + high) / 2, width: Math.max(high - low, Number.MIN_VALUE) };
}
