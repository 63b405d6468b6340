// NIfTI, Analyze, NRRD, MetaImage, MGH, AFNI and MINC volumes built here, value by value; and what hostile or cut ones do.
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { surest } from '../core/claim.ts';
import type { OpenFile } from '../core/format.ts';
import type { Header } from '../core/header.ts';
import type { Pixels } from '../core/pixels.ts';
import { Unreadable } from '../core/unreadable.ts';
import { formats } from './index.ts';

type Folder = Readonly<Record<string, Uint8Array | string>>;

const encode = (value: Uint8Array | string): Uint8Array => (typeof value === 'string' ? new TextEncoder().encode(value) : value);

/** A file of a folder; `sized: false` is how an unpacked gzip looks. */
function open(folder: Folder, name: string, { sized = true } = {}): OpenFile {
  const bytes = encode(folder[name] ?? '');
  return {
    path: `in/${name}`,
    bytes: { size: sized ? bytes.length : undefined, slice: async (start, end) => bytes.subarray(start, end) },
    beside: (other) => (other in folder ? open(folder, other) : undefined),
  };
}

async function readAll(
  folder: Folder,
  name = Object.keys(folder)[0] ?? '',
  options = {},
): Promise<{ id: string; header: Header; pixels: Pixels; values: number[] }> {
  const file = open(folder, name, options);
  const format = surest(formats, { path: file.path, head: await file.bytes.slice(0, 4096) });
  if (!format) throw new Error('nobody claims it');
  const header = await format.read(file);
  const pixels = await format.pixels?.(file, { header, first: 0, count: Number.POSITIVE_INFINITY });
  if (!pixels) throw new Error('no pixels');
  structuredClone(header);
  return { id: format.id, header, pixels, values: [...pixels.data].map(Number) };
}

const join = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(encode(part)))));
const shorts = (values: readonly number[], { little = true } = {}): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  for (const [i, value] of values.entries()) view.setInt16(2 * i, value, little);
  return new Uint8Array(view.buffer);
};
const VALUES = Array.from({ length: 24 }, (_, i) => i * 100 - 700);

interface Made {
  readonly little?: boolean;
  readonly magic?: string;
  readonly dim?: readonly number[];
  readonly datatype?: number;
  readonly offset?: number;
  readonly put?: (view: DataView, little: boolean) => void;
}

function nifti1({ little = true, magic = 'n+1\0', dim = [3, 4, 3, 2], datatype = 4, offset = 352, put }: Made = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(352));
  view.setInt32(0, 348, little);
  for (let i = 0; i < 8; i++) view.setInt16(40 + 2 * i, dim[i] ?? 1, little);
  view.setInt16(70, datatype, little);
  for (const [i, size] of [1, 2, 3, 4].entries()) view.setFloat32(76 + 4 * i, size, little);
  view.setFloat32(108, offset, little);
  view.setUint8(123, 2);
  for (const [i, letter] of [...magic].entries()) view.setUint8(344 + i, letter.charCodeAt(0));
  put?.(view, little);
  return new Uint8Array(view.buffer);
}

function nifti2({ little = true, dim = [3, 4, 3, 2] }: Made = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(544));
  view.setInt32(0, 540, little);
  for (const [i, code] of [0x6e, 0x2b, 0x32, 0, 13, 10, 26, 10].entries()) view.setUint8(4 + i, code);
  view.setInt16(12, 4, little);
  for (let i = 0; i < 8; i++) view.setBigInt64(16 + 8 * i, BigInt(dim[i] ?? 1), little);
  for (const [i, size] of [1, 2, 3, 4].entries()) view.setFloat64(104 + 8 * i, size, little);
  view.setBigInt64(168, 544n, little);
  view.setInt32(500, 2, little);
  return new Uint8Array(view.buffer);
}

