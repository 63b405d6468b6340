// Multi-scale vesselness of bright tubes: Frangi, Niessen, Vincken, Viergever, MICCAI 1998 (LNCS 1496, 130–137). Second derivatives are differences of
// the smoothed volume in millimetres, normalised by σ² (Lindeberg's γ = 1).
import { eigenvalues } from './eigen.ts';
import { smoothed } from './gaussian.ts';
import { type OnProgress, type SpacedGrid, voxelsOf } from './grid.ts';

/** Frangi's α and β: how strictly plates and blobs are told from tubes. */
const ALPHA = 0.5;
const BETA = 0.5;
/** Planes after which others get their turn. */
const TURN = 8;

export interface FrangiOptions {
  /** Voxels that are looked at. */
  readonly region: Uint8Array;
  /** Voxels that are darker after smoothing are not looked at; rescaled units. */
  readonly from: number;
  /** Standard deviations of the Gaussians; the filter answers most for a tube whose radius is √2 times as large. Millimetres. */
  readonly scalesMm: readonly number[];
  /** Frangi's c: contrast of the second order at which the answer is at 39 %. Rescaled units. */
  readonly c: number;
  readonly onProgress?: OnProgress | undefined;
}

export interface Vesselness {
  /** 0–255 for 0–1, the best of all scales. */
  readonly answer: Uint8Array;
  /** Number of the scale that answered, in `scalesMm`. */
  readonly scale: Uint8Array;
}

/** Vesselness of every voxel of `region`. */
export async function frangi(values: Float32Array, grid: SpacedGrid, options: FrangiOptions): Promise<Vesselness> {
  const { scalesMm, onProgress = () => {} } = options;
  const answer = new Uint8Array(voxelsOf(grid));
  const scale = new Uint8Array(answer.length);
  for (const [number, sigmaMm] of scalesMm.entries()) {
    const source = smoothed(values, grid, sigmaMm);
    for (let z = 0; z < grid.slices; z++) {
      const planes = { below: source.plane(z - 1), here: source.plane(z), above: source.plane(z + 1) };
      answerPlane(planes, { grid, options, sigmaMm, number, z, answer, scale });
      if (z % TURN === TURN - 1) await onProgress((number + (z + 1) / grid.slices) / scalesMm.length);
    }
  }
  return { answer, scale };
}

interface Planes {
  readonly below: Float32Array;
  readonly here: Float32Array;
  readonly above: Float32Array;
}

interface Job extends Vesselness {
  readonly grid: SpacedGrid;
  readonly options: FrangiOptions;
  readonly sigmaMm: number;
  readonly number: number;
  readonly z: number;
}

function answerPlane({ below, here, above }: Planes, job: Job): void {
  const { columns, rows, spacingMm } = job.grid;
  const { region, from, c } = job.options;
  const { answer, scale } = job;
  const [gx, gy, gz] = spacingMm.map((spacing) => job.sigmaMm / spacing) as [number, number, number];
  const hessian = { xx: 0, yy: 0, zz: 0, xy: 0, xz: 0, yz: 0 };
  const lambda = new Float64Array(3);
  const faint = -c / 2;
  const base = job.z * columns * rows;
  for (let y = 0, at = 0; y < rows; y++) {
    const up = y > 0 ? columns : 0;
    const down = y < rows - 1 ? columns : 0;
    for (let x = 0; x < columns; x++, at++) {
      if (!region[base + at] || (here[at] as number) < from) continue;
      const [l, r] = [x > 0 ? at - 1 : at, x < columns - 1 ? at + 1 : at];
      const middle = 2 * (here[at] as number);
      hessian.xx = ((here[l] as number) + (here[r] as number) - middle) * gx * gx;
      hessian.yy = ((here[at - up] as number) + (here[at + down] as number) - middle) * gy * gy;
      hessian.zz = ((below[at] as number) + (above[at] as number) - middle) * gz * gz;
      if (hessian.xx + hessian.yy + hessian.zz > faint) continue;
      hessian.xy =
        ((here[r + down] as number) - (here[l + down] as number) - (here[r - up] as number) + (here[l - up] as number)) * 0.25 * gx * gy;
      hessian.xz = ((above[r] as number) - (above[l] as number) - (below[r] as number) + (below[l] as number)) * 0.25 * gx * gz;
      hessian.yz =
        ((above[at + down] as number) - (above[at - up] as number) - (below[at + down] as number) + (below[at - up] as number)) *
        0.25 *
        gy *
        gz;
      eigenvalues(hessian, lambda);
      const value = Math.round(255 * tubeness(lambda[0] as number, lambda[1] as number, lambda[2] as number, c));
      if (value <= (answer[base + at] as number)) continue;
      answer[base + at] = value;
      scale[base + at] = job.number;
    }
  }
}

/** Frangi's measure for bright tubes, 0–1, from eigenvalues with first ≥ second ≥ third: the first along the tube, the others across it. */
export function tubeness(first: number, second: number, third: number, c: number): number {
  // Ordered by size as well as by value, or one of those across is not negative.
  if (second >= 0 || Math.abs(first) > -second) return 0;
  const plate = second / third;
  const blob = (first * first) / (second * third);
  const strength = first * first + second * second + third * third;
  return (
    (1 - Math.exp((-plate * plate) / (2 * ALPHA * ALPHA))) * Math.exp(-blob / (2 * BETA * BETA)) * (1 - Math.exp(-strength / (2 * c * c)))
  );
}
