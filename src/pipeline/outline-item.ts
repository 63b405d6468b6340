// Outlining in a reader: the slices of one item, or a part of them, shown to networks and to those who need none. And whole, for a person who waits.
import type { Item } from '../core/item.ts';
import type { ModelUse } from '../core/model.ts';
import type { OutlineCard } from '../core/outline-card.ts';
import type { OutlineAsked, OutlinedItem, OutlineResult, SliceSource, TaskAnswers } from '../core/outline-job.ts';
import type { Outlined, Slices, Step } from '../core/outliner.ts';
import type { SourceContext } from '../core/source.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import { outliners } from '../models/index.ts';
import { askNetworks, type OutlineShelf } from '../models/outlining/ask.ts';
import { type Composed, compose } from '../models/outlining/compose.ts';
import { planOf } from '../models/outlining/pictures.ts';
import { createExaminer } from './examiner.ts';
import { factsOf, openSlices } from './slices.ts';

interface Reading {
  readonly context: SourceContext;
  readonly shelf: OutlineShelf;
  readonly step: Step;
}

/** What everybody who was asked answers; one that fails says so in `trouble`, and the others go on. Rejects where the slices cannot be read. */
export async function outlineItem(asked: OutlineAsked, { context, shelf, step }: Reading): Promise<OutlineResult> {
  const slices = openSlices(asked.source, context);
  const troubles: string[] = [];
  const outlined: Outlined[] = [];
  let found: { answers: readonly TaskAnswers[]; models: readonly ModelUse[]; lost?: boolean | undefined } = { answers: [], models: [] };
  const attempt = async (who: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      const trouble = asUnreadable(thrown, 'It stopped because of a fault.');
      if (trouble.code === 'E-ABORTED') throw trouble;
      troubles.push(`${who} could not look. ${trouble.because}`);
    }
  };
  // Slices that cannot be read are nobody's fault who looks at them.
  await slices.read(asked.source.at.length >> 1, 1);
  const { networks, part, parts } = asked;
  const names = networks.map(({ card }) => `“${card}”`).join(' and ');
  if (networks.length)
    await attempt(`The model ${names}`, async () => {
      found = await askNetworks(slices, { networks, part, parts, step }, shelf);
    });
  for (const id of asked.outliners)
    await attempt(`“${id}”`, async () => void outlined.push(await byOutliner(id, { slices, item: asked.item, step })));
  return { ...found, outlined, trouble: troubles.join(' ') || undefined };
}

function byOutliner(id: string, { slices, item, step }: { slices: Slices; item: Item; step: Step }): Promise<Outlined> {
  const outliner = outliners.find((one) => one.id === id);
  if (!outliner) throw new Unreadable('E-GONE', 'It is not there.');
  return outliner.outline(slices, { item, step });
}

export interface Joining {
  readonly source: SliceSource;
  readonly cards: readonly OutlineCard[];
  readonly step: Step;
}

/** Masks and voices of one item, from the answers about all of its parts, in order. */
export async function joinAnswers(results: readonly OutlineResult[], { source, cards, step }: Joining): Promise<Composed> {
  const { columns, rows, count, cine, ...facts } = factsOf(source);
  const cuts = planOf({ columns, rows, count, cine, ...facts });
  const parts = results.map(({ answers }) => answers);
  const ours = await compose(parts, { cards, grid: { columns, rows, slices: count }, cine, cuts, step });
  const others = results.flatMap(({ outlined }) => outlined);
  return {
    masks: [...ours.masks, ...others.flatMap(({ masks }) => masks)],
    evidence: [...ours.evidence, ...others.flatMap(({ evidence }) => evidence)],
  };
}

/** The whole of one item, for a person who waits. Rejects with Unreadable: also where nobody may look, with the reason. */
export async function outlineNow(
  { item, source, cards }: { item: Item; source: SliceSource; cards: readonly OutlineCard[] },
  reading: Reading,
): Promise<OutlinedItem> {
  const examiner = createExaminer(cards);
  const asks = examiner.asks(item);
  if (!asks)
    throw new Unreadable('E-UNSUPPORTED', [...new Set(Object.values(examiner.why(item)))].join(' ') || 'No model can look at this item.');
  const result = await outlineItem({ item, source, ...asks, part: 0, parts: 1 }, reading);
  const { masks, evidence } = await joinAnswers([result], { source, cards, step: reading.step });
  if (result.trouble && !evidence.length && !masks.length) throw new Unreadable('E-UNSUPPORTED', result.trouble);
  return { masks, evidence, models: [...result.models, ...result.outlined.flatMap(({ models }) => models ?? [])] };
}
