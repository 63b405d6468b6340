// The page of the engine benchmarks: workers with the app's engine, driven through window.bench by bench/engine-page.mjs.
import { type Remote, wrap } from 'comlink';
import type { Picture } from '../../src/core/display.ts';
import type { EngineWorker } from './engine.worker.ts';
import { outlining } from './outline-page.ts';

type Wish = 'webgpu' | 'wasm';

const CARD = '/models/recognise.card.json';
let workers: Remote<EngineWorker>[] = [];

/** Pictures as bench/recognise_parity.py packs them: an index, and RGB bytes one after the other. */
async function packed(): Promise<Picture[]> {
  const index: { columns: number; rows: number; at: number }[] = await (await fetch('/pack/index.json')).json();
  const bytes = new Uint8Array(await (await fetch('/pack/pictures.bin')).arrayBuffer());
  return index.map(({ columns, rows, at }) => {
    const rgba = new Uint8ClampedArray(columns * rows * 4).fill(255);
    for (let i = 0; i < columns * rows; i++) for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[at + 3 * i + c] as number;
    return { columns, rows, rgba };
  });
}

/** Pictures of no meaning: waves in grey or colour, from their number. */
function waves({ count, side, grey }: { count: number; side: number; grey: boolean }): Picture[] {
  return Array.from({ length: count }, (_, n) => {
    const rgba = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      for (let c = 0; c < 3; c++)
        rgba[4 * i + c] = 127 + 120 * Math.sin((x * (n + 1)) / 30 + (grey ? 0 : c)) * Math.cos((y * (n + 2)) / 40);
    }
    return { columns: side, rows: side, rgba };
  });
}

async function share<T>(count: number, ask: (worker: Remote<EngineWorker>, mine: number) => Promise<T>): Promise<{ ms: number; all: T[] }> {
  const began = performance.now();
  const all = await Promise.all(workers.map((worker, i) => ask(worker, Math.ceil((count - i) / workers.length))));
  return { ms: performance.now() - began, all };
}

const bench = {
  ...outlining,
  open({ count = 1, wish = 'wasm' }: { count?: number; wish?: Wish }) {
    workers = Array.from({ length: count }, () =>
      wrap<EngineWorker>(new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })),
    );
    return Promise.all(workers.map((worker) => worker.open(CARD, wish)));
  },
  /** Of the first `count` pictures of the pack. */
  async logits({ count }: { count?: number }) {
    const [worker] = workers;
    if (!worker) throw new Error('Open a network first.');
    return worker.logits((await packed()).slice(0, count));
  },
  async time({ count, side, grey }: { count: number; side: number; grey: boolean }) {
    const { ms, all } = await share(count, (worker, mine) => worker.time(waves({ count: 16, side, grey }), mine));
    return { ms, times: all.flat() };
  },
  async runs({ count }: { count: number }) {
    const { all } = await share(count, (worker, mine) => worker.runs(waves({ count: 16, side: 128, grey: true }), mine));
    return { ms: Math.max(...all) };
  },
};

declare global {
  interface Window {
    bench?: typeof bench;
  }
}

window.bench = bench;
