// Outlines items, after their labels are final: who may look is asked to, as far as budgets of bytes and of time go; masks and voices come home to the item.
// Masks that came with the data lie in the ledger by then, and are told together with ours.
import type { Evidence } from '../core/evidence.ts';
import { features, reasonsOf } from '../core/features.ts';
import type { Item } from '../core/item.ts';
import type { Mask } from '../core/mask.ts';
import type { OutlineResult, SliceSource } from '../core/outline-job.ts';
import { measured, measuredFiles, outlined } from '../core/outlined.ts';
import { sourceOf } from '../core/slice-source.ts';
import { asUnreadable } from '../core/unreadable.ts';
import { outlineNetworks, outliners } from '../models/index.ts';
import { planOf } from '../models/outlining/pictures.ts';
import type { Told } from './census.ts';
import type { Asks } from './examiner.ts';
import type { Ledger } from './ledger.ts';
import { joinAnswers } from './outline-item.ts';
import { factsOf } from './slices.ts';
import { createStep } from './step.ts';

/** Of a source far away this much is read to outline, or a fiftieth of it; of one item at most so much. Bytes. */
const FAR_BYTES = 128 * 2 ** 20;
const FAR_SHARE = 50;
const FAR_ITEM_BYTES = 256 * 2 ** 20;
/** A source no larger than this is read whole. Bytes. */
const SMALL_SOURCE = 256 * 2 ** 20;
/** What one item of this computer may be. Bytes. */
const NEAR_ITEM_BYTES = 2 ** 31;
/** Cuts shown to networks in one run: hours of a slow processor. */
const CUTS = 100_000;
/** Fewer cuts are not worth a second reader. */
const FEWEST_A_PART = 16;
/** Items under way at a time, for each reader. */
const AT_ONCE = 3;

const ids = new Set([...outlineNetworks, ...outliners].map(({ id }) => id));

/** Whether masks and evidence by this id come from here. */
export const isOutliner = (id: string): boolean => ids.has(id);

/** An item that somebody may look at. */
export interface Outlinable {
  readonly told: Told;
  readonly asks: Asks;
  /** Cuts that networks are shown. */
  readonly cuts: number;
  readonly bytes: number;
}

/** What an earlier try has outlined holds: its masks are in the store. */
export async function takeUpOutlines({ census }: Ledger): Promise<void> {
  for (const { item } of [...census.told()]) {
    const kept = census.keptOutlines().get(item.id);
    if (!kept) continue;
    census.amend({ ...item, ...kept, features: features(kept.findings, { routed: reasonsOf(item.features), outlines: kept.outlines }) });
  }
}

/** Shows items to those who outline. */
export async function outlineItems(ledger: Ledger): Promise<void> {
  const { census, examiner, readers } = ledger;
  const all = [...census.told()].flatMap((told): Outlinable[] => {
    const asks = census.keptOutlines().has(told.item.id) ? undefined : examiner.asks(told.item);
    return asks ? [{ told, asks, cuts: cutsIn(told.item), bytes: told.item.bytes ?? Number.POSITIVE_INFINITY }] : [];
  });
  const chosen = affordable(all, ledger);
  if (chosen.length < all.length) {
    ledger.notice(
      'OUTLINES-LEFT',
      `${all.length - chosen.length} items that a model could outline were left out, to spare the network and your time: outline each from its own page.`,
    );
  }
  ledger.bump('outline', { of: chosen.length });
  const rest = chosen.values();
  const line = async (): Promise<void> => {
    for (const one of rest) {
      if (ledger.control.aborted) return;
      await outlineOne(one, ledger);
      ledger.bump('outline', { done: 1 });
    }
  };
  await Promise.all(Array.from({ length: readers * AT_ONCE }, line));
}

/** Slices, as far as an item tells without its headers: what it costs, roughly. */
const cutsIn = ({ shape }: Item): number =>
  Math.min(
    160,
    shape.slice(2).reduce((all, one) => all * one, 1),
  );

