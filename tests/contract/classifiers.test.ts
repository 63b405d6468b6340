// What every classifier promises: words of the vocabulary or nothing, plain data, and never a throw, whatever it is shown.
import { describe, expect, it } from 'vitest';
import { classifiers } from '../../src/classifiers/index.ts';
import type { Classifier, Layout, Seen } from '../../src/core/classifier.ts';
import { type Evidence, FEATURE_KINDS } from '../../src/core/evidence.ts';
import type { Header, Tags } from '../../src/core/header.ts';
import type { Pixels } from '../../src/core/pixels.ts';
import { ANATOMY, MODALITIES } from '../../src/core/vocabulary.ts';

const WORDS: Readonly<Record<string, RegExp>> = {
  dimension: /^(2D|3D|2D\+t|3D\+t)$/,
  modality: new RegExp(`^(${MODALITIES.map((term) => term.code).join('|')})$`),
  anatomy: new RegExp(`^(${ANATOMY.map((term) => term.code).join('|')})$`),
  role: /^(image|mask|object)$/,
  ...Object.fromEntries(FEATURE_KINDS.map((kind) => [kind, /^(yes|no)$/])),
  sequence: /^[\w+*. -]{1,32}$/,
  contrast: /^[\w+ -]{1,32}$/,
  plane: /^[\w -]{1,32}$/,
};

const layout: Layout = {
  columns: 512,
  rows: 512,
  slices: 40,
  frames: 1,
  files: 40,
  images: 40,
  parallel: true,
  even: true,
  normal: [0, 0, 1],
  spacingMm: [0.7, 0.7, 5],
};

const headerOf = (tags: Tags, more: Partial<Header> = {}): Header => ({
  format: 'dicom',
  role: 'image',
  tags,
  shape: { columns: 512, rows: 512, slices: 1, frames: 1, samples: 1, bits: 16 },
  geometry: { orientation: [1, 0, 0, 0, 1, 0], positions: [0, 0, 0], spacingMm: [0.7, 0.7] },
  ...more,
});

const seenOf = (header: Header, more: Partial<Seen> = {}): Seen => ({
  header,
  headers: [header],
  paths: ['a.zip!/study/series/1.dcm'],
  layout,
  sideFiles: [],
  ...more,
});

const pixels = (data: Pixels['data'], columns: number, rows: number, more: Partial<Pixels> = {}): Pixels => ({
  columns,
  rows,
  frames: 1,
  samples: 1,
  data,
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  ...more,
});

const LONG = `${'a'.repeat(50_000)} (((((*+?[\\ ${'ct '.repeat(20_000)}`;
const WRONG: Tags = {
  Modality: 7,
  BodyPartExamined: ['CHEST', '', 'LIVER'],
  StudyDescription: '\u0000\uffff\u202e',
  ImageType: [],
  RepetitionTime: Number.NaN,
  EchoTime: Number.POSITIVE_INFINITY,
  SeriesDescription: LONG,
  ViewPosition: [] as number[],
};

const plain: readonly [string, Seen][] = [
  [
    'a CT of the chest',
    seenOf(
      headerOf({
        Modality: 'CT',
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
        BodyPartExamined: 'CHEST',
        StudyDescription: 'CT Thorax mit KM',
        SeriesDescription: 'Lung 1.0',
        ContrastBolusAgent: 'Iodine',
      }),
    ),
  ],
  [
    'an MR of the brain',
    seenOf(headerOf({ Modality: 'MR', SeriesDescription: 'AX T1 FLAIR post Gd', EchoTime: 3, RepetitionTime: 8, ProtocolName: 'cerveau' })),
  ],
  [
    'a BIDS file',
    seenOf(headerOf({}, { format: 'nifti', geometry: undefined }), {
      paths: ['ds/sub-01/anat/sub-01_T1w.nii.gz'],
      sideFiles: [{ path: 'ds/sub-01/anat/sub-01_T1w.json', text: '{"Modality":"MR","BodyPartExamined":"BRAIN"}' }],
    }),
  ],
  [
    'a photograph',
    seenOf(
      headerOf({}, { format: 'jpeg', geometry: undefined, shape: { columns: 600, rows: 450, slices: 1, frames: 1, samples: 3, bits: 8 } }),
      { paths: ['skin/ISIC_0001.jpg'] },
    ),
  ],
];

