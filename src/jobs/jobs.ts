// What the page can ask of the workers. The implementation is behind `createJobs`; pages and tests see only this.

import type { TagNode } from '../core/format.ts';
import type { FileRecord, Item } from '../core/item.ts';
import type { Mask } from '../core/mask.ts';
import type { ProviderWish } from '../core/model.ts';
import type { OwnModel } from '../core/models-setting.ts';
import type { Pixels } from '../core/pixels.ts';
import type { Store } from '../core/store.ts';

/** What a person gave: links, or files and folders of this computer. */
export type Given =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly { readonly path: string; readonly file: File }[] }
  | { readonly kind: 'folder'; readonly handle: FileSystemDirectoryHandle };

export interface AnalyseOptions {
  readonly given: readonly Given[];
  readonly store: Store;
  /** Goes on with this interrupted run instead of starting a new one. */
  readonly resume?: string;
  /** false: headers, names and voxel statistics only, no model. */
  readonly models?: boolean;
  /** Where networks should run; `auto` unless named. */
  readonly provider?: ProviderWish;
  /** Models that a person brought; they run beside ours. */
  readonly ownModels?: readonly OwnModel[];
  /** Decodes every file with pixels and keeps their SHA-256. */
  readonly hashPixels?: boolean;
}

export interface Running {
  readonly runId: string;
  /** Settles when the run has ended, however it ended; never rejects. */
  readonly ended: Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
}

export interface Jobs {
  /** Starts a run, saves it in the store and answers at once. */
  analyse(options: AnalyseOptions): Running;
  /** The running job of a run, if this tab runs it. */
  running(runId: string): Running | undefined;
  /** Decoded stored values of images [first, first + count) of an item, in item order. `first` counts images over all parts. Rejects with Unreadable-shaped errors ({ because }). */
  pixels(options: { store: Store; runId: string; item: Item; first: number; count: number; signal?: AbortSignal }): Promise<Pixels>;
  /** Masks of the data that the run has spared: read now, kept in the store with the outlines of the item. All masks of the item. Rejects as `pixels` does. */
  drawn(options: { store: Store; runId: string; item: Item; signal?: AbortSignal }): Promise<readonly Mask[]>;
  /**
   * Outlines one item now, whether or not a run has left it out, in a worker of its own. What is found is kept in the store; answers the item as it is
   * then. `on` is told how far it is. Rejects as `pixels` does, also where no model may look at it, with the reason; and with the signal's reason.
   */
  outline(options: {
    store: Store;
    runId: string;
    item: Item;
    provider?: ProviderWish | undefined;
    on?: ((done: number, of: number) => void) | undefined;
    signal?: AbortSignal | undefined;
  }): Promise<Item>;
  /** Every tag of one file, read again from its source. */
  tags(options: { file: FileRecord; store: Store; runId: string; signal?: AbortSignal }): Promise<readonly TagNode[]>;
  /** A picture of one image of the item, the middle one unless told, at most 96 × 96, RGBA; undefined where nothing can be drawn. */
  thumbnail(options: {
    store: Store;
    runId: string;
    item: Item;
    /** Counted over all parts. */
    image?: number | undefined;
    signal?: AbortSignal;
  }): Promise<{ width: number; height: number; rgba: Uint8ClampedArray } | undefined>;
}
