// Numbers about pixels for the voxel classifier: what values there are, where the light is, which colours. A sample of up to 20,000 pixels a frame.
import type { Pixels } from '../../core/pixels.ts';

const SAMPLE = 20_000;

export interface Grey {
  /** In rescaled units. */
  readonly min: number;
  readonly max: number;
  readonly median: number;
  readonly p99: number;
  /** Distinct values met, counted up to 1,000. */
  readonly distinct: number;
  /** Every value is a whole number. */
  readonly whole: boolean;
  /** Shares 0–1: exactly 0; −1100 … −850; −150 … 250; below a tenth of p99. */
  readonly zero: number;
  readonly air: number;
  readonly soft: number;
  readonly low: number;
}

/** Statistics over all frames together, in rescaled units. */
export function statisticsOf(frames: readonly Pixels[]): Grey {
  const values: number[] = [];
  for (const { data, slope, intercept } of frames) {
    const step = Math.max(1, Math.floor(data.length / SAMPLE));
    for (let i = 0; i < data.length; i += step) {
      const value = Number(data[i]) * slope + intercept;
      if (Number.isFinite(value)) values.push(value);
    }
  }
  values.sort((a, b) => a - b);
  const at = (part: number): number => values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? 0;
  const p99 = at(0.99);
  const share = (is: (value: number) => boolean): number => (values.length ? values.filter(is).length / values.length : 0);
  return {
    min: at(0), max: values.at(-1) ?? 0, median: at(0.5), p99,
    distinct: distinct(values),
    whole: values.every(Number.isInteger),
    zero: share((value) => value === 0),
    air: share((value) => value >= -1100 && value <= -850),
    soft: share((value) => value >= -150 && value <= 250),
    low: share((value) => value < p99 / 10),
  };
}

function distinct(sorted: readonly number[]): number {
  let count = sorted.length ? 1 : 0;
  for (let i = 1; i < sorted.length && count < 1000; i++) if (sorted[i] !== sorted[i - 1]) count++;
  return count;
}

/** Share of neighbours in a row that differ, 0–1: noise and texture are grainy, drawn labels are flat. */
export function grains(frames: readonly Pixels[]): number {
  let pairs = 0;
  let changes = 0;
  for (const { data, columns, rows, samples } of frames) {
    const step = Math.max(1, Math.floor(rows / 128));
    for (let row = 0; row < rows; row += step) {
      for (let column = 1; column < columns; column++) {
        const i = (row * columns + column) * samples;
        pairs++;
        if (data[i] !== data[i - samples]) changes++;
      }
    }
  }
  return pairs ? changes / pairs : 0;
}

export interface Look {
  /** Shares of the sampled pixels, 0–1. */
  readonly black: number;
  readonly coloured: number;
  readonly orange: number;
  readonly stain: number;
  /** How dark the four corners are. */
  readonly darkCorners: number;
  /** Share of the middle disc that is lit. */
  readonly disc: number;
  /** Rows whose lit width grows or stays from the top, as in a sector scan. */
  readonly fan: number;
  /** Standard deviation of brightness, 0–1. */
  readonly spread: number;
}

const GRID = 64;

/** The look of the first frame on a grid of 64 × 64. */
export function lookOf(pixels: Pixels): Look {
  const cells = gridOf(pixels);
  const light = cells.map(([r, g, b]) => (r + g + b) / 3);
  const share = (is: (cell: readonly [number, number, number], i: number) => boolean, among: (i: number) => boolean = () => true): number => {
    const chosen = cells.map((cell, i) => [cell, i] as const).filter(([, i]) => among(i));
    return chosen.length ? chosen.filter(([cell, i]) => is(cell, i)).length / chosen.length : 0;
  };
  const dark = (_: unknown, i: number): boolean => (light[i] ?? 0) < 0.06;
  const radius = (i: number): number => Math.hypot((i % GRID) - (GRID - 1) / 2, Math.floor(i / GRID) - (GRID - 1) / 2) / (GRID / 2);
  const mean = light.reduce((sum, one) => sum + one, 0) / light.length;
  const lit = (i: number): boolean => (light[i] ?? 0) >= 0.06;
  return {
    black: share(dark),
    coloured: share(([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) > 0.12),
    orange: share(([r, g, b]) => r > g * 1.15 && g >= b && r > 0.2, lit),
    stain: share(([r, g, b]) => r > g * 1.08 && b > g * 1.05 && r + g + b > 0.9),
    darkCorners: share(dark, (i) => radius(i) > 1.25),
    disc: share((_, i) => lit(i), (i) => radius(i) < 0.7),
    fan: fanOf(light),
    spread: Math.sqrt(light.reduce((sum, one) => sum + (one - mean) ** 2, 0) / light.length),
  };
}

/** Brightness 0–1 of red, green and blue in each cell; grey pictures are stretched between their smallest and largest value. */
function gridOf({ data, columns, rows, samples, photometric, palette }: Pixels): [number, number, number][] {
  let [low, high] = [0, 255];
  if (samples < 3 && photometric !== 'PALETTE') {
    [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const step = Math.max(1, Math.floor(data.length / SAMPLE));
    for (let i = 0; i < data.length; i += step) {
      const value = Number(data[i]);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const scale = (value: number): number => (high > low ? (value - low) / (high - low) : 0);
  const lightness = (value: number): number => (photometric === 'MONOCHROME1' ? 1 - scale(value) : scale(value));
  return Array.from({ length: GRID * GRID }, (_, cell) => {
    const x = Math.min(columns - 1, Math.floor((((cell % GRID) + 0.5) * columns) / GRID));
    const y = Math.min(rows - 1, Math.floor(((Math.floor(cell / GRID) + 0.5) * rows) / GRID));
    const i = (y * columns + x) * samples;
    const at = (offset: number): number => (palette ? (palette[Number(data[i]) * 3 + offset] ?? 0) / 255 : lightness(Number(data[i + (samples >= 3 ? offset : 0)] ?? 0)));
    return [at(0), at(1), at(2)];
  });
}

/** A sector scan: narrow lit rows at the top that widen downwards, black on both sides. 0 where it is not narrow at the top. */
function fanOf(light: readonly number[]): number {
  const widths: number[] = [];
  for (let row = 0; row < GRID; row++) {
    let [left, right] = [-1, -1];
    for (let column = 0; column < GRID; column++) {
      if ((light[row * GRID + column] ?? 0) < 0.06) continue;
      if (left < 0) left = column;
      right = column;
    }
    if (left >= 0) widths.push(right - left + 1);
  }
  const top = widths[1] ?? widths[0] ?? GRID;
  const widest = widths.indexOf(Math.max(...widths, 0));
  if (top > GRID / 3 || widest < GRID / 4) return 0;
  const growing = widths.slice(0, widest + 1);
  return growing.filter((width, i) => i === 0 || width >= (growing[i - 1] ?? 0) - 1).length / growing.length;
}
