// A run: one analysis of one or more sources, its state and its counts. What the stores keep and the page shows.

import type { FileRecord, Item } from './item.ts';
import type { ItemMasks } from './mask.ts';
import type { ModelUse } from './model.ts';
import type { Notice } from './source.ts';

export type StageId = 'list' | 'headers' | 'pixels' | 'outline' | 'classify';

export interface Stage {
  readonly id: StageId;
  readonly done: number;
  /** Undefined while the number is still growing. */
  readonly of?: number | undefined;
}

export interface Progress {
  readonly stages: readonly Stage[];
  /** Body bytes that crossed the network. */
  readonly fetched: number;
  readonly requests: number;
  /** Bytes the source holds, where every entry says; null otherwise. */
  readonly held: number | null;
  readonly files: number;
  readonly items: number;
  readonly unreadable: number;
  readonly skipped: number;
}

export interface OpenedSource {
  /** Queries of signed URLs are cut off; `local` for dropped files. */
  readonly url: string;
  readonly kind: string;
}

export type RunState = 'running' | 'paused' | 'interrupted' | 'stopped' | 'done' | 'failed';

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly version: 1;
  readonly state: RunState;
  /** What was pasted, as pasted, so that it can be run again. Empty for dropped files. */
  readonly given: readonly string[];
  /** Handles of the folders of this computer that were given (FileSystemDirectoryHandle), where nothing else was: the browser can be asked to read them again. */
  readonly folders?: readonly unknown[] | undefined;
  readonly sources: readonly OpenedSource[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  readonly progress: Progress;
  readonly notices: readonly Notice[];
  /** Why it failed, one plain sentence. */
  readonly because?: string | undefined;
  readonly code?: string | undefined;
  /** Models used, for the report. */
  readonly models: readonly ModelUse[];
}

/** A person's word on one label; kept apart from items, so that a second analysis does not lose it. */
export interface Correction {
  readonly itemId: string;
  readonly question: string;
  /** A value of the vocabulary; null takes the correction back. */
  readonly value: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** Plain data from the worker to the page, in batches. */
export type JobEvent =
  | { readonly kind: 'opened'; readonly source: OpenedSource }
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly gone: readonly string[] }
  | { readonly kind: 'masks'; readonly masks: readonly ItemMasks[] }
  | { readonly kind: 'files'; readonly files: readonly FileRecord[] }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'model'; readonly model: ModelUse }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly because: string; readonly code: string };
