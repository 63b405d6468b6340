// Whether somebody may look for outlines in an item and has not: then a person can ask for it. Pure.
import type { Item } from '../../core/item.ts';
import type { OutlineCard } from '../../core/outline-card.ts';
import { routesFor } from '../../core/routing.ts';
import { angiographyOf } from '../../core/vesselness/angiography.ts';

/** Those who would look and have not: ids of models, or of the vesselness filter. */
export function whoMayLook(item: Item, cards: readonly OutlineCard[]): readonly string[] {
  if (item.undecoded !== undefined) return [];
  const able = new Set(routesFor(item, cards).tasks.map(({ card }) => card.id));
  if (angiographyOf(item).kind !== null) able.add('vesselness');
  const looked = new Set((item.findings ?? []).flatMap(({ from, by }) => (from === 'pixels' ? [by] : [])));
  return [...able].filter((id) => !looked.has(id));
}
