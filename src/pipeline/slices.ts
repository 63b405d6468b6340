// The slices of an item, decoded when somebody asks for them: from one file or from many, in the order of the item's masks.

import type { OpenFile } from '../core/format.ts';
import type { SliceSource } from '../core/outline-job.ts';
import type { Slices } from '../core/outliner.ts';
import type { Pixels } from '../core/pixels.ts';
import type { PixelTask } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { openFile } from './context.ts';
import { readPixels } from './read.ts';

type File = Pick<PixelTask, 'entry' | 'header' | 'beside'>;

/** Files that stay open: what is packed is unpacked once, and a series of hundreds does not stay in memory. */
const OPEN = 4;

/** What is known of the slices before any is read. */
export function factsOf({ columns, rows, cine, spacingMm, files, at, middle }: SliceSource): Omit<Slices, 'read'> {
  const header = files[middle]?.header;
  if (!header) throw new Unreadable('E-GONE', 'This item has no images any more.');
  return { columns, rows, cine, spacingMm, count: at.length, header };
}

/** Slices that are read in this thread. */
export function openSlices(source: SliceSource, context: SourceContext): Slices {
  const facts = factsOf(source);
  const open = new Map<number, OpenFile>();
  const opened = (number: number): OpenFile => {
    const { entry, beside } = source.files[number] as File;
    const file = open.get(number) ?? openFile(entry, { beside, context });
    open.delete(number);
    open.set(number, file);
    for (const old of open.keys()) if (open.size > OPEN) open.delete(old);
    return file;
  };
  return {
    ...facts,
    async read(first, count) {
      const pieces: Pixels[] = [];
      for (const { file, image, count: some } of spansOf(source.at.slice(first, first + count))) {
        const task = { ...(source.files[file] as File), first: image, count: some };
        const pixels = await readPixels(task, context, opened(file));
        if (pixels.columns !== source.columns || pixels.rows !== source.rows || pixels.frames !== some)
          throw new Unreadable('E-MALFORMED', 'The images of this item are not all of one size.');
        pieces.push(pixels);
      }
      return together(pieces);
    },
  };
}

/** Images that follow each other in one file are read at one go. */
function spansOf(at: SliceSource['at']): { file: number; image: number; count: number }[] {
  const spans: { file: number; image: number; count: number }[] = [];
  for (const [file, image] of at) {
    const last = spans.at(-1);
    if (last?.file === file && last.image + last.count === image) last.count++;
    else spans.push({ file, image, count: 1 });
  }
  return spans;
}

/** Several files as one piece. Files of one series may be scaled each in its own way (PET): then their numbers are those that they stand for. */
function together(pieces: readonly Pixels[]): Pixels {
  const [first] = pieces;
  if (!first) throw new Unreadable('E-GONE', 'There is no such slice.');
  if (pieces.length === 1) return first;
  const frames = pieces.reduce((sum, piece) => sum + piece.frames, 0);
  const alike = pieces.every(
    ({ data, slope, intercept, samples }) =>
      data.constructor === first.data.constructor && slope === first.slope && intercept === first.intercept && samples === first.samples,
  );
  const Kind = alike ? (first.data.constructor as new (length: number) => Pixels['data']) : Float32Array;
  const data = new Kind(frames * first.columns * first.rows * first.samples);
  let at = 0;
  for (const { data: some, slope, intercept } of pieces) {
    if (alike) (data as Float64Array).set(some as Float64Array, at);
    else for (let i = 0; i < some.length; i++) data[at + i] = Number(some[i]) * slope + intercept;
    at += some.length;
  }
  return alike ? { ...first, data, frames } : { ...first, data, frames, slope: 1, intercept: 0 };
}
