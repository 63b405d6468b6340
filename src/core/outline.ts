// An outline: what is known of one mask without looking at its pixels. Small: it travels with the item; the mask itself stays in the store.
// Largest diameter: Feret's, as skimage's feret_diameter_max takes it.
import type { Mask, MaskKind } from './mask.ts';
import { measureMask } from './mask-measure.ts';

export interface Outline {
  readonly kind: MaskKind;
  /** For a person: polyp, segment “GTV-1”, liver. */
  readonly label: string;
  /** Model id, `vesselness`, or path of the file that it came in. */
  readonly by: string;
  readonly from: Mask['from'];
  /** Calibrated probability that what it outlines is there; null for masks that came with the data. */
  readonly probability: number | null;
  /** Share of all pixels of the item that are marked, 0–1. */
  readonly areaFraction: number;
  /** Of the slice in which most is marked; null where the spacing in the plane is not known. */
  readonly areaMm2: number | null;
  /** Null where not all three spacings are known, and for single pictures and cines. */
  readonly volumeMl: number | null;
  /** Of the largest piece, in the slice in which it is longest; null where the spacing in the plane is not known. */
  readonly largestMm: number | null;
  /** Pieces that hang together: across slices in a volume, within each frame of a cine. */
  readonly count: number;
  /** First and last slice (or frame) with a marked pixel, from 0. */
  readonly slices: readonly [number, number];
  /** Overlap with the mask that came with the data, or of that mask with ours; absent where there are not both. */
  readonly dice?: number | undefined;
}

/**
 * Measures a mask. `spacingMm`: of the item, between columns, rows and slices; null or too short where not known. `frames`: its slices are
 * frames of a cine, not places. Undefined for an empty mask: there is nothing to outline.
 */
export function outlineOf(
  mask: Mask,
  { spacingMm, frames = false }: { spacingMm: readonly number[] | null; frames?: boolean },
): Outline | undefined {
  const { voxels, areaFraction, areaMm2, volumeMl, first, last, count, largestMm } = measureMask(mask, { spacingMm, frames });
  if (voxels === 0) return undefined;
  const { kind, label, by, from, probability } = mask;
  return { kind, label, by, from, probability, areaFraction, areaMm2, volumeMl, largestMm, count, slices: [first, last] };
}
