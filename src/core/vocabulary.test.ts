import { describe, expect, it } from 'vitest';
import { colourOf } from './colours.ts';
import { ANATOMY, anatomyOf, ancestors, DIMENSIONS, groupOf, MODALITIES, modalityOf, nameOf, regionsOf } from './vocabulary.ts';

// A copy of the report contract's vocabulary: values, groups and parents must never drift.
const GROUPS = {
  CT: 'CT',
  MR: 'MRI',
  CR: 'X-ray',
  DX: 'X-ray',
  RG: 'X-ray',
  IO: 'X-ray',
  PX: 'X-ray',
  MG: 'Mammography',
  US: 'Ultrasound',
  IVUS: 'Ultrasound',
  NM: 'Nuclear',
  PT: 'Nuclear',
  XA: 'Angiography',
  RF: 'Angiography',
  OPT: 'Optical',
  OP: 'Optical',
  ES: 'Optical',
  XC: 'Optical',
  DMS: 'Optical',
  SM: 'Optical',
  GM: 'Optical',
  OTHER: 'Other',
  UNKNOWN: 'Unknown',
};
const NAMES = {
  CT: 'Computed tomography',
  MR: 'Magnetic resonance',
  CR: 'Computed radiography',
  DX: 'Digital radiography',
  RG: 'Radiographic film',
  IO: 'Intra-oral radiography',
  PX: 'Panoramic X-ray',
  MG: 'Mammography',
  US: 'Ultrasound',
  IVUS: 'Intravascular ultrasound',
  NM: 'Nuclear medicine',
  PT: 'Positron emission tomography',
  XA: 'X-ray angiography',
  RF: 'Radio fluoroscopy',
  OPT: 'Ophthalmic tomography',
  OP: 'Ophthalmic photography',
  ES: 'Endoscopy',
  XC: 'External-camera photography',
  DMS: 'Dermoscopy',
  SM: 'Slide microscopy',
  GM: 'General microscopy',
  OTHER: 'Not a medical image',
  UNKNOWN: 'Unknown',
};
const PARENTS = {
  HEAD: null,
  BRAIN: 'HEAD',
  SKULL: 'HEAD',
  EYE: 'HEAD',
  JAW: 'HEAD',
  NECK: null,
  THYROID: 'NECK',
  CHEST: null,
  LUNG: 'CHEST',
  HEART: 'CHEST',
  BREAST: 'CHEST',
  ESOPHAGUS: 'GITRACT',
  GITRACT: 'ABDOMEN',
  STOMACH: 'GITRACT',
  COLON: 'GITRACT',
  ABDOMEN: null,
  LIVER: 'ABDOMEN',
  KIDNEY: 'ABDOMEN',
  PANCREAS: 'ABDOMEN',
  SPLEEN: 'ABDOMEN',
  PELVIS: null,
  PROSTATE: 'PELVIS',
  UTERUS: 'PELVIS',
  FETUS: null,
  SPINE: null,
  CSPINE: 'SPINE',
  TSPINE: 'SPINE',
  LSPINE: 'SPINE',
  UPPERLIMB: null,
  SHOULDER: 'UPPERLIMB',
  ARM: 'UPPERLIMB',
  ELBOW: 'UPPERLIMB',
  FOREARM: 'UPPERLIMB',
  WRIST: 'UPPERLIMB',
  HAND: 'UPPERLIMB',
  LOWERLIMB: null,
  HIP: 'LOWERLIMB',
  THIGH: 'LOWERLIMB',
  KNEE: 'LOWERLIMB',
  LEG: 'LOWERLIMB',
  ANKLE: 'LOWERLIMB',
  FOOT: 'LOWERLIMB',
  SKIN: null,
  TISSUE: null,
  BLOOD: 'TISSUE',
  WHOLEBODY: null,
  UNKNOWN: null,
};

describe('values', () => {
  it('are those of the contract', () => {
    expect(Object.fromEntries(MODALITIES.map(({ code, group }) => [code, group]))).toEqual(GROUPS);
    expect(Object.fromEntries(MODALITIES.map(({ code, name }) => [code, name]))).toEqual(NAMES);
    expect(Object.fromEntries(ANATOMY.map(({ code, parent }) => [code, parent]))).toEqual(PARENTS);
    expect(DIMENSIONS.map(({ code }) => code)).toEqual(['2D', '3D', '2D+t', '3D+t']);
  });

  it('name their parents only from the list, without circles', () => {
    for (const { code } of ANATOMY) expect(ancestors(code)).not.toContain(code);
    expect(ancestors('COLON')).toEqual(['GITRACT', 'ABDOMEN']);
    expect(ancestors('CT')).toEqual([]);
    expect(ancestors('nonsense')).toEqual([]);
  });

  it('have SNOMED concepts that no two share', () => {
    const concepts = ANATOMY.flatMap(({ snomed }) => (snomed ? [snomed] : []));
    expect(new Set(concepts).size).toBe(concepts.length);
    expect(concepts.every((concept) => /^\d{6,18}$/.test(concept))).toBe(true);
    for (const { code, snomed } of ANATOMY) if (snomed) expect(anatomyOf(snomed)).toBe(code);
  });
});

