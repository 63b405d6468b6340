// What is written is read back by readers that share no code with the writers: Node's zlib, our format plug-ins, and where there is Python, pydicom and nibabel.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Original } from '../core/export-task.ts';
import type { TagNode } from '../core/format.ts';
import type { Mask } from '../core/mask.ts';
import { bitsOf, maskFrom } from '../core/mask-grid.ts';
import dicom from '../formats/dicom.ts';
import nifti from '../formats/nifti.ts';
import png from '../formats/png.ts';
import { decimal } from './dicom-seg/elements.ts';
import { newUid } from './dicom-seg/modules.ts';
import { write } from './write.ts';
import { openZip } from './zip.ts';

const PYTHON = '/usr/bin/python3';
const hasPython = (() => {
  try {
    execFileSync(PYTHON, ['-c', 'import pydicom, nibabel'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const folder = mkdtempSync(join(tmpdir(), 'medley-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Python prints of a file, as JSON; `code` finds its path in `path`. */
function python(bytes: Uint8Array, { name, code }: { name: string; code: string }): unknown {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return JSON.parse(execFileSync(PYTHON, ['-c', `import json, sys\npath = sys.argv[1]\n${code}`, path], { encoding: 'utf8' }));
}

const [COLUMNS, ROWS, SLICES] = [7, 5, 4];

/** A box that is no mirror image of itself, in the second and third slice. */
function box(about: Partial<Mask> = {}): Mask {
  const slices = about.slices ?? SLICES;
  const bits = new Uint8Array(COLUMNS * ROWS * slices);
  for (const slice of slices > 1 ? [1, 2] : [0])
    for (let y = 1; y < 3; y++) bits.fill(1, (slice * ROWS + y) * COLUMNS + 2, (slice * ROWS + y) * COLUMNS + 5 - slice);
  const kind = { kind: 'tumour', label: 'kidney tumour', by: 'outline', from: 'model', probability: 0.875, ...about } as const;
  return maskFrom(bits, { grid: { columns: COLUMNS, rows: ROWS, slices }, about: kind });
}

const label = (value: string) => ({ value, confidence: 0.95, conflict: false, evidence: [] });
const tag = (number: string, keyword: string, value: string): TagNode => ({ tag: number, keyword, value });
const TURNED = [0, 1, 0, 0, 0, -1];

function original(about: Partial<Original['item']> = {}, more: Partial<Original> = {}): Original {
  const item = {
    id: 'i-0123456789abcdef',
    name: 'Kidney',
    format: 'dicom',
    parts: Array.from({ length: SLICES }, (_, at) => ({ path: `${at}.dcm`, images: 1 })),
    shape: [COLUMNS, ROWS, SLICES],
    stored: { columns: COLUMNS, rows: ROWS, slices: 1, frames: 1, samples: 1, bits: 16 },
    spacingMm: [0.7, 0.8, 2.5],
    labels: { dimension: label('3D'), modality: label('CT'), anatomy: label('KIDNEY') },
    tags: { SliceThickness: 3, SeriesInstanceUID: '1.2.3.4', FrameOfReferenceUID: '1.2.3.5' },
    ...about,
  };
  const instances = Array.from({ length: SLICES }, (_, at) => ({
    sopClass: '1.2.840.10008.5.1.4.1.1.2',
    sopInstance: `1.2.3.4.${at + 1}`,
  }));
  const tags = [
    tag('(0010,0010)', 'PatientName', 'Müller^Ursula'),
    tag('(0010,0020)', 'PatientID', '007'),
    tag('(0020,000D)', 'StudyInstanceUID', '1.2.3'),
    tag('(0020,000E)', 'SeriesInstanceUID', '1.2.3.4'),
    tag('(0020,0052)', 'FrameOfReferenceUID', '1.2.3.5'),
  ];
  // Slices go to the patient's right.
  const positions = Array.from({ length: SLICES }, (_, at) => [10 - 2.5 * at, -20, 30]);
  return { item, orientation: TURNED, positions, instances, tags, ...more };
}

const bare = { orientation: undefined, positions: [undefined], instances: [], tags: [] };
const picture = (about: Partial<Original['item']> = {}): Original =>
  original(
    {
      format: 'png',
      parts: [{ path: 'a.png', images: 1 }],
      shape: [COLUMNS, ROWS],
      spacingMm: null,
      tags: {},
      ...about,
      labels: { dimension: label('2D'), modality: label('US'), anatomy: label('BREAST') },
    },
    bare,
  );

const fileOf = (bytes: Uint8Array) => ({
  path: 'x',
  bytes: { size: bytes.length, slice: async (start: number, end = bytes.length) => bytes.slice(start, end) },
  beside: () => undefined,
});

describe('png', () => {
  it('is the mask at 0 and 255, one slice', async () => {
    const { bytes } = await write({ as: 'png', mask: box(), slice: 2 });
    const header = await png.read(fileOf(bytes));
    expect(header.shape).toMatchObject({ columns: COLUMNS, rows: ROWS, samples: 1, bits: 8 });
    const { data } = await png.pixels(fileOf(bytes), { header, first: 0, count: 1 });
    expect([...(data as Uint8Array)]).toEqual([...bitsOf(box()).slice(2 * COLUMNS * ROWS, 3 * COLUMNS * ROWS)].map((bit) => bit * 255));
  });

  it('refuses a slice that is not there', async () => {
    await expect(write({ as: 'png', mask: box(), slice: 9 })).rejects.toThrow('no slice 10');
  });
});

describe('nifti', () => {
  it('keeps dimensions, codes and matrices of a file that came as NIfTI', async () => {
    const field = (keyword: string, value: unknown): TagNode => ({
      tag: keyword,
      keyword,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    });
    const srow = [
      [-0.7, 0, 0.1, 90.5],
      [0, 0.8, 0, -126.25],
      [0, 0, 2.5, -72],
    ];
    const tags = [
      ...[field('version', '1'), field('dim', [4, COLUMNS, ROWS, SLICES, 1, 1, 1, 1]), field('pixdim', [-1, 0.7, 0.8, 2.5, 2, 0, 0, 0])],
      ...[
        field('units', '10'),
        field('qform', '1'),
        field('sform', '4'),
        field('quatern', [0, 1, 0, 90.5, -126.25, -72]),
        field('srow', srow),
      ],
    ];
    const parts = [{ path: 'a.nii.gz', images: SLICES }];
    const stored = { columns: COLUMNS, rows: ROWS, slices: SLICES, frames: 1, samples: 1, bits: 16 };
    const { bytes, notes } = await write({
      as: 'nifti',
      mask: box(),
      original: original({ format: 'nifti', parts, stored }, { ...bare, tags }),
    });
    expect(notes).toEqual([]);
    const raw = new Uint8Array(gunzipSync(bytes));
    expect(raw.length).toBe(352 + COLUMNS * ROWS * SLICES);
    const listed = new Map((await nifti.tags(fileOf(raw))).map(({ keyword, value }) => [keyword, value]));
    expect(listed.get('dim')).toBe(JSON.stringify([4, COLUMNS, ROWS, SLICES, 1, 1, 1, 1]));
    expect([listed.get('qform'), listed.get('sform'), listed.get('units'), listed.get('datatype')]).toEqual(['1', '4', '10', '2']);
    expect(JSON.parse(listed.get('srow') ?? '')[0][2]).toBeCloseTo(0.1, 6);
    expect(JSON.parse(listed.get('pixdim') ?? '')[0]).toBe(-1);
    expect([...raw.subarray(352)]).toEqual([...bitsOf(box())]);
  });

  it('makes an affine of a DICOM series that our own reader and nibabel understand alike', async () => {
    const { bytes, notes } = await write({ as: 'nifti', mask: box(), original: original() });
    expect(notes).toEqual([]);
    const raw = new Uint8Array(gunzipSync(bytes));
    const header = await nifti.read(fileOf(raw));
    expect(header.shape).toMatchObject({ columns: COLUMNS, rows: ROWS, slices: SLICES });
    for (const [i, cosine] of TURNED.entries()) expect(header.geometry?.orientation?.[i]).toBeCloseTo(cosine, 5);
    expect(header.geometry?.positions).toEqual([10, -20, 30]);
    if (!hasPython) return;
    const code = `import nibabel as nib
image = nib.load(path)
sform, qform = image.get_sform(), image.get_qform()
print(json.dumps({'affine': image.affine.tolist(), 'apart': float(abs(sform - qform).max()), 'sum': int(image.dataobj[:].sum()), 'at': int(image.dataobj[4, 1, 1]), 'empty': int(image.dataobj[4, 1, 2])}))`;
    const read = python(bytes, { name: 'series.nii.gz', code }) as {
      affine: number[][];
      apart: number;
      sum: number;
      at: number;
      empty: number;
    };
    // LPS to RAS: along a row to the back, along a column to the feet, from slice to slice to the right.
    const wanted = [
      [0, 0, 2.5, -10],
      [-0.7, 0, 0, 20],
      [0, -0.8, 0, 30],
    ];
    for (const [row, values] of wanted.entries())
      for (const [i, value] of values.entries()) expect(read.affine[row]?.[i]).toBeCloseTo(value, 4);
    expect(read.apart).toBeLessThan(1e-4);
    expect([read.sum, read.at, read.empty]).toEqual([6, 0, 0]);
  });

  it('says so where the image has no orientation, and where slices are uneven', async () => {
    const { bytes, notes } = await write({ as: 'nifti', mask: box({ slices: 1 }), original: picture() });
    expect(notes.join()).toContain('no orientation');
    const header = await nifti.read(fileOf(new Uint8Array(gunzipSync(bytes))));
    expect(header.geometry?.spacingMm).toEqual([1, 1]);
    const uneven = original({}, { positions: [0, 2.5, 5, 17].map((x) => [x, 0, 0]) });
    expect((await write({ as: 'nifti', mask: box(), original: uneven })).notes.join()).toContain('not equally spaced');
  });
});

describe('dicom seg', () => {
  const organ = () => box({ kind: 'organ', label: 'Liver', by: 'masks/liver.nii', from: 'file', probability: null });
  const algorithms = { outline: 'outline 1.2' };

  it('is read back by our own reader: role, segments, references, places, bits', async () => {
    const { bytes, notes } = await write({ as: 'seg', masks: [box(), organ()], original: original(), app: '0.1.0', algorithms });
    expect(notes).toEqual([]);
    const header = await dicom.read(fileOf(bytes));
    expect(header).toMatchObject({
      role: 'mask',
      what: 'Segmentation',
      segments: [expect.stringContaining('kidney tumour'), expect.stringContaining('Liver')],
    });
    expect(header.shape).toMatchObject({ columns: COLUMNS, rows: ROWS, bits: 1 });
    expect(header.refersTo).toEqual(['1.2.3.4', '1.2.3.4.2', '1.2.3.4.3']);
    expect(header.tags).toMatchObject({ StudyInstanceUID: '1.2.3', FrameOfReferenceUID: '1.2.3.5', SegmentationType: 'BINARY' });
    const { data } = await dicom.pixels(fileOf(bytes), { header, first: 0, count: 4 });
    const marked = bitsOf(box()).slice(COLUMNS * ROWS, 3 * COLUMNS * ROWS);
    expect([...(data as Uint8Array)]).toEqual([...marked, ...marked]);
    const drawing = await dicom.drawing(fileOf(bytes));
    expect(drawing).toBeDefined();
  });

  it.skipIf(!hasPython)('is read back by pydicom with all that the standard asks for', async () => {
    const { bytes } = await write({ as: 'seg', masks: [box(), organ()], original: original(), app: '0.1.0', algorithms });
    const code = `import pydicom
ds = pydicom.dcmread(path)
needed = 'PatientName PatientID PatientBirthDate PatientSex StudyInstanceUID StudyDate StudyTime StudyID AccessionNumber ReferringPhysicianName Modality SeriesInstanceUID SeriesNumber FrameOfReferenceUID PositionReferenceIndicator Manufacturer ManufacturerModelName DeviceSerialNumber SoftwareVersions InstanceNumber ContentDate ContentTime ImageType ContentLabel ContentDescription ContentCreatorName SamplesPerPixel PhotometricInterpretation PixelRepresentation BitsAllocated BitsStored HighBit LossyImageCompression SegmentationType SegmentSequence DimensionOrganizationSequence DimensionIndexSequence SharedFunctionalGroupsSequence PerFrameFunctionalGroupsSequence NumberOfFrames Rows Columns SOPClassUID SOPInstanceUID ReferencedSeriesSequence'.split()
per = ds.PerFrameFunctionalGroupsSequence
seg = ds.SegmentSequence
shared = ds.SharedFunctionalGroupsSequence[0]
print(json.dumps({
 'missing': [n for n in needed if n not in ds],
 'bad': [str(e.tag) for e in ds.iterall() if e.VR == 'UN' or (e.VR == 'DS' and any(len(str(v)) > 16 for v in (e.value if e.VM > 1 else [e.value])))],
 'name': str(ds.PatientName), 'frames': ds.NumberOfFrames, 'meta': [ds.file_meta.TransferSyntaxUID, ds.file_meta.MediaStorageSOPClassUID, ds.file_meta.MediaStorageSOPInstanceUID == ds.SOPInstanceUID],
 'sum': ds.pixel_array.sum(axis=(1, 2)).tolist(), 'shape': list(ds.pixel_array.shape),
 'of': [int(f.SegmentIdentificationSequence[0].ReferencedSegmentNumber) for f in per],
 'from': [f.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID for f in per],
 'at': [[float(v) for v in f.PlanePositionSequence[0].ImagePositionPatient] for f in per],
 'index': [list(f.FrameContentSequence[0].DimensionIndexValues) for f in per],
 'spacing': [float(v) for v in shared.PixelMeasuresSequence[0].PixelSpacing], 'between': float(shared.PixelMeasuresSequence[0].SpacingBetweenSlices),
 'facing': [float(v) for v in shared.PlaneOrientationSequence[0].ImageOrientationPatient],
 'algorithms': [[s.SegmentAlgorithmType, s.get('SegmentAlgorithmName')] for s in seg],
 'codes': [[s.SegmentedPropertyCategoryCodeSequence[0].CodeValue, s.SegmentedPropertyTypeCodeSequence[0].CodeValue, s.SegmentedPropertyTypeCodeSequence[0].CodingSchemeDesignator] for s in seg],
 'region': seg[0].AnatomicRegionSequence[0].CodeValue,
}))`;
    expect(python(bytes, { name: 'seg.dcm', code })).toEqual({
      missing: [],
      bad: [],
      name: 'Müller^Ursula',
      frames: 4,
      meta: ['1.2.840.10008.1.2.1', '1.2.840.10008.5.1.4.1.1.66.4', true],
      sum: [4, 2, 4, 2],
      shape: [4, ROWS, COLUMNS],
      of: [1, 1, 2, 2],
      from: ['1.2.3.4.2', '1.2.3.4.3', '1.2.3.4.2', '1.2.3.4.3'],
      at: [1, 2, 1, 2].map((slice) => [10 - 2.5 * slice, -20, 30]),
      index: [
        [1, 2],
        [1, 3],
        [2, 2],
        [2, 3],
      ],
      spacing: [0.8, 0.7],
      between: 2.5,
      facing: TURNED,
      algorithms: [
        ['AUTOMATIC', 'outline 1.2'],
        ['MANUAL', null],
      ],
      codes: [
        ['49755003', '108369006', 'SCT'],
        ['123037004', '10200004', 'SCT'],
      ],
      region: '64033007',
    });
  });

  it('is anonymous and of a study of its own where the image is not DICOM', async () => {
    const { bytes, notes } = await write({ as: 'seg', masks: [box({ slices: 1 })], original: picture(), app: '0.1.0', algorithms: {} });
    expect(notes.join(' ')).toContain('anonymous');
    expect(notes.join(' ')).toContain('made up');
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text).toContain('Anonymous');
    const { tags, refersTo } = await dicom.read(fileOf(bytes));
    expect(tags.StudyInstanceUID).toMatch(/^2\.25\.\d{1,39}$/);
    expect(refersTo).toBeUndefined();
  });

  it('refuses an empty mask, and writes numbers and UIDs within their bounds', async () => {
    const empty = maskFrom(new Uint8Array(COLUMNS * ROWS), { grid: { columns: COLUMNS, rows: ROWS, slices: 1 }, about: box() });
    await expect(write({ as: 'seg', masks: [empty], original: picture(), app: '', algorithms: {} })).rejects.toThrow('Nothing is marked');
    for (const value of [1 / 3, -1234.567890123456, 1e-12 / 3, 123456789012345680000, 0]) {
      expect(decimal(value).length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(decimal(value)) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-8);
    }
    expect(new Set(Array.from({ length: 50 }, newUid)).size).toBe(50);
  });
});

describe('zip', () => {
  it('grows file by file and is whole at its end; a file that cannot be written is left out', async () => {
    const { unzipSync } = await import('fflate');
    const zip = await openZip();
    const pieces = [(await zip.add('a.png', { as: 'png', mask: box(), slice: 1 })).bytes];
    await expect(zip.add('bad.png', { as: 'png', mask: box(), slice: 99 })).rejects.toThrow();
    pieces.push((await zip.add('note.txt', { as: 'text', text: 'Research use, not a diagnosis.' })).bytes, zip.end());
    const files = unzipSync(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
    expect(Object.keys(files)).toEqual(['a.png', 'note.txt']);
    expect(new TextDecoder().decode(files['note.txt'])).toBe('Research use, not a diagnosis.');
  });
});
