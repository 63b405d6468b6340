import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFrom, FeatureKind } from './evidence.ts';
import { features } from './features.ts';
import type { Outline } from './outline.ts';

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
    expect(features([], { routed: { tumour: 'No model reads dermoscopy yet.' } })[0]?.why).toBe('No model reads dermoscopy yet.');
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

  const outline = (kind: Outline['kind'], from: Outline['from'], more: Partial<Outline> = {}): Outline => ({
    ...{
      kind,
      from,
      label: kind,
      by: from,
      probability: null,
      areaFraction: 0.25,
      areaMm2: null,
      volumeMl: null,
      largestMm: null,
      count: 1,
    },
    slices: [0, 0],
    ...more,
  });

  it('takes whoever looked at the picture for an examination, however unsure', () => {
    expect(of('tumour', [say('tumour', 'no', 0.1, 'pixels', 'outline')])).toMatchObject({ examined: true, present: false, by: 'outline' });
    expect(of('tumour', [say('tumour', 'yes', 0, 'pixels', 'outline')])).toMatchObject({ examined: true, probability: 0.5 });
  });

  it('lets no tumour of one organ speak against one of another', () => {
    const both = [say('tumour', 'no', 5, 'pixels', 'outline'), say('tumour', 'yes', 2, 'pixels', 'outline')];
    expect(of('tumour', both)).toMatchObject({ present: true, probability: 0.881, why: 'pixels: tumour yes; pixels: tumour no' });
  });

  it('weighs what was seen against what the header says', () => {
    const feature = of('lesion', [say('lesion', 'yes', 1.5), say('lesion', 'no', 4, 'pixels', 'outline')]);
    expect(feature).toMatchObject({ present: false, by: 'outline', areaFraction: 0 });
  });

  it('says why no model looked where only the header speaks', () => {
    const [tumour] = features([say('tumour', 'yes', 3.5)], { routed: { tumour: 'No model here looks for tumours in such images (CT).' } });
    expect(tumour?.why).toBe('header: tumour yes. No model here looks for tumours in such images (CT).');
  });

  it('carries what our own outlines measure, several together, before those of the data', () => {
    const outlines = [
      outline('tumour', 'model', { areaFraction: 0.01, volumeMl: 2 }),
      outline('tumour', 'classical', { areaFraction: 0.02, volumeMl: 3.5 }),
      outline('tumour', 'file', { areaFraction: 0.5, volumeMl: 90 }),
      outline('organ', 'model'),
    ];
    const [tumour, lesion] = features([say('tumour', 'yes', 3, 'pixels', 'outline')], { outlines });
    expect(tumour).toMatchObject({ areaFraction: 0.03, volumeMl: 5.5 });
    expect(lesion).not.toHaveProperty('areaFraction');
    expect(features([say('tumour', 'yes', 3)], { outlines: outlines.slice(2) })[0]).toMatchObject({ areaFraction: 0.5, volumeMl: 90 });
    expect(features([say('tumour', 'yes', 3)], { outlines: [outline('tumour', 'file')] })[0]).toMatchObject({ volumeMl: null });
  });

  it('measures nothing where a person says no, or is not sure', () => {
    const outlines = [outline('tumour', 'model')];
    const seen = say('tumour', 'yes', 4, 'pixels', 'outline');
    const word = (value: string) => features([seen, { ...say('tumour', 'yes', 9, 'user'), value }], { outlines })[0];
    expect(word('no')).toMatchObject({ present: false, probability: 0 });
    expect(word('no')).not.toHaveProperty('areaFraction');
    expect(word('unsure')).toMatchObject({ examined: true, present: null, probability: null });
    expect(word('unsure')).not.toHaveProperty('areaFraction');
    expect(word('yes')).toMatchObject({ present: true, probability: 1, areaFraction: 0.25 });
  });
});
