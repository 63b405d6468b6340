// One piece of outlining as it crosses to a reader and back: whose slices, who is asked, which cuts; and what networks answered, as numbers still.
// Numbers of all pieces of an item become masks in one place (pipeline/compose.ts). Plain data.
import type { Entry } from './entry.ts';
import type { Evidence } from './evidence.ts';
import type { Header } from './header.ts';
import type { Item } from './item.ts';
import type { Mask } from './mask.ts';
import type { ModelUse } from './model.ts';
import type { Outlined } from './outliner.ts';

/** Where the slices of an item are read. */
export interface SliceSource {
  readonly columns: number;
  readonly rows: number;
  /** They follow each other in time. */
  readonly cine: boolean;
  readonly spacingMm: readonly number[] | null;
  readonly files: readonly { readonly entry: Entry; readonly header: Header; readonly beside: readonly Entry[] }[];
  /** Of each slice its file, by number, and its image in it. */
  readonly at: readonly (readonly [file: number, image: number])[];
  /** Number of the item's middle file. */
  readonly middle: number;
}

/** A network of ours, by the id of its card, and those of its tasks that may look. */
export interface NetworkAsked {
  readonly card: string;
  readonly tasks: readonly string[];
}

export interface OutlineAsked {
  readonly item: Item;
  readonly source: SliceSource;
  readonly networks: readonly NetworkAsked[];
  /** Those who need no network, by id. */
  readonly outliners: readonly string[];
  /** The networks are shown this part of the cuts: number `part` of `parts` equal ones. */
  readonly part: number;
  readonly parts: number;
}

/** What a network answered about one task, cut by cut, in order; as the cuts lie in the item, not as they were shown. */
export interface TaskAnswers {
  readonly card: string;
  readonly task: string;
  /** Of one plane of logits. */
  readonly columns: number;
  readonly rows: number;
  /** One plane a cut. */
  readonly logits: Float32Array;
  /** One a cut. */
  readonly presence: Float32Array;
}

export interface OutlineResult {
  readonly answers: readonly TaskAnswers[];
  /** Of those who need no network. */
  readonly outlined: readonly Outlined[];
  readonly models: readonly ModelUse[];
  /** Why somebody could not look, one plain sentence. */
  readonly trouble?: string | undefined;
  /** The graphics card was lost in this reader. */
  readonly lost?: boolean | undefined;
  /** Why there was no outlining at all. */
  readonly because?: string | undefined;
  /** The reader hung or died. */
  readonly ended?: boolean | undefined;
}

/** A whole item, outlined for a person who waited. */
export interface OutlinedItem {
  readonly masks: readonly Mask[];
  readonly evidence: readonly Evidence[];
  readonly models: readonly ModelUse[];
}
