// The examiner: who of the networks and methods that outline may look at an item, and what is said of the kinds that nobody has looked for.
import { FEATURE_KINDS, type FeatureKind } from '../core/evidence.ts';
import type { Item } from '../core/item.ts';
import type { OutlineCard } from '../core/outline-card.ts';
import type { OutlineAsked } from '../core/outline-job.ts';
import type { Outliner } from '../core/outliner.ts';
import { routesFor } from '../core/routing.ts';
import { outliners } from '../models/index.ts';
import { outlineCards } from '../models/outlining/cards.ts';

export type Asks = Pick<OutlineAsked, 'networks' | 'outliners'>;
type Whys = Readonly<Partial<Record<FeatureKind, string>>>;

export interface Examiner {
  readonly cards: readonly OutlineCard[];
  /** Who may look; undefined where nobody may. */
  asks(item: Item): Asks | undefined;
  /** For each kind why nobody has looked for it. Features need not be known yet. */
  why(item: Item): Whys;
}

const OFF = 'Models were switched off, so nobody looked.';
const NOT_YET = 'A model can look for this here, and has not looked.';
/** A host that keeps a run waiting for cards longer than this has none. Milliseconds. */
const PATIENCE_MS = 5000;

/** Nobody looks. */
export const blind: Examiner = {
  cards: [],
  asks: () => undefined,
  why: () => Object.fromEntries(FEATURE_KINDS.map((kind) => [kind, OFF])),
};

export function createExaminer(cards: readonly OutlineCard[], others: readonly Outliner[] = outliners): Examiner {
  return {
    cards,
    asks(item) {
      const { tasks } = routesFor(item, cards);
      const networks = cards.flatMap(({ id }) => {
        const names = tasks.flatMap(({ card, task }) => (card.id === id ? [task.id] : []));
        return names.length ? [{ card: id, tasks: names }] : [];
      });
      const eyes = others.filter((one) => item.undecoded === undefined && one.looksAt(item).kinds.length > 0).map(({ id }) => id);
      return networks.length || eyes.length ? { networks, outliners: eyes } : undefined;
    },
    why(item) {
      const { tasks, why } = routesFor(item, cards);
      const said: Partial<Record<FeatureKind, string>> = { ...why };
      for (const { task } of tasks) if (task.kind !== 'organ') said[task.kind] = NOT_YET;
      for (const one of others) {
        const looks = one.looksAt(item);
        for (const kind of looks.kinds) said[kind] = NOT_YET;
        for (const kind of one.examines) if (said[kind] !== NOT_YET && looks.why && !looks.kinds.includes(kind)) said[kind] = looks.why;
      }
      return said;
    },
  };
}

/** `base`: the folder of our cards; absent: models are off. Never rejects: what cannot be had is said in `troubles`. */
export async function openExaminer(base: string | undefined): Promise<{ examiner: Examiner; troubles: readonly string[] }> {
  if (base === undefined) return { examiner: blind, troubles: [] };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<{ cards: []; troubles: string[] }>((settle) => {
    const troubles = ['The models that outline could not be had in time, so nothing is outlined in this run.'];
    timer = setTimeout(() => settle({ cards: [], troubles }), PATIENCE_MS);
  });
  const { cards, troubles } = await Promise.race([outlineCards(base), late]);
  clearTimeout(timer);
  return { examiner: createExaminer(cards), troubles };
}
