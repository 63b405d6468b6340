// One slice of a mask as PNG: 8-bit grey, 0 or 255, the item's own columns × rows. Not a picture of the image with its mask.
import type { Mask } from '../core/mask.ts';
import { sliceBits } from '../core/mask-grid.ts';
import { Unreadable } from '../core/unreadable.ts';

const WHITE = 255;

/** Bytes of the file. Throws Unreadable where there is no such slice. */
export async function pngOf(mask: Mask, slice: number): Promise<Uint8Array> {
  if (!(slice >= 0 && slice < mask.slices)) throw new Unreadable('E-GONE', `There is no slice ${slice + 1} in this mask.`);
  const { encode } = await import('fast-png');
  const data = sliceBits(mask, slice);
  for (let i = 0; i < data.length; i++) if (data[i]) data[i] = WHITE;
  return encode({ width: mask.columns, height: mask.rows, data, channels: 1, depth: 8 });
}
