import { describe, expect, it } from 'vitest';
import type { Evidence, Label } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import { byVoice, choicesFor, inWords, leaning, likelihood, listed, percent, questionsFor, shortValue, valueName } from './words.ts';

const piece = (from: Evidence['from'], value: string, logOdds = 4): Evidence => ({
  question: 'modality',
  value,
  logOdds,
  from,
  by: from,
  because: `${from} is ${value}`,
});
const label = (value: string, evidence: readonly Evidence[] = [], conflict = false): Label => ({
  value,
  confidence: 0.9,
  conflict,
  evidence,
});

describe('words', () => {
  it('names values of the vocabulary', () => {
    expect(valueName('modality', 'CT')).toBe('Computed tomography (CT)');
    expect(valueName('modality', 'OTHER')).toBe('Not a medical image');
    expect(valueName('anatomy', 'LSPINE')).toBe('Lumbar spine');
    expect(valueName('plane', 'axial')).toBe('Axial');
    expect(valueName('anatomy', 'UNKNOWN')).toBe('Unknown');
  });

  it('groups evidence by who says it, the strongest first', () => {
    const groups = byVoice([piece('path', 'MR', 1), piece('path', 'CT', 3), piece('header', 'CT')]);
    expect(groups.map(({ name, pieces }) => [name, pieces.length])).toEqual([
      ['Header', 1],
      ['File name and path', 2],
    ]);
    expect(groups[1]?.pieces[0]?.value).toBe('CT');
    expect(leaning('modality', { piece: piece('header', 'CT', 3), value: 'CT' })).toBe('95 %');
    expect(leaning('modality', { piece: piece('header', 'CT', 3), value: 'MR' })).toBe('Computed tomography (CT), 95 %');
    expect(leaning('modality', { piece: piece('header', 'CT', -3), value: 'CT' })).toBe('against 95 %');
    expect(leaning('modality', { piece: piece('pixels', 'MR', 0), value: 'CT' })).toBe('Magnetic resonance (MR), not weighed');
  });

  it('has words and numbers for confidence', () => {
    expect([0.99, 0.93, 0.8, 0.6, 0.2].map(likelihood)).toEqual([
      'Almost certain',
      'Very likely',
      'Likely',
      'More likely than not',
      'A guess',
    ]);
    expect(inWords(0.97)).toBe('Very likely, 97 %');
    expect([0.999, 1, 0.001, 0, 0.5].map(percent)).toEqual(['> 99 %', '> 99 %', '< 1 %', '< 1 %', '50 %']);
  });

  it('reads inside a sentence', () => {
    expect(['CT', 'MR', 'XA', 'OP', 'OTHER'].map((value) => shortValue('modality', value))).toEqual([
      'CT',
      'MR',
      'X-ray angiography',
      'ophthalmic photography',
      'not a medical image',
    ]);
    expect(shortValue('anatomy', 'LSPINE')).toBe('lumbar spine');
    expect(shortValue('contrast', 'no')).toBe('without contrast agent');
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });

  it('offers the vocabulary and keeps an answer outside of it', () => {
    expect(choicesFor('contrast', 'yes').map(({ value }) => value)).toEqual(['yes', 'no']);
    expect(choicesFor('sequence', 'MRA').at(-1)).toEqual({ value: 'MRA', label: 'MRA' });
    expect(choicesFor('modality', 'UNKNOWN').filter(({ value }) => value === 'UNKNOWN')).toHaveLength(1);
  });

  it('asks only what makes sense', () => {
    const labels = { dimension: label('2D'), modality: label('DX'), anatomy: label('CHEST') };
    expect(questionsFor({ labels } as unknown as Item)).toEqual(['dimension', 'modality', 'anatomy']);
    const mr = { ...labels, modality: label('MR'), dimension: label('3D') };
    expect(questionsFor({ labels: mr } as unknown as Item)).toEqual(['dimension', 'modality', 'anatomy', 'sequence', 'contrast', 'plane']);
  });
});
