import { expect, it } from 'vitest';
import type { Item } from '../../core/item.ts';
import type { Mask } from '../../core/mask.ts';
import { maskFrom } from '../../core/mask-grid.ts';
import { drawOutlines, sliceToShow } from './outlined-picture.ts';

const about = { kind: 'tumour', label: 'tumour', by: 'outline', from: 'model', probability: 0.9 } as const;
/** 8 × 8 × 3: a square of 4 × 4 on slice 2. */
const bits = Uint8Array.from({ length: 192 }, (_, at) => {
  const [x, y, slice] = [at % 8, Math.floor(at / 8) % 8, Math.floor(at / 64)];
  return Number(slice === 2 && x >= 2 && x < 6 && y >= 2 && y < 6);
});
const mask: Mask = maskFrom(bits, { grid: { columns: 8, rows: 8, slices: 3 }, about });
const label = { value: '3D', confidence: 1, conflict: false, evidence: [] };
const item = {
  parts: [{ path: 'a', images: 3 }],
  shape: [8, 8, 3],
  stored: { columns: 8, rows: 8, slices: 3, frames: 1, samples: 1, bits: 8 },
  labels: { dimension: label, modality: label, anatomy: label },
} as unknown as Item;

it('shows the slice that the item opens at, with a ring of the finding on it', () => {
  const shown = sliceToShow(item, [mask])!;
  expect([shown.slice, shown.image]).toEqual([2, 2]);
  const rgba = new Uint8ClampedArray(8 * 8 * 4);
  drawOutlines({ width: 8, height: 8, rgba }, shown);
  const drawn = Array.from({ length: 64 }, (_, at) => Number((rgba[at * 4] ?? 0) > 0)).join('');
  expect(drawn.match(/.{8}/g)).toEqual(['00000000', '00000000', '00111100', '00100100', '00100100', '00111100', '00000000', '00000000']);
});

it('shows nothing of organs and vessels, nor where nothing is marked', () => {
  expect(sliceToShow(item, [{ ...mask, kind: 'organ' }])).toBeUndefined();
  expect(sliceToShow(item, [{ ...mask, kind: 'vessels' }])).toBeUndefined();
  expect(sliceToShow(item, [])).toBeUndefined();
});
