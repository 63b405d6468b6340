import { expect, it } from 'vitest';
import type { Mask, MaskKind } from '../core/mask.ts';
import { fullest, layersOf, nextMarked, openingSlice, stretchesOf } from './layers.ts';
import { looksOf } from './mask-look.ts';

/** Ten slices of 2 × 2 pixels; `marked` says how many pixels of which slice. */
function maskOf(kind: MaskKind, marked: Readonly<Record<number, number>>, { from = 'model', label = kind }: Partial<Mask> = {}): Mask {
  const bits = Array.from({ length: 40 }, (_, at) => at % 4 < (marked[Math.floor(at / 4)] ?? 0));
  const runs = [0];
  let now = false;
  for (const bit of bits) {
    if (bit !== now) runs.push(0);
    now = bit;
    runs[runs.length - 1]! += 1;
  }
  return { kind, label, by: 'outline', from, columns: 2, rows: 2, slices: 10, runs: Uint32Array.from(runs), probability: null };
}

it('opens at the fullest slice of what matters most', () => {
  const layers = layersOf([maskOf('organ', { 1: 4 }), maskOf('vessels', { 2: 4 }), maskOf('tumour', { 5: 1, 6: 3, 7: 2 })]);
  expect(openingSlice(layers)).toBe(6);
  expect(openingSlice(layersOf([maskOf('tumour', {}), maskOf('organ', { 1: 4 })]))).toBe(1);
  expect(openingSlice([])).toBeUndefined();
});

it('puts small things on top of large ones', () => {
  const layers = layersOf([maskOf('tumour', {}), maskOf('tumour', {}, { from: 'file' }), maskOf('organ', {}), maskOf('vessels', {})]);
  expect(layers.map(({ mask }) => [mask.kind, mask.from])).toEqual([
    ['organ', 'model'],
    ['vessels', 'model'],
    ['tumour', 'file'],
    ['tumour', 'model'],
  ]);
});

it('walks from marked slice to marked slice, both ways and around the ends', () => {
  const layers = layersOf([maskOf('tumour', { 3: 1, 4: 1 }), maskOf('lesion', { 8: 2 })]);
  expect([0, 3, 4, 8].map((from) => nextMarked(layers, { from, by: 1 }))).toEqual([3, 4, 8, 3]);
  expect([0, 3, 4, 8].map((from) => nextMarked(layers, { from, by: -1 }))).toEqual([8, 8, 3, 4]);
  expect(nextMarked(layersOf([maskOf('tumour', {})]), { from: 0, by: 1 })).toBeUndefined();
  expect(nextMarked([], { from: 0, by: 1 })).toBeUndefined();
});

it('says on which slices a layer lies', () => {
  const [layer] = layersOf([maskOf('tumour', { 0: 1, 1: 4, 2: 1, 9: 1 })]);
  expect(stretchesOf(layer!.counts)).toEqual([
    [0, 2],
    [9, 9],
  ]);
  expect(fullest(layer!.counts)).toBe(1);
  expect(layer!.contour(1)?.corners).toBe(4);
  expect(layer!.contour(1)).toBe(layer!.contour(1));
  expect(layer!.contour(3)).toBeUndefined();
});

it('tells masks apart by more than colour, and names those of the data', () => {
  const looks = looksOf([
    maskOf('tumour', {}, { label: 'polyp' }),
    maskOf('tumour', {}, { label: 'polyp', from: 'file' }),
    maskOf('lesion', {}),
    maskOf('organ', {}, { label: 'liver' }),
    maskOf('organ', {}, { label: 'Lungs on chest radiographs' }),
  ]);
  expect(looks.map(({ name }) => name)).toEqual(['Polyp', 'Polyp (in the data)', 'Lesion', 'Liver', 'Lungs']);
  expect(new Set(looks.slice(0, 4).map(({ dash }) => dash.join())).size).toBe(4);
  expect(new Set(looks.map(({ colour }) => colour)).size).toBe(5);
  expect(new Set(looks.map(({ id }) => id)).size).toBe(5);
});
