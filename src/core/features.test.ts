import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFrom, FeatureKind } from './evidence.ts';
import { features } from './features.ts';

const say = (question: FeatureKind, value: 'yes' | 'no', logOdds: number, from: EvidenceFrom = 'header', by: string = from): Evidence => ({
  question,
  value,
  logOdds,
  from,
  by,
  because: `${from}: ${question} ${value}`,
});
const of = (kind: FeatureKind, evidence: readonly Evidence[]) => features(evidence).find((feature) => feature.kind === kind)!;

describe('features', () => {
  it('answers for all three kinds, examined or not', () => {
    const all = features([]);
    expect(all.map(({ kind }) => kind)).toEqual(['tumour', 'lesion', 'vessels']);
    for (const feature of all)
      expect(feature).toMatchObject({
        examined: false,
        present: null,
        probability: null,
        by: null,
        why: 'No header, name or mask speaks of it; no model has looked.',
      });
  });

  it('says why no model looked where somebody knows', () => {
    expect(features([], { tumour: 'No model reads dermoscopy yet.' })[0]?.why).toBe('No model reads dermoscopy yet.');
  });

  it('weighs yes against no', () => {
    expect(of('tumour', [say('tumour', 'yes', 3.5)])).toMatchObject({
      examined: true,
      present: true,
      probability: 0.971,
      by: 'header: tumour yes',
    });
    expect(of('lesion', [say('lesion', 'no', 1)])).toMatchObject({ present: false, probability: 0.269 });
    expect(of('tumour', [say('tumour', 'yes', 1, 'path'), say('tumour', 'no', 3, 'sidecar')])).toMatchObject({
      present: false,
      why: 'sidecar: tumour no',
    });
  });

  it('does not call a faint hint an examination', () => expect(of('vessels', [say('vessels', 'yes', 0.3)]).examined).toBe(false));

  it('names the model that looked', () => expect(of('vessels', [say('vessels', 'yes', 4, 'pixels', 'vessels-v1')]).by).toBe('vessels-v1'));

  it('takes a person at their word and stays below certainty without one', () => {
    expect(of('tumour', [say('tumour', 'yes', 30)]).probability).toBe(0.995);
    expect(of('tumour', [say('tumour', 'yes', 30), say('tumour', 'no', 9, 'user')])).toMatchObject({
      present: false,
      probability: 0,
      by: 'user: tumour no',
    });
  });
});
