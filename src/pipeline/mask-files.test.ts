import { describe, expect, it } from 'vitest';
import { bytesOf, element, imageElements, join, number, part10, sequence, us } from '../../tests/support/dicom.ts';
import type { Entry } from '../core/entry.ts';
import { countsOf } from '../core/mask-measure.ts';
import type { Place } from '../core/planes.ts';
import type { DrawnFile } from '../core/reading.ts';
import { createContext } from './context.ts';
import { readMaskFiles } from './mask-files.ts';
import { readEntry } from './read.ts';

const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
const SIDE = 8;
const SLICES = 3;
const SIZE = SIDE * SIDE;
/** Eight by eight pixels of 2 mm, three slices 3 mm apart. */
const place: Place = {
  columns: SIDE,
  rows: SIDE,
  slices: SLICES,
  planes: Array.from({ length: SLICES }, (_, k) => ({ origin: [0, 0, 3 * k], across: [1, 0, 0], down: [0, 1, 0], step: [2, 2] })),
  images: Array.from({ length: SLICES }, (_, k) => ({ uid: `9.${k}`, image: 0 })),
};

async function draw(name: string, bytes: Uint8Array, on: Place = place): Promise<DrawnFile> {
  const context = createContext({});
  const entry: Entry = { path: name, size: bytes.length, place: { source: 'local', at: { file: new Blob([bytes as BlobPart]) } } };
  const read = await readEntry({ index: 0, entry, beside: [] }, context);
  if (read.kind !== 'header') throw new Error(JSON.stringify(read));
  const [file] = await readMaskFiles(
    { place: on, spacingMm: [2, 2, 3], cine: false, files: [{ entry: read.unpacked ?? entry, beside: [], header: read.header }] },
    context,
  );
  return structuredClone(file as DrawnFile);
}

const told = ({ masks }: DrawnFile) => masks.map((mask) => [mask.kind, mask.label, [...countsOf(mask)]]);

const code = (tag: number, value: string, meaning: string) =>
  sequence(tag, [join(element(0x00080100, 'SH', value), element(0x00080102, 'SH', 'SCT'), element(0x00080104, 'LO', meaning))]);
const segment = (n: number, label: string, [value, meaning] = ['10200004', 'Liver']) =>
  join(
    code(0x00620003, '123037004', 'Anatomical Structure'),
    us(0x00620004, n),
    element(0x00620005, 'LO', label),
    code(0x0062000f, value ?? '', meaning ?? ''),
  );

interface FrameAbout {
  readonly segment?: number;
  readonly z?: number;
  readonly on?: string;
}
const group = ({ segment: n, z, on }: FrameAbout) =>
  join(
    ...(on ? [sequence(0x00089124, [sequence(0x00082112, [element(0x00081155, 'UI', on)])])] : []),
    ...(z === undefined ? [] : [sequence(0x00209113, [element(0x00200032, 'DS', `0\\0\\${z}`)])]),
    ...(n === undefined ? [] : [sequence(0x0062000a, [us(0x0062000b, n)])]),
  );

interface SegAbout {
  readonly type?: string;
  readonly groups: readonly FrameAbout[];
  readonly frames: readonly Uint8Array[];
  readonly stated?: number;
  readonly segments?: readonly Uint8Array[];
}
function segmentation({ type = 'BINARY', groups, frames, stated = frames.length, segments = [] }: SegAbout): Uint8Array {
  const bits = type === 'BINARY' ? 1 : 8;
  const flat = join(...frames);
  const packed = new Uint8Array(Math.ceil(flat.length / 8));
  for (const [i, bit] of flat.entries()) if (bit) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  const shared = join(
    sequence(0x00209116, [element(0x00200037, 'DS', '1\\0\\0\\0\\1\\0')]),
    sequence(0x00289110, [join(element(0x00180088, 'DS', '3'), element(0x00280030, 'DS', '2\\2'))]),
  );
  return part10(
    EXPLICIT_LITTLE,
    imageElements({ columns: SIDE, rows: SIDE, bits, frames: stated, sopClass: '1.2.840.10008.5.1.4.1.1.66.4' }),
    element(0x00620001, 'CS', type),
    sequence(0x00620002, segments),
    ...(type === 'FRACTIONAL' ? [us(0x0062000e, 200)] : []),
    sequence(0x52009229, [shared]),
    sequence(0x52009230, groups.map(group)),
    element(0x7fe00010, bits === 1 ? 'OB' : 'OW', bits === 1 ? packed : flat),
  );
}
const marked = (count: number, value = 1): Uint8Array => new Uint8Array(SIZE).fill(value, 0, count);

