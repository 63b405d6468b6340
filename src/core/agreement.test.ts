import { describe, expect, it } from 'vitest';
import { agreementOn, differences, related } from './agreement.ts';
import type { Evidence, EvidenceFrom, Label } from './evidence.ts';

const say = (from: EvidenceFrom, value: string, logOdds = 4): Evidence => ({
  question: 'modality',
  value,
  logOdds,
  from,
  by: from,
  because: `${from} says ${value}`,
});
const label = (evidence: readonly Evidence[]): Label => ({ value: 'CT', confidence: 0.9, conflict: false, evidence });

const on = (question: Evidence['question'], voices: readonly Evidence[]): Evidence[] => voices.map((voice) => ({ ...voice, question }));

describe('agreement of header and picture', () => {
  it('knows what is within what', () => {
    expect(related('anatomy', 'LUNG', 'CHEST')).toBe(true);
    expect(related('anatomy', 'ABDOMEN', 'COLON')).toBe(true);
    expect(related('anatomy', 'LUNG', 'HEART')).toBe(false);
    expect(related('modality', 'CR', 'DX')).toBe(true);
    expect(related('modality', 'ES', 'DMS')).toBe(false);
    expect(related('modality', 'NEW', 'OTHERNEW')).toBe(false);
  });

  it('agrees where the strongest word of the header fits the picture', () => {
    expect(agreementOn('modality', label([say('header', 'CT', 1), say('header', 'MR'), say('pixels', 'MR', 2)]))).toBe('agree');
    expect(agreementOn('anatomy', label(on('anatomy', [say('header', 'CHEST'), say('pixels', 'LUNG')])))).toBe('agree');
    const film: Evidence = { ...say('pixels', 'SM'), alike: ['SM', 'GM'] };
    expect(agreementOn('modality', label([say('header', 'GM'), film]))).toBe('agree');
  });

  it('takes a field that names several regions at its whole word', () => {
    const because = 'Body Part Examined = CHESTABDPELVIS';
    const regions = (['CHEST', 'ABDOMEN', 'PELVIS'] as const).map((value, i) => ({ ...say('header', value, i ? 0.3 : 2.2), because }));
    expect(agreementOn('anatomy', label(on('anatomy', [...regions, say('pixels', 'PELVIS', 3)])))).toBe('agree');
    expect(agreementOn('anatomy', label(on('anatomy', [...regions, say('pixels', 'KNEE', 3)])))).toBeUndefined();
    expect(agreementOn('anatomy', label(on('anatomy', [...regions, say('pixels', 'BRAIN', 3)])))).toBe('differ');
    // Another field, fainter, does not excuse the strongest.
    expect(
      agreementOn(
        'anatomy',
        label(on('anatomy', [say('header', 'KNEE'), { ...say('header', 'BRAIN', 1), because: 'words' }, say('pixels', 'BRAIN')])),
      ),
    ).toBe('differ');
  });

  it('differs where both are clear, and the parts of the body do not lie side by side', () => {
    expect(agreementOn('modality', label([say('header', 'CT'), say('pixels', 'MR', 1.2)]))).toBe('differ');
    expect(agreementOn('modality', label([say('header', 'CT', 1), say('pixels', 'MR', 3)]))).toBeUndefined();
    expect(agreementOn('anatomy', label(on('anatomy', [say('header', 'KNEE'), say('pixels', 'BRAIN', 0.5)])))).toBe('differ');
    expect(agreementOn('anatomy', label(on('anatomy', [say('header', 'HEART'), say('pixels', 'LIVER', 3)])))).toBeUndefined();
  });

  it('differs from every field that clearly names another modality, and not from words that only hint', () => {
    expect(agreementOn('modality', label([say('header', 'CT', 5), say('header', 'US'), say('pixels', 'CT')]))).toBe('differ');
    expect(agreementOn('modality', label([say('header', 'CT', 5), say('header', 'US', 1), say('pixels', 'CT')]))).toBe('agree');
  });

  it('compares nothing where one is silent or hardly speaks, or a person has answered', () => {
    expect(agreementOn('modality', label([say('header', 'CT'), say('path', 'MR')]))).toBeUndefined();
    expect(agreementOn('modality', label([say('pixels', 'CT')]))).toBeUndefined();
    expect(agreementOn('modality', label([say('header', 'CT'), say('pixels', 'MR', 0.4)]))).toBeUndefined();
    expect(agreementOn('modality', label([say('header', 'CT'), say('pixels', 'CT', -3)]))).toBeUndefined();
    expect(agreementOn('modality', label([say('user', 'MR', 9), say('header', 'CT'), say('pixels', 'MR')]))).toBeUndefined();
  });

  it('lists the questions that differ, and tells agreement from silence', () => {
    const differ = label([say('header', 'CT'), say('pixels', 'MR')]);
    const elsewhere = label(on('anatomy', [say('header', 'KNEE'), say('pixels', 'BRAIN')]));
    const agree = label([say('header', 'CT'), say('pixels', 'CT')]);
    const silent = label([say('header', 'CT')]);
    expect(differences({ modality: differ, anatomy: silent })).toEqual(['modality']);
    expect(differences({ modality: differ, anatomy: elsewhere })).toEqual(['modality', 'anatomy']);
    expect(differences({ modality: agree, anatomy: silent })).toEqual([]);
    expect(differences({ modality: silent, anatomy: silent })).toBeUndefined();
  });
});