/** What the budgets allow, pictures before volumes. */
export function affordable(given: readonly Outlinable[], { sizes }: Pick<Ledger, 'sizes'>): Outlinable[] {
  const { far, held } = sizes;
  const small = held !== null && held <= SMALL_SOURCE;
  let bytes = !far ? Number.POSITIVE_INFINITY : small ? held : Math.max(FAR_BYTES, (held ?? 0) / FAR_SHARE);
  let cuts = CUTS;
  const most = far ? FAR_ITEM_BYTES : NEAR_ITEM_BYTES;
  return [...given]
    .sort((a, b) => a.cuts - b.cuts)
    .filter((one) => {
      if (one.bytes > most || one.bytes > bytes || one.cuts > cuts) return false;
      bytes -= one.bytes;
      cuts -= one.cuts;
      return true;
    });
}

async function outlineOne({ told: { item }, asks }: Outlinable, ledger: Ledger): Promise<void> {
  const source = await sourceOf(item, (path) => ledger.census.headerOf(path));
  if (!source) return;
  const results = await Promise.all(
    asksOf({ item, source, asks }, ledger).map(async (asked): Promise<OutlineResult> => {
      const result = await ledger.ask((index) => ({ kind: 'outline', index, ...asked }));
      return result.kind === 'outline' ? result : { answers: [], outlined: [], models: [] };
    }),
  );
  for (const { models, outlined: others, trouble } of results) {
    for (const model of [...models, ...others.flatMap((one) => one.models ?? [])]) ledger.used(model);
    if (trouble) ledger.troubled(trouble);
  }
  const failed = results.find(({ because }) => because !== undefined)?.because;
  if (failed !== undefined) return warn(item, `It could not be outlined. ${failed}`, ledger);
  // A part without an answer leaves a gap in the volume, and no whole is made of the others.
  const isWhole = results.every(({ answers }) => answers.length === results[0]?.answers.length);
  const whole = isWhole ? results : results.map((result) => ({ ...result, answers: [] }));
  const step = createStep({ signal: ledger.control });
  try {
    bringHome(item, await joinAnswers(whole, { source, cards: ledger.examiner.cards, step }), ledger);
  } catch (thrown) {
    const { code, because } = asUnreadable(thrown, 'Its outlines could not be put together.');
    if (code !== 'E-ABORTED') warn(item, `It could not be outlined. ${because}`, ledger);
  }
}

/** One piece of work, or several for a volume of this computer: readers share its cuts. Who needs no network gets the first. */
function asksOf({ item, source, asks }: { item: Item; source: SliceSource; asks: Asks }, { sizes, readers }: Ledger) {
  const cuts = planOf(factsOf(source));
  // Cuts across the slices need all slices: nothing would be won by reading them twice.
  const shared = !sizes.far && cuts.plane === 'stored' && asks.networks.length > 0;
  const parts = shared ? Math.max(1, Math.min(readers, Math.floor(cuts.at.length / FEWEST_A_PART))) : 1;
  return Array.from({ length: parts }, (_, part) => ({ item, source, ...asks, outliners: part === 0 ? asks.outliners : [], part, parts }));
}

function warn({ id }: Item, warning: string, { census }: Ledger): void {
  const item = census.itemOf(id);
  if (item && !item.warnings.includes(warning)) census.amend({ ...item, warnings: [...item.warnings, warning] });
}

/** Our masks and those of the data, measured; features made anew from all voices. */
function bringHome({ id }: Item, found: { masks: readonly Mask[]; evidence: readonly Evidence[] }, ledger: Ledger): void {
  // As it is told now: others may have amended it meanwhile.
  const item = ledger.census.itemOf(id);
  if (!item) return;
  const { masks, outlines } = measured(found.masks, item, measuredFiles(item, ledger.drawnIn(id)));
  if (masks.length) ledger.masks(id, masks);
  ledger.census.amend(outlined(item, { outlines, evidence: found.evidence }));
}
