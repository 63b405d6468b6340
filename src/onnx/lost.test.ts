// What the engine does when the graphics card fails in the middle; the networks are stand-ins, because no card can be lost here.
import { afterEach, expect, it, vi } from 'vitest';
import { tinyCard } from '../../tests/support/tiny-card.ts';
import { createEngine } from './engine.ts';

const WEIGHTS = new Uint8Array(10);
const card = tinyCard(WEIGHTS);
const model = { card, url: 'https://app.test/models/tiny.onnx' };
/** WASM networks that were opened and given back. */
const seen = { opened: 0, released: 0, wasmFails: false };

vi.mock('./weights.ts', () => ({ weightsOf: async () => WEIGHTS }));
vi.mock('./network.ts', () => ({
  openOn: async (provider: 'webgpu' | 'wasm') => {
    if (provider === 'wasm') seen.opened++;
    return { provider, network: { release: async () => void seen.released++ } };
  },
  runOn: async ({ provider }: { provider: 'webgpu' | 'wasm' }) => {
    if (provider === 'webgpu' || seen.wasmFails) throw new Error('no');
    return { modality: Float32Array.of(1, 0) };
  },
}));

afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(seen, { opened: 0, released: 0, wasmFails: false });
});

const opened = () => {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({}) } });
  const engine = createEngine();
  return { engine, opening: engine.open(model) };
};

it('runs the same pictures with WASM, and stays there', async () => {
  const { engine, opening } = opened();
  const session = await opening;
  for (let i = 0; i < 3; i++) expect((await session.run(new Float32Array(1), { count: 1 })).modality).toEqual(Float32Array.of(1, 0));
  expect(engine.lost).toBe(true);
  expect(seen).toMatchObject({ opened: 1, released: 0 });
});

it('holds no network that fails with WASM too, and does not blame the graphics card', async () => {
  const { engine, opening } = opened();
  const session = await opening;
  seen.wasmFails = true;
  for (let i = 0; i < 3; i++) await expect(session.run(new Float32Array(1), { count: 1 })).rejects.toThrow('no');
  expect(engine.lost).toBe(false);
  expect(seen.opened - seen.released).toBe(0);
});
