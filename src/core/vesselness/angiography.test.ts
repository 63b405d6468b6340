import { describe, expect, it } from 'vitest';
import type { Label } from '../evidence.ts';
import type { Tags } from '../header.ts';
import type { Item } from '../item.ts';
import { angiographyOf } from './angiography.ts';
import { eigenvalues } from './eigen.ts';
import { factorsFor, voxelsOf } from './grid.ts';
import { vesselOdds } from './presence.ts';

const label = (value: string, confidence = 0.95): Label => ({ value, confidence, conflict: false, evidence: [] });

interface Given {
  readonly modality: string;
  readonly name?: string;
  readonly tags?: Tags;
  readonly sequence?: string;
  readonly contrast?: string;
  readonly slices?: number;
  readonly spacingMm?: readonly number[];
}

function item({ modality, name = 'volume.nii.gz', tags = {}, sequence, contrast, slices = 100, spacingMm = [0.5, 0.5, 0.8] }: Given): Item {
  const stored = { columns: 256, rows: 256, slices, frames: 1, samples: 1, bits: 16 };
  const labels = {
    ...{ dimension: label('3D'), modality: label(modality), anatomy: label('BRAIN') },
    ...(sequence ? { sequence: label(sequence) } : {}),
    ...(contrast ? { contrast: label(contrast) } : {}),
  };
  return {
    ...{ id: 'item-0001', name, format: 'nifti', parts: [{ path: `sub/${name}`, images: slices }], shape: [256, 256, slices] },
    ...{ stored, spacingMm, bytes: 1, tags, labels, features: [], warnings: [], masks: [] },
  };
}

describe('angiographyOf', () => {
  it('asks where something speaks of angiography or contrast medium', () => {
    const asked: readonly Given[] = [
      { modality: 'MR', sequence: 'TOF' },
      { modality: 'MR', name: 'chris_MRA.nii.gz' },
      { modality: 'MR', tags: { SeriesDescription: 'TOF_3D_multi-slab' } },
      { modality: 'MR', tags: { AngioFlag: 'Y' } },
      { modality: 'CT', contrast: 'yes' },
      { modality: 'CT', name: 'head_cta_05.nii.gz' },
    ];
    for (const given of asked)
      expect(angiographyOf(item(given)), JSON.stringify(given)).toMatchObject({ kind: given.modality.toLowerCase() });
  });

  it('says why it does not look', () => {
    const left: readonly (readonly [Given, RegExp])[] = [
      [{ modality: 'MR', sequence: 'T1' }, /no angiography/],
      [{ modality: 'MR', name: 'stofwisseling.nii.gz' }, /no angiography/],
      [{ modality: 'MR', tags: { StudyDescription: 'Brain-MRA', SeriesDescription: 'T2 axial' } }, /no angiography/],
      [{ modality: 'CT' }, /Nobody says/],
      [{ modality: 'CT', contrast: 'yes', spacingMm: [0.9, 0.9, 2.5] }, /more than 2 mm/],
      [{ modality: 'CT', contrast: 'no' }, /without contrast/],
      [{ modality: 'CT', name: 'non-contrast head.nii' }, /without contrast/],
      [{ modality: 'MR', sequence: 'TOF', slices: 8 }, /at least 24 slices/],
      [{ modality: 'MR', slices: 1 }, /^No model here looks for vessels in single images of CT or MR\.$/],
      [{ modality: 'CT', contrast: 'yes', spacingMm: [0.7, 0.7, 10] }, /too far/],
      [{ modality: 'CT', contrast: 'yes', spacingMm: [0.7, 0.7] }, /not known/],
      [{ modality: 'MR', sequence: 'TOF', tags: { ImageType: ['DERIVED', 'SECONDARY', 'PROJECTION IMAGE'] } }, /projection/],
    ];
    for (const [given, why] of left) expect(angiographyOf(item(given))).toMatchObject({ kind: null, why: expect.stringMatching(why) });
  });

  it('leaves other modalities to others', () => {
    expect(angiographyOf(item({ modality: 'OP' }))).toEqual({ kind: null, why: '' });
  });
});

describe('vesselOdds', () => {
  it('rises with the reach of the trees, and falls where too much is marked', () => {
    const found = (reachMm: number) => ({ reachMm, share: 0.01, cutOut: false });
    expect(vesselOdds(found(0))).toBe(-3);
    expect(vesselOdds(found(20))).toBeLessThan(0);
    expect(vesselOdds(found(80))).toBeGreaterThan(0);
    expect(vesselOdds(found(5000))).toBe(3);
    expect(vesselOdds({ ...found(80), share: 0.6 })).toBeLessThan(0);
  });
});

describe('eigenvalues', () => {
  it('finds those of a turned diagonal and of a multiple of one', () => {
    const out = new Float64Array(3);
    // diag(3, -1, -5) turned by 45° about the third axis.
    eigenvalues({ xx: 1, yy: 1, zz: -5, xy: 2, xz: 0, yz: 0 }, out);
    for (const [i, value] of [3, -1, -5].entries()) expect(out[i]).toBeCloseTo(value, 10);
    eigenvalues({ xx: 2, yy: 2, zz: 2, xy: 0, xz: 0, yz: 0 }, out);
    expect([...out]).toEqual([2, 2, 2]);
  });
});

describe('factorsFor', () => {
  it('keeps what fits and bounds what does not', () => {
    expect(factorsFor({ columns: 256, rows: 256, slices: 128, spacingMm: [0.5, 0.5, 0.8] })).toEqual([1, 1, 1]);
    expect(factorsFor({ columns: 512, rows: 512, slices: 300, spacingMm: [0.7, 0.7, 1] })).toEqual([2, 2, 1]);
    for (const spacingMm of [
      [1, 1, 1],
      [0.1, 0.1, 5],
      [0.3, 0.6, 0.9],
    ] as const) {
      const [x, y, z] = factorsFor({ columns: 1024, rows: 900, slices: 800, spacingMm });
      expect(voxelsOf({ columns: Math.floor(1024 / x), rows: Math.floor(900 / y), slices: Math.floor(800 / z) })).toBeLessThanOrEqual(
        20 * 2 ** 20,
      );
    }
  });
});
