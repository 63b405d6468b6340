import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFrom, Question } from './evidence.ts';
import { combine, fuse } from './fuse.ts';
import { logistic } from './log-odds.ts';

const say = (question: Question, value: string, logOdds: number, from: EvidenceFrom = 'header', by: string = from): Evidence => ({
  question,
  value,
  logOdds,
  from,
  by,
  because: `${from} says ${value}`,
});

describe('combine', () => {
  it('adds what is independent', () => expect(combine([say('anatomy', 'LUNG', 2, 'path'), say('anatomy', 'LUNG', 3, 'header')])).toBe(5));
  it('hardly counts the same speaker twice', () => {
    expect(combine([say('anatomy', 'LUNG', 2), say('anatomy', 'LUNG', 2)])).toBeCloseTo(2.3);
    expect(combine(Array.from({ length: 50 }, () => say('anatomy', 'LUNG', 2)))).toBe(4);
  });
  it('damps speakers who look at the same thing', () =>
    expect(combine([say('anatomy', 'LUNG', 2, 'header', 'a'), say('anatomy', 'LUNG', 2, 'header', 'b')])).toBeCloseTo(2.8));
  it('does not mind the order', () => {
    const voices = [
      say('anatomy', 'LUNG', 1, 'path'),
      say('anatomy', 'LUNG', 3),
      say('anatomy', 'LUNG', -1, 'voxels'),
      say('anatomy', 'LUNG', 2),
    ];
    expect(combine([...voices].reverse())).toBe(combine(voices));
  });
  it('weighs words against it', () => expect(combine([say('anatomy', 'LUNG', 2, 'path'), say('anatomy', 'LUNG', -3, 'voxels')])).toBe(-1));
});

describe('fuse', () => {
  it('says UNKNOWN where nobody speaks, and 2D for the dimension', () => {
    expect(fuse('modality', [])).toEqual({ value: 'UNKNOWN', confidence: 0, conflict: false, evidence: [] });
    expect(fuse('dimension', []).value).toBe('2D');
  });

  it('is as sure as a single voice', () => {
    expect(fuse('anatomy', [say('anatomy', 'CHEST', 3)]).confidence).toBeCloseTo(logistic(3), 2);
    expect(fuse('anatomy', [say('anatomy', 'COLON', 3)]).confidence).toBeCloseTo(logistic(3), 2);
  });

  it('keeps only evidence on its own question', () => {
    const label = fuse('modality', [say('modality', 'CT', 5), say('anatomy', 'LUNG', 3)]);
    expect(label.evidence).toHaveLength(1);
  });

  it('does not guess from faint hints, and says how faint', () => {
    const label = fuse('anatomy', [say('anatomy', 'CHEST', 0.3), say('anatomy', 'KNEE', 0.3, 'path')]);
    expect(label.value).toBe('UNKNOWN');
    expect(label.confidence).toBeLessThan(0.5);
  });

  it('takes the narrowest body part that is well supported', () => {
    const chest = say('anatomy', 'CHEST', 3);
    expect(fuse('anatomy', [chest, say('anatomy', 'LUNG', 1.5, 'path')])).toMatchObject({ value: 'LUNG', conflict: false });
    expect(fuse('anatomy', [chest, say('anatomy', 'LUNG', 0.4, 'path')])).toMatchObject({ value: 'CHEST', conflict: false });
    expect(fuse('anatomy', [chest, say('anatomy', 'LUNG', 2, 'path'), say('anatomy', 'HEART', 2, 'sidecar')])).toMatchObject({
      value: 'CHEST',
      conflict: false,
    });
  });

  it('lets a child support its parent', () => {
    const alone = fuse('anatomy', [say('anatomy', 'ABDOMEN', 1)]);
    const helped = fuse('anatomy', [say('anatomy', 'ABDOMEN', 1), say('anatomy', 'LIVER', 1, 'path')]);
    expect(helped.value).toBe('ABDOMEN');
    expect(helped.confidence).toBeGreaterThan(alone.confidence);
  });

  it('calls strong unrelated voices a conflict and still answers', () => {
    const label = fuse('anatomy', [say('anatomy', 'CHEST', 3.5), say('anatomy', 'KNEE', 3, 'path')]);
    expect(label).toMatchObject({ value: 'CHEST', conflict: true });
    expect(label.confidence).toBeLessThan(0.7);
    expect(fuse('modality', [say('modality', 'CT', 5), say('modality', 'MR', 4, 'pixels')]).conflict).toBe(true);
  });

  it('knows neighbours and weak dissent for no conflict', () => {
    expect(fuse('anatomy', [say('anatomy', 'CHEST', 3.5), say('anatomy', 'ABDOMEN', 3, 'path')]).conflict).toBe(false);
    expect(fuse('anatomy', [say('anatomy', 'TISSUE', 3), say('anatomy', 'COLON', 3, 'path')]).conflict).toBe(false);
    expect(fuse('modality', [say('modality', 'CT', 5), say('modality', 'MR', 1.5, 'path')]).conflict).toBe(false);
  });

  it('treats modalities of one chart group as cousins, optical ones as strangers', () => {
    expect(fuse('modality', [say('modality', 'CR', 5.5), say('modality', 'DX', 3, 'path')])).toMatchObject({
      value: 'CR',
      conflict: false,
    });
    expect(fuse('modality', [say('modality', 'SM', 4), say('modality', 'ES', 3, 'path')])).toMatchObject({ value: 'SM', conflict: true });
  });

  it('drops a value that more speaks against than for', () => {
    expect(
      fuse('modality', [say('modality', 'CT', 1.5, 'path'), say('modality', 'CT', -3, 'voxels'), say('modality', 'MR', 1, 'voxels')]).value,
    ).toBe('MR');
  });

  it('takes a person at their word', () => {
    const label = fuse('modality', [say('modality', 'CT', 6), say('modality', 'MR', 9, 'user')]);
    expect(label).toMatchObject({ value: 'MR', confidence: 1, conflict: false });
  });

  it('is never quite sure without one', () => expect(fuse('modality', [say('modality', 'CT', 30)]).confidence).toBe(0.995));

  it('needs more before it takes a file for a mask', () => {
    expect(fuse('role', [say('role', 'mask', 0.9, 'voxels')]).value).toBe('UNKNOWN');
    expect(fuse('role', [say('role', 'mask', 0.9, 'voxels'), say('role', 'mask', 1, 'path')]).value).toBe('mask');
    expect(fuse('role', [say('role', 'mask', 2.5, 'path'), say('role', 'image', 4)]).value).toBe('image');
  });

  it('names the narrow part that the only voice names, and keeps to a parent that others name', () => {
    const voice = (value: string, logOdds: number, from: Evidence['from']): Evidence => ({
      question: 'anatomy',
      value,
      logOdds,
      from,
      by: from,
      because: '',
    });
    expect(fuse('anatomy', [voice('HEART', 0.7, 'pixels')])).toMatchObject({ value: 'HEART', conflict: false });
    expect(fuse('anatomy', [voice('HEART', 0.7, 'pixels'), voice('CHEST', 2, 'header')]).value).toBe('CHEST');
    expect(fuse('anatomy', [voice('HEART', 0.7, 'pixels'), voice('LUNG', 0.6, 'path')]).value).toBe('CHEST');
  });
});
