// The looker with networks made of plain functions: the real ones are asked in tests/contract/models.test.ts.
import { describe, expect, it } from 'vitest';
import type { ModelCard } from '../../core/card.ts';
import type { Seen } from '../../core/classifier.ts';
import type { Header } from '../../core/header.ts';
import type { Pixels } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { createLooker, type Network, type Shelf } from './looker.ts';

const SIZE = 4;
const classes = (...values: string[]) => values.map((value) => ({ label: value, value }));
const cardOf = (id: string, question: 'modality' | 'anatomy', values: string[]): ModelCard => ({
  schema: 'medley.model/1',
  id,
  version: '1',
  title: 'Test net',
  summary: '',
  weights: { file: `${id}.onnx`, bytes: 1, sha256: 'a'.repeat(64) },
  input: { name: 'image', columns: SIZE, rows: SIZE, channels: 3, layout: 'NCHW', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] },
  outputs: [{ name: question, question, activation: 'softmax', temperature: 1, classes: classes(...values), answerFrom: 0.6 }],
  limits: [],
  notice: 'Research use only, not a medical device.',
});

const header: Header = {
  format: 'png',
  role: 'image',
  tags: {},
  shape: { columns: 32, rows: 32, slices: 1, frames: 1, samples: 1, bits: 8 },
};
const seen: Seen = {
  header,
  headers: [header],
  paths: ['a.png'],
  layout: { columns: 32, rows: 32, slices: 1, frames: 1, files: 1, images: 1, parallel: false, even: true, spacingMm: null },
  sideFiles: [],
};
const pixels = (value: number): Pixels => ({
  columns: 32,
  rows: 32,
  frames: 1,
  samples: 3,
  // One dot: a picture of one colour is shown to nobody.
  data: new Uint8Array(32 * 32 * 3).fill(value).fill(value ^ 1, 1500, 1503),
  photometric: 'RGB',
  slope: 1,
  intercept: 0,
});

/** Bright pictures are CT, dark ones MR; counts what it was asked. */
function brightness(batches: number[]): Network {
  return {
    provider: () => 'wasm',
    lost: () => false,
    sha256: 'b'.repeat(64),
    async run(batch, { count }) {
      batches.push(count);
      const each = batch.length / count;
      const logits = Array.from({ length: count }, (_, i) => ((batch[i * each] ?? 0) > 0.5 ? [4, 0] : [0, 4])).flat();
      return { modality: Float32Array.from(logits), anatomy: Float32Array.from(logits) };
    },
  };
}

function shelfOf(batches: number[] = []): Shelf & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async card(id) {
      asked.push(`card ${id}`);
      return cardOf(id, 'modality', ['CT', 'MR']);
    },
    async network(card, url) {
      asked.push(`network ${card.id}${url ? ` from ${url}` : ''}`);
      return brightness(batches);
    },
  };
}

