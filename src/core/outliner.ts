// An outliner: who marks tumours, lesions, vessels or organs in the images of an item, with a classical method or a network. Plain types. It is shown
// slices that are decoded when it asks for them, and never has to hold a volume.
import type { Evidence, FeatureKind } from './evidence.ts';
import type { Header } from './header.ts';
import type { Item } from './item.ts';
import type { Mask } from './mask.ts';
import type { ModelUse } from './model.ts';
import type { OUTLINE_SCHEMA } from './outline-card.ts';
import type { Pixels } from './pixels.ts';

/** The images of one item in the order of its masks' grid. A volume in time shows its first time. */
export interface Slices {
  readonly columns: number;
  readonly rows: number;
  /** Slices of a volume or series, frames of a cine, 1 for a picture. */
  readonly count: number;
  /** They follow each other in time, not in space. */
  readonly cine: boolean;
  /** Between columns, rows and slices; null where nobody says. */
  readonly spacingMm: readonly number[] | null;
  /** Of the item's middle file; its geometry holds for the whole item. */
  readonly header: Header;
  /** Stored values of `count` slices from `first` on, in one piece. Nothing is remembered: ask for a slab at a time. Rejects with Unreadable. */
  read(first: number, count: number): Promise<Pixels>;
}

/**
 * To be awaited after every slice or slab, with how many of how many steps are done: tells how far the work is, lets the worker answer others once in a
 * while (one that is silent for ten seconds is taken for hung), and rejects with Unreadable (E-ABORTED) when nobody wants the answer any more.
 */
export type Step = (done: number, of: number) => Promise<void>;

/** What was found. An examined kind has evidence, yes or no, whether or not there is a mask. */
export interface Outlined {
  readonly masks: readonly Mask[];
  /** Questions `tumour`, `lesion`, `vessels`; values yes and no; from `pixels`, by the outliner's id. */
  readonly evidence: readonly Evidence[];
  /** Networks that ran. */
  readonly models?: readonly ModelUse[] | undefined;
}

/** Which kinds an outliner would examine in an item: none, and why in one plain sentence; or some, and `why` says for a person what fits. */
export interface Looks {
  readonly kinds: readonly FeatureKind[];
  readonly why: string;
}

/** One file in src/models with this as its default export is all it takes. */
export interface Outliner {
  /** Stands in Mask.by and Evidence.by: `vesselness`. */
  readonly id: string;
  /** Kinds that it looks for anywhere: where it does not look, its `why` stands for them, unless that is empty. */
  readonly examines: readonly FeatureKind[];
  /** By labels, tags and shape; asked of every item, before any pixel is read. Never throws. */
  looksAt(item: Item): Looks;
  /** Runs in a reader. `item` as looksAt had it. Rejects with Unreadable. */
  outline(slices: Slices, options: { item: Item; step: Step }): Promise<Outlined>;
}

/** A network that outlines, as a file in src/models names it; all else is in its card (public/models/<id>.card.json). */
export interface OutlineNetwork {
  readonly id: string;
  readonly schema: typeof OUTLINE_SCHEMA;
}
