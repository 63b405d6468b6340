import { describe, expect, it } from 'vitest';
import { fuse } from './fuse.ts';
import type { Item } from './item.ts';
import { findStackables, stackItems } from './stack.ts';

const picture = (path: string, shape = [64, 64]): Item => ({
  id: `i-${path}`,
  name: path,
  format: 'png',
  parts: [{ path, images: 1 }],
  shape,
  stored: { columns: 64, rows: 64, slices: 1, frames: 1, samples: 1, bits: 8 },
  spacingMm: null,
  bytes: 10,
  tags: {},
  labels: { dimension: fuse('dimension', []), modality: fuse('modality', []), anatomy: fuse('anatomy', []) },
  features: [],
  warnings: ['asked'],
  masks: [],
});
const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => picture(`case/slice_${i + from}.png`));

describe('findStackables', () => {
  it('finds consecutive pictures in order of number, not of name', () => {
    const [found] = findStackables(numbered(12).reverse());
    expect(found?.items.map((item) => item.name).slice(8, 12)).toEqual([
      'case/slice_8.png',
      'case/slice_9.png',
      'case/slice_10.png',
      'case/slice_11.png',
    ]);
  });
  it('passes over few pictures, gaps and mixed sizes', () => {
    expect(findStackables(numbered(7))).toEqual([]);
    expect(findStackables([...numbered(6), ...numbered(6, 8)])).toEqual([]);
    expect(findStackables([...numbered(7), picture('case/slice_7.png', [32, 32])])).toEqual([]);
  });
});

describe('stackItems', () => {
  it('makes one volume that says who said so', () => {
    const [found] = findStackables(numbered(9));
    const volume = stackItems(found!);
    expect(volume).toMatchObject({ name: 'case', shape: [64, 64, 9], bytes: 90, warnings: [] });
    expect(volume.parts).toHaveLength(9);
    expect(volume.labels.dimension).toMatchObject({ value: '3D', confidence: 1 });
  });
});
