// Bright vessels of a CT or MR angiography, marked by multi-scale vesselness inside the body (docs/vesselness.md). No network, nothing learnt.
import type { MaskBuilder } from '../mask-grid.ts';
import { brightnessOf } from './brightness.ts';
import { eachPiece } from './flood.ts';
import { frangi } from './frangi.ts';
import {
  type Box,
  boxAround,
  cropped,
  gridWithin,
  type OnProgress,
  type SpacedGrid,
  type VolumeReader,
  voxelsOf,
  type Working,
  workingVolume,
} from './grid.ts';
import { outgrow } from './outgrow.ts';
import { type Region, regionOf } from './region.ts';

/** Hysteresis: a vessel answers at least this much somewhere, and this much all along. 0–1. */
export const SEED = 0.5;
export const ALONG = 0.2;
/** Pieces that reach less far are dropped. Millimetres. */
export const LEAST_REACH_MM = 12;
/** Pieces that fill more of the cube of their reach are lumps: a ball fills 10 %, a tube three times as long as wide 8 %. */
const LUMP = 0.085;
/** Standard deviations of the Gaussians: tubes of √2 times that radius answer most. Millimetres. */
export const SCALES_MM = { ct: [0.7, 1.2, 2, 3.4, 5.8], mr: [0.5, 0.9, 1.6, 2.8] } as const;
/** Blood with contrast medium is at least so bright after smoothing, and Frangi's c. Hounsfield units. */
const BLOOD_HU = 110;
const C_HU = 35;
/** Darker and brighter values are taken for these: the steps to air, fat and bone are larger than any vessel's. Hounsfield units. */
const FLOOR_HU = 0;
const CEILING_HU = 650;
/** Of MR: standard deviations above the tissue; c as a share of the brightest, in standard deviations at least. */
const ABOVE = 2;
const C_SHARE = 0.15;
const C_SPREADS = 1.5;
/** Values below are air; CT holds at least that share of it, or its values are no Hounsfield units. */
const AIR_HU = -500;
const AIR_SHARE = 0.01;
/** Shares of the work. */
const READING = 0.25;
const FILTERED = 0.9;

export interface VesselOptions {
  readonly kind: 'ct' | 'mr';
  /** How much of the body's surface is left out: skin and scalp. Millimetres. */
  readonly rimMm: number;
  readonly onProgress?: OnProgress | undefined;
}

export interface Vessels {
  /** Marks on the grid that was worked on. */
  readonly marks: Uint8Array;
  readonly grid: Working;
  readonly found: Found;
}

/** What was found, in numbers. */
export interface Found {
  /** Values are Hounsfield units. */
  readonly hounsfield: boolean;
  /** The volume holds nothing but vessels that somebody has cut out. */
  readonly cutOut: boolean;
  readonly pieces: number;
  readonly volumeMl: number;
  /** Of the voxels that were looked at, 0–1. */
  readonly share: number;
  /** How far the largest tree reaches, and all together. Millimetres. */
  readonly largestReachMm: number;
  readonly reachMm: number;
  /** Brightness of blood, of the tissue around it, and how much the latter varies; rescaled units. */
  readonly blood: number;
  readonly tissue: number;
  readonly spread: number;
}

/** Finds the vessels of a volume. Memory: at most 20 million voxels of fourteen bytes, whatever the volume's size. */
export async function vesselsOf(reader: VolumeReader, { kind, rimMm, onProgress = () => {} }: VesselOptions): Promise<Vessels> {
  const grid = await workingVolume(reader, { onProgress: (done) => onProgress(done * READING) });
  const hounsfield = kind === 'ct' && isHounsfield(grid.values);
  const region = await regionOf(grid, { hounsfield, rimMm, turn: () => onProgress(READING) });
  const marks = new Uint8Array(voxelsOf(grid));
  const box = boxAround(region.marks, grid);
  if (!box) return { marks, grid, found: nothing(hounsfield) };
  const found = await markWithin({ marks, grid, region, box, kind, hounsfield }, (done) => onProgress(READING + (1 - READING) * done));
  return { marks, grid, found };
}

const nothing = (hounsfield: boolean): Found => ({
  hounsfield,
  cutOut: false,
  pieces: 0,
  volumeMl: 0,
  share: 0,
  largestReachMm: 0,
  reachMm: 0,
  blood: 0,
  tissue: 0,
  spread: 0,
});

function isHounsfield(values: Float32Array): boolean {
  let air = 0;
  for (const value of values) if (value < AIR_HU) air++;
  return air > AIR_SHARE * values.length;
}

interface Job {
  readonly marks: Uint8Array;
  readonly grid: Working;
  readonly region: Region;
  readonly box: Box;
  readonly kind: 'ct' | 'mr';
  readonly hounsfield: boolean;
}

