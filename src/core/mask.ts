// A mask: which pixels of an item, or of one of its slices, are marked, and who marked them. Run lengths, so that a large volume's fits in a message.
import type { FeatureKind } from './evidence.ts';

/** Organs are outlined beside what is charted. */
export type MaskKind = FeatureKind | 'organ';

export interface Mask {
  readonly kind: MaskKind;
  /** For a person: polyp, segment “GTV-1”, liver. */
  readonly label: string;
  /** Model id, `vesselness`, or path of the file that it came in. */
  readonly by: string;
  readonly from: 'model' | 'classical' | 'file';
  /** Grid of the item: its columns, rows and slices (1 for a picture; frames of a cine count as slices). */
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** Lengths of runs of unmarked, marked, unmarked … pixels; order: slice, row, column. They sum to columns × rows × slices. */
  readonly runs: Uint32Array;
  /** Calibrated probability that what it outlines is there; null for masks that came with the data. */
  readonly probability: number | null;
}

/** Found by a model or a classical method, not brought by the data. */
export const isOurs = ({ from }: Pick<Mask, 'from'>): boolean => from !== 'file';

/** Which masks (or outlines) speak for an item: ours where there are any, else those that came with the data. */
export function oursFirst<One extends Pick<Mask, 'from'>>(all: readonly One[]): readonly One[] {
  const ours = all.filter(isOurs);
  return ours.length ? ours : all;
}

/** All masks that are kept of one item, in the order of its outlines. */
export interface ItemMasks {
  readonly itemId: string;
  readonly masks: readonly Mask[];
}
