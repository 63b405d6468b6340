// What a header says: role, shape, place, tags, references. Files are written here, element by element.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  BIG,
  bytesOf,
  EXPLICIT,
  element,
  encapsulated,
  IMPLICIT,
  imageElements,
  join,
  number,
  part10,
  type Syntax,
  sequence,
  us,
} from '../../../tests/support/dicom.ts';
import type { Header } from '../../core/header.ts';
import dicom from '../dicom.ts';

const LITTLE = '1.2.840.10008.1.2.1';
const PIXELS = element(0x7fe00010, 'OW', new Uint8Array(24));

function read(bytes: Uint8Array): Promise<Header> {
  return dicom.read({
    path: 'x',
    bytes: { size: bytes.length, slice: async (start, end) => bytes.slice(start, end) },
    beside: () => undefined,
  });
}

const ds = (tag: number, value: string, vr = 'DS') => element(tag, vr, value);

describe('ways to write the same data set', () => {
  const body = (syntax: Syntax) => join(imageElements({ syntax }), element(0x7fe00010, 'OW', new Uint8Array(24), { syntax }));
  it.each([
    ['explicit little endian', part10(LITTLE, body(EXPLICIT)), LITTLE],
    ['implicit little endian', part10('1.2.840.10008.1.2', body(IMPLICIT)), '1.2.840.10008.1.2'],
    ['explicit big endian', part10('1.2.840.10008.1.2.2', body(BIG)), '1.2.840.10008.1.2.2'],
    ['deflated', part10('1.2.840.10008.1.2.1.99', deflateRawSync(body(EXPLICIT))), '1.2.840.10008.1.2.1.99'],
    ['deflated in name only', part10('1.2.840.10008.1.2.1.99', body(EXPLICIT)), LITTLE],
    ['no preamble', part10(LITTLE, body(EXPLICIT)).slice(132), LITTLE],
    ['no meta group, explicit', body(EXPLICIT), LITTLE],
    ['no meta group, implicit', body(IMPLICIT), '1.2.840.10008.1.2'],
    ['no meta group, big endian', body(BIG), '1.2.840.10008.1.2.2'],
    ['a meta group that lies about VRs', part10(LITTLE, body(IMPLICIT)), LITTLE],
  ])('%s', async (_, bytes, syntax) => {
    const header = await read(bytes);
    expect(header.role).toBe('image');
    expect(header.shape).toEqual({ columns: 4, rows: 3, slices: 1, frames: 1, samples: 1, bits: 16 });
    expect(header.tags).toMatchObject({ Modality: 'CT', SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', TransferSyntaxUID: syntax });
    expect(header.series).toBe('1.2.3');
    expect(header.warnings).toBeUndefined();
  });
});

describe('place and shape', () => {
  it('a plain slice: position, orientation, spacing columns first', async () => {
    const more = [ds(0x00180088, '2.5'), ds(0x00200032, '-10\\20\\30.5'), ds(0x00200037, '1\\0\\0\\0\\1\\0')];
    const spaced = join(imageElements({ more }), PIXELS);
    const header = await read(part10(LITTLE, spaced));
    expect(header.geometry).toMatchObject({ orientation: [1, 0, 0, 0, 1, 0], positions: [-10, 20, 30.5] });
    const inPlane = join(imageElements().slice(0, -40), ds(0x00280030, '0.5\\0.7'), imageElements().slice(-40), PIXELS);
    expect((await read(part10(LITTLE, inPlane))).geometry?.spacingMm).toEqual([0.7, 0.5]);
  });

  const position = (x: number) => sequence(0x00209113, [ds(0x00200032, `${x}\\0\\0`)]);
  const shared = sequence(0x52009229, [
    join(
      sequence(0x00209071, [
        join(
          element(0x00209072, 'CS', 'L'),
          sequence(0x00082218, [
            join(element(0x00080100, 'SH', '69536005'), element(0x00080102, 'SH', 'SCT'), element(0x00080104, 'LO', 'Head')),
          ]),
        ),
      ]),
      sequence(0x00209116, [ds(0x00200037, '0\\1\\0\\0\\0\\1')]),
      sequence(0x00289110, [join(ds(0x00180050, '4'), ds(0x00280030, '2\\3'))]),
      sequence(0x00189114, [element(0x00189082, 'FD', new Uint8Array(new Float64Array([12.5]).buffer))]),
    ),
  ]);
  const enhanced = (places: readonly number[], options: { open?: boolean } = {}) =>
    part10(
      LITTLE,
      imageElements({ frames: places.length, sopClass: '1.2.840.10008.5.1.4.1.1.4.1' }),
      shared,
      sequence(0x52009230, places.map(position), options),
      element(0x7fe00010, 'OW', new Uint8Array(24 * places.length)),
    );

  it('enhanced: distinct positions are slices, the rest are frames', async () => {
    for (const open of [false, true]) {
      const header = await read(enhanced([0, 5, 10, 0, 5, 10], { open }));
      expect(header.shape).toMatchObject({ slices: 3, frames: 2 });
      expect(header.geometry?.spacingMm).toEqual([3, 2, 5]);
      expect(header.geometry?.positions).toHaveLength(18);
      expect(header.tags).toMatchObject({
        AnatomicRegion: 'Head',
        AnatomicRegionCode: '69536005',
        FrameLaterality: 'L',
        EffectiveEchoTime: 12.5,
        SliceThickness: 4,
      });
    }
  });

  it('enhanced: one place is time; an uneven rest is all slices', async () => {
    expect((await read(enhanced([5, 5, 5, 5]))).shape).toMatchObject({ slices: 1, frames: 4 });
    expect((await read(enhanced([0, 1, 1]))).shape).toMatchObject({ slices: 3, frames: 1 });
  });

  it('a dose grid stacks by its offsets, a clip by nothing, NM by its slice vector', async () => {
    const at = (tag: number) => join(number(tag >>> 16, 2), number(tag & 0xffff, 2));
    const base = (sopClass: string, pointer: number, extra: readonly Uint8Array[] = [], more: readonly Uint8Array[] = []) => {
      const head = imageElements({ frames: 4, sopClass, more });
      const split = head.length - 60;
      return part10(
        LITTLE,
        head.slice(0, split),
        element(0x00280009, 'AT', at(pointer)),
        head.slice(split),
        ...extra,
        element(0x7fe00010, 'OW', new Uint8Array(96)),
      );
    };
    const placed = [ds(0x00200032, '0\\0\\100'), ds(0x00200037, '1\\0\\0\\0\\1\\0')];
    const dose = await read(base('1.2.840.10008.5.1.4.1.1.481.2', 0x3004000c, [ds(0x3004000c, '0\\3\\6\\9')], placed));
    expect(dose).toMatchObject({ role: 'object', what: 'Radiotherapy dose grid', shape: { slices: 4, frames: 1 } });
    expect(dose.geometry?.positions?.slice(-3)).toEqual([0, 0, 109]);
    expect((await read(base('1.2.840.10008.5.1.4.1.1.3.1', 0x00181063))).shape).toMatchObject({ slices: 1, frames: 4 });
    const nm = await read(base('1.2.840.10008.5.1.4.1.1.20', 0x00540080, [us(0x00540081, 2)]));
    expect(nm.shape).toMatchObject({ slices: 2, frames: 2 });
  });
});

describe('curated tags', () => {
  it('b-values of Siemens and GE, with and without the billion', async () => {
    const siemens = join(element(0x00190010, 'LO', 'SIEMENS MR HEADER'), element(0x0019100c, 'IS', '800'));
    expect((await read(part10(LITTLE, imageElements({ more: [siemens] }), PIXELS))).tags.DiffusionBValue).toBe(800);
    const ge = join(element(0x00430010, 'LO', 'GEMS_PARM_01'), element(0x00431039, 'IS', '1000000700\\8\\0\\0'));
    expect((await read(part10(LITTLE, imageElements(), ge, PIXELS))).tags.DiffusionBValue).toBe(700);
  });

  it('images in a mosaic, from its own tag or from the CSA header', async () => {
    const type = element(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC');
    const own = join(element(0x00190010, 'LO', 'SIEMENS MR HEADER'), us(0x0019100a, 36));
    expect((await read(part10(LITTLE, type, imageElements({ more: [own] }), PIXELS))).tags.MosaicImages).toBe(36);
    const csa = join(bytesOf('NumberOfImagesInMosaic'), new Uint8Array(78), bytesOf('48\0\0'));
    expect((await read(part10(LITTLE, type, imageElements(), element(0x00291010, 'OB', csa), PIXELS))).tags.MosaicImages).toBe(48);
  });

  it('text in its character set, and nobody’s name', async () => {
    const more = [element(0x00100010, 'PN', 'Doe^Jane'), element(0x00181030, 'LO', 'Sch\xe4del')];
    const header = await read(part10(LITTLE, element(0x00080005, 'CS', 'ISO_IR 100'), imageElements({ more }), PIXELS));
    expect(header.tags.ProtocolName).toBe('Schädel');
    expect(JSON.stringify(header)).not.toContain('Doe');
  });
});

describe('objects that are no pictures', () => {
  const object = (sopClass: string, ...more: readonly Uint8Array[]) => read(part10(LITTLE, element(0x00080016, 'UI', sopClass), ...more));

  it.each([
    ['1.2.840.10008.5.1.4.1.1.88.33', 'Structured report'],
    ['1.2.840.10008.5.1.4.1.1.88.59', 'Key object selection'],
    ['1.2.840.10008.5.1.4.1.1.104.1', 'PDF document'],
    ['1.2.840.10008.5.1.4.1.1.9.1.1', 'ECG waveform'],
    ['1.2.840.10008.5.1.4.1.1.11.1', 'Presentation state'],
    ['1.2.840.10008.5.1.4.1.1.481.5', 'Radiotherapy plan'],
    ['1.2.840.10008.5.1.4.1.1.4.2', 'MR spectroscopy'],
    ['1.2.840.10008.5.1.4.1.1.66', 'Raw data'],
    ['1.2.840.10008.1.3.10', 'DICOMDIR'],
    ['1.2.840.10008.5.1.4.1.1.2', 'CT image without pixel data'],
    ['1.2.3.4.5', 'DICOM data set without pixel data'],
  ])('%s is %s', async (uid, what) => {
    expect(await object(uid)).toMatchObject({ role: 'object', what, shape: undefined });
  });

  it('a segmentation names its segments and the series it lies on', async () => {
    const code = (meaning: string) => element(0x00080104, 'LO', meaning);
    const segments = sequence(0x00620002, [
      join(
        sequence(0x00620003, [code('Morphologically abnormal structure')]),
        element(0x00620005, 'LO', 'Lesion 1'),
        sequence(0x0062000f, [code('Neoplasm')]),
      ),
    ]);
    const refers = sequence(0x00081115, [
      join(sequence(0x0008114a, [element(0x00081155, 'UI', '9.9.1')]), element(0x0020000e, 'UI', '9.9')),
    ]);
    const header = await object('1.2.840.10008.5.1.4.1.1.66.4', refers, segments);
    expect(header).toMatchObject({
      role: 'mask',
      what: 'Segmentation',
      refersTo: ['9.9', '9.9.1'],
      segments: ['Lesion 1 (Neoplasm, Morphologically abnormal structure)'],
    });
  });

  it('a structure set names its structures, and its contours are not read', async () => {
    const rois = sequence(
      0x30060020,
      ['GTV', 'Lung left'].map((name) => element(0x30060026, 'LO', name)),
    );
    const series = sequence(0x30060014, [element(0x0020000e, 'UI', '8.8')]);
    const frames = sequence(0x30060010, [sequence(0x30060012, [series])]);
    const header = await object(
      '1.2.840.10008.5.1.4.1.1.481.3',
      frames,
      rois,
      sequence(0x30060039, [element(0x30060050, 'DS', '1\\2\\3')]),
    );
    expect(header).toMatchObject({ role: 'mask', refersTo: ['8.8'], segments: ['GTV', 'Lung left'] });
  });

  it('a private class with pixels is an image', async () => {
    expect((await read(part10(LITTLE, imageElements({ sopClass: '1.2.276.0.7230010.3.1.0.1' }), PIXELS))).role).toBe('image');
  });

  it('compressed frames are announced by their syntax', async () => {
    const header = await read(part10('1.2.840.10008.1.2.4.108', imageElements(), encapsulated([new Uint8Array(8)])));
    expect(header.undecoded).toContain('HEVC video');
  });
});

describe('the list of tags', () => {
  it('nests sequences, names private and retired tags, shows small binary values', async () => {
    const more = [
      element(0x00181030, 'LO', 'x'.repeat(3000)),
      join(
        element(0x00190010, 'LO', 'ACME'),
        element(0x00191001, 'UN', Uint8Array.of(1, 2, 255, 4)),
        element(0x00191002, 'UN', 'readable'),
      ),
    ];
    const bytes = part10(LITTLE, sequence(0x00081140, [element(0x00081155, 'UI', '1.2')], { open: true }), imageElements({ more }), PIXELS);
    const tags = await dicom.tags({
      path: 'x',
      bytes: { size: bytes.length, slice: async (start, end) => bytes.slice(start, end) },
      beside: () => undefined,
    });
    const find = (tag: string) => tags.find((node) => node.tag === tag);
    expect(find('(0002,0010)')).toMatchObject({ keyword: 'TransferSyntaxUID', value: LITTLE });
    expect(find('(0008,1140)')).toMatchObject({
      keyword: 'ReferencedImageSequence',
      vr: 'SQ',
      items: [[{ keyword: 'ReferencedSOPInstanceUID', value: '1.2' }]],
    });
    expect(find('(0018,1030)')?.value).toHaveLength(1024);
    expect(find('(0019,1001)')).toMatchObject({ keyword: 'Private: ACME', value: '01 02 FF 04' });
    expect(find('(0019,1002)')?.value).toBe('readable');
    expect(find('(0028,0010)')).toMatchObject({ keyword: 'Rows', vr: 'US', value: '3' });
    expect(tags.at(-1)).toMatchObject({ keyword: 'PixelData', value: '24 bytes' });
  });
});
