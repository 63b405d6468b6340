import { describe, expect, it } from 'vitest';
import { withDrawn } from './drawn.ts';
import type { Evidence } from './evidence.ts';
import { fuse } from './fuse.ts';
import type { Item } from './item.ts';
import type { Mask, MaskKind } from './mask.ts';
import { outlineOf } from './outline.ts';

const voice = (question: 'tumour' | 'lesion', by: string): Evidence => ({
  question,
  value: 'yes',
  logOdds: 2.2,
  from: 'path',
  by,
  because: 'a name',
});
const item = (findings: readonly Evidence[]): Item => ({
  id: 'i-1234567',
  name: 'a.png',
  format: 'png',
  parts: [{ path: 'images/a.png', images: 1 }],
  shape: [10, 10],
  stored: { columns: 10, rows: 10, slices: 1, frames: 1, samples: 1, bits: 8 },
  spacingMm: [1, 2],
  bytes: 1,
  tags: {},
  labels: { dimension: fuse('dimension', []), modality: fuse('modality', []), anatomy: fuse('anatomy', []) },
  features: [],
  findings,
  warnings: [],
  masks: ['masks/a.png'],
});
const mask = (kind: MaskKind, marked: number, about: Partial<Mask> = {}): Mask => ({
  kind,
  label: 'a.png',
  by: 'masks/a.png',
  from: 'file',
  columns: 10,
  rows: 10,
  slices: 1,
  runs: Uint32Array.of(0, marked, 100 - marked),
  probability: null,
  ...about,
});
const file = (masks: readonly Mask[], because?: string) => ({
  path: 'masks/a.png',
  masks,
  outlines: masks.map((one) => outlineOf(one, { spacingMm: [1, 2] })),
  notes: [],
  because,
});
const present = (one: Item, kind: string) => one.features.find((feature) => feature.kind === kind)?.present;

describe('withDrawn', () => {
  it('measures what is marked and believes it', () => {
    const { item: drawn, masks } = withDrawn(item([]), { files: [file([mask('tumour', 20, { label: 'GTV' })])] });
    expect(masks).toHaveLength(1);
    expect(drawn.outlines).toMatchObject([{ kind: 'tumour', from: 'file', areaFraction: 0.2, areaMm2: 40, probability: null }]);
    expect(present(drawn, 'tumour')).toBe(true);
    expect(drawn.features[0]?.why).toBe('segment “GTV” of a.png');
  });
  it('takes the word of an empty mask for absence', () => {
    const { item: drawn, masks } = withDrawn(item([voice('lesion', 'masks')]), { files: [file([mask('lesion', 0)])] });
    expect(masks).toEqual([]);
    expect(present(drawn, 'lesion')).toBe(false);
    expect(drawn.features[1]).toMatchObject({ probability: 0.119, why: 'mask file a.png is empty' });
  });
  it('believes one marked mask over empty ones of the same kind', () => {
    const files = [file([mask('lesion', 0)]), { ...file([mask('lesion', 9)]), path: 'masks/b.png' }];
    expect(present(withDrawn(item([voice('lesion', 'masks')]), { files }).item, 'lesion')).toBe(true);
  });
  it('says what could not be drawn, and leaves what was said of it', () => {
    const { item: drawn } = withDrawn(item([voice('tumour', 'masks')]), { files: [file([], 'It is broken.')] });
    expect(drawn.warnings).toEqual(['a.png is not drawn. It is broken.']);
    expect(present(drawn, 'tumour')).toBe(true);
  });
  it('compares with ours, also a mask without a name where the dataset names one finding', () => {
    const ours = [mask('tumour', 30, { from: 'model', by: 'outline' })];
    const named = withDrawn(item([voice('tumour', 'path')]), { files: [file([mask('organ', 20)])], ours });
    expect(named.item.outlines?.map(({ kind, dice }) => [kind, dice])).toEqual([
      ['tumour', 0.8],
      ['tumour', 0.8],
    ]);
    const two = withDrawn(item([voice('tumour', 'path'), voice('lesion', 'path')]), { files: [file([mask('organ', 20)])], ours });
    expect(two.item.outlines?.map(({ kind, dice }) => [kind, dice])).toEqual([
      ['tumour', undefined],
      ['organ', undefined],
    ]);
  });
});
