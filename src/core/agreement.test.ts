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
const label = (evidence: readonly Evidence[], conflict = false): Label => ({ value: 'CT', confidence: 0.9, conflict, evidence });

describe('agreement of header and picture', () => {
  it('knows what is within what', () => {
    expect(related('anatomy', 'LUNG', 'CHEST')).toBe(true);
    expect(related('anatomy', 'ABDOMEN', 'COLON')).toBe(true);
    expect(related('anatomy', 'LUNG', 'HEART')).toBe(false);
    expect(related('modality', 'CR', 'DX')).toBe(true);
    expect(related('modality', 'ES', 'DMS')).toBe(false);
    expect(related('modality', 'NEW', 'OTHERNEW')).toBe(false);
  });

  it('agrees where any word of the header fits the picture', () => {
    expect(agreementOn('modality', label([say('header', 'CT'), say('header', 'MR', 1), say('pixels', 'MR', 2)], true))).toBe('agree');
    expect(agreementOn('anatomy', label([say('header', 'CHEST'), say('pixels', 'LUNG')]))).toBe('agree');
    const film: Evidence = { ...say('pixels', 'SM'), alike: ['SM', 'GM'] };
    expect(agreementOn('modality', label([say('header', 'GM'), film], true))).toBe('agree');
  });

  it('differs only where fusing called it a conflict', () => {
    const evidence = [say('header', 'CT'), say('pixels', 'MR', 3)];
    expect(agreementOn('modality', label(evidence, true))).toBe('differ');
    expect(agreementOn('modality', label(evidence))).toBeUndefined();
  });

  it('compares nothing where one is silent or hardly speaks, or a person has answered', () => {
    expect(agreementOn('modality', label([say('header', 'CT'), say('path', 'MR')], true))).toBeUndefined();
    expect(agreementOn('modality', label([say('pixels', 'CT')]))).toBeUndefined();
    expect(agreementOn('modality', label([say('header', 'CT'), say('pixels', 'MR', 0.4)], true))).toBeUndefined();
    expect(agreementOn('modality', label([say('header', 'CT'), say('pixels', 'CT', -3)]))).toBeUndefined();
    expect(agreementOn('modality', label([say('user', 'MR', 9), say('header', 'CT'), say('pixels', 'MR')]))).toBeUndefined();
  });

  it('lists the questions that differ, and tells agreement from silence', () => {
    const differ = label([say('header', 'CT'), say('pixels', 'MR')], true);
    const agree = label([say('header', 'CT'), say('pixels', 'CT')]);
    const silent = label([say('header', 'CT')]);
    expect(differences({ modality: differ, anatomy: agree })).toEqual(['modality']);
    expect(differences({ modality: differ, anatomy: differ })).toEqual(['modality', 'anatomy']);
    expect(differences({ modality: agree, anatomy: silent })).toEqual([]);
    expect(differences({ modality: silent, anatomy: silent })).toBeUndefined();
  });
});
