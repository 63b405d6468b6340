// The looker: shows an item to every model of ours and every model that a person brought, and answers with evidence. One a worker. Nothing is
// loaded before the first look; a model that cannot be loaded is named once, and the others go on.
import { answerOf } from '../../core/answers.ts';
import type { ModelCard } from '../../core/card.ts';
import type { Seen } from '../../core/classifier.ts';
import type { Picture } from '../../core/display.ts';
import type { Evidence } from '../../core/evidence.ts';
import type { Answer, Model, ModelUse, View } from '../../core/model.ts';
import type { ModelsSetting, OwnModel } from '../../core/models-setting.ts';
import type { Pixels } from '../../core/pixels.ts';
import type { LeftOut, LookResult } from '../../core/reading.ts';
import { intoTensor, tensorLength } from '../../core/tensor.ts';
import { asUnreadable, Unreadable } from '../../core/unreadable.ts';
import { viewsOf } from '../../core/views.ts';
import { models } from '../index.ts';
import { modelOf } from './generic.ts';

/** A network that is ready to run. */
export interface Network {
  readonly sha256: string;
  /** Where it runs now: that changes when the graphics card is lost. */
  provider(): 'webgpu' | 'wasm';
  /** Whether it was lost in this worker; a new worker may have it again. */
  lost(): boolean;
  /** Raw outputs by name, each `[count, classes]`, for a batch of `count` tensors. */
  run(batch: Float32Array, options: { count: number }): Promise<Readonly<Record<string, Float32Array>>>;
}

/** How cards and networks are had. */
export interface Shelf {
  card(id: string): Promise<ModelCard>;
  network(card: ModelCard, url?: string): Promise<Network>;
}

export type Looked = Required<Pick<LookResult, 'evidence' | 'models'>> & Pick<LookResult, 'trouble' | 'lost'>;

interface Ready {
  readonly card: ModelCard;
  readonly network: Network;
}

interface Seat {
  readonly model: Model;
  load(): Promise<Ready>;
}

/** What the network cut short is loaded again at the next looks; what is wrong with a model stays wrong. */
const TRIES = 3;
/** Numbers that are handed over at once: 64 MB. A network for large pictures gets its views one after the other. */
const BATCH = 2 ** 24;

/** Never rejects; a look that fails says so in `trouble`. */
export function createLooker({ own }: Pick<ModelsSetting, 'own'>, shelf: Shelf) {
  const ours = models.map((model) => seatOf(model, () => shelf.card(model.id), shelf));
  const theirs = own.map((one) => ownSeat(one, shelf));
  // Looks of one worker come two at a time; a network takes one batch after the other.
  let line: Promise<unknown> = Promise.resolve();
  return {
    look(decoded: readonly Pixels[], seen: Seen, leftOut?: LeftOut): Promise<Looked> {
      const next = line.then(() => lookWith(leftOut?.own ? ours : [...ours, ...theirs], { decoded, seen }));
      line = next.catch(() => {});
      return next;
    },
  };
}

export type Looker = ReturnType<typeof createLooker>;

const ownSeat = ({ card, url }: OwnModel, shelf: Shelf): Seat => seatOf(modelOf(card), async () => card, shelf, url);

function seatOf(model: Model, card: () => Promise<ModelCard>, shelf: Shelf, url?: string): Seat {
  let ready: Promise<Ready> | undefined;
  const load = async (): Promise<Ready> => {
    const found = await card();
    return { card: found, network: await shelf.network(found, url) };
  };
  let tries = 0;
  return {
    model,
    load() {
      ready ??= load().catch((thrown: unknown) => {
        if (thrown instanceof Unreadable && thrown.code === 'E-NETWORK' && ++tries < TRIES) ready = undefined;
        throw thrown;
      });
      return ready;
    },
  };
}

async function lookWith(seats: readonly Seat[], { decoded, seen }: { decoded: readonly Pixels[]; seen: Seen }): Promise<Looked> {
  const evidence: Evidence[] = [];
  const used: ModelUse[] = [];
  const troubles: string[] = [];
  let lost = false;
  for (const { model, load } of seats) {
    if (!model.looksAt(seen)) continue;
    try {
      const { card, network } = await load();
      const answers = await ask({ card, network }, viewsOf(decoded, { header: seen.header, wishes: model.views }));
      evidence.push(...model.evidence(answers, seen));
      used.push({ id: model.id, sha256: network.sha256, provider: network.provider() });
      lost ||= network.lost();
    } catch (thrown) {
      const { because } = asUnreadable(thrown, 'It stopped because of a fault.');
      troubles.push(`The model “${model.id}” could not look at the pictures. ${because}`);
    }
  }
  return { evidence, models: used, trouble: troubles.join(' ') || undefined, lost };
}

/** Answers of all heads whose output the network gives, over all views. */
async function ask({ card, network }: Ready, views: readonly View[]): Promise<Answer[]> {
  if (!views.length) return [];
  const size = tensorLength(card.input);
  const step = Math.max(1, Math.floor(BATCH / size));
  const raw = new Map<string, number[]>(card.outputs.map(({ name }) => [name, []]));
  let shown = 0;
  for (let at = 0; at < views.length; at += step) {
    const some = views.slice(at, at + step);
    const batch = new Float32Array(some.length * size);
    let count = 0;
    for (const { picture } of some) if (!isBlank(picture)) intoTensor(picture, { input: card.input, into: batch, index: count++ });
    if (count === 0) continue;
    const outputs = await network.run(batch.subarray(0, count * size), { count });
    for (const [name, all] of raw) all.push(...(outputs[name] ?? []));
    shown += count;
  }
  return card.outputs.flatMap((head) => answerOf(head, raw.get(head.name) ?? [], shown) ?? []);
}

/** Nothing but one colour: a network has an opinion of that too, but there is nothing to be seen. */
function isBlank({ rgba }: Picture): boolean {
  const all = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2);
  return all.every((one) => one === all[0]);
}
