// What every model promises: weights that are those of its card, a network that fits it, words of the vocabulary, and small enough for a phone.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ModelCard, readCard } from '../../src/core/card.ts';
import type { Seen } from '../../src/core/classifier.ts';
import { FEATURE_KINDS } from '../../src/core/evidence.ts';
import type { Header } from '../../src/core/header.ts';
import type { Answer } from '../../src/core/model.ts';
import type { Pixels } from '../../src/core/pixels.ts';
import { ANATOMY, MODALITIES } from '../../src/core/vocabulary.ts';
import { models, outlineNetworks } from '../../src/models/index.ts';
import { createLooker } from '../../src/models/look/looker.ts';
import { createShelf } from '../../src/models/look/shelf.ts';
import { keptCaches } from '../support/kept-caches.ts';

const FOLDER = 'public/models/';
const BASE = 'https://app.test/models/';
/** All weights of these together; those that outline: outlines.test.ts. Bytes. */
const MOST = 8_000_000;
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  modality: new Set(MODALITIES.map(({ code }) => code)),
  anatomy: new Set(ANATOMY.map(({ code }) => code)),
  plane: new Set(['axial', 'sagittal', 'coronal', 'oblique']),
  ...Object.fromEntries(FEATURE_KINDS.map((kind) => [kind, new Set(['yes', 'no'])])),
};

const cardOf = (id: string): ModelCard => readCard(JSON.parse(readFileSync(`${FOLDER}${id}.card.json`, 'utf8')));
const real = globalThis.fetch;

beforeAll(() => {
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('location', new URL('https://app.test/'));
  vi.stubGlobal('fetch', async (url: string) =>
    url.startsWith(BASE) ? new Response(new Uint8Array(readFileSync(FOLDER + url.slice(BASE.length)))) : real(url),
  );
});
afterAll(() => vi.unstubAllGlobals());

function seenOf(header: Header): Seen {
  const { columns = 0, rows = 0, slices = 1 } = header.shape ?? {};
  const layout = { columns, rows, slices, frames: 1, files: 1, images: slices, parallel: slices > 1, even: true, spacingMm: null };
  return { header, headers: [header], paths: ['a'], layout, sideFiles: [] };
}
const headerOf = (columns: number, rows: number, slices = 1): Header => ({
  format: slices > 1 ? 'nifti' : 'png',
  role: 'image',
  tags: {},
  shape: { columns, rows, slices, frames: 1, samples: 1, bits: 16 },
});
const pixelsOf = ({ shape }: Header, value: (i: number) => number): Pixels => {
  const { columns = 1, rows = 1, slices = 1 } = shape ?? {};
  const data = new Int16Array(columns * rows * slices).map((_, i) => value(i));
  return { columns, rows, frames: slices, samples: 1, data, photometric: 'MONOCHROME2', slope: 1, intercept: 0 };
};

it('has models, each with a card and weights, and nothing beside them', () => {
  expect(models.map(({ id }) => id)).not.toEqual([]);
  const cards = readdirSync(FOLDER).filter((name) => name.endsWith('.card.json'));
  const ids = [...models, ...outlineNetworks].map(({ id }) => id).sort();
  expect(cards.sort()).toEqual(ids.map((id) => `${id}.card.json`));
  const weights = readdirSync(FOLDER).filter((name) => name.endsWith('.onnx'));
  expect(weights.sort()).toEqual(ids.map((id) => `${id}.onnx`));
});

it(`has weights of ${MOST / 1e6} MB at most, all together`, () => {
  expect(models.reduce((sum, { id }) => sum + cardOf(id).weights.bytes, 0)).toBeLessThanOrEqual(MOST);
});

describe.each(models.map((model) => [model.id, model] as const))('%s', (id, model) => {
  it('has the weights that its card describes, and a page for people', () => {
    const { weights } = cardOf(id);
    const bytes = readFileSync(FOLDER + weights.file);
    expect(bytes.length).toBe(weights.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(weights.sha256);
    expect(existsSync(`${FOLDER}${id}.md`)).toBe(true);
  });

  it('says where it learnt, how well it does, and that it is no medical device', () => {
    const card = cardOf(id);
    expect(card.id).toBe(id);
    expect(card.notice).toMatch(/not a medical device/);
    expect(card.limits.length).toBeGreaterThan(0);
    for (const { licence, source } of card.data ?? []) expect(`${source} ${licence}`).toMatch(/\S+ \S+/);
    expect(card.data?.length).toBeGreaterThan(0);
    for (const { question } of card.outputs) expect(card.measured?.outputs.map((one) => one.question)).toContain(question);
  });

  it('answers only its questions, with words of the vocabulary', () => {
    const { outputs } = cardOf(id);
    expect([...new Set(outputs.map(({ question }) => question))].sort()).toEqual([...model.answers].sort());
    for (const { question, classes } of outputs)
      for (const { value } of classes) if (value !== null) expect([...(WORDS[question] ?? [])]).toContain(value);
  });

  it('says words of the vocabulary, whatever its heads answer', () => {
    const { outputs } = cardOf(id);
    const most = Math.max(...outputs.map(({ classes }) => classes.length));
    const headers = [headerOf(64, 64), headerOf(64, 64, 30)];
    for (let favourite = 0; favourite < most; favourite++) {
      const answers = outputs.map(({ question, classes, answerFrom }, n): Answer => {
        const best = (favourite * (n + 1)) % classes.length;
        return {
          question,
          classes,
          answerFrom,
          views: 3,
          agreeing: 2,
          probabilities: classes.map((_, i) => (i === best ? 0.9 : 0.1 / (classes.length - 1))),
        };
      });
      for (const header of headers) {
        for (const voice of model.evidence(answers, seenOf(header))) {
          expect(model.answers).toContain(voice.question);
          expect([...(WORDS[voice.question] ?? [])]).toContain(voice.value);
          expect(voice).toMatchObject({ from: 'pixels', by: id });
          expect(voice.because).toMatch(/\S{3}/);
        }
      }
    }
    expect(model.evidence([], seenOf(headerOf(64, 64)))).toEqual([]);
  });

  it('leaves what is no picture alone', () => {
    expect(model.looksAt(seenOf({ ...headerOf(64, 64), role: 'mask' }))).toBe(false);
    expect(model.looksAt(seenOf({ ...headerOf(64, 64), shape: undefined }))).toBe(false);
  });

  it('runs: pictures, volumes and odd ones, with answers or silence and no trouble', async () => {
    const looker = createLooker({ own: [] }, createShelf({ base: BASE, provider: 'wasm', own: [] }, { get: real }));
    const cases: [Header, (i: number) => number][] = [
      [headerOf(200, 160), (i) => (i * 7919) % 997],
      [headerOf(64, 64), () => 0],
      [headerOf(30, 400), (i) => i % 30000],
      [headerOf(32, 40, 12), (i) => (i % 1280 < 600 ? -1000 : 40)],
    ];
    for (const [header, value] of cases) {
      const { evidence, models: ran, trouble } = await looker.look([pixelsOf(header, value)], seenOf(header));
      expect(trouble).toBeUndefined();
      expect(ran.find((one) => one.id === id)).toEqual({ id, sha256: cardOf(id).weights.sha256, provider: 'wasm' });
      for (const voice of evidence) expect(Number.isFinite(voice.logOdds)).toBe(true);
    }
  });
});
