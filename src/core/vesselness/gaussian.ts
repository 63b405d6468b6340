// Gaussian smoothing of a volume, plane by plane: separable, in millimetres, with only as many planes in memory as the kernel is long.
import type { SpacedGrid } from './grid.ts';

/** Half of a sampled Gaussian, centre first, of sum 1 over both halves. `sigma` in voxels. */
export function halfKernel(sigma: number): Float32Array {
  if (!(sigma > 0.2)) return Float32Array.of(1);
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const half = Float32Array.from({ length: radius + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const sum = half.reduce((total, value, i) => total + (i ? 2 : 1) * value, 0);
  return half.map((value) => value / sum);
}

export interface Smoothed {
  /** Plane `z`, clamped to the volume; valid until three further planes were asked for. Ask in rising order. */
  plane(z: number): Float32Array;
}

/** Smooths `values` with `sigmaMm`; at the border the outermost voxels go on. */
export function smoothed(values: Float32Array, grid: SpacedGrid, sigmaMm: number): Smoothed {
  const { columns, rows, slices, spacingMm } = grid;
  const size = columns * rows;
  const [kx, ky, kz] = spacingMm.map((spacing) => halfKernel(sigmaMm / spacing)) as [Float32Array, Float32Array, Float32Array];
  const reach = kz.length - 1;
  const flat = ring(2 * reach + 1, size);
  const done = ring(4, size);
  const along = new Float32Array(size);
  const padded = new Float32Array(columns + 2 * (kx.length - 1));
  const inPlane = (z: number): Float32Array =>
    flat.at(z, (into) => {
      alongRows(values.subarray(z * size, (z + 1) * size), { columns, kernel: kx, padded, into: along });
      alongColumns(along, { columns, rows, kernel: ky, into });
    });
  const clamp = (z: number): number => Math.min(slices - 1, Math.max(0, z));
  return {
    plane: (wanted) =>
      done.at(clamp(wanted), (into) => {
        const z = clamp(wanted);
        weigh(into, inPlane(z), kz[0] as number);
        for (let j = 1; j <= reach; j++) addPair(into, { a: inPlane(clamp(z - j)), b: inPlane(clamp(z + j)), weight: kz[j] as number });
      }),
  };
}

/** Planes by number, of which the last `length` different ones are kept. */
function ring(length: number, size: number) {
  const planes = Array.from({ length }, () => ({ z: -1, plane: new Float32Array(size) }));
  return {
    at(z: number, make: (into: Float32Array) => void): Float32Array {
      const slot = planes[z % length] as { z: number; plane: Float32Array };
      if (slot.z !== z) {
        make(slot.plane);
        slot.z = z;
      }
      return slot.plane;
    },
  };
}

function weigh(into: Float32Array, from: Float32Array, weight: number): void {
  for (let i = 0; i < into.length; i++) into[i] = (from[i] as number) * weight;
}

function addPair(into: Float32Array, { a, b, weight }: { a: Float32Array; b: Float32Array; weight: number }): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + ((a[i] as number) + (b[i] as number)) * weight;
}

interface AlongRows {
  readonly columns: number;
  readonly kernel: Float32Array;
  readonly padded: Float32Array;
  readonly into: Float32Array;
}

function alongRows(plane: Float32Array, { columns, kernel, padded, into }: AlongRows): void {
  const reach = kernel.length - 1;
  for (let start = 0; start < plane.length; start += columns) {
    padded.set(plane.subarray(start, start + columns), reach);
    padded.fill(plane[start] as number, 0, reach);
    padded.fill(plane[start + columns - 1] as number, reach + columns);
    for (let x = 0; x < columns; x++) {
      const at = x + reach;
      let sum = (padded[at] as number) * (kernel[0] as number);
      for (let j = 1; j <= reach; j++) sum += ((padded[at - j] as number) + (padded[at + j] as number)) * (kernel[j] as number);
      into[start + x] = sum;
    }
  }
}

interface AlongColumns {
  readonly columns: number;
  readonly rows: number;
  readonly kernel: Float32Array;
  readonly into: Float32Array;
}

function alongColumns(plane: Float32Array, { columns, rows, kernel, into }: AlongColumns): void {
  const row = (y: number): Float32Array => {
    const at = Math.min(rows - 1, Math.max(0, y)) * columns;
    return plane.subarray(at, at + columns);
  };
  for (let y = 0; y < rows; y++) {
    const out = into.subarray(y * columns, (y + 1) * columns);
    weigh(out, row(y), kernel[0] as number);
    for (let j = 1; j < kernel.length; j++) addPair(out, { a: row(y - j), b: row(y + j), weight: kernel[j] as number });
  }
}
