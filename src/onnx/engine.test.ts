// The real library, its WASM build, and networks of a few hundred bytes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptCaches } from '../../tests/support/kept-caches.ts';
import { tinyCard } from '../../tests/support/tiny-card.ts';
import { type TinyNetwork, tinyOnnx } from '../../tests/support/tiny-onnx.ts';
import type { ModelCard } from '../core/card.ts';
import { createEngine } from './engine.ts';

const SIDE = 8;
const PICTURE = 3 * SIDE * SIDE;
const NETWORK: TinyNetwork = {
  side: SIDE,
  weights: [
    [1, 2, 3],
    [-1, 0, 1],
  ],
  bias: [0.5, -0.25],
};
const URL_OF = 'https://app.test/models/tiny.onnx';
let served: Uint8Array<ArrayBuffer>;
const real = globalThis.fetch;

beforeEach(() => {
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('fetch', async (url: string) => (url === URL_OF ? new Response(served) : real(url)));
});
afterEach(() => vi.unstubAllGlobals());

/** Picture i has the constant colour (i, 2i, -i). */
const pictures = (count: number): Float32Array => {
  const plane = SIDE * SIDE;
  return new Float32Array(count * PICTURE).map((_, at) => {
    const i = Math.floor(at / PICTURE);
    return [i, 2 * i, -i][Math.floor((at % PICTURE) / plane)] as number;
  });
};
const expected = (count: number): number[] => Array.from({ length: count }, (_, i) => [2 * i + 0.5, -2 * i - 0.25]).flat();

function modelOf(network: TinyNetwork, card: (weights: Uint8Array) => ModelCard = tinyCard) {
  served = tinyOnnx(network);
  return { card: card(served), url: URL_OF };
}

describe('createEngine', () => {
  it('runs any number of pictures, in order', async () => {
    const session = await createEngine({ wish: 'wasm' }).open(modelOf(NETWORK));
    for (const count of [1, 3, 0, 5])
      expect([...((await session.run(pictures(count), { count })).modality ?? [])]).toEqual(expected(count));
    expect(session).toMatchObject({ provider: 'wasm', sha256: session.card.weights.sha256 });
  });

  it('answers runs that were asked for at once, each its own', async () => {
    const session = await createEngine({ wish: 'wasm' }).open(modelOf(NETWORK));
    const answers = await Promise.all([4, 1, 3].map((count) => session.run(pictures(count), { count })));
    expect(answers.map(({ modality }) => modality?.length)).toEqual([8, 2, 6]);
    expect([...(answers[2]?.modality ?? [])]).toEqual(expected(3));
  });

  it('checks the same weights again under another description', async () => {
    const engine = createEngine({ wish: 'wasm' });
    const model = modelOf(NETWORK);
    const [head, ...rest] = model.card.outputs;
    const three = { ...model.card, outputs: [{ ...head!, classes: [...head!.classes, { label: 'third', value: null }] }, ...rest] };
    await expect(engine.open({ ...model, card: three }).then((session) => session.run(pictures(1), { count: 1 }))).rejects.toThrow(
      '3 classes',
    );
    const session = await engine.open(model);
    expect([...((await session.run(pictures(1), { count: 1 })).modality ?? [])]).toEqual(expected(1));
    expect(await engine.open({ ...model })).toBe(session);
  });

  it('listens to others between the pictures of a slow network', async () => {
    const session = await createEngine({ wish: 'wasm' }).open(modelOf(NETWORK));
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    let pings = 0;
    const timer = setInterval(() => pings++);
    await session.run(pictures(5), { count: 5 });
    clearInterval(timer);
    vi.restoreAllMocks();
    expect(pings).toBeGreaterThan(1);
  });

  it('feeds a network that takes a fixed number of pictures', async () => {
    const session = await createEngine({ wish: 'wasm' }).open(modelOf({ ...NETWORK, batch: 4 }));
    for (const count of [4, 1, 6]) expect([...((await session.run(pictures(count), { count })).modality ?? [])]).toEqual(expected(count));
  });

  it('loads a network once, until it is put away', async () => {
    const engine = createEngine({ wish: 'wasm' });
    const model = modelOf(NETWORK);
    const session = await engine.open(model);
    expect(await engine.open(model)).toBe(session);
    await session.close();
    await expect(session.run(pictures(1), { count: 1 })).rejects.toMatchObject({ code: 'E-ABORTED' });
    const again = await engine.open(model);
    expect([...((await again.run(pictures(1), { count: 1 })).modality ?? [])]).toEqual(expected(1));
  });

  it.each([
    ['an input of another name', { ...NETWORK, input: 'picture' }, '“picture”'],
    ['an output of another name', { ...NETWORK, output: 'logits' }, '“logits”'],
  ])('refuses %s and names it', async (_, network, name) => {
    const opening = createEngine({ wish: 'wasm' }).open(modelOf(network));
    await expect(opening).rejects.toMatchObject({ code: 'E-MALFORMED', because: expect.stringContaining(name) });
  });

  it('refuses answers of another length than the card names classes', async () => {
    const session = await createEngine({ wish: 'wasm' }).open(
      modelOf(NETWORK, (weights) => tinyCard(weights, { values: ['CT', 'MR', 'US'] })),
    );
    await expect(session.run(pictures(1), { count: 1 })).rejects.toMatchObject({ because: expect.stringContaining('3 classes') });
  });

  it('refuses what is no network, goes on with the next, and says nothing to the console', async () => {
    const said = (['error', 'warn', 'log'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}));
    const engine = createEngine({ wish: 'wasm' });
    const good = tinyOnnx(NETWORK);
    for (const bad of [new Uint8Array(100).fill(7), good.slice(0, 60)]) {
      served = bad;
      await expect(engine.open({ card: tinyCard(bad), url: URL_OF })).rejects.toMatchObject({ code: 'E-MALFORMED' });
    }
    const session = await engine.open(modelOf(NETWORK));
    expect([...((await session.run(pictures(2), { count: 2 })).modality ?? [])]).toEqual(expected(2));
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });

  it('goes on with WASM where WebGPU turns out not to work, and says so', async () => {
    const info = { description: 'A card', vendor: '', architecture: '', isFallbackAdapter: false };
    const gone = { info, limits: {}, features: new Set(), requestDevice: () => Promise.reject(new Error('lost')) };
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => gone } });
    const engine = createEngine();
    expect(await engine.provider()).toMatchObject({ provider: 'webgpu', adapter: 'A card' });
    const session = await engine.open(modelOf(NETWORK));
    expect([...((await session.run(pictures(2), { count: 2 })).modality ?? [])]).toEqual(expected(2));
    expect(engine.lost).toBe(true);
    expect(session.provider).toBe('wasm');
    expect(await engine.provider()).toMatchObject({ provider: 'wasm', because: expect.stringContaining('graphics card') });
  });
});
