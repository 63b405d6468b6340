// What bench/outline.mjs asks of the page: pictures decoded by the browser, volumes of waves, workers that outline.
import { type Remote, transfer, wrap } from 'comlink';
import type { Pixels } from '../../src/core/pixels.ts';
import type { Outlined, OutlineWorker, Wish } from './outline.worker.ts';

let workers: Remote<OutlineWorker>[] = [];

const worker = (at: number): Remote<OutlineWorker> => {
  const one = workers[at];
  if (!one) throw new Error('Open the models first.');
  return one;
};

/** Stored values as the app's readers decode them: colour, or grey where all three are the same. */
async function decoded(url: string): Promise<Pixels> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob(), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width: columns, height: rows } = bitmap;
  const context = new OffscreenCanvas(columns, rows).getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(bitmap, 0, 0);
  const { data: rgba } = context.getImageData(0, 0, columns, rows);
  const data = new Uint8Array(columns * rows * 3);
  for (let i = 0; i < columns * rows; i++) for (let c = 0; c < 3; c++) data[3 * i + c] = rgba[4 * i + c] as number;
  return { columns, rows, frames: 1, samples: 3, data, photometric: 'RGB', slope: 1, intercept: 0 };
}

/** A volume of no meaning: time does not depend on what it shows. */
function waves({ side, slices }: { side: number; slices: number }): Pixels {
  const data = new Int16Array(side * side * slices);
  for (let at = 0; at < data.length; at++) {
    const [x, y, z] = [at % side, Math.floor(at / side) % side, Math.floor(at / (side * side))];
    data[at] = 500 + 400 * Math.sin(x / 17) * Math.cos(y / 23) + 60 * Math.sin(z / 9);
  }
  return { columns: side, rows: side, frames: slices, samples: 1, data, photometric: 'MONOCHROME2', slope: 1, intercept: 0 };
}

/** The longest time, in milliseconds, for which the page could not answer while `work` went on. */
async function withPauses<T>(work: () => Promise<T>): Promise<{ answer: T; longestMs: number }> {
  let [longestMs, last] = [0, performance.now()];
  const beat = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last - 10);
    last = now;
  }, 10);
  const answer = await work();
  clearInterval(beat);
  return { answer, longestMs };
}

export const outlining = {
  async openOutlining({ count, provider = 'wasm' }: { count: number; provider?: 'webgpu' | 'wasm' }) {
    workers = Array.from({ length: count }, () =>
      wrap<OutlineWorker>(new Worker(new URL('./outline.worker.ts', import.meta.url), { type: 'module' })),
    );
    await Promise.all(workers.map((one) => one.open(new URL('/models/', location.href).href, provider)));
  },

  /** Outlines one picture of the pack. */
  async outline({ url, wish }: { url: string; wish: Wish }): Promise<Outlined & { columns: number; rows: number }> {
    const pixels = await decoded(url);
    const { columns, rows } = pixels;
    return { ...(await worker(0).picture(transfer(pixels, [pixels.data.buffer as ArrayBuffer]), wish)), columns, rows };
  },

  /** Milliseconds of each of `count` pictures of waves. */
  async timePictures({ side, count, wish }: { side: number; count: number; wish: Wish }): Promise<number[]> {
    const pixels = waves({ side, slices: 1 });
    const times: number[] = [];
    for (let n = 0; n < count; n++) times.push((await worker(0).picture(pixels, wish)).ms);
    return times;
  },

  /** Seconds for one volume on all workers. */
  async timeVolume({ side, slices, wish }: { side: number; slices: number; wish: Wish }): Promise<{ seconds: number; longestMs: number }> {
    const volume = waves({ side, slices });
    const began = performance.now();
    const { longestMs } = await withPauses(async () => {
      const parts = await Promise.all(workers.map((one, part) => one.part(volume, wish, { part, parts: workers.length })));
      return worker(0).whole(parts, volume, wish);
    });
    return { seconds: (performance.now() - began) / 1000, longestMs };
  },
};