describe('NIfTI', () => {
  it.each([true, false])('reads version 1 and 2, little endian: %s', async (little) => {
    for (const header of [nifti1({ little }), nifti2({ little })]) {
      const read = await readAll({ 'a.nii': join(header, shorts(VALUES, { little })) });
      expect(read).toMatchObject({
        id: 'nifti',
        values: VALUES,
        header: { role: 'image', shape: { columns: 4, rows: 3, slices: 2, frames: 1, samples: 1, bits: 16 } },
      });
      expect(read.header.geometry?.spacingMm).toEqual([2, 3, 4]);
      expect(read.pixels.data).toBeInstanceOf(Int16Array);
    }
  });
  it('reads a pair and names its companion; without it, there is no image', async () => {
    const header = nifti1({ magic: 'ni1\0', offset: 0 });
    const read = await readAll({ 'a.hdr': header, 'a.img': shorts(VALUES) });
    expect(read).toMatchObject({ id: 'nifti', values: VALUES, header: { companions: ['in/a.img'] } });
    const format = formats.find(({ id }) => id === 'nifti');
    expect(await format?.read(open({ 'a.hdr': header }, 'a.hdr'))).toMatchObject({
      role: 'object',
      warnings: ['The voxels lie in a.img, which is not there.'],
    });
  });
  it('takes sform over qform, turns RAS into LPS, and honours micrometres', async () => {
    const put = (view: DataView, little: boolean): void => {
      view.setInt16(254, 1, little);
      view.setUint8(123, 3);
      for (const [i, value] of [2000, 0, 0, 10000, 0, 3000, 0, 20000, 0, 0, 4000, 30000].entries())
        view.setFloat32(280 + 4 * i, value, little);
    };
    const { header } = await readAll({ 'a.nii': join(nifti1({ put }), shorts(VALUES)) });
    expect(header.geometry).toEqual({
      orientation: [-1, 0, 0, 0, -1, 0],
      through: [0, 0, 1],
      positions: [-10, -20, 30],
      spacingMm: [2, 3, 4],
    });
  });
  it('turns by the quaternion', async () => {
    const put = (view: DataView, little: boolean): void => {
      view.setInt16(252, 1, little);
      view.setFloat32(264, 1, little);
      view.setFloat32(76, 1, little);
    };
    const { header } = await readAll({ 'a.nii': join(nifti1({ put }), shorts(VALUES)) });
    expect(header.geometry?.orientation).toEqual([1, 0, 0, 0, 1, 0]);
  });
  it('fills slope, intercept and window, and leaves the stored values alone', async () => {
    const put = (view: DataView, little: boolean): void => {
      for (const [at, value] of [
        [112, 2],
        [116, -5],
        [124, 300],
        [128, 100],
      ] as const)
        view.setFloat32(at, value, little);
    };
    const { pixels, values } = await readAll({ 'a.nii': join(nifti1({ put }), shorts(VALUES)) });
    expect(values).toEqual(VALUES);
    expect(pixels).toMatchObject({ slope: 2, intercept: -5, windowCenter: 200, windowWidth: 200 });
  });
  it('reads times, colour, complex and 64-bit integers', async () => {
    const times = await readAll({ 'a.nii': join(nifti1({ dim: [4, 2, 3, 2, 2] }), shorts(VALUES)) });
    expect(times.header.shape).toMatchObject({ slices: 2, frames: 2 });
    const colour = await readAll({ 'a.nii': join(nifti1({ dim: [2, 2, 1], datatype: 128 }), Uint8Array.of(1, 2, 3, 4, 5, 6)) });
    expect(colour.pixels).toMatchObject({ samples: 3, photometric: 'RGB' });
    const complex = await readAll({
      'a.nii': join(nifti1({ dim: [2, 2, 1], datatype: 32 }), new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)),
    });
    expect(complex).toMatchObject({ values: [1, 2, 3, 4], header: { shape: { samples: 2 } } });
    const wide = await readAll({
      'a.nii': join(nifti1({ dim: [2, 2, 1], datatype: 1024 }), new Uint8Array(BigInt64Array.of(-1n, 9007199254740993n).buffer)),
    });
    expect([...(wide.pixels.data as BigInt64Array)]).toEqual([-1n, 9007199254740993n]);
  });
  it('names a CIFTI matrix and a spectrum as no image', async () => {
    const put = (view: DataView, little: boolean): void => view.setInt16(68, 3001, little);
    const format = formats.find(({ id }) => id === 'nifti');
    expect(await format?.read(open({ a: nifti1({ put }) }, 'a'))).toMatchObject({ role: 'object', what: 'CIFTI matrix of brain regions' });
    const spectrum = join(nifti1({ dim: [4, 1, 1, 1, 24] }), shorts(VALUES));
    expect(await format?.read(open({ a: spectrum }, 'a'))).toMatchObject({ role: 'object', what: 'Spectrum or time course of one voxel' });
  });
});

