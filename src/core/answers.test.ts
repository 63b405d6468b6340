import { describe, expect, it } from 'vitest';
import { withAlikes } from './alike.ts';
import { answerOf, oddsOf, valuesOf, voicesOf } from './answers.ts';
import type { CardOutput } from './card.ts';
import type { Evidence } from './evidence.ts';
import { fuse } from './fuse.ts';

const classes = (...values: (string | null)[]) => values.map((value) => ({ label: value ?? 'silent', value }));
const headOf = (more: Partial<CardOutput> = {}): CardOutput => ({
  name: 'modality',
  question: 'modality',
  activation: 'softmax',
  temperature: 1,
  classes: classes('CT', 'MR', 'US'),
  answerFrom: 0.6,
  ...more,
});
const logits = (...p: number[]): number[] => p.map(Math.log);
const said = (head: CardOutput, raw: number[], views = 1): Evidence[] => {
  const answer = answerOf(head, raw, views);
  return answer ? voicesOf(answer, { by: 'm' }) : [];
};

describe('answerOf', () => {
  it('softens by the temperature of the card', () => {
    const sharp = answerOf(headOf(), [4, 0, 0], 1);
    const soft = answerOf(headOf({ temperature: 2 }), [4, 0, 0], 1);
    expect(sharp?.probabilities[0]).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 2), 9);
    expect(soft?.probabilities[0]).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 2), 9);
  });

  it('takes the mean over views, clear ones counting more, and counts those that agree', () => {
    const answer = answerOf(headOf(), [...logits(0.8, 0.1, 0.1), ...logits(0.7, 0.2, 0.1), ...logits(0.3, 0.6, 0.1)], 3);
    expect(answer?.probabilities.map((p) => Math.round(p * 1000))).toEqual([686, 214, 100]);
    expect(answer).toMatchObject({ views: 3, agreeing: 2 });
  });

  it('knows heads of one probability a class, and graphs that give probabilities', () => {
    expect(answerOf(headOf({ activation: 'sigmoid' }), [0, 0, 0], 1)?.probabilities).toEqual([0.5, 0.5, 0.5]);
    expect(answerOf(headOf({ activation: 'none' }), [0.2, 1.5, -1], 1)?.probabilities).toEqual([0.2, 1, 0]);
  });

  it('says nothing where the shape is another or numbers are none', () => {
    expect(answerOf(headOf(), [1, 2], 1)).toBeUndefined();
    expect(answerOf(headOf(), [], 0)).toBeUndefined();
    expect(answerOf(headOf(), [Number.NaN, 0, 0], 1)).toBeUndefined();
  });
});

describe('voicesOf', () => {
  it('says what is likely enough, in plain words, with its odds', () => {
    const [voice, ...none] = said(headOf(), [...logits(0.85, 0.1, 0.05), ...logits(0.85, 0.05, 0.1)], 2);
    expect(none).toEqual([]);
    expect(voice).toMatchObject({ value: 'CT', from: 'pixels', by: 'm' });
    expect(voice?.logOdds).toBeCloseTo(Math.log(0.85 / 0.15), 6);
    expect(voice?.because).toBe('the picture looks like computed tomography (85 %, 2 of 2 views agree)');
  });

  it('tells a good second guess without weighing it', () => {
    const voices = said(headOf(), logits(0.7, 0.25, 0.05));
    expect(voices.map(({ value }) => value)).toEqual(['CT', 'MR']);
    expect(voices[1]).toMatchObject({ logOdds: 0, because: 'the picture might also be this: magnetic resonance (25 %)' });
    expect(fuse('modality', voices)).toMatchObject({ value: 'CT', conflict: false });
  });

  it('says nothing below what the card promises', () => {
    expect(said(headOf(), logits(0.5, 0.3, 0.2))).toEqual([]);
  });

  it('does not speak against its own best answer, however low the card lets it answer', () => {
    const low = headOf({ answerFrom: 0.2 });
    expect(said(low, logits(0.4, 0.35, 0.25))[0]).toMatchObject({ value: 'CT', logOdds: 0 });
    // A finding is answered yes or no: an unlikely yes is a no.
    const tumour = headOf({ question: 'tumour', activation: 'sigmoid', classes: classes('yes'), answerFrom: 0.2 });
    expect(said(tumour, [Math.log(0.3 / 0.7)])[0]?.logOdds).toBeCloseTo(Math.log(0.3 / 0.7), 6);
  });

  it('never says what a class must not say', () => {
    expect(said(headOf({ classes: classes(null, 'MR', 'US') }), logits(0.9, 0.06, 0.04))).toEqual([]);
  });

  it('names the parent where several of its children share the probability', () => {
    const head = headOf({ question: 'anatomy', classes: classes('HEART', 'LUNG', 'KNEE') });
    const [voice] = said(head, logits(0.5, 0.45, 0.05));
    expect(voice).toMatchObject({ question: 'anatomy', value: 'CHEST' });
    expect(voice?.logOdds).toBeCloseTo(Math.log(0.95 / 0.05), 6);
    expect(said(head, logits(0.5, 0.05, 0.45))).toEqual([]);
  });

  it('names the narrowest parent that is likely enough', () => {
    const head = headOf({ question: 'anatomy', classes: classes('COLON', 'STOMACH', 'LIVER') });
    expect(said(head, logits(0.4, 0.4, 0.2))[0]?.value).toBe('GITRACT');
    expect(said(head, logits(0.4, 0.15, 0.45))[0]?.value).toBe('ABDOMEN');
  });

  it('adds classes of one value', () => {
    const answer = answerOf(headOf({ classes: classes('CT', 'CT', 'MR') }), logits(0.4, 0.3, 0.3), 1);
    expect(answer && valuesOf(answer)[0]?.[1]).toBeCloseTo(0.7, 6);
  });

  it('is never quite sure', () => {
    expect(oddsOf(1)).toBeCloseTo(oddsOf(0.99), 9);
    expect(oddsOf(0)).toBe(-oddsOf(1));
  });
});

describe('withAlikes', () => {
  const header = (question: Evidence['question'], value: string): Evidence => ({
    question,
    value,
    logOdds: 5,
    from: 'header',
    by: 'h',
    because: '',
  });
  const picture = (question: Evidence['question'], value: string, alike: string[]): Evidence => ({
    question,
    value,
    logOdds: 4,
    from: 'pixels',
    by: 'm',
    because: '',
    alike,
  });

  it('lets a picture confirm what it cannot tell from its own answer', () => {
    const evidence = [header('modality', 'CR'), picture('modality', 'DX', ['DX', 'CR', 'RG'])];
    const settled = withAlikes(evidence);
    expect(settled[1]).toMatchObject({ value: 'CR' });
    expect(fuse('modality', settled)).toMatchObject({ value: 'CR', conflict: false });
  });

  it('leaves a picture its own answer where others name something else, or a part of it', () => {
    for (const [named, value, alike] of [
      ['CT', 'DX', ['DX', 'CR']],
      ['LIVER', 'ABDOMEN', ['ABDOMEN', 'LIVER']],
      ['HEAD', 'BRAIN', ['BRAIN', 'HEAD']],
    ] as const) {
      const question = named === 'CT' ? 'modality' : 'anatomy';
      expect(withAlikes([header(question, named), picture(question, value, [...alike])])[1]?.value).toBe(value);
    }
  });
});
