import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFrom, Label, Question } from '../../core/evidence.ts';
import { fuse } from '../../core/fuse.ts';
import { verdictOf } from './verdict.ts';

const say = (from: EvidenceFrom, value: string, logOdds = 4, question: Question = 'modality'): Evidence => ({
  question,
  value,
  logOdds,
  from,
  by: from,
  because: `${from}: ${value}`,
});
const verdict = (evidence: readonly Evidence[], question: Question = 'modality') => verdictOf(question, fuse(question, evidence));

describe('the sentence above the evidence', () => {
  it('says first who disagrees, then what is shown and why', () => {
    expect(verdict([say('header', 'CT', 5), say('pixels', 'MR', 3.5)])).toEqual({
      tone: 'differ',
      sentence: 'The header says CT; the picture itself looks like MR. Shown: CT, because the header weighs more here.',
    });
    expect(verdict([say('header', 'CT', 5), say('path', 'CT', 2), say('pixels', 'MR', 3.5)]).sentence).toBe(
      'The header and the file name say CT; the picture itself looks like MR. Shown: CT, because the header and the file name agree on it.',
    );
  });

  it('mentions weak dissent without alarm', () => {
    expect(verdict([say('header', 'CT', 5), say('path', 'MR', 1)])).toEqual({
      tone: 'plain',
      sentence: 'The header says CT; the file name says MR. Shown: CT, because the header weighs more here.',
    });
  });

  it('counts a part and its whole as agreement', () => {
    const evidence = [say('header', 'CHEST', 3, 'anatomy'), say('pixels', 'LUNG', 2.5, 'anatomy'), say('path', 'LUNG', 1, 'anatomy')];
    expect(verdict(evidence, 'anatomy').sentence).toBe('The header, the file name and the picture itself agree.');
  });

  it('names the only one who speaks', () => {
    expect(verdict([say('header', 'CT')]).sentence).toBe('Only the header says so.');
    expect(verdict([say('voxels', 'CT')]).sentence).toBe('Only the voxel values say so.');
    expect(verdict([], 'dimension').sentence).toBe('Nobody has said so; it is what most images are.');
  });

  it('says why there is no answer', () => {
    expect(verdict([])).toEqual({ tone: 'open', sentence: 'Nothing that was read or looked at says it clearly.' });
    expect(verdict([say('pixels', 'CT', -2)]).sentence).toBe('What was found speaks against answers, and for none.');
    const faint: Label = {
      value: 'UNKNOWN',
      confidence: 0.41,
      conflict: false,
      evidence: [say('pixels', 'MR', 0.2), say('path', 'CT', 0.1)],
    };
    expect(verdictOf('modality', faint)).toEqual({ tone: 'open', sentence: 'Nothing was sure enough: best guess MR, 41 %.' });
  });

  it('tells when one voice contradicts itself', () => {
    const evidence = [say('header', 'CT', 5), { ...say('header', 'MR', 4.5), by: 'other' }];
    const label: Label = { value: 'CT', confidence: 0.6, conflict: true, evidence };
    expect(verdictOf('modality', label).sentence).toBe('The header speaks for CT and for MR. Shown: CT, because more speaks for it.');
  });

  it('puts looks into the right verb', () => {
    const evidence = [say('voxels', 'CT', 3), say('pixels', 'CT', 3), say('user', 'MR', 9)];
    expect(verdict(evidence).sentence).toBe(
      'You say MR; the voxel values and the picture itself look like CT. Shown: MR, because your word counts most.',
    );
  });
});