describe('NIfTI that lies', () => {
  const format = formats.find(({ id }) => id === 'nifti');
  it('claiming 10^9 voxels is refused with a plain sentence', async () => {
    const file = open({ a: join(nifti1({ dim: [3, 1000, 1000, 1000] }), shorts(VALUES)) }, 'a');
    await expect(format?.read(file)).rejects.toMatchObject({
      code: 'E-TRUNCATED',
      because: 'The header promises 1000 × 1000 × 1000 × 1 voxels (2.0 GB), but only 48 bytes of them are there.',
    });
  });
  it('claiming more than the budget in a gzip is refused before anything is allocated', async () => {
    const file = open({ a: nifti1({ dim: [7, 32767, 32767, 1, 1, 1, 1, 1] }) }, 'a', { sized: false });
    const header = await format?.read(file);
    await expect(format?.pixels?.(file, { header: header!, first: 0, count: 1 })).rejects.toMatchObject({ code: 'E-TOOBIG' });
  });
  it.each([
    [[0], 'E-MALFORMED'],
    [[-3, 4, 3, 2], 'E-MALFORMED'],
    [[9, 4, 3, 2], 'E-MALFORMED'],
    [[3, -4, 3, 2], 'E-MALFORMED'],
    [[3, 0, 3, 2], 'E-MALFORMED'],
    [[7, 32767, 32767, 32767, 32767, 32767, 32767, 32767], 'E-MALFORMED'],
  ] as const)('with dimensions %j is refused', async (dim, code) => {
    await expect(format?.read(open({ a: nifti1({ dim }) }, 'a'))).rejects.toMatchObject({ code });
  });
  it('with 2^62 voxels a side (NIfTI-2) is refused', async () => {
    await expect(format?.read(open({ a: nifti2({ dim: [3, 2 ** 62, 2 ** 62, 2] }) }, 'a'))).rejects.toMatchObject({ code: 'E-MALFORMED' });
  });
  it('with extensions that point at each other is read all the same', async () => {
    const extension = new DataView(new ArrayBuffer(656));
    extension.setInt32(0, 16, true);
    extension.setInt32(16, -16, true);
    const { values } = await readAll({
      'a.nii': join(nifti1({ offset: 352 + 656, put: (view) => view.setUint8(348, 1) }), new Uint8Array(extension.buffer), shorts(VALUES)),
    });
    expect(values).toEqual(VALUES);
  });
  it.each([Number.NaN, 1e30, -5, Number.POSITIVE_INFINITY])('with its voxels at %d is read or refused in a sentence', async (offset) => {
    await readAll({ 'a.nii': join(nifti1({ offset }), shorts(VALUES)) }).catch((thrown) => expect(thrown).toBeInstanceOf(Unreadable));
  });
  it('warns where its end is missing, reads what is there and refuses the rest', async () => {
    const file = open({ a: join(nifti1(), shorts(VALUES.slice(0, 15))) }, 'a');
    const header = await format?.read(file);
    expect(header?.warnings).toHaveLength(1);
    expect((await format?.pixels?.(file, { header: header!, first: 0, count: 1 }))?.data).toHaveLength(12);
    await expect(format?.pixels?.(file, { header: header!, first: 0, count: 2 })).rejects.toMatchObject({ code: 'E-TRUNCATED' });
  });
});

