// A store: where runs are kept. The page is its only writer; pages and tabs read through it.
import type { FileRecord, Item } from './item.ts';
import type { ItemMasks, Mask } from './mask.ts';
import type { Correction, Run } from './run.ts';

export interface Batch {
  /** Put by id: a later item replaces an earlier one of the same id. */
  readonly items?: readonly Item[];
  /** Ids of items that are no more (two series that turned out to be one). */
  readonly gone?: readonly string[];
  /** Put by path. */
  readonly files?: readonly FileRecord[];
  /** Put by item, all masks of one at once; none: they are removed. They come with their item or before it: nobody is told of masks alone. */
  readonly masks?: readonly ItemMasks[];
}

export type StoreChange =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'items'; readonly runId: string; readonly items: readonly Item[]; readonly gone: readonly string[] }
  | { readonly kind: 'correction'; readonly runId: string; readonly correction: Correction }
  | { readonly kind: 'removed'; readonly runId: string };

/** Every method rejects with StoreFull where the browser's quota is used up; nothing already kept is lost. */
export interface Store {
  readonly id: string;
  /** Newest first. */
  list(): Promise<readonly Run[]>;
  load(runId: string): Promise<Run | undefined>;
  save(run: Run): Promise<void>;
  add(runId: string, batch: Batch): Promise<void>;
  item(runId: string, itemId: string): Promise<Item | undefined>;
  /** All items in batches of up to 500, in order of first arrival. */
  items(runId: string): AsyncIterable<readonly Item[]>;
  file(runId: string, path: string): Promise<FileRecord | undefined>;
  /** All files in batches of up to 500, in order of first arrival. */
  files(runId: string): AsyncIterable<readonly FileRecord[]>;
  /** Masks of one item, in the order of its outlines; [] where there are none. */
  masks(runId: string, itemId: string): Promise<readonly Mask[]>;
  correct(runId: string, correction: Correction): Promise<void>;
  corrections(runId: string): Promise<readonly Correction[]>;
  /** Removes the run and all that belongs to it. */
  remove(runId: string): Promise<void>;
  /** Told of every change to a run (or to all, with '*'), in this tab and in others. */
  watch(runId: string, on: (change: StoreChange) => void): () => void;
}

export class StoreFull extends Error {
  override readonly name = 'StoreFull';
}
