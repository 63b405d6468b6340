// Where vessels are looked for: inside the body, not in the skin or scalp around it, and not in bone.
import { fillSlices, grown, largePieces } from './flood.ts';
import type { SpacedGrid, Working } from './grid.ts';

/** Hounsfield units: the body against air and table; bone that is denser than blood with contrast; bone around it. */
const BODY_HU = -300;
const DENSE_HU = 650;
const BONE_HU = 200;
/** Dense pieces smaller than this are calcium, clips or very bright blood. Millilitres. */
const BONE_ML = 2;
/** How far bone goes on around its dense parts, and the rim where a voxel holds bone and something else. Millimetres. */
const BONE_MM = 5;
const RIM_MM = 1.2;
/** Marrow within a ring of bone in a slice, but not the inside of a skull. Square millimetres. */
const MARROW_MM2 = 1500;
/** Of the brightness of what is bright, this much is body rather than air. */
const BODY_SHARE = 0.25;
/** A volume of which so much has one and the same lowest value, and in which the body would be smaller than that, shows what was cut out of an image. */
const EMPTY_SHARE = 0.85;
const CUT_OUT_SHARE = 0.12;

export interface Region {
  /** 1: looked at. */
  readonly marks: Uint8Array;
  readonly voxels: number;
  /** The volume holds vessels that somebody has cut out already, on an empty ground. */
  readonly cutOut: boolean;
}

export interface RegionOptions {
  readonly hounsfield: boolean;
  /** How much of the body's surface is left out, in the plane of the slices. Millimetres. */
  readonly rimMm: number;
  /** Awaited between the steps: others get their turn. */
  readonly turn: () => void | Promise<void>;
}

/** The voxels in which vessels are looked for. */
export async function regionOf(volume: Working, { hounsfield, rimMm, turn }: RegionOptions): Promise<Region> {
  const { values } = volume;
  const from = hounsfield ? BODY_HU : softThreshold(values);
  const body = largePieces(marked(values, from), { grid: volume, largest: true });
  await turn();
  fillSlices(body, volume);
  await turn();
  if (!hounsfield && count(body) < CUT_OUT_SHARE * body.length && emptyShare(values) > EMPTY_SHARE) {
    return { marks: body.fill(1), voxels: body.length, cutOut: true };
  }
  peel(body, volume, rimMm);
  await turn();
  if (hounsfield) {
    const bone = await boneOf(volume, turn);
    for (let at = 0; at < body.length; at++) if (bone[at]) body[at] = 0;
  }
  return { marks: body, voxels: count(body), cutOut: false };
}

function marked(values: Float32Array, from: number): Uint8Array {
  const marks = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if ((values[at] as number) >= from) marks[at] = 1;
  return marks;
}

function count(marks: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < marks.length; at++) sum += marks[at] as number;
  return sum;
}

function leastOf(values: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < least) least = value;
  return least;
}

function softThreshold(values: Float32Array): number {
  const low = leastOf(values);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  let [sum, seen] = [0, 0];
  for (const value of values) {
    if (value <= mean) continue;
    sum += value;
    seen++;
  }
  return low + BODY_SHARE * (seen ? sum / seen - low : 0);
}

function emptyShare(values: Float32Array): number {
  const low = leastOf(values);
  return values.reduce((sum, value) => sum + (value === low ? 1 : 0), 0) / Math.max(1, values.length);
}

/** Bone: dense pieces that are no small thing, what is bright around them, the marrow that they enclose. */
async function boneOf(volume: Working, turn: RegionOptions['turn']): Promise<Uint8Array> {
  const { values, spacingMm } = volume;
  const voxelMl = (spacingMm[0] * spacingMm[1] * spacingMm[2]) / 1000;
  const bone = largePieces(marked(values, DENSE_HU), { grid: volume, least: Math.max(2, BONE_ML / voxelMl) });
  await turn();
  const finest = Math.min(...spacingMm);
  grown(bone, { grid: volume, steps: Math.round(BONE_MM / finest), may: (at) => (values[at] as number) >= BONE_HU });
  await turn();
  fillSlices(bone, volume, MARROW_MM2 / (spacingMm[0] * spacingMm[1]));
  grown(bone, { grid: volume, steps: Math.max(1, Math.round(RIM_MM / finest)), may: () => true });
  return bone;
}

/** Takes away what lies within `mm` of the outside of its slice; the slice's border is no outside. Distances by chamfers (Borgefors 1986). */
function peel(marks: Uint8Array, { columns, rows, slices, spacingMm: [dx, dy] }: SpacedGrid, mm: number): void {
  if (!(mm > 0)) return;
  const wide = columns + 2;
  const far = new Float32Array(wide * (rows + 2));
  const diagonal = Math.hypot(dx, dy);
  const relax = (at: number, side: 1 | -1): void => {
    const near = Math.min(
      (far[at - side] as number) + dx,
      (far[at - side * wide] as number) + dy,
      (far[at - side * (wide + 1)] as number) + diagonal,
      (far[at - side * (wide - 1)] as number) + diagonal,
    );
    if (near < (far[at] as number)) far[at] = near;
  };
  for (let z = 0; z < slices; z++) {
    const here = marks.subarray(z * columns * rows, (z + 1) * columns * rows);
    far.fill(Number.POSITIVE_INFINITY);
    for (let y = 0, i = 0; y < rows; y++) for (let x = 0; x < columns; x++, i++) if (!here[i]) far[(y + 1) * wide + x + 1] = 0;
    for (let y = 1; y <= rows; y++) for (let x = 1; x <= columns; x++) relax(y * wide + x, 1);
    for (let y = rows; y > 0; y--) for (let x = columns; x > 0; x--) relax(y * wide + x, -1);
    for (let y = 0, i = 0; y < rows; y++)
      for (let x = 0; x < columns; x++, i++) if ((far[(y + 1) * wide + x + 1] as number) <= mm) here[i] = 0;
  }
}
