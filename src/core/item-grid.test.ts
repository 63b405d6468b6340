import { describe, expect, it } from 'vitest';
import type { Item } from './item.ts';
import { gridOf } from './item-grid.ts';

const label = (value: string) => ({ value, confidence: 1, conflict: false, evidence: [] });
const item = (shape: readonly number[], parts: readonly number[], { dimension = '3D', slices = 1, frames = 1 } = {}) =>
  ({
    shape,
    parts: parts.map((images, i) => ({ path: `${i}`, images })),
    stored: { columns: shape[0] ?? 0, rows: shape[1] ?? 0, slices, frames, samples: 1, bits: 16 },
    labels: { dimension: label(dimension), modality: label('MR'), anatomy: label('BRAIN') },
  }) satisfies Pick<Item, 'parts' | 'shape' | 'stored' | 'labels'>;
const images = (one: ReturnType<typeof item>): number[] => {
  const grid = gridOf(one);
  return Array.from({ length: grid.slices }, (_, slice) => grid.imageOf(slice));
};

describe('gridOf', () => {
  it('knows pictures, volumes and cines', () => {
    expect(gridOf(item([40, 30], [1], { dimension: '2D' }))).toMatchObject({ columns: 40, rows: 30, slices: 1, cine: false });
    expect(gridOf(item([40, 30, 5], [5], { slices: 5 }))).toMatchObject({ slices: 5, cine: false });
    expect(gridOf(item([40, 30, 5], [5], { dimension: '2D+t', frames: 5 }))).toMatchObject({ slices: 5, cine: true });
  });

  it('takes the first time of a volume in time', () => {
    expect(images(item([8, 8, 3, 2], [6], { dimension: '3D+t', slices: 3, frames: 2 }))).toEqual([0, 1, 2]);
    // Files of a series are sorted in space, then in time.
    expect(images(item([8, 8, 3, 2], [1, 1, 1, 1, 1, 1], { dimension: '3D+t' }))).toEqual([0, 2, 4]);
  });

  it('takes what does not multiply out for one plain stack', () => {
    expect(images(item([8, 8, 3, 2], [1, 1, 1, 1, 1]))).toEqual([0, 1, 2, 3, 4]);
  });
});
