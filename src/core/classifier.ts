// A classifier: somebody who can say something about an item. Without a network here; models are classifiers with one.
import type { Evidence, Question } from './evidence.ts';
import type { Header } from './header.ts';
import type { Pixels } from './pixels.ts';

/** Small neighbours that speak about images: BIDS JSON, participants.tsv, labels.csv, dataset_description.json. */
export interface SideFile {
  readonly path: string;
  /** Text, at most 256 kB. */
  readonly text: string;
}

/** Everything a classifier may look at. */
export interface Seen {
  /** Header of the item's middle file; the others are like it. */
  readonly header: Header;
  /** A few headers, first to last, at most 8. */
  readonly headers: readonly Header[];
  /** Paths of the item's files, at most 8 of them, first to last. */
  readonly paths: readonly string[];
  readonly layout: Layout;
  /** Side files that may speak about this item: same stem, same folder, or above it. */
  readonly sideFiles: readonly SideFile[];
  /** Decoded frames (a few), only for classifiers that need pixels. */
  readonly pixels?: readonly Pixels[] | undefined;
}

/** How the files of an item lie in space and time; made by `group`. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Distinct parallel positions along the normal. */
  readonly slices: number;
  /** Images at each position (times, echoes, b-values …). */
  readonly frames: number;
  readonly files: number;
  /** Images in all, over all files. */
  readonly images: number;
  readonly parallel: boolean;
  /** Positions are equally spaced to within 10 %. */
  readonly even: boolean;
  /** Unit normal of the slices, LPS; absent without orientation. */
  readonly normal?: readonly number[] | undefined;
  readonly spacingMm: readonly number[] | null;
}

export interface Classifier {
  readonly id: string;
  readonly answers: readonly Question[];
  readonly needs: 'header' | 'pixels';
  /** Never throws; says nothing ([]) where it knows nothing. */
  classify(seen: Seen): readonly Evidence[] | Promise<readonly Evidence[]>;
}
