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
    min: at(0),
    max: values.at(-1) ?? 0,
    median: at(0.5),
    p99,
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
  /** Shares 0–1: of the sampled pixels that are clearly coloured, of the lit ones that are orange, of all that are nearly white. */
  readonly coloured: number;
  readonly orange: number;
  readonly bright: number;
  /** Share of the four corners that is black, and of the middle disc that is lit. */
  readonly darkCorners: number;
  readonly disc: number;
  /** All the blue light over all the red. */
  readonly blue: number;
  /** Mean difference in brightness, 0–1, from one lit cell to the next. */
  readonly step: number;
}

const GRID = 64;
/** Brightness from which a cell counts as lit, and as a highlight. */
const LIT = 0.06;
const WHITE = 0.85;

/** The look of a colour picture on a grid of 64 × 64. */
export function lookOf(pixels: Pixels): Look {
  const cells = gridOf(pixels);
  const light = cells.map(([r, g, b]) => (r + g + b) / 3);
  const lit = light.map((one) => one >= LIT);
  const all = cells.map((_, i) => i);
  const share = (among: readonly number[], is: (i: number) => boolean): number =>
    among.length ? among.filter(is).length / among.length : 0;
  const radius = (i: number): number => Math.hypot((i % GRID) - (GRID - 1) / 2, Math.floor(i / GRID) - (GRID - 1) / 2) / (GRID / 2);
  const inner = all.filter((i) => i % GRID > 0 && lit[i] && lit[i - 1]);
  const sum = (channel: 0 | 2): number => cells.reduce((total, cell) => total + cell[channel], 0);
  return {
    coloured: share(all, (i) => Math.max(...cells[i]!) - Math.min(...cells[i]!) > 0.12),
    orange: share(
      all.filter((i) => lit[i]),
      (i) => isOrange(cells[i]!),
    ),
    bright: share(all, (i) => light[i]! > WHITE),
    darkCorners: share(
      all.filter((i) => radius(i) > 1.25),
      (i) => !lit[i],
    ),
    disc: share(
      all.filter((i) => radius(i) < 0.7),
      (i) => lit[i]!,
    ),
    blue: sum(2) / Math.max(sum(0), 1e-6),
    step: inner.reduce((total, i) => total + Math.abs(light[i]! - light[i - 1]!), 0) / Math.max(1, inner.length),
  };
}

const isOrange = ([r, g, b]: Rgb): boolean => r > g * 1.15 && g >= b && r > 0.2;

type Rgb = readonly [number, number, number];

/** Red, green and blue, 0–1, in the middle of each cell. */
function gridOf({ data, columns, rows, samples, palette }: Pixels): Rgb[] {
  const full = data.BYTES_PER_ELEMENT === 2 ? 65535 : 255;
  return Array.from({ length: GRID * GRID }, (_, cell): Rgb => {
    const x = Math.min(columns - 1, Math.floor((((cell % GRID) + 0.5) * columns) / GRID));
    const y = Math.min(rows - 1, Math.floor(((Math.floor(cell / GRID) + 0.5) * rows) / GRID));
    const i = (y * columns + x) * samples;
    const at = (channel: number): number =>
      palette ? (palette[Number(data[i] ?? 0) * 3 + channel] ?? 0) / 255 : Number(data[i + (samples >= 3 ? channel : 0)] ?? 0) / full;
    return [at(0), at(1), at(2)];
  });
}
