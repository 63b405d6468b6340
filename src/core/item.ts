// An item: one image-bearing unit (a 2D image, a series or volume, a cine), and what became of each file.
import type { Entry } from './entry.ts';
import type { Evidence, Feature, Label, Question } from './evidence.ts';
import type { Header, Shape, Tags } from './header.ts';
import type { Outline } from './outline.ts';

export interface Part {
  readonly path: string;
  /** Images in this file. */
  readonly images: number;
}

export interface Item {
  /** Stable: the same source gives the same id; [a-z0-9-]{8,64}. */
  readonly id: string;
  /** Short name for people: series description or file name. */
  readonly name: string;
  readonly format: string;
  /** In space, then in time. */
  readonly parts: readonly Part[];
  /** Columns, rows[, slices][, frames]. */
  readonly shape: readonly number[];
  readonly stored: Shape;
  readonly spacingMm: readonly number[] | null;
  /** Bytes of all parts; null when some are unknown. */
  readonly bytes: number | null;
  readonly tags: Tags;
  readonly labels: Readonly<Partial<Record<Question, Label>>> & {
    readonly dimension: Label;
    readonly modality: Label;
    readonly anatomy: Label;
  };
  readonly features: readonly Feature[];
  /** What features come from, so that they can be made anew, and a run that goes on need not look again. */
  readonly findings?: readonly Evidence[] | undefined;
  readonly warnings: readonly string[];
  /** Masks that belong to this item, by path. */
  readonly masks: readonly string[];
  /** One for each mask that is kept of it, with its measures; the masks themselves are in the store. */
  readonly outlines?: readonly Outline[] | undefined;
  /** Why its pixels cannot be shown; absent where they can. */
  readonly undecoded?: string | undefined;
  /** The single pictures that a person joined into this volume, so that it can be taken apart again. */
  readonly joinedFrom?: readonly Item[] | undefined;
}

export type FileStatus = 'image' | 'mask' | 'container' | 'non-image' | 'unreadable' | 'skipped';

/** What became of one entry. `header` is kept for images so that an interrupted run goes on without fetching again. */
export interface FileRecord {
  readonly path: string;
  readonly status: FileStatus;
  /** One plain sentence for unreadable and skipped; what it is for the others. */
  readonly because?: string | undefined;
  readonly code?: string | undefined;
  readonly bytes: number | null;
  readonly entry?: Entry | undefined;
  readonly header?: Header | undefined;
  /** The item it is part of, or belongs to as a mask. */
  readonly item?: string | undefined;
  readonly pixelSha256?: string | undefined;
  /** Words of a side file that may speak for an image, kept for the same reason as `header`. */
  readonly text?: string | undefined;
}

/** Whether the images are spread over several files (a data file beside its header does not count). */
export const isSeries = (item: Pick<Item, 'parts'>): boolean => item.parts.filter((part) => part.images > 0).length > 1;

/** The number of an image within its item (over all parts, in item order). Files of a series are sorted in space, then in time; one file counts slices first. */
export function imageIndex(
  item: Pick<Item, 'parts' | 'stored'>,
  at: { slice: number; frame: number; slices: number; frames: number },
): number {
  return isSeries(item) ? at.slice * at.frames + at.frame : at.frame * at.slices + at.slice;
}

/** Which part holds image `index`, and which image of that part it is; undefined past the end. */
export function partOf(item: Pick<Item, 'parts'>, index: number): { readonly part: Part; readonly image: number } | undefined {
  let before = 0;
  for (const part of item.parts) {
    if (index < before + part.images) return index >= before ? { part, image: index - before } : undefined;
    before += part.images;
  }
  return undefined;
}