async function markWithin({ marks, grid, region, box, kind, hounsfield }: Job, onProgress: OnProgress): Promise<Found> {
  const inner = gridWithin(grid, box);
  const values = cropped(grid.values, grid, box);
  const inside = cropped(region.marks, grid, box);
  const { median: tissue, spread, from, c } = thresholds(values, { marks: inside, hounsfield, cutOut: region.cutOut });
  clip(values, hounsfield ? { low: FLOOR_HU, high: CEILING_HU } : { low: tissue - ABOVE * spread, high: Number.POSITIVE_INFINITY });
  const scalesMm = scalesFor(SCALES_MM[kind], inner);
  const { answer, scale } = await frangi(values, inner, {
    ...{ region: inside, from, scalesMm, c },
    onProgress: (done) => onProgress(done * FILTERED),
  });
  const [dx, dy, dz] = grid.spacingMm;
  const voxelMm3 = dx * dy * dz;
  const local = new Uint8Array(answer.length);
  const trees: { reachMm: number; blood: number; voxels: number }[] = [];
  eachPiece(answer, {
    ...{ grid: inner, low: Math.round(ALONG * 255), high: Math.round(SEED * 255) },
    visit: (piece) => {
      if (piece.reachMm < LEAST_REACH_MM) return;
      const { blood, marked } = outgrow(local, piece, {
        grid: inner,
        values,
        scale,
        scalesMm,
        ground: tissue,
        floor: region.cutOut ? from : (from + tissue) / 2,
        region: inside,
      });
      if (marked.length * voxelMm3 > LUMP * piece.reachMm ** 3) for (const at of marked) local[at] = 0;
      else trees.push({ reachMm: piece.reachMm, blood, voxels: piece.voxels.length });
    },
  });
  paste(local, { grid: inner, box, into: marks, whole: grid });
  await onProgress(1);
  const marked = local.reduce((sum, one) => sum + one, 0);
  const seen = trees.reduce((sum, tree) => sum + tree.voxels, 0);
  return {
    ...{ hounsfield, cutOut: region.cutOut, tissue, spread },
    pieces: trees.length,
    volumeMl: (marked * voxelMm3) / 1000,
    share: marked / Math.max(1, region.voxels),
    largestReachMm: trees.reduce((most, tree) => Math.max(most, tree.reachMm), 0),
    reachMm: trees.reduce((sum, tree) => sum + tree.reachMm, 0),
    blood: seen ? trees.reduce((sum, tree) => sum + tree.blood * tree.voxels, 0) / seen : 0,
  };
}

function thresholds(
  values: Float32Array,
  { marks, hounsfield, cutOut }: { marks: Uint8Array; hounsfield: boolean; cutOut: boolean },
): { median: number; spread: number; from: number; c: number } {
  if (cutOut) {
    const ground = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const { median } = brightnessOf(values, { marks, ground });
    return { median: ground, spread: 0, from: ground + (median - ground) / 4, c: (median - ground) / 4 };
  }
  const { median, spread, bright } = brightnessOf(values, { marks });
  if (hounsfield) return { median, spread, from: BLOOD_HU, c: C_HU };
  return { median, spread, from: median + ABOVE * spread, c: Math.max(C_SHARE * (bright - median), C_SPREADS * spread) };
}

function clip(values: Float32Array, { low, high }: { low: number; high: number }): void {
  for (let at = 0; at < values.length; at++) values[at] = Math.min(high, Math.max(low, values[at] as number));
}

/** Scales that the grid can show: not much finer than its voxels in the plane. */
function scalesFor(scalesMm: readonly number[], { spacingMm: [dx, dy] }: SpacedGrid): readonly number[] {
  const shown = scalesMm.filter((sigma) => sigma >= 0.6 * Math.max(dx, dy));
  return shown.length ? shown : scalesMm.slice(-1);
}

function paste(local: Uint8Array, { grid, box, into, whole }: { grid: SpacedGrid; box: Box; into: Uint8Array; whole: SpacedGrid }): void {
  for (let z = 0, at = 0; z < grid.slices; z++) {
    for (let y = 0; y < grid.rows; y++, at += grid.columns) {
      const start = ((z + box.from[2]) * whole.rows + y + box.from[1]) * whole.columns + box.from[0];
      into.set(local.subarray(at, at + grid.columns), start);
    }
  }
}

/** Adds the marks to a mask on the item's own grid, slice by slice; columns, rows and slices left over by the reduction stay unmarked. */
export function addMarks(
  builder: MaskBuilder,
  { marks, grid }: Pick<Vessels, 'marks' | 'grid'>,
  item: Omit<SpacedGrid, 'spacingMm'>,
): void {
  const [fx, fy, fz] = grid.factors;
  const bits = new Uint8Array(item.columns * item.rows);
  for (let slice = 0; slice < item.slices; slice++) {
    bits.fill(0);
    const z = Math.floor(slice / fz);
    for (let y = 0; z < grid.slices && y < grid.rows * fy; y++) {
      const row = (z * grid.rows + Math.floor(y / fy)) * grid.columns;
      for (let x = 0; x < grid.columns * fx; x++) bits[y * item.columns + x] = marks[row + Math.floor(x / fx)] as number;
    }
    builder.add(bits);
  }
}
