// What the analysis asks of a reader and what a reader answers, one file at a time. Plain data.

import type { Seen } from './classifier.ts';
import type { Entry } from './entry.ts';
import type { Evidence } from './evidence.ts';
import type { Header } from './header.ts';
import type { Mask } from './mask.ts';
import type { ModelUse } from './model.ts';
import type { Outline } from './outline.ts';
import type { OutlineAsked, OutlineResult } from './outline-job.ts';
import type { Place } from './planes.ts';
import type { UnreadableCode } from './unreadable.ts';

export interface ReadTask {
  /** Names the task in its outcome. */
  readonly index: number;
  readonly entry: Entry;
  /** Neighbours in the same folder, for formats with detached data. */
  readonly beside: readonly Entry[];
}

export type ReadOutcome = {
  readonly index: number /** Exact bytes of the file, once known. */;
  readonly size: number | null;
} & ( // `unpacked`: the entry to open from now on, where the file was gzipped; absent where it is the task's own (a File costs to pass on).
  | { readonly kind: 'header'; readonly header: Header; readonly unpacked?: Entry | undefined }
  | { readonly kind: 'container'; readonly source: string; readonly unpacked?: Entry | undefined }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other'; readonly because: string }
  | { readonly kind: 'unreadable'; readonly because: string; readonly code: UnreadableCode }
);

/** Network traffic of one reader since its last word. */
export interface Traffic {
  readonly fetched: number;
  readonly requests: number;
}

/** Which pixels of which file. */
export interface PixelTask {
  readonly entry: Entry;
  readonly beside: readonly Entry[];
  readonly header: Header;
  readonly first: number;
  readonly count: number;
}

/** Models that do not look. May change while a job waits: it counts what is true when the job is sent. */
export interface LeftOut {
  /** Those that a person brought. */
  readonly own: boolean;
}

/**
 * One piece of work for a reader. `look` shows a few frames to those who need pixels: to the models, and, where the labels are `open` still, to the
 * classifiers; `hash` decodes everything; `outline` shows the slices of an item, or a part of them, to those who outline;
 * `drawn` brings masks that came with the data onto the grid of their item.
 */
export type ReaderJob =
  | (ReadTask & { readonly kind: 'read' })
  | {
      readonly kind: 'look';
      readonly index: number;
      readonly seen: Seen;
      readonly pixels: readonly PixelTask[];
      readonly open: boolean;
      readonly leftOut?: LeftOut | undefined;
    }
  | { readonly kind: 'hash'; readonly index: number; readonly task: PixelTask }
  | ({ readonly kind: 'outline'; readonly index: number } & OutlineAsked)
  | { readonly kind: 'drawn'; readonly index: number; readonly task: DrawnTask };

/** Mask files of one item, to be brought onto its grid. */
export interface DrawnTask {
  readonly place: Place;
  /** Between columns, rows and slices; null or too short where not known. */
  readonly spacingMm: readonly number[] | null;
  /** Slices follow each other in time. */
  readonly cine: boolean;
  readonly files: readonly Pick<PixelTask, 'entry' | 'beside' | 'header'>[];
}

/** What became of one of them. */
export interface DrawnFile {
  readonly path: string;
  /** One for each segment or label, those without a mark too. */
  readonly masks: readonly Mask[];
  /** Measures of each of them; undefined where nothing is marked. */
  readonly outlines: readonly (Outline | undefined)[];
  /** What was done to bring them there, plain sentences. */
  readonly notes: readonly string[];
  /** Why there are none, one plain sentence. */
  readonly because?: string | undefined;
}

export interface LookResult {
  readonly evidence: readonly Evidence[];
  /** Models that ran. */
  readonly models?: readonly ModelUse[] | undefined;
  /** Files whose pixels could not be read, and why. */
  readonly failed?: readonly { readonly path: string; readonly because: string }[] | undefined;
  /** Why a model could not look, one plain sentence. */
  readonly trouble?: string | undefined;
  /** The graphics card was lost in this reader: a new one may have it again. */
  readonly lost?: boolean | undefined;
  /** Why there was no look at all. */
  readonly because?: string | undefined;
  /** The reader that looked hung or died. */
  readonly ended?: boolean | undefined;
}

export type ReaderResult =
  | { readonly kind: 'read'; readonly index: number; readonly outcome: ReadOutcome }
  | ({ readonly kind: 'look'; readonly index: number } & LookResult)
  | { readonly kind: 'hash'; readonly index: number; readonly sha256?: string | undefined; readonly because?: string | undefined }
  | ({ readonly kind: 'outline'; readonly index: number } & OutlineResult)
  | { readonly kind: 'drawn'; readonly index: number; readonly files: readonly DrawnFile[] };