describe('segmentations', () => {
  it('adds up all frames of one segment on one slice', async () => {
    const frames = Array.from({ length: 300 }, (_, i) => marked(i % 9));
    const groups = frames.map(() => ({ segment: 1, on: '9.1' }));
    const file = await draw('seg.dcm', segmentation({ groups, frames, segments: [segment(1, 'Liver')] }));
    expect(file.because ?? told(file)).toEqual([['organ', 'Liver', [0, 8, 0]]]);
  });
  it('puts frames on their slices, segment by segment; overlapping and empty ones too', async () => {
    const bytes = segmentation({
      groups: [
        { segment: 1, z: 6 },
        { segment: 1, z: 0 },
        { segment: 2, z: 0 },
      ],
      frames: [marked(5), marked(10), marked(20)],
      segments: [segment(1, 'Liver'), segment(2, 'Thing', ['108369006', 'Neoplasm']), segment(3, 'Portal vein')],
    });
    const file = await draw('seg.dcm', bytes);
    expect(told(file)).toEqual([
      ['organ', 'Liver', [10, 0, 5]],
      ['tumour', 'Thing', [20, 0, 0]],
      ['vessels', 'Portal vein', [0, 0, 0]],
    ]);
    expect(file).toMatchObject({ path: 'seg.dcm', notes: [] });
    expect(file.masks[0]).toMatchObject({ by: 'seg.dcm', from: 'file', probability: null, columns: SIDE, rows: SIDE, slices: SLICES });
  });
  it('goes by the images that frames name where nobody says where they lie', async () => {
    const bytes = segmentation({ groups: [{ segment: 1, on: '9.1' }], frames: [marked(7)], segments: [segment(1, 'Liver')] });
    expect(told(await draw('seg.dcm', bytes, { ...place, planes: undefined }))).toEqual([['organ', 'Liver', [0, 7, 0]]]);
  });
  it('cuts fractions at half of their most, and tells labels of a label map apart', async () => {
    const fraction = join(new Uint8Array(30).fill(99), new Uint8Array(SIZE - 30).fill(100));
    const some = segmentation({ type: 'FRACTIONAL', groups: [{ segment: 1, z: 3 }], frames: [fraction], segments: [segment(1, 'A')] });
    expect(told(await draw('seg.dcm', some))).toEqual([['organ', 'A', [0, SIZE - 30, 0]]]);
    const labels = join(new Uint8Array(30).fill(2), new Uint8Array(SIZE - 30).fill(1));
    const map = segmentation({ type: 'LABELMAP', groups: [{ z: 3 }], frames: [labels], segments: [segment(1, 'A'), segment(2, 'B')] });
    expect(told(await draw('seg.dcm', map))).toEqual([
      ['organ', 'A', [0, SIZE - 30, 0]],
      ['organ', 'B', [0, 30, 0]],
    ]);
  });
  it('says what is wrong: frames that nobody describes, segments that are none, another place', async () => {
    const one = { segment: 1, z: 0 };
    const more = segmentation({ groups: [one], frames: [marked(4), marked(4)], segments: [segment(1, 'A')] });
    const half = await draw('seg.dcm', more);
    expect(told(half)).toEqual([['organ', 'A', [4, 0, 0]]]);
    expect(half.notes).toEqual(['The segmentation describes 1 of its 2 frames; the others are left out.']);
    const lying = segmentation({ groups: [one, one, one], frames: [marked(4)], stated: 900, segments: [segment(1, 'A')] });
    expect((await draw('seg.dcm', lying)).because).toMatch(/cut off|^The file/);
    const none = segmentation({ groups: [{ segment: 8, z: 0 }], frames: [marked(4)], segments: [segment(1, 'A')] });
    expect((await draw('seg.dcm', none)).because).toBe('The segmentation does not say which segment its frames belong to.');
    const away = segmentation({ groups: [{ segment: 1, z: 400 }], frames: [marked(4)], segments: [segment(1, 'A')] });
    expect(await draw('seg.dcm', away)).toMatchObject({ masks: [], because: 'The mask lies outside of this image.' });
  });
});

const contour = (points: readonly (readonly number[])[], type = 'CLOSED_PLANAR') =>
  join(element(0x30060042, 'CS', type), element(0x30060050, 'DS', points.map((point) => point.join('\\')).join('\\')));