const hostile: readonly [string, Seen][] = [
  [
    'nothing at all',
    seenOf(
      { format: '', role: 'image', tags: {} },
      {
        headers: [],
        paths: [],
        layout: { ...layout, columns: 0, rows: 0, slices: 0, frames: 0, files: 0, images: 0, normal: undefined, spacingMm: null },
      },
    ),
  ],
  ['values of the wrong kind', seenOf(headerOf(WRONG))],
  [
    'words that every object knows',
    {
      ...seenOf(headerOf({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.constructor', Modality: '__proto__', AcquisitionContrast: 'valueOf' })),
      paths: ['sub-01_constructor.nii', 'constructor/toString.dcm'],
    },
  ],
  [
    'words of the language',
    seenOf(headerOf({ Modality: 'constructor', BodyPartExamined: '__proto__', SeriesDescription: 'toString hasOwnProperty' }), {
      paths: ['__proto__/constructor/valueOf'],
    }),
  ],
  [
    'endless text',
    seenOf(headerOf({ Modality: LONG, BodyPartExamined: LONG, StudyDescription: LONG }), {
      paths: [LONG, '/'.repeat(9_000), '..'.repeat(5_000)],
    }),
  ],
  [
    'numbers that are none',
    seenOf(
      headerOf(
        { Modality: 'CT' },
        {
          geometry: { orientation: [Number.NaN, 0, 0, 0, 0, 0], positions: [Number.NaN], spacingMm: [0, -1, Number.POSITIVE_INFINITY] },
          shape: { columns: -1, rows: 1e9, slices: 0, frames: 1e9, samples: 0, bits: 0 },
        },
      ),
      { layout: { ...layout, normal: [Number.NaN, 0, 0], spacingMm: [] } },
    ),
  ],
  [
    'side files that are none',
    seenOf(headerOf({}), {
      sideFiles: [
        { path: 'x.json', text: '{' },
        { path: 'x.json', text: 'null' },
        { path: 'labels.csv', text: '\u0000,"\n",,' },
        { path: 'participants.tsv', text: LONG },
        { path: 'dataset_description.json', text: '[[[[1]]]]' },
        { path: 'labels.csv', text: '' },
      ],
    }),
  ],
  [
    'pixels of nothing',
    seenOf(headerOf({}), {
      pixels: [pixels(new Int16Array(0), 0, 0), pixels(new Uint8Array(3), 500, 500), pixels(new Float32Array(16).fill(Number.NaN), 4, 4)],
    }),
  ],
  [
    'pixels all alike',
    seenOf(headerOf({ Modality: 'CT' }), {
      pixels: [
        pixels(new Int16Array(64 * 64), 64, 64),
        pixels(new Uint8Array(64 * 64 * 3).fill(255), 64, 64, { samples: 3, photometric: 'RGB' }),
      ],
    }),
  ],
];

it('finds the classifiers, each with a name of its own', () => {
  expect(classifiers.length).toBeGreaterThan(4);
  expect(new Set(classifiers.map((classifier) => classifier.id)).size).toBe(classifiers.length);
});

function check(classifier: Classifier, evidence: readonly Evidence[]): void {
  expect(structuredClone(evidence)).toEqual(evidence);
  for (const piece of evidence) {
    expect(classifier.answers).toContain(piece.question);
    expect(piece.value).toMatch(WORDS[piece.question] as RegExp);
    expect(piece.value).not.toBe('UNKNOWN');
    expect(Number.isFinite(piece.logOdds)).toBe(true);
    expect(piece.by).not.toBe('');
    expect(piece.because.length).toBeGreaterThan(3);
    expect(piece.because.length).toBeLessThan(600);
  }
}

describe.each(classifiers.map((classifier) => [classifier.id, classifier] as const))('%s', (_, classifier) => {
  it.each(plain)('speaks of %s in words of the vocabulary', async (_name, seen) => {
    const before = structuredClone(seen);
    const evidence = await classifier.classify(seen);
    check(classifier, evidence);
    expect(seen).toEqual(before);
    expect(await classifier.classify(seen)).toEqual(evidence);
  });

  it.each(hostile)('does not stumble over %s', async (_name, seen) => {
    check(classifier, await classifier.classify(seen));
  });
});

it('together know the modality and the body part of what says it', async () => {
  const answers = async (at: number, question: string) =>
    (await Promise.all(classifiers.map((classifier) => classifier.classify((plain[at] as [string, Seen])[1]))))
      .flat()
      .filter((piece) => piece.question === question && piece.logOdds > 0)
      .map((piece) => piece.value);
  expect(await answers(0, 'modality')).toContain('CT');
  expect(await answers(0, 'anatomy')).toContain('CHEST');
  expect(await answers(1, 'modality')).toContain('MR');
  expect(await answers(1, 'anatomy')).toContain('BRAIN');
  expect(await answers(2, 'modality')).toContain('MR');
});
