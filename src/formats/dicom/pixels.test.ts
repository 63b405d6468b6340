// Stored pixels of every layout, written by hand and read back: bits, bytes, words, planes, palettes, fragments and their tables.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BIG, element, encapsulated, type ImageOptions, imageElements, join, number, part10, us } from '../../../tests/support/dicom.ts';
import type { Pixels } from '../../core/pixels.ts';
import dicom from '../dicom.ts';

const LITTLE = '1.2.840.10008.1.2.1';
const RLE = '1.2.840.10008.1.2.5';

async function decode(
  bytes: Uint8Array,
  span: { first: number; count: number } = { first: 0, count: Number.POSITIVE_INFINITY },
): Promise<Pixels> {
  const file = {
    path: 'x',
    bytes: { size: bytes.length, slice: async (start: number, end?: number) => bytes.slice(start, end) },
    beside: () => undefined,
  };
  return dicom.pixels(file, { header: await dicom.read(file), ...span });
}

const native = (options: ImageOptions, data: Uint8Array, vr = 'OW') =>
  decode(part10(LITTLE, imageElements(options), element(0x7fe00010, vr, data)));
const bytes = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** One RLE frame: each plane as literal runs. */
function rle(planes: readonly (readonly number[])[]): Uint8Array {
  const segments = planes.map((plane) => Uint8Array.from([plane.length - 1, ...plane, ...(plane.length % 2 ? [] : [128])]));
  let at = 64;
  const offsets = segments.map((segment) => {
    at += segment.length;
    return at - segment.length;
  });
  const head = join(number(planes.length, 4), ...offsets.map((offset) => number(offset, 4)));
  return join(head, new Uint8Array(64 - head.length), ...segments);
}