describe('Analyze', () => {
  it('is told from NIfTI by its missing magic, and needs its name', async () => {
    const folder = {
      'a.hdr': nifti1({ magic: '\0\0\0\0', offset: 0, little: false }).subarray(0, 348),
      'a.img': shorts(VALUES, { little: false }),
    };
    expect(await readAll(folder)).toMatchObject({
      id: 'analyze',
      values: VALUES,
      header: { format: 'analyze', companions: ['in/a.img'], geometry: { spacingMm: [2, 3, 4] } },
    });
    expect(surest(formats, { path: 'a.bin', head: folder['a.hdr'] })).toBeUndefined();
    expect(surest(formats, { path: 'a.img', head: folder['a.img'] })).toBeUndefined();
  });
});

const nrrd = (lines: readonly string[]): string => `NRRD0004\n# made here\n${lines.join('\n')}\n\n`;
const BASE = ['type: short', 'dimension: 3', 'sizes: 4 3 2', 'endian: little'];

describe('NRRD', () => {
  it.each([
    ['raw', nrrd([...BASE, 'encoding: raw']), shorts(VALUES)],
    ['gzip', nrrd([...BASE, 'encoding: gzip']), gzipSync(shorts(VALUES))],
    ['two gzip members', nrrd([...BASE, 'encoding: gz']), join(gzipSync(shorts(VALUES.slice(0, 9))), gzipSync(shorts(VALUES.slice(9))))],
    ['big endian', nrrd([...BASE.slice(0, 3), 'endian: big', 'encoding: raw']), shorts(VALUES, { little: false })],
    ['text', nrrd([...BASE, 'encoding: ascii']), VALUES.join(' ')],
    ['hex', nrrd([...BASE, 'encoding: hex']), Buffer.from(shorts(VALUES)).toString('hex')],
    ['line and byte skip', nrrd([...BASE, 'encoding: raw', 'line skip: 2', 'byte skip: 3']), join('one\ntwo\nxyz', shorts(VALUES))],
    ['byte skip from the end', nrrd([...BASE, 'encoding: raw', 'byte skip: -1']), join('whatever', shorts(VALUES))],
    ['byte skip from the end of a gzip', nrrd([...BASE, 'encoding: gzip', 'byteskip: -1']), gzipSync(join('whatever', shorts(VALUES)))],
  ])('%s', async (_, header, data) => {
    expect(await readAll({ 'a.nrrd': join(header, data) })).toMatchObject({
      id: 'nrrd',
      values: VALUES,
      header: { shape: { columns: 4, rows: 3, slices: 2 } },
    });
  });
  it.each([
    ['data file: a.raw', { 'a.raw': shorts(VALUES) }],
    ['data file: LIST\na1.raw\na2.raw', { 'a1.raw': shorts(VALUES.slice(0, 12)), 'a2.raw': shorts(VALUES.slice(12)) }],
    ['data file: a%02d.raw 3 4 1', { 'a03.raw': shorts(VALUES.slice(0, 12)), 'a04.raw': shorts(VALUES.slice(12)) }],
    ['data file: ../../etc/a.raw', { 'a.raw': shorts(VALUES) }],
  ] as const)('detached: %s', async (line, beside) => {
    const header = `NRRD0004\n${BASE.join('\n')}\nencoding: raw\n${line}\n`;
    const read = await readAll({ 'a.nhdr': header, ...beside });
    expect(read).toMatchObject({ values: VALUES, header: { companions: Object.keys(beside).map((name) => `in/${name}`) } });
    const format = formats.find(({ id }) => id === 'nrrd');
    expect(await format?.read(open({ 'a.nhdr': header }, 'a.nhdr'))).toMatchObject({ role: 'object' });
  });
  it('takes colour axes for samples, keys for tags, and space directions for geometry', async () => {
    const lines = [
      'type: uchar',
      'dimension: 4',
      'sizes: 3 2 1 2',
      'encoding: raw',
      'space: right-anterior-superior',
      'space directions: none (2,0,0) (0,3,0) (0,0,4)',
      'space origin: (1,2,3)',
      'kinds: RGB-color domain domain domain',
    ];
    const { header, pixels } = await readAll({ 'a.nrrd': join(nrrd([...lines, 'modality:=MR', 'note:=a: b']), new Uint8Array(12)) });
    expect(header.shape).toEqual({ columns: 2, rows: 1, slices: 2, frames: 1, samples: 3, bits: 8 });
    expect(header.tags).toMatchObject({ modality: 'MR', note: 'a: b' });
    expect(header.geometry).toEqual({
      orientation: [-1, 0, 0, 0, -1, 0],
      through: [0, 0, 1],
      positions: [-1, -2, 3],
      spacingMm: [2, 3, 4],
    });
    expect(pixels.photometric).toBe('RGB');
  });
});

