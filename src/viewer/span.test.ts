import { describe, expect, it } from 'vitest';
import type { Label } from '../core/evidence.ts';
import type { Item } from '../core/item.ts';
import { chunkOf, cineRate, spanOf } from './span.ts';

const label = (value: string): Label => ({ value, confidence: 1, conflict: false, evidence: [] });
function item(dimension: string, shape: number[], parts: number[], tags: Item['tags'] = {}): Item {
  return {
    id: 'item-0001',
    name: 'x',
    format: 'dicom',
    shape,
    parts: parts.map((images, i) => ({ path: `${i}`, images })),
    stored: { columns: 512, rows: 512, slices: 1, frames: 1, samples: 1, bits: 16 },
    spacingMm: null,
    bytes: 8,
    tags,
    features: [],
    warnings: [],
    masks: [],
    labels: { dimension: label(dimension), modality: label('CT'), anatomy: label('UNKNOWN') },
  };
}

describe('span', () => {
  it('walks slices of a series and times within a slice', () => {
    const span = spanOf(item('3D+t', [4, 4, 3, 2], [1, 1, 1, 1, 1, 1]));
    expect([span.slices, span.frames]).toEqual([3, 2]);
    expect(span.indexOf(1, 1)).toBe(3);
  });

  it('walks one file slices first', () => {
    const span = spanOf(item('3D+t', [4, 4, 3, 2], [6]));
    expect(span.indexOf(1, 1)).toBe(4);
  });

  it('takes the third number of a cine for time', () => {
    expect(spanOf(item('2D+t', [4, 4, 30], [30]))).toMatchObject({ slices: 1, frames: 30 });
    expect(spanOf(item('2D+t', [4, 4, 1, 30], [30]))).toMatchObject({ slices: 1, frames: 30 });
    expect(spanOf(item('3D', [4, 4, 30], [30]))).toMatchObject({ slices: 30, frames: 1 });
    expect(spanOf(item('2D', [4, 4], [1]))).toMatchObject({ slices: 1, frames: 1 });
  });

  it('shows what does not multiply out as a stack, every image once', () => {
    const span = spanOf(item('3D+t', [4, 4, 3, 2], [1, 1, 1, 1, 1]));
    expect([span.slices, span.frames]).toEqual([5, 1]);
    expect([0, 1, 2, 3, 4].map((slice) => span.indexOf(slice, 0))).toEqual([0, 1, 2, 3, 4]);
  });

  it('fetches single files one by one and large files in chunks', () => {
    expect(chunkOf(item('3D', [512, 512, 3], [1, 1, 1]))).toBe(1);
    expect(chunkOf(item('3D', [512, 512, 90], [90]))).toBe(16);
  });

  it('plays as fast as the header asks', () => {
    expect(cineRate(item('2D+t', [4, 4, 9], [9], { CineRate: 25 }))).toBe(25);
    expect(cineRate(item('2D+t', [4, 4, 9], [9], { FrameTime: 40 }))).toBe(25);
    expect(cineRate(item('2D+t', [4, 4, 9], [9], { FrameTime: 0.001 }))).toBe(60);
    expect(cineRate(item('2D+t', [4, 4, 9], [9]))).toBe(12);
  });
});