const square = (low: number, high: number, z: number) => [
  [low, low, z],
  [high, low, z],
  [high, high, z],
  [low, high, `${z}.00`].map(Number),
];
const structures = (contours: readonly Uint8Array[]) =>
  part10(
    EXPLICIT_LITTLE,
    element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.481.3'),
    element(0x00080060, 'CS', 'RTSTRUCT'),
    sequence(0x30060020, [join(element(0x30060022, 'IS', '4'), element(0x30060026, 'LO', 'PTV boost'))]),
    sequence(0x30060039, [join(sequence(0x30060040, contours), element(0x30060084, 'IS', '4'))]),
    sequence(0x30060080, [join(element(0x30060084, 'IS', '4'), element(0x300600a4, 'CS', 'GTV'))]),
  );

describe('structure sets', () => {
  it('fills closed contours where they lie, inner ones are holes', async () => {
    const bytes = structures([
      contour(square(-1, 13, 3)),
      contour(square(3, 9, 3)),
      contour(square(-1, 1, 6)),
      contour([[1, 1, 0]], 'POINT'),
      contour(square(0, 4, 77)),
    ]);
    const file = await draw('rs.dcm', bytes);
    // Seven by seven pixels without three by three, and one pixel.
    expect(told(file)).toEqual([['tumour', 'PTV boost', [0, 40, 1]]]);
    expect(file.notes).toEqual(['1 of 4 contours lie on no slice of this image and are left out.']);
  });
  it('says why nothing is drawn', async () => {
    const bytes = structures([contour(square(0, 4, 77))]);
    expect((await draw('rs.dcm', bytes)).because).toBe('The contours lie on no slice of this image.');
    expect((await draw('rs.dcm', bytes, { ...place, planes: undefined })).because).toContain('does not say where it lies');
    expect((await draw('rs.dcm', structures([]))).because).toBe('The structure set holds no closed contours.');
  });
  it('reads contours of many points, and many of one number', async () => {
    const circle = Array.from({ length: 800 }, (_, i) => [7 + 4 * Math.cos((i * Math.PI) / 400), 7 + 4 * Math.sin((i * Math.PI) / 400), 3]);
    const file = await draw('rs.dcm', structures([contour(circle)]));
    expect(told(file)).toEqual([['tumour', 'PTV boost', [0, 12, 0]]]);
    const specks = Array.from({ length: 2_000 }, () => join(element(0x30060042, 'CS', 'CLOSED_PLANAR'), element(0x30060050, 'DS', '1')));
    expect((await draw('rs.dcm', structures(specks))).because).toBe('The structure set holds no closed contours.');
  });
  it('passes over numbers that are none', async () => {
    const broken = join(element(0x30060042, 'CS', 'CLOSED_PLANAR'), element(0x30060050, 'DS', '1\\2\\3\\x\\1e1\\-2.5E+0\\'));
    expect((await draw('rs.dcm', structures([broken, contour(square(-1, 1, 6))]))).masks).toHaveLength(1);
  });
});

const nrrd = (sizes: readonly number[], data: Uint8Array, lines: readonly string[] = []): Uint8Array =>
  join(
    bytesOf(
      `NRRD0004\ntype: uint8\ndimension: ${sizes.length}\nsizes: ${sizes.join(' ')}\nencoding: raw\n${lines.join('\n')}${lines.length ? '\n' : ''}\n`,
    ),
    data,
  );
const voxels = (of: (slice: number, pixel: number) => number): Uint8Array =>
  Uint8Array.from({ length: SIZE * SLICES }, (_, i) => of(Math.floor(i / SIZE), i % SIZE));