const META =
  'ObjectType = Image\nNDims = 3\nDimSize = 4 3 2\nElementType = MET_SHORT\nElementSpacing = 2 3 4\nOffset = 1 2 3\nTransformMatrix = 0 1 0 1 0 0 0 0 -1\n';

describe('MetaImage', () => {
  it.each([
    ['local', `${META}ElementDataFile = LOCAL\n`, shorts(VALUES), {}],
    ['local, packed', `${META}CompressedData = True\nElementDataFile = LOCAL\n`, zlibSync(shorts(VALUES)), {}],
    ['big endian', `${META}BinaryDataByteOrderMSB = True\nElementDataFile = LOCAL\n`, shorts(VALUES, { little: false }), {}],
    ['detached', `${META}ElementDataFile = a.raw\n`, '', { 'a.raw': shorts(VALUES) }],
    [
      'detached after a header of its own',
      `${META}HeaderSize = -1\nElementDataFile = a.raw\n`,
      '',
      { 'a.raw': join('header', shorts(VALUES)) },
    ],
    ['detached, packed', `${META}CompressedData = True\nElementDataFile = a.zraw\n`, '', { 'a.zraw': zlibSync(shorts(VALUES)) }],
    [
      'list',
      `${META}ElementDataFile = LIST\na.raw\nb.raw\n`,
      '',
      { 'a.raw': shorts(VALUES.slice(0, 12)), 'b.raw': shorts(VALUES.slice(12)) },
    ],
    [
      'pattern',
      `${META}ElementDataFile = a%d.raw 1 2 1\n`,
      '',
      { 'a1.raw': shorts(VALUES.slice(0, 12)), 'a2.raw': shorts(VALUES.slice(12)) },
    ],
  ])('%s', async (_, header, data, beside) => {
    const read = await readAll({ 'a.mhd': join(header, data), ...beside });
    expect(read).toMatchObject({
      id: 'mha',
      values: VALUES,
      header: { format: 'mha', shape: { columns: 4, rows: 3, slices: 2, frames: 1 } },
    });
    expect(read.header.geometry).toEqual({
      orientation: [0, 1, 0, 1, 0, 0],
      through: [0, 0, -1],
      positions: [1, 2, 3],
      spacingMm: [2, 3, 4],
    });
    expect(read.header.companions ?? []).toEqual(Object.keys(beside).map((name) => `in/${name}`));
  });
  it('reads channels as samples, and refuses a bomb by reading no further than it needs', async () => {
    const header =
      'ObjectType = Image\nNDims = 2\nDimSize = 2 1\nElementNumberOfChannels = 3\nElementType = MET_UCHAR\nCompressedData = True\nElementDataFile = LOCAL\n';
    const { pixels, values } = await readAll({ 'a.mha': join(header, zlibSync(new Uint8Array(50_000_000).fill(7))) });
    expect(pixels).toMatchObject({ samples: 3, photometric: 'RGB' });
    expect(values).toEqual([7, 7, 7, 7, 7, 7]);
  });
});

