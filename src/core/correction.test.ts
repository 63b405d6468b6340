import { describe, expect, it } from 'vitest';
import { corrected, correctedLabel, standing } from './correction.ts';
import type { Label } from './evidence.ts';
import type { Item } from './item.ts';
import type { Correction } from './run.ts';

const label = (value: string): Label => ({
  value,
  confidence: 0.7,
  conflict: true,
  evidence: [{ question: 'modality', value, logOdds: 1, from: 'path', by: 'x', because: 'y' }],
});
const item: Item = {
  id: 'item-0001',
  name: 'x',
  format: 'png',
  parts: [{ path: 'a', images: 1 }],
  shape: [1, 1],
  stored: { columns: 1, rows: 1, slices: 1, frames: 1, samples: 1, bits: 8 },
  spacingMm: null,
  bytes: 1,
  tags: {},
  warnings: [],
  masks: [],
  features: [{ kind: 'lesion', examined: true, present: true, probability: 0.9, by: 'model', why: 'seen' }],
  labels: { dimension: label('2D'), modality: label('CT'), anatomy: label('CHEST') },
};
const say = (question: string, value: string | null, at = '2026-01-02T00:00:00Z', itemId = item.id): Correction => ({
  itemId,
  question,
  value,
  at,
});

describe('corrections', () => {
  it('keeps the last word on each question, by time and then by order', () => {
    const kept = standing([
      say('modality', 'MR', '2026-01-03T00:00:00Z'),
      say('modality', 'CT'),
      say('anatomy', 'LUNG'),
      say('anatomy', 'HEART'),
    ]);
    expect(kept.get(item.id)?.get('modality')?.value).toBe('MR');
    expect(kept.get(item.id)?.get('anatomy')?.value).toBe('HEART');
  });

  it('forgets what was taken back, and items without any word', () => {
    expect(standing([say('modality', 'MR'), say('modality', null)]).size).toBe(0);
  });

  it('answers the same object where nothing was corrected', () => {
    expect(corrected(item, standing([say('modality', 'MR', '2026', 'other-item')]))).toBe(item);
  });

  it('puts the person on top and keeps the machine’s evidence', () => {
    const { labels } = corrected(item, standing([say('modality', 'MR')]));
    expect(labels.modality).toMatchObject({ value: 'MR', confidence: 1, conflict: false });
    expect(labels.modality.evidence.map(({ from }) => from)).toEqual(['user', 'path']);
    expect(labels.anatomy).toBe(item.labels.anatomy);
    expect(item.labels.modality.value).toBe('CT');
  });

  it('answers questions that nobody had answered', () => {
    const { labels, features } = corrected(item, standing([say('plane', 'axial'), say('tumour', 'yes')]));
    expect(labels.plane).toMatchObject({ value: 'axial' });
    expect(features.find(({ kind }) => kind === 'tumour')).toMatchObject({ examined: true, present: true, probability: 1, by: 'user' });
    expect(correctedLabel(undefined, undefined)).toBeUndefined();
  });

  it('lets a person be unsure of a feature', () => {
    const [lesion] = corrected(item, standing([say('lesion', 'unsure')])).features;
    expect(lesion).toMatchObject({ examined: true, present: null, probability: null, by: 'user' });
  });

  it('takes features away', () => {
    expect(corrected(item, standing([say('lesion', 'no')])).features).toMatchObject([{ kind: 'lesion', present: false, probability: 0 }]);
  });
});
