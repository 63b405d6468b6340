// How an item's images lie in slices and frames, as the viewer walks through them. What does not multiply out is one plain stack.
import { type Item, imageIndex, isSeries } from '../core/item.ts';

export interface Span {
  readonly slices: number;
  readonly frames: number;
  /** Number of the image within the item. */
  readonly indexOf: (slice: number, frame: number) => number;
}

export function spanOf(item: Item): Span {
  const images = item.parts.reduce((sum, part) => sum + part.images, 0);
  const cine = item.labels.dimension.value === '2D+t';
  const [, , third = 1, fourth] = item.shape;
  const slices = cine && fourth === undefined ? 1 : third;
  const frames = fourth ?? (cine ? third : 1);
  if (slices * frames !== images) return { slices: Math.max(1, images), frames: 1, indexOf: (slice) => slice };
  return { slices, frames, indexOf: (slice, frame) => imageIndex(item, { slice, frame, slices, frames }) };
}

/** Images fetched together: one where each is its own file; up to `bytes` decoded where one file holds many. */
export function chunkOf(item: Item, bytes = 8 * 2 ** 20): number {
  if (isSeries(item)) return 1;
  const { columns, rows, samples, bits } = item.stored;
  const image = Math.max(1, columns * rows * samples * Math.ceil(bits / 8));
  return Math.max(1, Math.floor(bytes / image));
}

/** Pictures a second for cine: what the header asks for, at most 60; else 12. */
export function cineRate(item: Item): number {
  const { CineRate, RecommendedDisplayFrameRate, FrameTime } = item.tags;
  const asked = Number(CineRate ?? RecommendedDisplayFrameRate ?? 1000 / Number(FrameTime));
  return Number.isFinite(asked) && asked > 0 ? Math.min(60, Math.max(1, asked)) : 12;
}
