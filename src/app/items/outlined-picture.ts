// A thumbnail with the outlines of an item's findings on it, a pixel wide. Pure.

import type { Item } from '../../core/item.ts';
import { gridOf } from '../../core/item-grid.ts';
import type { Mask } from '../../core/mask.ts';
import { sliceBits } from '../../core/mask-grid.ts';
import { type Layer, layersOf, openingSlice } from '../../viewer/layers.ts';

/** RGBA, row by row. */
interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

export interface OutlinedSlice {
  /** Of the masks. */
  readonly slice: number;
  /** The image at it, counted over all parts. */
  readonly image: number;
  readonly layers: readonly Layer[];
}

/** The slice that the item would open at, with the findings on it; undefined where nothing was found. Organs are no findings, and vessels would cover so small a picture. */
export function sliceToShow(item: Item, masks: readonly Mask[]): OutlinedSlice | undefined {
  const layers = layersOf(masks.filter(({ kind }) => kind === 'tumour' || kind === 'lesion'));
  const slice = openingSlice(layers);
  return slice === undefined ? undefined : { slice, image: gridOf(item).imageOf(slice), layers };
}

/** Draws into the thumbnail, which is the whole image made smaller. */
export function drawOutlines({ width, height, rgba }: Drawn, { slice, layers }: OutlinedSlice): void {
  for (const { mask, colour, counts } of layers) {
    if (!counts[slice]) continue;
    const small = shrunk(mask, { slice, width, height });
    const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    for (let at = 0; at < small.length; at++) if (isEdge(small, { at, width, height })) rgba.set(channels, at * 4);
  }
}

/** A small pixel is marked where any of the pixels under it is: a small finding would else be gone. */
function shrunk(mask: Mask, { slice, width, height }: { slice: number; width: number; height: number }): Uint8Array {
  const bits = sliceBits(mask, slice);
  const small = new Uint8Array(width * height);
  for (let at = bits.indexOf(1); at >= 0; at = bits.indexOf(1, at + 1)) {
    const x = Math.floor(((at % mask.columns) * width) / mask.columns);
    const y = Math.floor((Math.floor(at / mask.columns) * height) / mask.rows);
    small[y * width + x] = 1;
  }
  return small;
}

/** Marked, with a neighbour that is not. */
function isEdge(bits: Uint8Array, { at, width, height }: { at: number; width: number; height: number }): boolean {
  if (!bits[at]) return false;
  const x = at % width;
  const y = Math.floor(at / width);
  return (
    x === 0 || y === 0 || x === width - 1 || y === height - 1 || !bits[at - 1] || !bits[at + 1] || !bits[at - width] || !bits[at + width]
  );
}