describe('label volumes', () => {
  it('draws each label, on the same shape where nobody says where it lies', async () => {
    const data = voxels((slice, pixel) => (slice === 1 && pixel < 9 ? 3 : slice === 2 && pixel < 4 ? 1 : 0));
    expect(told(await draw('vessels_seg.nrrd', nrrd([SIDE, SIDE, SLICES], data)))).toEqual([
      ['vessels', 'vessels_seg.nrrd, label 3', [0, 9, 0]],
      ['vessels', 'vessels_seg.nrrd, label 1', [0, 0, 4]],
    ]);
  });
  it('goes by place where both say it: slices may run the other way', async () => {
    const data = voxels((slice, pixel) => Number(slice === 0 && pixel < 9));
    const lines = ['space: left-posterior-superior', 'space directions: (2,0,0) (0,2,0) (0,0,-3)', 'space origin: (0,0,6)'];
    expect(told(await draw('a_mask.nrrd', nrrd([SIDE, SIDE, SLICES], data, lines)))).toEqual([['organ', 'a_mask.nrrd', [0, 0, 9]]]);
  });
  it('reads names and layers of Slicer', async () => {
    const data = Uint8Array.from({ length: 2 * SIZE * SLICES }, (_, i) => (i % 2 ? Number(i < 40) : i < 20 ? 5 : 0));
    const lines = [
      'kinds: list domain domain domain',
      'space: left-posterior-superior',
      'space directions: none (2,0,0) (0,2,0) (0,0,3)',
      'space origin: (0,0,0)',
      'Segment0_ID:=one',
      'Segment0_Name:=Aorta',
      'Segment0_LabelValue:=5',
      'Segment0_Layer:=0',
      'Segment1_ID:=two',
      'Segment1_Layer:=1',
      'Segment1_LabelValue:=1',
      'Segment1_Tags:=TerminologyEntry:x~SCT^49755003^Morphologically Abnormal Structure~SCT^4147007^Mass~^^|',
      'Segment2_ID:=Gone lesion',
      'Segment2_LabelValue:=9',
    ];
    expect(told(await draw('a.seg.nrrd', nrrd([2, SIDE, SIDE, SLICES], data, lines)))).toEqual([
      ['vessels', 'Aorta', [10, 0, 0]],
      ['lesion', 'Gone lesion', [0, 0, 0]],
      ['tumour', 'two', [20, 0, 0]],
    ]);
  });
  it('is one empty mask where nothing is marked, and refused where it fits no image', async () => {
    expect(
      told(
        await draw(
          'lesion_mask.nrrd',
          nrrd(
            [SIDE, SIDE, SLICES],
            voxels(() => 0),
          ),
        ),
      ),
    ).toEqual([['lesion', 'lesion_mask.nrrd', [0, 0, 0]]]);
    const other = await draw(
      'mask.nrrd',
      nrrd(
        [4, 4, 12],
        Uint8Array.from({ length: 192 }, () => 1),
      ),
    );
    expect(other.because).toBe('The mask is 4 × 4 × 12 pixels, its image 8 × 8 × 3, and they do not both say where they lie.');
  });
});

/** A grey picture without compression: rows from the bottom up, padded to four bytes. */
function bmp(columns: number, rows: number, grey: readonly number[]): Uint8Array {
  const stride = Math.ceil(columns / 4) * 4;
  const palette = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 0 : i >> 2));
  const pixels = new Uint8Array(stride * rows);
  for (let y = 0; y < rows; y++) pixels.set(grey.slice(y * columns, (y + 1) * columns), (rows - 1 - y) * stride);
  const head = [40, columns, rows].map((value) => number(value, 4));
  const rest = [0, pixels.length, 0, 0, 256, 0].map((value) => number(value, 4));
  const size = 14 + 40 + 1024;
  const file = [number(size + pixels.length, 4), number(0, 4), number(size, 4)];
  return join(bytesOf('BM'), ...file, ...head, number(1, 2), number(8, 2), ...rest, palette, pixels);
}

describe('mask pictures', () => {
  const picture: Place = { columns: 8, rows: 4, slices: 1 };
  it('are drawn on their picture, scaled where they are smaller', async () => {
    const same = await draw(
      'polyps/a_mask.bmp',
      bmp(
        8,
        4,
        Array.from({ length: 32 }, (_, i) => (i < 10 ? 255 : 0)),
      ),
      picture,
    );
    expect(told(same)).toEqual([['tumour', 'a_mask.bmp', [10]]]);
    expect(same.notes).toEqual([]);
    const half = await draw('masks/a.bmp', bmp(4, 2, [255, 0, 0, 0, 0, 0, 0, 255]), picture);
    expect(told(half)).toEqual([['organ', 'a.bmp', [8]]]);
    expect(half.notes).toEqual(['The mask is 4 × 2 pixels and was scaled to its image, 8 × 4.']);
  });
  it('are refused where they are no mask of it', async () => {
    const turned = await draw('masks/a.bmp', bmp(4, 8, Array(32).fill(255)), picture);
    expect(turned.because).toBe('The mask is 4 × 8 pixels, its image 8 × 4: they are not the same picture.');
    expect((await draw('masks/a.bmp', bmp(8, 8, Array(64).fill(255)))).because).toContain('do not both say where they lie');
  });
});
