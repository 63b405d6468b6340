import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CARD_SCHEMA } from '../../core/card.ts';
import type { AnalyseOptions, Jobs } from '../../jobs/jobs.ts';
import { choicesNow, ownModelsOf } from './choices.ts';
import { withChoices } from './with-choices.ts';

const CARD = {
  schema: CARD_SCHEMA,
  id: 'my-net',
  version: '1',
  title: 'My net',
  summary: '',
  weights: { file: 'https://example.org/net.onnx', bytes: 12, sha256: 'ab'.repeat(32) },
  input: { name: 'x', columns: 8, rows: 8, channels: 1, layout: 'NCHW', scale: 255, mean: [0], std: [1] },
  outputs: [
    { name: 'y', question: 'modality', activation: 'softmax', temperature: 1, classes: [{ label: 'ct', value: 'CT' }], answerFrom: 0.5 },
  ],
  limits: [],
  notice: 'Research use only, not a medical device.',
};
const url = 'https://example.org/net.onnx';
const kept = new Map<string, string>();
const keep = (key: string, value: unknown) => kept.set(key, JSON.stringify(value));

beforeEach(() => vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null }));
afterEach(() => {
  kept.clear();
  vi.unstubAllGlobals();
});

it('looks at pictures, wherever it is quickest, unless somebody chose otherwise', () => {
  expect(choicesNow()).toEqual({ pixels: true, provider: 'auto', ownModels: [] });
  keep('medley-pixels', false);
  keep('medley-provider', 'wasm');
  expect(choicesNow()).toEqual({ pixels: false, provider: 'wasm', ownModels: [] });
  keep('medley-provider', 'quantum');
  kept.set('medley-own-models', '{ half');
  expect(choicesNow()).toMatchObject({ provider: 'auto', ownModels: [] });
});

it('takes models that are on, and leaves out what is none', () => {
  keep('medley-own-models', [
    { card: CARD, url, on: true },
    { card: { ...CARD, id: 'off' }, url, on: false },
    { card: { id: 'x' }, url },
    null,
    { card: CARD },
  ]);
  expect(choicesNow().ownModels).toEqual([{ card: CARD, url }]);
  expect(ownModelsOf('nonsense')).toEqual([]);
});

it('survives a browser that refuses storage', () => {
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new DOMException('No.', 'SecurityError');
    },
  });
  expect(choicesNow()).toEqual({ pixels: true, provider: 'auto', ownModels: [] });
});

it('hands the choices to every analysis', () => {
  const asked: AnalyseOptions[] = [];
  const jobs = withChoices({ analyse: (options: AnalyseOptions) => asked.push(options) } as unknown as Jobs);
  const base = { given: [] } as unknown as AnalyseOptions;
  jobs.analyse(base);
  jobs.analyse({ ...base, models: false, provider: 'webgpu' });
  keep('medley-pixels', false);
  jobs.analyse({ ...base, models: true });
  expect(asked).toMatchObject([
    { models: true, provider: 'auto', ownModels: [] },
    { models: false, provider: 'webgpu' },
    { models: false },
  ]);
});
