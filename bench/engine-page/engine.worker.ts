// One worker with the app's own engine and preprocessing, for the benchmarks. Not a part of the app: readers hold the engine there.
import { expose } from 'comlink';
import { readCard } from '../../src/core/card.ts';
import type { Picture } from '../../src/core/display.ts';
import { intoTensor, tensorLength } from '../../src/core/tensor.ts';
import { createEngine, type Session } from '../../src/onnx/engine.ts';

let session: Session | undefined;

function opened(): Session {
  if (!session) throw new Error('Open a network first.');
  return session;
}

function tensorOf(picture: Picture): Float32Array {
  const { input } = opened().card;
  const into = new Float32Array(tensorLength(input));
  intoTensor(picture, { input, into });
  return into;
}

const worker = {
  /** Loads the network of a card; says where it runs. */
  async open(card: string, wish: 'webgpu' | 'wasm') {
    const reply = await fetch(card);
    session = await createEngine({ wish }).open(await withUrl(readCard(await reply.json()), reply.url));
    const { provider, sha256 } = session;
    return { provider, sha256 };
  },

  /** Raw outputs of each picture by itself. */
  async logits(pictures: readonly Picture[]) {
    const all: Record<string, number[]>[] = [];
    for (const picture of pictures) {
      const outputs = await opened().run(tensorOf(picture), { count: 1 });
      all.push(Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, [...values]])));
    }
    return { outputs: all, provider: opened().provider };
  },

  /** Milliseconds of each of `count` pictures, taken in turn: to a tensor, and through the network. */
  async time(pictures: readonly Picture[], count: number) {
    const times: { prepare: number; run: number }[] = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      const tensor = tensorOf(pictures[i % pictures.length] as Picture);
      const prepared = performance.now();
      await opened().run(tensor, { count: 1 });
      times.push({ prepare: prepared - began, run: performance.now() - prepared });
    }
    return times;
  },

  /** Milliseconds for `count` runs on tensors that are ready. */
  async runs(pictures: readonly Picture[], count: number) {
    const tensors = pictures.map(tensorOf);
    const began = performance.now();
    for (let i = 0; i < count; i++) await opened().run(tensors[i % tensors.length] as Float32Array, { count: 1 });
    return performance.now() - began;
  },
};

async function withUrl(card: ReturnType<typeof readCard>, at: string) {
  return { card, url: new URL(card.weights.file, at).href };
}

export type EngineWorker = typeof worker;

expose(worker);