describe('modalityOf', () => {
  it.each([
    ['CT', 'CT'],
    ['mr', 'MR'],
    [' PT ', 'PT'],
    ['DR', 'DX'],
    ['ST', 'NM'],
    ['DS', 'XA'],
    ['CF', 'RF'],
    ['EC', 'US'],
    ['DD', 'US'],
    ['IVOCT', 'OPT'],
    ['MA', 'MR'],
  ])('%s is %s', (code, ours) => expect(modalityOf(code)).toBe(ours));
  it.each(['SR', 'SEG', 'RTSTRUCT', 'RTDOSE', 'KO', 'PR', 'DOC', 'ECG', 'OT', 'SC', '', 'XYZ', 'UNKNOWN', 'OTHER'])(
    '%s says nothing',
    (code) => expect(modalityOf(code)).toBeUndefined(),
  );
});

describe('anatomyOf', () => {
  it.each([
    ['BRAIN', 'BRAIN'],
    ['THORAX', 'CHEST'],
    ['C-SPINE', 'CSPINE'],
    ['LSSPINE', 'LSPINE'],
    ['L Spine', 'LSPINE'],
    ['WHOLE BODY', 'WHOLEBODY'],
    ['CLAVICLE', 'SHOULDER'],
    ['FEMUR', 'THIGH'],
    ['CAROTID', 'NECK'],
    ['CORONARYARTERY', 'HEART'],
    ['GALLBLADDER', 'ABDOMEN'],
    ['RECTUM', 'COLON'],
    ['ORBIT', 'EYE'],
    ['TMJ', 'JAW'],
    ['KNEE', 'KNEE'],
    ['CALCANEUS', 'FOOT'],
    ['12738006', 'BRAIN'],
    ['T-A0100', 'BRAIN'],
    ['T-D3000', 'CHEST'],
    ['818981001', 'ABDOMEN'],
    ['113345001', 'ABDOMEN'],
    ['T-04000', 'BREAST'],
    ['51185008', undefined],
    ['EXTREMITY', undefined],
    ['', undefined],
  ])('%s → %s', (term, ours) => expect(anatomyOf(term)).toBe(ours));

  it('names every region of a compound, the leading one first', () => {
    expect(regionsOf('CHESTABDPELVIS')).toEqual(['CHEST', 'ABDOMEN', 'PELVIS']);
    expect(regionsOf('Head Neck')).toEqual(['HEAD', 'NECK']);
    expect(regionsOf('nothing')).toEqual([]);
  });

  it('answers only values of the vocabulary', () => {
    const values = new Set(ANATOMY.map(({ code }) => code));
    for (const term of ['ABD', 'CAP', 'NECKCHESTABDPELV', 'T-11503', 'FETALHEAD', 'UPRURINARYTRACT'])
      for (const region of regionsOf(term)) expect(values.has(region)).toBe(true);
  });
});

describe('names and colours', () => {
  it('have words for people', () => {
    expect([nameOf('PT'), nameOf('CSPINE'), nameOf('3D+t'), nameOf('other thing')]).toEqual([
      'Positron emission tomography',
      'Cervical spine',
      'Volumes over time',
      'other thing',
    ]);
    expect([groupOf('IVUS'), groupOf('nope')]).toEqual(['Ultrasound', 'Unknown']);
  });

  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  it.each([
    ...new Set(MODALITIES.map(({ group }) => ['group', group] as const)),
    ...MODALITIES.map(({ code }) => ['modality', code] as const),
    ...ANATOMY.map(({ code }) => ['anatomy', code] as const),
    ...DIMENSIONS.map(({ code }) => ['dimension', code] as const),
    ['group', 'nobody knows'] as const,
  ])('%s %s stands out from the page', (kind, value) => {
    const { light, dark } = colourOf(kind, value);
    expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(dark, '#1a1b1e')).toBeGreaterThanOrEqual(3);
  });

  it('differ between modalities of one group and between regions', () => {
    const lights = MODALITIES.map(({ code }) => colourOf('modality', code).light);
    expect(new Set(lights).size).toBe(lights.length);
    expect(colourOf('anatomy', 'LIVER')).not.toEqual(colourOf('anatomy', 'ABDOMEN'));
  });
});
