// Models outside of an analysis: where they run, what is kept of them, how fast they are, and what one says of a single picture. One a worker.
import { answerOf } from '../../core/answers.ts';
import type { ModelCard } from '../../core/card.ts';
import type { Picture } from '../../core/display.ts';
import type { Answer, ProviderWish } from '../../core/model.ts';
import type { OwnModel, ProviderFound, ShippedModel, Speed } from '../../core/models-setting.ts';
import { intoTensor, tensorLength } from '../../core/tensor.ts';
import { asUnreadable } from '../../core/unreadable.ts';
import type { Get } from '../../onnx/download.ts';
import { createEngine, type Engine, type Session } from '../../onnx/engine.ts';
import { forgetKept } from '../../onnx/kept.ts';
import { keptWeights, weigh } from '../../onnx/weights.ts';
import { models } from '../index.ts';
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
    provider,
    kept: (model: OwnModel) => keptWeights(model),
    async measure(model: OwnModel, wish: ProviderWish): Promise<Speed> {
      const begun = performance.now();
      const session = await engineFor(wish).open(model);
      const pictures = Array.from({ length: PICTURES }, (_, seed) => madeUp(seed));
      await seen(session, pictures[0]!);
      const loadMs = performance.now() - begun;
      const times = await timed(session, pictures);
      // Asked at the end: a graphics card may have been lost meanwhile.
      return { ...(await provider(wish)), msPerImage: middle(times), images: times.length, loadMs };
    },
    async look(model: OwnModel, { picture, wish }: { picture: Picture; wish: ProviderWish }): Promise<readonly Answer[]> {
      const session = await engineFor(wish).open(model);
      return seen(session, picture);
    },
    weigh: (url: string) => weigh(url, { get }),
    forget: () => forgetKept(),
  };
}

async function shipped(id: string, { base, card }: { base: string; card: Promise<ModelCard> }): Promise<ShippedModel> {
  try {
    const found = await card;
    return { id, model: { card: found, url: new URL(found.weights.file, base).href } };
  } catch (thrown) {
    return { id, because: asUnreadable(thrown, 'Its card could not be read.').because };
  }
}

/** One picture through the network; heads whose output is of another shape are left out. */
async function seen(session: Session<ModelCard>, picture: Picture): Promise<Answer[]> {
  const { input, outputs: heads } = session.card;
  const tensor = new Float32Array(tensorLength(input));
  intoTensor(picture, { input, into: tensor });
  const outputs = await session.run(tensor, { count: 1 });
  return heads.flatMap((head) => answerOf(head, outputs[head.name] ?? [], 1) ?? []);
}

/** Milliseconds a picture. */
async function timed(session: Session<ModelCard>, pictures: readonly Picture[]): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + MOST.ms;
  while (times.length < LEAST || (times.length < MOST.images && performance.now() < end)) {
    const start = performance.now();
    await seen(session, pictures[times.length % pictures.length]!);
    times.push(performance.now() - start);
  }
  return times;
}

const middle = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
