// A source: a place that lists entries. A zip, a tar and a gzip are places too.
import type { Claim, Glimpse } from './claim.ts';
import type { Bytes, Entry, Place } from './entry.ts';
import type { Net } from './net.ts';
import type { UnreadableCode } from './unreadable.ts';

/** What a source may use: the network, other sources' bytes, and a word to the user. */
export interface SourceContext {
  readonly net: Net;
  /** True once the run was stopped: listing ends. */
  readonly signal: { readonly aborted: boolean };
  /** Opens the bytes of any place, whichever source it belongs to. */
  open(place: Place): Bytes;
  /** Tells the user something that is no failure: whole download because of missing ranges, reading through the relay … */
  notice(notice: Notice): void;
  /** Keeps bytes that cannot be fetched again cheaply (members of a streamed tar.gz); answers their place. */
  keep(chunks: readonly Uint8Array[]): Place;
  readonly limits: Limits;
}

export interface Notice {
  readonly code: string;
  /** One plain sentence. */
  readonly because: string;
  readonly path?: string | undefined;
}

/** Budgets, counted while streaming; headers lie. */
export interface Limits {
  /** Archives inside archives. */
  readonly depth: number;
  /** Entries of one run. */
  readonly entries: number;
  /** Inflated bytes of one entry. */
  readonly entryBytes: number;
  /** Inflated bytes of one archive that has to be unpacked whole. */
  readonly archiveBytes: number;
}

export const LIMITS: Limits = { depth: 3, entries: 1_000_000, entryBytes: 2 ** 31, archiveBytes: 2 ** 34 };

/** What listing yields: an entry, or something named that can't or won't be opened. */
export type Listed =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | {
      readonly kind: 'refused';
      readonly path: string;
      readonly status: 'unreadable' | 'skipped';
      readonly because: string;
      readonly code?: UnreadableCode;
      readonly size?: number | undefined;
    };

export interface Source {
  /** Report name of the kind: file, zip, tar, gzip, html-index, s3, local … */
  readonly id: string;
  claim(glimpse: Glimpse): Claim;
  /** Lists what is inside `entry`. Paths are complete (`outer.zip!/inner`). Stops when the signal aborts. Throws Unreadable. */
  list(entry: Entry, context: SourceContext): AsyncIterable<Listed>;
  /** Opens a place this source made. */
  open?(place: Place, context: SourceContext): Bytes;
  /** True where listing one entry answers that same entry unpacked (gzip of one file): it keeps its own path. */
  readonly transparent?: boolean;
}
