import { describe, expect, it } from 'vitest';
import { readCard } from './card.ts';
import { Unreadable } from './unreadable.ts';

const CARD = {
  schema: 'medley.model/1',
  id: 'recognise',
  version: '1.0',
  title: 'Recognise',
  summary: 'What made a picture, and what it shows.',
  weights: { file: 'recognise.onnx', bytes: 3_650_000, sha256: 'a'.repeat(64) },
  input: {
    name: 'image',
    columns: 128,
    rows: 128,
    channels: 3,
    layout: 'NCHW',
    scale: 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  outputs: [
    {
      name: 'modality',
      question: 'modality',
      activation: 'softmax',
      temperature: 1.4,
      classes: [
        { label: 'CT', value: 'CT' },
        { label: 'plot', value: null },
      ],
      answerFrom: 0.6,
    },
  ],
  data: [{ source: 'a', original: 'https://example.org', licence: 'CC BY 4.0', images: 12 }],
  measured: {
    how: 'Whole sources left out in turn.',
    outputs: [
      {
        question: 'modality',
        macroAccuracy: 0.96,
        ece: 0.03,
        taught: { macroAccuracy: 0.97, ece: 0.02 },
        rejectionAuroc: 0.98,
        classes: [{ label: 'CT', value: 'CT', sources: 5, images: 100, accuracy: null, taughtAccuracy: 0.9 }],
      },
    ],
  },
  begunFrom: 'a published trunk, Apache-2.0',
  limits: ['Grown-ups only.'],
  notice: 'Research use only, not a medical device.',
};

/** The card with something else at this path. */
function altered(path: string, value: unknown): unknown {
  const copy = structuredClone(CARD) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at: Record<string, unknown>, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe('readCard', () => {
  it('gives a whole card back as it is', () => {
    expect(readCard(CARD)).toEqual(CARD);
  });

  it('leaves out what it does not know', () => {
    expect(readCard({ ...CARD, colour: 'blue' })).toEqual(CARD);
  });

  it('takes the manifest of a model that was never measured', () => {
    const { data: _, measured: __, summary: ___, limits: ____, notice: _____, ...least } = CARD;
    expect(readCard(least)).toMatchObject({ summary: '', limits: [], notice: 'Research use only, not a medical device.' });
    expect(readCard(least)).not.toHaveProperty('measured');
  });

  it.each([
    ['schema', 'medley.model/2'],
    ['id', '../secret'],
    ['id', undefined],
    ['title', ' '],
    ['weights', undefined],
    ['weights.file', ''],
    ['weights.bytes', 0],
    ['weights.bytes', 1e12],
    ['weights.sha256', 'A'.repeat(64)],
    ['input.columns', 12.5],
    ['input.rows', 100_000],
    ['input.channels', 2],
    ['input.layout', 'CHWN'],
    ['input.scale', 0],
    ['input.mean', [0.5]],
    ['input.std', [1, 0, 1]],
    ['input.mean', [0, Number.NaN, 0]],
    ['outputs', []],
    ['outputs.0.question', 'mood'],
    ['outputs.0.activation', 'relu'],
    ['outputs.0.temperature', 0],
    ['outputs.0.answerFrom', 60],
    ['outputs.0.classes', []],
    ['outputs.0.classes.0.value', 'TELEPATHY'],
    ['outputs.0.classes.0.label', 7],
    ['data', {}],
    ['data.0.licence', undefined],
    ['measured.outputs.0.ece', 3],
    ['measured.outputs.0.classes.0.sources', -1],
  ])('refuses %s = %j with a sentence that names it', (path, value) => {
    const failed = (): unknown => readCard(altered(path, value));
    expect(failed).toThrow(Unreadable);
    expect(failed).toThrow(path.split('.')[0]);
  });

  it.each([null, undefined, 3, 'card', []])('refuses %j', (json) => {
    expect(() => readCard(json)).toThrow(Unreadable);
  });
});
