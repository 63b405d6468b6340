import { describe, expect, it } from 'vitest';
import { withAlikes } from '../core/alike.ts';
import type { Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import { fuse } from '../core/fuse.ts';
import type { Header } from '../core/header.ts';
import type { Answer } from '../core/model.ts';
import recognise from './recognise.ts';

function seenOf({ slices = 1, ...header }: Partial<Header> & { slices?: number } = {}): Seen {
  const whole: Header = {
    format: 'png',
    role: 'image',
    tags: {},
    shape: { columns: 64, rows: 64, slices, frames: 1, samples: 1, bits: 8 },
    ...header,
  };
  const layout = { columns: 64, rows: 64, slices, frames: 1, files: 1, images: slices, parallel: slices > 1, even: true, spacingMm: null };
  return { header: whole, headers: [whole], paths: ['a.png'], layout, sideFiles: [] };
}

/** A head that gives `p` to the first value and shares the rest among the others. */
const answer = (question: Answer['question'], p: number, ...values: string[]): Answer => ({
  question,
  classes: values.map((value) => ({ label: value, value })),
  probabilities: values.map((_, i) => (i === 0 ? p : (1 - p) / (values.length - 1))),
  views: 1,
  agreeing: 1,
  answerFrom: 0.6,
});
const heads = (modality: string, anatomy: string, plane = 'axial'): Answer[] => [
  answer('modality', 0.95, modality, 'US', 'ES'),
  answer('anatomy', 0.9, anatomy, 'SKIN', 'FOOT'),
  answer('plane', 0.8, plane, 'other', 'another'),
];
const said = (voices: readonly Evidence[]): Record<string, string> =>
  Object.fromEntries(voices.map(({ question, value }) => [question, value]));

describe('recognise', () => {
  it.each([
    ['CT', 'CHEST', { modality: 'CT', anatomy: 'CHEST', plane: 'axial' }],
    ['DX', 'CHEST', { modality: 'DX', anatomy: 'CHEST' }],
    ['DX', 'JAW', { modality: 'PX', anatomy: 'JAW' }],
    ['PT', 'BRAIN', { modality: 'PT', anatomy: 'BRAIN' }],
    ['PT', 'KIDNEY', { modality: 'NM', anatomy: 'KIDNEY' }],
    ['PT', 'WHOLEBODY', { modality: 'NM', anatomy: 'WHOLEBODY' }],
    ['OTHER', 'CHEST', { modality: 'OTHER' }],
  ])('reads %s of %s as %o', (modality, anatomy, expected) => {
    expect(said(recognise.evidence(heads(modality, anatomy), seenOf()))).toEqual(expected);
  });

  it('takes a volume of a whole body for PET, not for scintigraphy', () => {
    expect(said(recognise.evidence(heads('PT', 'WHOLEBODY'), seenOf({ slices: 40 })))).toMatchObject({ modality: 'PT' });
  });

  it('leaves the plane to geometry where there is any', () => {
    const placed = seenOf({ geometry: { orientation: [1, 0, 0, 0, 1, 0] } });
    expect(said(recognise.evidence(heads('MR', 'BRAIN'), placed))).not.toHaveProperty('plane');
    expect(said(recognise.evidence(heads('MR', 'BRAIN'), seenOf({ slices: 20 })))).not.toHaveProperty('plane');
  });

  it('does not set kinds of X-ray against each other', () => {
    const header: Evidence = { question: 'modality', value: 'CR', logOdds: 5, from: 'header', by: 'h', because: '' };
    const all = withAlikes([header, ...recognise.evidence(heads('DX', 'CHEST'), seenOf())]);
    expect(fuse('modality', all)).toMatchObject({ value: 'CR', conflict: false });
    expect(fuse('modality', all).confidence).toBeGreaterThan(0.98);
  });

  it('shows where header and picture disagree, and keeps a strong header', () => {
    const header: Evidence = { question: 'modality', value: 'MR', logOdds: 5, from: 'header', by: 'h', because: '' };
    const sure = [answer('modality', 0.999, 'CT', 'US', 'ES')];
    const label = fuse('modality', withAlikes([header, ...recognise.evidence(sure, seenOf())]));
    expect(label).toMatchObject({ value: 'MR', conflict: true });
  });

  it('knows that a localizer of a CT looks like an X-ray, and that phantoms look like nothing', () => {
    const header: Evidence = { question: 'modality', value: 'CT', logOdds: 5, from: 'header', by: 'h', because: '' };
    const tags = { Modality: 'CT', ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] };
    const scout = fuse('modality', withAlikes([header, ...recognise.evidence([answer('modality', 0.99, 'DX', 'US')], seenOf({ tags }))]));
    expect(scout).toMatchObject({ value: 'CT', conflict: false });
    const phantom = [header, ...recognise.evidence([answer('modality', 0.99, 'OTHER', 'US')], seenOf({ tags: { Modality: 'CT' } }))];
    expect(fuse('modality', phantom)).toMatchObject({ value: 'CT', conflict: false });
    expect(recognise.evidence([answer('modality', 0.99, 'OTHER', 'US')], seenOf())[0]?.logOdds).toBeGreaterThan(4);
  });

  it('looks at pictures only, and not at stamps', () => {
    expect(recognise.looksAt(seenOf())).toBe(true);
    expect(recognise.looksAt(seenOf({ role: 'mask' }))).toBe(false);
    expect(recognise.looksAt(seenOf({ tags: { ImageType: ['DERIVED', 'PRIMARY', 'PERFUSION', 'RCBF'] } }))).toBe(false);
    expect(recognise.looksAt(seenOf({ undecoded: 'No.' }))).toBe(false);
    expect(recognise.looksAt(seenOf({ shape: { columns: 16, rows: 400, slices: 1, frames: 1, samples: 1, bits: 8 } }))).toBe(false);
  });
});
