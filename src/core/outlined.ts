// An item with what was outlined in it: the measures of its masks, and features made anew from all that speaks of them.
import type { Evidence } from './evidence.ts';
import { features } from './features.ts';
import type { Item } from './item.ts';
import { gridOf } from './item-grid.ts';
import type { Mask } from './mask.ts';
import { compared } from './mask-compare.ts';
import { type Outline, outlineOf } from './outline.ts';

/** Measures of each mask in which something is marked, with the overlap of ours and those of the data; the others are left out of both lists. */
export function measured(masks: readonly Mask[], item: Item): { readonly masks: readonly Mask[]; readonly outlines: readonly Outline[] } {
  const { cine } = gridOf(item);
  const kept: Mask[] = [];
  const outlines: Outline[] = [];
  for (const mask of masks) {
    const outline = outlineOf(mask, { spacingMm: item.spacingMm, frames: cine });
    if (!outline) continue;
    kept.push(mask);
    outlines.push(outline);
  }
  // Of a cine a few frames only are outlined: their overlap with a whole mask would say nothing.
  return { masks: kept, outlines: cine ? outlines : compared(outlines, kept) };
}

/** The item after somebody has looked at it again: what the same have said before is forgotten. */
export function outlined(item: Item, { outlines, evidence }: { outlines: readonly Outline[]; evidence: readonly Evidence[] }): Item {
  const again = new Set(evidence.map(({ by }) => by));
  const findings = [...(item.findings ?? []).filter(({ from, by }) => from !== 'pixels' || !again.has(by)), ...evidence];
  const routed = Object.fromEntries(item.features.flatMap(({ kind, examined, why }) => (examined ? [] : [[kind, why]])));
  return { ...item, outlines, findings, features: features(findings, { routed, outlines }) };
}
