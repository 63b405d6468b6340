// Networks that outline, in the real library: two outputs with shapes of their own, held against their card.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptCaches } from '../../tests/support/kept-caches.ts';
import { tinyOutlineOnnx } from '../../tests/support/tiny-onnx.ts';
import { tinyOutlineCard, tinyTask } from '../../tests/support/tiny-outline-card.ts';
import { createEngine } from './engine.ts';

const SIDE = 4;
const PLANE = SIDE * SIDE;
const WEIGHTS = tinyOutlineOnnx({
  weights: [
    [1, 0, 0],
    [0, 2, 0],
  ],
  bias: [-0.5, 0],
  side: SIDE,
});
const URL_OF = 'https://app.test/models/tiny.onnx';
const TASKS = [tinyTask(), tinyTask({ id: 'green', index: 1 })];
const real = globalThis.fetch;

beforeEach(() => {
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('fetch', async (url: string) => (url === URL_OF ? new Response(WEIGHTS) : real(url)));
});
afterEach(() => vi.unstubAllGlobals());

/** Red grows from pixel to pixel, green is the number of the picture. */
const pictures = (count: number): Float32Array =>
  new Float32Array(count * 3 * PLANE).map((_, at) => [at % PLANE, Math.floor(at / (3 * PLANE)), 0][Math.floor(at / PLANE) % 3] as number);

const open = (card = tinyOutlineCard(WEIGHTS, { side: SIDE, tasks: TASKS })) => createEngine({ wish: 'wasm' }).open({ card, url: URL_OF });

describe('a network that outlines', () => {
  it('gives the masks and the presence of every task, picture by picture', async () => {
    const session = await open();
    const { masks = [], presence = [] } = await session.run(pictures(3), { count: 3 });
    expect(masks.length).toBe(3 * 2 * PLANE);
    expect([...masks.slice(2 * PLANE, 2 * PLANE + 3)]).toEqual([-0.5, 0.5, 1.5]);
    expect([...masks.slice(5 * PLANE)]).toEqual(new Array(PLANE).fill(4));
    expect([...presence]).toEqual([14.5, 0, 14.5, 2, 14.5, 4]);
    expect(session.card.mirrored).toBe(true);
  });

  it('is refused where it has other tasks than its card, or masks of another size', async () => {
    const one = await open(tinyOutlineCard(WEIGHTS, { side: SIDE }));
    await expect(one.run(pictures(1), { count: 1 })).rejects.toMatchObject({ because: expect.stringContaining('names 1 tasks') });
    const card = tinyOutlineCard(WEIGHTS, { side: SIDE, tasks: TASKS });
    const wide = { ...card, outputs: { ...card.outputs, columns: SIDE * 2, rows: SIDE / 2 } };
    const session = await open(wide);
    await expect(session.run(pictures(1), { count: 1 })).rejects.toMatchObject({ because: expect.stringContaining('8 × 2') });
  });
});
