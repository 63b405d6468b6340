// The grid of an item's masks: its columns, rows and slices, and which image of the item lies at each slice.
import { type Item, imageIndex } from './item.ts';
import type { Grid } from './mask-grid.ts';

/** `slices`: slices of a volume, frames of a cine, 1 for a picture. */
export interface ItemGrid extends Grid {
  /** Slices follow each other in time. */
  readonly cine: boolean;
  /** Number of the image within the item (over all parts) at this slice: of a volume in time, that of its first time. */
  imageOf(slice: number): number;
}

/** What does not multiply out is one plain stack. */
export function gridOf(item: Pick<Item, 'parts' | 'shape' | 'stored' | 'labels'>): ItemGrid {
  const [columns = 0, rows = 0, third = 1, fourth] = item.shape;
  const images = item.parts.reduce((sum, part) => sum + part.images, 0);
  const inTime = item.labels.dimension.value === '2D+t' && fourth === undefined;
  const [slices, frames] = inTime ? [1, third] : [third, fourth ?? 1];
  const plain = slices * frames !== images;
  const count = plain ? Math.max(1, images) : inTime ? frames : slices;
  const imageOf = (at: number): number => (plain || inTime ? at : imageIndex(item, { slice: at, frame: 0, slices, frames }));
  return { columns, rows, slices: count, cine: inTime && frames > 1, imageOf };
}
