// Models outside of an analysis: where they run, what is kept of them, how fast they are, and what one says of a single picture. One a worker.
import { answerOf } from '../../core/answers.ts';
import type { Picture } from '../../core/display.ts';
import type { Answer, ProviderWish } from '../../core/model.ts';
import type { OutlineModel, OwnModel, ProviderFound, ShippedModel, ShippedOutline, Speed } from '../../core/models-setting.ts';
import { intoTensor, tensorLength } from '../../core/tensor.ts';
import { asUnreadable } from '../../core/unreadable.ts';
import type { Get } from '../../onnx/download.ts';
import { createEngine, type Engine, type Session } from '../../onnx/engine.ts';
import { forgetKept } from '../../onnx/kept.ts';
import type { Runnable } from '../../onnx/runnable.ts';
import { keptWeights, weigh } from '../../onnx/weights.ts';
import { models, outlineNetworks } from '../index.ts';
import { createShelf } from '../look/shelf.ts';
import { madeUp } from './made-up.ts';

/** Measuring ends after so many pictures or so long, whichever comes first; never before the least. */
const MOST = { images: 120, ms: 4000 };
const LEAST = 5;
const PICTURES = 8;

/** `get` fetches weights of other hosts. Every method rejects with Unreadable. */
export function createDesk({ get }: { get: Get }) {
  const engines = new Map<ProviderWish, Engine>();
  const engineFor = (wish: ProviderWish): Engine => {
    const engine = engines.get(wish) ?? createEngine({ wish, get });
    engines.set(wish, engine);
    return engine;
  };
  const provider = async (wish: ProviderWish): Promise<ProviderFound> => {
    const { provider: where, because } = await engineFor(wish).provider();
    return { provider: where, because };
  };
  return {
    /** `base`: the folder of our cards, an absolute address with a slash at its end. */
    cards: (base: string): Promise<readonly ShippedModel[]> => {
      const shelf = createShelf({ base, provider: 'auto', own: [] }, { get });
      return Promise.all(models.map(({ id }) => shipped(id, { base, card: shelf.card(id) })));
    },
    outlines: (base: string): Promise<readonly ShippedOutline[]> => {
      const shelf = createShelf({ base, provider: 'auto', own: [] }, { get });
      return Promise.all(outlineNetworks.map(({ id }) => shipped(id, { base, card: shelf.outlineCard(id) })));
    },
    provider,
    kept: (model: OwnModel | OutlineModel) => keptWeights(model),
    async measure(model: OwnModel | OutlineModel, wish: ProviderWish): Promise<Speed> {
      const begun = performance.now();
      const session = await engineFor(wish).open<Runnable>(model);
      const pictures = Array.from({ length: PICTURES }, (_, seed) => madeUp(seed));
      await run(session, pictures[0]!);
      const loadMs = performance.now() - begun;
      const times = await timed(session, pictures);
      // Asked at the end: a graphics card may have been lost meanwhile.
      return { ...(await provider(wish)), msPerImage: middle(times), images: times.length, loadMs };
    },
    async look(model: OwnModel, { picture, wish }: { picture: Picture; wish: ProviderWish }): Promise<readonly Answer[]> {
      const session = await engineFor(wish).open(model);
      const outputs = await run(session, picture);
      // Heads whose output is of another shape are left out.
      return session.card.outputs.flatMap((head) => answerOf(head, outputs[head.name] ?? [], 1) ?? []);
    },
    weigh: (url: string) => weigh(url, { get }),
    forget: () => forgetKept(),
  };
}

type Shipped<Card> = { id: string; model: { card: Card; url: string } } | { id: string; because: string };

async function shipped<Card extends Runnable>(id: string, { base, card }: { base: string; card: Promise<Card> }): Promise<Shipped<Card>> {
  try {
    const found = await card;
    return { id, model: { card: found, url: new URL(found.weights.file, base).href } };
  } catch (thrown) {
    return { id, because: asUnreadable(thrown, 'Its card could not be read.').because };
  }
}

/** One picture through the network, drawn and prepared as it is in an analysis. */
function run(session: Session, picture: Picture): ReturnType<Session['run']> {
  const { input } = session.card;
  const tensor = new Float32Array(tensorLength(input));
  intoTensor(picture, { input, into: tensor });
  return session.run(tensor, { count: 1 });
}

/** Milliseconds a picture. */
async function timed(session: Session, pictures: readonly Picture[]): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + MOST.ms;
  while (times.length < LEAST || (times.length < MOST.images && performance.now() < end)) {
    const start = performance.now();
    await run(session, pictures[times.length % pictures.length]!);
    times.push(performance.now() - start);
  }
  return times;
}

const middle = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