describe('the looker', () => {
  it('loads nothing before the first look, and then once', async () => {
    const shelf = shelfOf();
    const looker = createLooker({ own: [] }, shelf);
    expect(shelf.asked).toEqual([]);
    await Promise.all([looker.look([pixels(255)], seen), looker.look([pixels(0)], seen)]);
    expect(shelf.asked).toEqual(['card recognise', 'network recognise']);
  });

  it('turns pictures into evidence and says who ran', async () => {
    const looker = createLooker({ own: [] }, shelfOf());
    const [bright, dark] = await Promise.all([looker.look([pixels(255)], seen), looker.look([pixels(0)], seen)]);
    expect(bright.evidence).toMatchObject([{ question: 'modality', value: 'CT', from: 'pixels', by: 'recognise' }]);
    expect(dark.evidence).toMatchObject([{ value: 'MR' }]);
    expect(bright.models).toEqual([{ id: 'recognise', sha256: 'b'.repeat(64), provider: 'wasm' }]);
    expect(structuredClone(bright)).toEqual(bright);
  });

  it('shows all views of an item at one go', async () => {
    const batches: number[] = [];
    await createLooker({ own: [] }, shelfOf(batches)).look([pixels(1), pixels(2), pixels(3)], seen);
    expect(batches).toEqual([3]);
  });

  it('leaves out what shows nothing but one colour', async () => {
    const batches: number[] = [];
    const looker = createLooker({ own: [] }, shelfOf(batches));
    const blank = { ...pixels(0), data: new Uint8Array(32 * 32 * 3) };
    expect(await looker.look([blank, blank], seen)).toMatchObject({ evidence: [], models: [{ id: 'recognise' }] });
    const { evidence } = await looker.look([blank, pixels(255), blank], seen);
    expect(batches).toEqual([1]);
    expect(evidence).toMatchObject([{ value: 'CT', because: expect.not.stringContaining('views') }]);
  });

  it('shows views one after the other to a network of large pictures', async () => {
    const batches: number[] = [];
    const card = cardOf('large', 'anatomy', ['HEART', 'LUNG']);
    const own = [{ card: { ...card, input: { ...card.input, columns: 2048, rows: 2048 } }, url: 'https://a.test/large.onnx' }];
    const { evidence } = await createLooker({ own }, shelfOf(batches)).look([pixels(255), pixels(255)], seen);
    expect(batches).toEqual([2, 1, 1]);
    expect(evidence.find(({ by }) => by === 'own:large')).toMatchObject({ value: 'HEART' });
  });

  it('loads again what the network cut short, a few times, and nothing else', async () => {
    for (const [code, loads, found] of [
      ['E-NETWORK', 3, 1],
      ['E-CHANGED', 1, 0],
    ] as const) {
      const shelf = shelfOf();
      let asked = 0;
      const flaky: Shelf = {
        card: shelf.card,
        network: async (card) => {
          if (++asked < 3) throw new Unreadable(code, 'No.');
          return shelf.network(card);
        },
      };
      const looker = createLooker({ own: [] }, flaky);
      for (let i = 0; i < 2; i++)
        expect(await looker.look([pixels(255)], seen)).toMatchObject({ evidence: [], trouble: expect.stringContaining('No.') });
      expect((await looker.look([pixels(255)], seen)).evidence).toHaveLength(found);
      await looker.look([pixels(255)], seen);
      expect(asked).toBe(loads);
    }
  });

  it('runs brought models beside ours, under their own names', async () => {
    const shelf = shelfOf();
    const own = [{ card: cardOf('mine', 'anatomy', ['HEART', 'LUNG']), url: 'https://a.test/mine.onnx' }];
    const { evidence, models } = await createLooker({ own }, shelf).look([pixels(255)], seen);
    expect(shelf.asked).toContain('network mine from https://a.test/mine.onnx');
    expect(evidence).toMatchObject([
      { question: 'modality', by: 'recognise' },
      { question: 'anatomy', value: 'HEART', by: 'own:mine', because: 'Test net: the picture seems to show: heart (98 %)' },
    ]);
    expect(models.map(({ id }) => id)).toEqual(['recognise', 'own:mine']);
  });

  it('lets nobody turn an image into a mask', async () => {
    const card = cardOf('mine', 'anatomy', ['mask', 'image']);
    const roles = { ...card, outputs: card.outputs.map((head) => ({ ...head, question: 'role' as const })) };
    const looker = createLooker({ own: [{ card: roles, url: 'https://a.test/x.onnx' }] }, shelfOf());
    expect((await looker.look([pixels(255)], seen)).evidence.map(({ question }) => question)).toEqual(['modality']);
  });

  it('goes on with the others when one cannot be loaded, and says why', async () => {
    const shelf = shelfOf();
    const own = [{ card: cardOf('gone', 'anatomy', ['HEART', 'LUNG']), url: 'https://a.test/gone.onnx' }];
    const broken: Shelf = {
      card: shelf.card,
      network: async (card) => {
        if (card.id === 'gone') throw new Unreadable('E-NOTFOUND', 'There is no file at this address.');
        return shelf.network(card);
      },
    };
    const looked = await createLooker({ own }, broken).look([pixels(255)], seen);
    expect(looked.evidence).toHaveLength(1);
    expect(looked.trouble).toBe('The model “own:gone” could not look at the pictures. There is no file at this address.');
  });

  it('names every model that cannot be loaded, not only the last', async () => {
    const own = [{ card: cardOf('gone', 'anatomy', ['HEART', 'LUNG']), url: 'https://a.test/gone.onnx' }];
    const broken: Shelf = { ...shelfOf(), network: () => Promise.reject(new Unreadable('E-NOTFOUND', 'No.')) };
    const { trouble } = await createLooker({ own }, broken).look([pixels(255)], seen);
    expect(trouble).toMatch(/“recognise”.+“own:gone”/);
  });

  it('does not show it what is too small', async () => {
    const shelf = shelfOf();
    const small = { ...seen, header: { ...header, shape: { columns: 9, rows: 9, slices: 1, frames: 1, samples: 1, bits: 8 } } };
    expect(await createLooker({ own: [] }, shelf).look([pixels(1)], small)).toMatchObject({ evidence: [], models: [] });
    expect(shelf.asked).toEqual([]);
  });
});