describe('MGH, AFNI', () => {
  it('reads MGH with its geometry', async () => {
    const view = new DataView(new ArrayBuffer(284));
    for (const [i, value] of [1, 4, 3, 2, 1, 4, 0].entries()) view.setInt32(4 * i, value);
    view.setInt16(28, 1);
    for (const [i, value] of [1, 1, 1, -1, 0, 0, 0, 0, -1, 0, 1, 0, 5, 6, 7].entries()) view.setFloat32(30 + 4 * i, value);
    const read = await readAll({ 'a.mgz': join(new Uint8Array(view.buffer), shorts(VALUES, { little: false })) });
    expect(read).toMatchObject({ id: 'mgh', values: VALUES });
    expect(read.header.geometry).toEqual({
      orientation: [1, 0, 0, 0, 0, -1],
      through: [0, -1, 0],
      positions: [-7, -5, 8.5],
      spacingMm: [1, 1, 1],
    });
  });
  it('reads AFNI beside its BRIK, packed or not', async () => {
    const attribute = (type: string, name: string, value: string): string =>
      `\ntype = ${type}-attribute\nname = ${name}\ncount = ${type === 'string' ? value.length - 1 : value.split(' ').length}\n${value}\n`;
    const head = [
      attribute('integer', 'DATASET_RANK', '3 2'),
      attribute('integer', 'DATASET_DIMENSIONS', '4 3 1'),
      attribute('integer', 'BRICK_TYPES', '1 1'),
      attribute('string', 'BYTEORDER_STRING', "'MSB_FIRST~"),
    ].join('');
    const data = shorts(VALUES, { little: false });
    expect(await readAll({ 'a+orig.HEAD': head, 'a+orig.BRIK': data })).toMatchObject({
      id: 'afni',
      values: VALUES,
      header: { shape: { slices: 1, frames: 2 } },
    });
    expect(await readAll({ 'a+orig.HEAD': head, 'a+orig.BRIK.gz': gzipSync(data) })).toMatchObject({ values: VALUES });
  });
});

describe('cut anywhere, every volume says so in a sentence or reads what is there', () => {
  const whole: readonly (readonly [string, Folder])[] = [
    ['a.nii', { 'a.nii': join(nifti1(), shorts(VALUES)) }],
    ['b.nii', { 'b.nii': join(nifti2(), shorts(VALUES)) }],
    ['a.nrrd', { 'a.nrrd': join(nrrd([...BASE, 'encoding: gzip']), gzipSync(shorts(VALUES))) }],
    ['a.mha', { 'a.mha': join(`${META}CompressedData = True\nElementDataFile = LOCAL\n`, zlibSync(shorts(VALUES))) }],
    ['a.hdr', { 'a.hdr': nifti1({ magic: '\0\0\0\0', offset: 0 }), 'a.img': shorts(VALUES) }],
  ];
  it.each(whole)('%s', async (name, folder) => {
    const bytes = encode(folder[name] ?? '');
    const format = surest(formats, { path: name, head: bytes });
    for (let length = 0; length < bytes.length; length += 3) {
      for (const sized of [true, false]) {
        const cut = open({ ...folder, [name]: bytes.slice(0, length) }, name, { sized });
        await format
          ?.read(cut)
          .then((header) => (header.role === 'image' ? format.pixels?.(cut, { header, first: 0, count: 1 }) : undefined))
          .catch((thrown) => {
            expect(thrown).toBeInstanceOf(Unreadable);
            expect(thrown.because).toMatch(/\.$/);
          });
      }
    }
  });
  it.each(whole)('%s with any byte turned over neither hangs nor throws anything else', async (name, folder) => {
    const bytes = encode(folder[name] ?? '');
    for (let at = 0; at < Math.min(bytes.length, 560); at++) {
      const turned = bytes.slice();
      turned[at] = 255 - (turned[at] ?? 0);
      await readAll({ ...folder, [name]: turned }, name).catch((thrown) => {
        if (!/nobody claims it/.test(thrown.message)) expect(thrown).toBeInstanceOf(Unreadable);
      });
    }
  });
});