describe('native pixels', () => {
  it('16 bits, unsigned and signed, keep their container', async () => {
    const data = bytes(Int16Array.of(-2, 1, 32767, -32768));
    expect((await native({ columns: 2, rows: 2 }, data)).data).toEqual(Uint16Array.of(65534, 1, 32767, 32768));
    expect((await native({ columns: 2, rows: 2, signed: true, stored: 12 }, data)).data).toEqual(Int16Array.of(-2, 1, 32767, -32768));
  });

  it('8, 32 and 64 bits', async () => {
    expect((await native({ columns: 2, rows: 1, bits: 8 }, Uint8Array.of(1, 255), 'OB')).data).toEqual(Uint8Array.of(1, 255));
    expect((await native({ columns: 2, rows: 1, bits: 8, signed: true }, Uint8Array.of(1, 255), 'OB')).data).toEqual(Int8Array.of(1, -1));
    expect((await native({ columns: 2, rows: 1, bits: 32 }, bytes(Uint32Array.of(7, 4e9)))).data).toEqual(Uint32Array.of(7, 4e9));
    expect((await native({ columns: 1, rows: 1, bits: 64 }, bytes(BigUint64Array.of(5n)))).data).toEqual(BigUint64Array.of(5n));
  });

  it('floats have tags of their own', async () => {
    const float = await decode(
      part10(LITTLE, imageElements({ columns: 2, rows: 1, bits: 32 }), element(0x7fe00008, 'OF', bytes(Float32Array.of(0.5, -3)))),
    );
    expect(float.data).toEqual(Float32Array.of(0.5, -3));
    const double = await decode(
      part10(LITTLE, imageElements({ columns: 1, rows: 1, bits: 64 }), element(0x7fe00009, 'OD', bytes(Float64Array.of(Math.PI)))),
    );
    expect(double.data).toEqual(Float64Array.of(Math.PI));
  });

  it('one bit becomes a byte, and frames begin in the middle of bytes', async () => {
    const options = { columns: 3, rows: 1, bits: 1, frames: 3 };
    const packed = Uint8Array.of(0b10001101, 0b1);
    expect([...(await native(options, packed, 'OB')).data]).toEqual([1, 0, 1, 1, 0, 0, 0, 1, 1]);
    const file = part10(LITTLE, imageElements(options), element(0x7fe00010, 'OB', packed));
    expect([...(await decode(file, { first: 2, count: 1 })).data]).toEqual([0, 1, 1]);
  });

  it('twelve bits, packed', async () => {
    expect([...(await native({ columns: 2, rows: 1, bits: 12 }, Uint8Array.of(0x23, 0x61, 0x45)).then((p) => p.data))]).toEqual([
      0x123, 0x456,
    ]);
  });

  it('big endian words, also of eight-bit samples', async () => {
    const big = (options: ImageOptions, data: Uint8Array) =>
      decode(part10('1.2.840.10008.1.2.2', imageElements({ ...options, syntax: BIG }), element(0x7fe00010, 'OW', data, { syntax: BIG })));
    expect((await big({ columns: 2, rows: 1 }, Uint8Array.of(1, 2, 3, 4))).data).toEqual(Uint16Array.of(0x0102, 0x0304));
    expect((await big({ columns: 3, rows: 1, bits: 8 }, Uint8Array.of(2, 1, 0, 3))).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('colour by plane is interleaved, YBR becomes RGB, halved chroma is spread', async () => {
    const rgb = { columns: 2, rows: 1, bits: 8, samples: 3, photometric: 'RGB' };
    expect([...(await native({ ...rgb, planar: 1 }, Uint8Array.of(1, 2, 3, 4, 5, 6), 'OB')).data]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...(await native({ ...rgb, photometric: 'YBR_FULL' }, Uint8Array.of(76, 85, 255, 0, 128, 128), 'OB')).data]).toEqual([
      254, 0, 0, 0, 0, 0,
    ]);
    expect([...(await native({ ...rgb, photometric: 'YBR_FULL_422' }, Uint8Array.of(10, 200, 128, 128), 'OB')).data]).toEqual([
      10, 10, 10, 200, 200, 200,
    ]);
    expect([...(await native({ ...rgb, photometric: 'YBR_PARTIAL_422' }, Uint8Array.of(16, 235, 128, 128), 'OB')).data]).toEqual([
      0, 0, 0, 255, 255, 255,
    ]);
  });

  it('a palette comes beside the indices', async () => {
    const table = (tag: number, values: readonly number[]) => element(tag, 'OW', join(...values.map((value) => number(value, 2))));
    const descriptor = (tag: number) => element(tag, 'US', join(number(2, 2), number(1, 2), number(16, 2)));
    const lut = [
      descriptor(0x00281101),
      descriptor(0x00281102),
      descriptor(0x00281103),
      table(0x00281201, [0xff00, 0]),
      table(0x00281202, [0, 0xff00]),
      table(0x00281203, [0x8000, 0x1000]),
    ];
    const pixels = await decode(
      part10(
        LITTLE,
        imageElements({ columns: 2, rows: 1, bits: 8, photometric: 'PALETTE COLOR' }),
        ...lut,
        element(0x7fe00010, 'OB', Uint8Array.of(1, 2)),
      ),
    );
    expect(pixels.photometric).toBe('PALETTE');
    expect([...pixels.data]).toEqual([1, 2]);
    expect([...pixels.palette!]).toEqual([255, 0, 128, 255, 0, 128, 0, 255, 16]);
  });

  it('a segmented palette is expanded', async () => {
    const segments = (values: readonly number[]) => join(...values.map((value) => number(value, 2)));
    const descriptor = (tag: number) => element(tag, 'US', join(number(5, 2), number(0, 2), number(8, 2)));
    const lut = [0x00281221, 0x00281222, 0x00281223].map((tag) => element(tag, 'OW', segments([0, 1, 10, 1, 4, 50])));
    const file = part10(
      LITTLE,
      imageElements({ columns: 1, rows: 1, bits: 8, photometric: 'PALETTE COLOR' }),
      ...[0x00281101, 0x00281102, 0x00281103].map(descriptor),
      ...lut,
      element(0x7fe00010, 'OB', Uint8Array.of(0)),
    );
    expect([...(await decode(file)).palette!].filter((_, i) => i % 3 === 0)).toEqual([10, 20, 30, 40, 50]);
  });

  it('rescale and window come from the file', async () => {
    const more = [
      element(0x00281050, 'DS', '40\\50'),
      element(0x00281051, 'DS', '400'),
      element(0x00281052, 'DS', '-1024'),
      element(0x00281053, 'DS', '2'),
      element(0x00282110, 'CS', '01'),
    ];
    const file = part10(LITTLE, imageElements({ columns: 1, rows: 1 }), ...more, element(0x7fe00010, 'OW', number(1, 2)));
    expect(await decode(file)).toMatchObject({ slope: 2, intercept: -1024, windowCenter: 40, windowWidth: 400, lossy: true });
  });
});

describe('encapsulated pixels', () => {
  it('RLE of 8, 16 and 32 bits, colour, signed, one bit', async () => {
    const frame = (options: ImageOptions, planes: readonly (readonly number[])[]) =>
      decode(part10(RLE, imageElements({ columns: 2, rows: 1, ...options }), encapsulated([rle(planes)])));
    expect((await frame({ bits: 8 }, [[5, 6]])).data).toEqual(Uint8Array.of(5, 6));
    expect(
      (
        await frame({ bits: 16, signed: true }, [
          [255, 0],
          [254, 7],
        ])
      ).data,
    ).toEqual(Int16Array.of(-2, 7));
    expect(
      (
        await frame({ bits: 32 }, [
          [0, 1],
          [0, 0],
          [0, 0],
          [9, 0],
        ])
      ).data,
    ).toEqual(Uint32Array.of(9, 0x01000000));
    expect([
      ...(
        await frame({ bits: 8, samples: 3, photometric: 'RGB', planar: 1 }, [
          [1, 2],
          [3, 4],
          [5, 6],
        ])
      ).data,
    ]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...(await frame({ bits: 1, columns: 4 }, [[0b0110]])).data]).toEqual([0, 1, 1, 0]);
  });

  it('deflated frames, each by itself', async () => {
    const frames = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)].map((raw) => new Uint8Array(deflateRawSync(raw)));
    const file = part10('1.2.840.10008.1.2.8.1', imageElements({ columns: 3, rows: 1, bits: 8, frames: 2 }), encapsulated(frames));
    expect([...(await decode(file)).data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await decode(file, { first: 1, count: 1 })).data]).toEqual([4, 5, 6]);
  });

  it('frames in several fragments, found by the basic table', async () => {
    const frames = [7, 8].map((value) => rle([[value, value]]));
    const fragments = frames.flatMap((frame) => [frame.slice(0, 40), frame.slice(40)]);
    const second = fragments.slice(0, 2).reduce((sum, fragment) => sum + 8 + fragment.length + (fragment.length % 2), 0);
    const file = part10(RLE, imageElements({ columns: 2, rows: 1, bits: 8, frames: 2 }), encapsulated(fragments, [0, second]));
    expect([...(await decode(file)).data]).toEqual([7, 7, 8, 8]);
  });

  it('only the frames asked for are read where a table leads to them', async () => {
    const frame = (value: number) => join(rle([Array.from({ length: 100 }, () => value)]), new Uint8Array(1 << 20));
    const frames = Array.from({ length: 20 }, (_, i) => frame(i));
    const size = frames[0]!.length + (frames[0]!.length % 2) + 8;
    const table = element(0x7fe00001, 'OV', join(...frames.map((_, i) => join(number(i * size, 4), number(0, 4)))));
    for (const extended of [false, true]) {
      const offsets = extended ? [] : frames.map((_, i) => i * size);
      const whole = part10(
        RLE,
        imageElements({ columns: 10, rows: 10, bits: 8, frames: 20 }),
        ...(extended ? [table] : []),
        encapsulated(frames, offsets),
      );
      let read = 0;
      const slice = async (start: number, end?: number) => {
        read += (end ?? whole.length) - start;
        return whole.slice(start, end);
      };
      const file = { path: 'x', bytes: { size: whole.length, slice }, beside: () => undefined };
      const pixels = await dicom.pixels(file, { header: await dicom.read(file), first: 13, count: 1 });
      expect(pixels.data[0]).toBe(13);
      expect(read).toBeLessThan(2 << 20);
    }
  });

  it('a wrong table is not believed', async () => {
    const frames = [1, 2, 3].map((value) => rle([[value, value]]));
    const file = part10(RLE, imageElements({ columns: 2, rows: 1, bits: 8, frames: 3 }), encapsulated(frames, [0, 3, 5]));
    expect([...(await decode(file)).data]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('a small native file inside a deflated one', async () => {
    const body = join(imageElements({ columns: 2, rows: 1, bits: 8 }), us(0x00289001, 1), element(0x7fe00010, 'OB', Uint8Array.of(9, 8)));
    expect([...(await decode(part10('1.2.840.10008.1.2.1.99', new Uint8Array(deflateRawSync(body))))).data]).toEqual([9, 8]);
  });
});
