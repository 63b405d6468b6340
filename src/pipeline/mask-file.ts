// One mask file, open, with the place it is to be brought to; and what its readers share.
import type { Segment } from '../core/drawing.ts';
import type { OpenFile } from '../core/format.ts';
import type { Mask, MaskKind } from '../core/mask.ts';
import type { Place } from '../core/planes.ts';
import type { PixelTask } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';

/** A worker that is busy for so long lets others have a word: one that is silent for ten seconds is taken for hung. Milliseconds. */
const AT_A_STRETCH = 200;

/** One mask file, open. */
export interface MaskFile {
  readonly file: OpenFile;
  readonly task: Pick<PixelTask, 'entry' | 'beside' | 'header'>;
  readonly place: Place;
  readonly context: SourceContext;
  /** Of the file, by its name. */
  readonly kind: MaskKind;
  readonly breathe: () => Promise<void>;
}

/** Masks of one file, with what is to be said of them. */
export interface Marks {
  readonly masks: readonly Mask[];
  readonly notes: readonly string[];
}

/** A mask of a segment, on the grid of the item. */
export function maskOf(
  { name, kind }: Pick<Segment, 'name' | 'kind'>,
  { runs, one }: { runs: Uint32Array; one: Pick<MaskFile, 'place' | 'task'> },
): Mask {
  const { columns, rows, slices } = one.place;
  return { kind, label: name.slice(0, 120), by: one.task.entry.path, from: 'file', columns, rows, slices, runs, probability: null };
}

/** Why a mask is not drawn though it has marks. */
export const elsewhereAll = (): Unreadable => new Unreadable('E-UNSUPPORTED', 'The mask lies outside of this image.');

/** Lets others have a word when it is their turn. */
export function createBreath(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < AT_A_STRETCH) return;
    await new Promise((settle) => setTimeout(settle));
    last = Date.now();
  };
}
