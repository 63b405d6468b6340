import { describe, expect, it } from 'vitest';
import type { Mask } from './mask.ts';
import { compared } from './mask-compare.ts';
import { outlineOf } from './outline.ts';

const mask = (marked: readonly [number, number], about: Partial<Mask> = {}): Mask => ({
  kind: 'tumour',
  label: 'tumour',
  by: 'outline',
  from: 'model',
  columns: 10,
  rows: 10,
  slices: 1,
  runs: Uint32Array.of(marked[0], marked[1] - marked[0], 100 - marked[1]),
  probability: null,
  ...about,
});
const dices = (masks: readonly Mask[]): (number | undefined)[] =>
  compared(
    masks.map((one) => outlineOf(one, { spacingMm: null }) as NonNullable<ReturnType<typeof outlineOf>>),
    masks,
  ).map(({ dice }) => dice);

describe('compared', () => {
  it('takes all masks of one kind together', () => {
    const pieces = [mask([0, 10], { from: 'file' }), mask([20, 30], { from: 'file' })];
    // 2 · 20 / (20 + 30)
    expect(dices([mask([0, 30]), ...pieces])).toEqual([0.8, 0.8, 0.8]);
  });
  it('says nothing of kinds that only one of both has drawn', () => {
    expect(dices([mask([0, 10]), mask([0, 10], { from: 'file', kind: 'vessels' })])).toEqual([undefined, undefined]);
    expect(dices([mask([0, 10])])).toEqual([undefined]);
  });
  it('compares organs of one name, and no others', () => {
    const organ = (label: string, from: Mask['from']): Mask => mask([0, 10], { kind: 'organ', label, from });
    expect(dices([organ('Lungs', 'model'), organ('left lung', 'file'), organ('Liver', 'file')])).toEqual([1, 1, undefined]);
  });
  it('leaves out masks of another grid', () => {
    expect(dices([mask([0, 10]), mask([0, 10], { from: 'file', columns: 20, rows: 5 })])).toEqual([undefined, undefined]);
  });
});
