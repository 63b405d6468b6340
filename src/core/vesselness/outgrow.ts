// From the axis of vessels to their walls: marks grow over voxels that are nearer to the vessel's brightness than to what is around it.
import { eachNeighbour, type Piece } from './flood.ts';
import type { SpacedGrid } from './grid.ts';

/** Of a piece's voxels so many are no brighter than its blood: those at its edge hold less of it. */
const BLOOD = 0.6;
const SAMPLE = 20_000;

export interface Outgrow {
  readonly grid: SpacedGrid;
  readonly values: Float32Array;
  /** Number of the scale that answered, at each voxel, and the scales. Millimetres. */
  readonly scale: Uint8Array;
  readonly scalesMm: readonly number[];
  /** Brightness of the tissue around. */
  readonly ground: number;
  /** Darker voxels of a piece stay unmarked: the filter answers beside a vessel too. */
  readonly floor: number;
  /** Where marks may go. */
  readonly region: Uint8Array;
}

export interface Outgrown {
  readonly blood: number;
  readonly marked: readonly number[];
}

/** Marks a piece in `marks` and grows it to half of its brightness, at most as far as the radius of the tube that answered. Answers its brightness and what was marked. */
export function outgrow(marks: Uint8Array, piece: Piece, options: Outgrow): Outgrown {
  const { grid, values, scale, scalesMm, ground, floor, region } = options;
  const blood = bloodOf(piece.voxels, values);
  const half = (blood + ground) / 2;
  const finest = Math.min(...grid.spacingMm);
  const steps = scalesMm.map((sigma) => Math.round(sigma / finest));
  let front: number[] = [];
  for (const at of piece.voxels) if ((values[at] as number) >= floor) front.push(at);
  for (const at of front) marks[at] = 1;
  const marked = front.slice();
  // The number of the scale goes along: a voxel takes over how far it may still grow from the one that marked it.
  const from = new Map<number, number>();
  for (let step = 1; front.length; step++) {
    const next: number[] = [];
    for (const at of front) {
      const number = from.get(at) ?? (scale[at] as number);
      if ((steps[number] ?? 0) < step) continue;
      eachNeighbour(at, grid, (neighbour) => {
        if (marks[neighbour] || !region[neighbour] || (values[neighbour] as number) < half) return;
        marks[neighbour] = 1;
        from.set(neighbour, number);
        next.push(neighbour);
        marked.push(neighbour);
      });
    }
    front = next;
  }
  return { blood, marked };
}

function bloodOf(voxels: Int32Array, values: Float32Array): number {
  const step = Math.max(1, Math.floor(voxels.length / SAMPLE));
  const seen: number[] = [];
  for (let i = 0; i < voxels.length; i += step) seen.push(values[voxels[i] as number] as number);
  seen.sort((a, b) => a - b);
  return seen[Math.floor(BLOOD * seen.length)] ?? 0;
}
