// The masks of one item as layers over its pictures: how each looks, on which slices it lies, and its outline on one of them, kept once traced.
// The canvas that draws them is overlay.tsx.
import type { Mask } from '../core/mask.ts';
import { sliceBits } from '../core/mask-grid.ts';
import { countsOf } from '../core/mask-measure.ts';
import { type Contour, contourOf } from './contour.ts';
import { bottomUp, looksOf, type MaskLook, mostTelling } from './mask-look.ts';

export interface Layer extends MaskLook {
  readonly mask: Mask;
  /** Its place among the item's outlines. */
  readonly index: number;
  /** Marked pixels of each slice, or frame of a cine. */
  readonly counts: Uint32Array;
  /** Its outline there; undefined where nothing is marked. */
  contour(slice: number): Contour | undefined;
}

/** Corners that are kept, over all layers of an item: 8 bytes each. */
const KEPT_CORNERS = 4_000_000;

/** From the one that is drawn first to the one on top. */
export function layersOf(masks: readonly Mask[]): readonly Layer[] {
  const kept = createKept(KEPT_CORNERS);
  const looks = looksOf(masks);
  return masks
    .map((mask, at): Layer => {
      const look = looks[at] as MaskLook;
      const counts = countsOf(mask);
      return {
        ...look,
        mask,
        index: at,
        counts,
        contour: (slice) => (counts[slice] ? kept(`${look.id} ${slice}`, () => contourOf(sliceBits(mask, slice), mask)) : undefined),
      };
    })
    .sort((a, b) => bottomUp(a.mask, b.mask));
}

/** Least recently used first: Maps keep the order of insertion. */
function createKept(most: number): (key: string, trace: () => Contour) => Contour {
  const all = new Map<string, Contour>();
  let corners = 0;
  return (key, trace) => {
    const contour = all.get(key) ?? trace();
    if (!all.delete(key)) corners += contour.corners;
    all.set(key, contour);
    for (const [old, { corners: freed }] of all) {
      if (corners <= most || old === key) break;
      all.delete(old);
      corners -= freed;
    }
    return contour;
  };
}

/** The slice with the most marked pixels; undefined where none is marked. */
export function fullest(counts: Uint32Array): number | undefined {
  let best = -1;
  for (let slice = 0; slice < counts.length; slice++) if ((counts[slice] ?? 0) > (counts[best] ?? 0)) best = slice;
  return best < 0 ? undefined : best;
}

/** Where to open the item: the fullest slice of its most telling layer. */
export function openingSlice(layers: readonly Layer[]): number | undefined {
  const [first] = layers.filter(({ counts }) => fullest(counts) !== undefined).sort((a, b) => mostTelling(a.mask, b.mask));
  return first && fullest(first.counts);
}

/** The next marked slice after (by 1) or before (by −1) this one in any of the layers; around the end to the other. Undefined where there is none. */
export function nextMarked(layers: readonly Layer[], { from, by }: { from: number; by: 1 | -1 }): number | undefined {
  const slices = Math.max(0, ...layers.map(({ counts }) => counts.length));
  for (let step = 1; step <= slices; step++) {
    const slice = (((from + by * step) % slices) + slices) % slices;
    if (layers.some(({ counts }) => counts[slice])) return slice;
  }
  return undefined;
}

/** Stretches of slices with marked pixels: [first, last]. */
export function stretchesOf(counts: Uint32Array): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let slice = 0; slice < counts.length; slice++) {
    if (!counts[slice]) continue;
    const last = found.at(-1);
    if (last && last[1] === slice - 1) last[1] = slice;
    else found.push([slice, slice]);
  }
  return found;
}
