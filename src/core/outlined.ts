// An item with what was outlined in it: the measures of its masks, and features made anew from all that speaks of them.
import type { Evidence } from './evidence.ts';
import { features, reasonsOf } from './features.ts';
import type { Item } from './item.ts';
import { gridOf } from './item-grid.ts';
import { isOurs, type Mask } from './mask.ts';
import { compared } from './mask-compare.ts';
import { type Outline, outlineOf } from './outline.ts';

/** Masks in which something is marked, and in the same order their measures. */
export interface Measured {
  readonly masks: readonly Mask[];
  readonly outlines: readonly Outline[];
}

/**
 * Measures of each mask in which something is marked; the others are left out of both lists. After them come `theirs`, masks that came with the data and
 * were measured before; with the overlap of ours and those.
 */
export function measured(masks: readonly Mask[], item: Item, theirs: Measured = NONE): Measured {
  // Measures that are not of these masks are taken anew.
  if (theirs.masks.length !== theirs.outlines.length) return measured([...masks, ...theirs.masks], item);
  const { cine } = gridOf(item);
  const kept: Mask[] = [];
  const outlines: Outline[] = [];
  for (const mask of masks) {
    const outline = outlineOf(mask, { spacingMm: item.spacingMm, frames: cine });
    if (!outline) continue;
    kept.push(mask);
    outlines.push(outline);
  }
  kept.push(...theirs.masks);
  outlines.push(...theirs.outlines);
  // Of a cine a few frames only are outlined: their overlap with a whole mask would say nothing.
  return { masks: kept, outlines: cine ? outlines : compared(outlines, kept) };
}

const NONE: Measured = { masks: [], outlines: [] };

/** What an item tells of the masks of its files already. */
export const measuredFiles = (item: Item, masks: readonly Mask[]): Measured => ({
  masks: masks.filter((one) => !isOurs(one)),
  outlines: (item.outlines ?? []).filter((one) => !isOurs(one)),
});

/** The item after somebody has looked at it again: what the same have said before is forgotten. */
export function outlined(item: Item, { outlines, evidence }: { outlines: readonly Outline[]; evidence: readonly Evidence[] }): Item {
  const again = new Set(evidence.map(({ by }) => by));
  const findings = [...(item.findings ?? []).filter(({ from, by }) => from !== 'pixels' || !again.has(by)), ...evidence];
  return { ...item, outlines, findings, features: features(findings, { routed: reasonsOf(item.features), outlines }) };
}
