import { describe, expect, it } from 'vitest';
import { corrected, standing } from './correction.ts';
import type { Label } from './evidence.ts';
import type { Item } from './item.ts';
import type { Outline } from './outline.ts';
import { rowOf } from './row.ts';

const label = (value: string): Label => ({ value, confidence: 0.9, conflict: false, evidence: [] });
const outline = (more: Partial<Outline>): Outline => ({
  ...{ kind: 'tumour', label: 'Polyp', by: 'outline', from: 'model', probability: 0.9, areaFraction: 0.1 },
  ...{ areaMm2: null, volumeMl: null, largestMm: null, count: 1, slices: [0, 0] },
  ...more,
});
const item: Item = {
  ...{ id: 'item-0001', name: 'x', format: 'png', parts: [{ path: 'a', images: 1 }], shape: [1, 1], spacingMm: null, bytes: 1 },
  stored: { columns: 1, rows: 1, slices: 1, frames: 1, samples: 1, bits: 8 },
  ...{ tags: {}, warnings: [], masks: [] },
  features: [{ kind: 'tumour', examined: true, present: true, probability: 0.9, by: 'outline', why: 'seen' }],
  labels: { dimension: label('2D'), modality: label('ES'), anatomy: label('COLON') },
  outlines: [outline({ from: 'file', areaFraction: 0.4, dice: 0.7 }), outline({ areaFraction: 0.1, dice: 0.7 })],
};
const said = (value: string) =>
  rowOf(corrected(item, standing([{ itemId: item.id, question: 'tumour', value, at: '2026-01-02T00:00:00Z' }])));

describe('a row', () => {
  it('tells how large a finding is by our outline before the one in the data', () => {
    expect(rowOf(item)).toMatchObject({ features: ['tumour'], size: { areaFraction: 0.1 }, dice: 0.7 });
  });
  it('follows a person: what is not there has no size', () => {
    expect(said('yes')).toMatchObject({ features: ['tumour'], absent: [], size: { areaFraction: 0.1 } });
    expect(said('no')).toMatchObject({ features: [], absent: ['tumour'], size: undefined });
    expect(said('unsure')).toMatchObject({ features: [], absent: [], unsure: ['tumour'], size: undefined });
  });
});
