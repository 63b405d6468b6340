// What every network that outlines promises: weights that are those of its card, a network that fits it, tasks that can be routed, small enough for a phone.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Header } from '../../src/core/header.ts';
import { type OutlineCard, readOutlineCard } from '../../src/core/outline-card.ts';
import type { Slices } from '../../src/core/outliner.ts';
import type { Pixels } from '../../src/core/pixels.ts';
import { outlineNetworks, outliners } from '../../src/models/index.ts';
import { createShelf } from '../../src/models/look/shelf.ts';
import { askNetworks } from '../../src/models/outlining/ask.ts';
import { compose } from '../../src/models/outlining/compose.ts';
import { planOf } from '../../src/models/outlining/pictures.ts';
import { keptCaches } from '../support/kept-caches.ts';

const FOLDER = 'public/models/';
const BASE = 'https://app.test/models/';
/** Of each, and of all that outline together. Bytes. */
const MOST = { each: 4_000_000, all: 16_000_000 };
const cardOf = (id: string): OutlineCard => readOutlineCard(JSON.parse(readFileSync(`${FOLDER}${id}.card.json`, 'utf8')));
const real = globalThis.fetch;
const step = async (): Promise<void> => {};

beforeAll(() => {
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('location', new URL('https://app.test/'));
  vi.stubGlobal('fetch', async (url: string) =>
    url.startsWith(BASE) ? new Response(new Uint8Array(readFileSync(FOLDER + url.slice(BASE.length)))) : real(url),
  );
});
afterAll(() => vi.unstubAllGlobals());

function slicesOf([columns, rows, count]: readonly [number, number, number], value: (i: number) => number, samples = 1): Slices {
  const header: Header = {
    format: count > 1 ? 'nifti' : 'png',
    role: 'image',
    tags: {},
    shape: { columns, rows, slices: count, frames: 1, samples, bits: 16 },
  };
  const read = async (first: number, some: number): Promise<Pixels> => {
    const size = columns * rows * samples;
    const data = new Int16Array(size * some).map((_, i) => value(first * size + i));
    return { columns, rows, frames: some, samples, data, photometric: samples > 1 ? 'RGB' : 'MONOCHROME2', slope: 1, intercept: 0 };
  };
  return { columns, rows, count, cine: false, spacingMm: null, header, read };
}

it('outlines by networks and by methods with ids of their own', () => {
  const ids = [...outlineNetworks, ...outliners].map(({ id }) => id);
  expect(outlineNetworks.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
});

it('has weights of 4 MB at most each, 16 MB all together', () => {
  const sizes = outlineNetworks.map(({ id }) => cardOf(id).weights.bytes);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(MOST.each);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(MOST.all);
});

describe.each(outlineNetworks.map(({ id }) => id))('%s', (id) => {
  it('has the weights that its card describes, and a page for people', () => {
    const { weights } = cardOf(id);
    const bytes = readFileSync(FOLDER + weights.file);
    expect(bytes.length).toBe(weights.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(weights.sha256);
    expect(existsSync(`${FOLDER}${id}.md`)).toBe(true);
  });

  it('says of every task who is shown to it, how well it does, and why where it is not asked', () => {
    const card = cardOf(id);
    expect(card.id).toBe(id);
    expect(card.notice).toMatch(/not a medical device/);
    expect(card.limits.length).toBeGreaterThan(0);
    expect(new Set(card.tasks.map(({ index }) => index)).size).toBe(card.tasks.length);
    for (const task of card.tasks) {
      expect(task.routes.length).toBeGreaterThan(0);
      if (!task.examines) expect(task.why).toMatch(/\S+ \S+/);
    }
  });

  it('runs: pictures, volumes and odd ones, with numbers for every task', async () => {
    const card = cardOf(id);
    const shelf = createShelf({ base: BASE, provider: 'wasm', own: [] }, { get: real });
    const networks = [{ card: id, tasks: card.tasks.map((task) => task.id) }];
    const cases = [slicesOf([30, 90, 1], () => 0, 3), slicesOf([40, 32, 2], (i) => (i * 7919) % 997)];
    for (const slices of cases) {
      const { answers, models } = await askNetworks(slices, { networks, part: 0, parts: 1, step }, shelf);
      expect(models).toEqual([{ id, sha256: card.weights.sha256, provider: 'wasm' }]);
      expect(answers.map(({ task }) => task).sort()).toEqual(card.tasks.map((task) => task.id).sort());
      for (const { logits, presence } of answers) expect([...logits, ...presence].every(Number.isFinite)).toBe(true);
      const { columns, rows, count } = slices;
      const grid = { columns, rows, slices: count };
      const { masks, evidence } = await compose([answers], { cards: [card], grid, cine: false, cuts: planOf(slices), step });
      for (const mask of masks) expect(mask.runs.reduce((a, b) => a + b, 0)).toBe(columns * rows * count);
      for (const { by, logOdds } of evidence) expect([by, Number.isFinite(logOdds)]).toEqual([id, true]);
    }
  }, 240_000);
});
