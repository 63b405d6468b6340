// PNG, BMP, GIF and TIFF pictures written by Pillow (or by hand, where it cannot) against the array they were made of: exact, or not at all.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { surest } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import { Unreadable } from '../core/unreadable.ts';
import { formats } from './index.ts';
import fixtures from './rasters.fixture.json' with { type: 'json' };

interface Fixture {
  readonly base64: string;
  readonly sha256: string;
  readonly samples: number;
  readonly photometric: string;
  readonly bits: number;
  readonly frames?: number;
  readonly slices?: number;
}

const all = Object.entries(fixtures as Readonly<Record<string, Fixture>>);
const bytesOf = ({ base64 }: Fixture): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const open = (path: string, bytes: Uint8Array): OpenFile => ({
  path,
  bytes: { size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) },
  beside: () => undefined,
});
const formatOf = (path: string, bytes: Uint8Array): Format | undefined => surest(formats, { path, head: bytes.subarray(0, 4096) });

describe.each(all)('%s', (name, fixture) => {
  const bytes = bytesOf(fixture);
  const file = open(name, bytes);
  const id = name.slice(name.lastIndexOf('.') + 1);

  it('is claimed by its bytes, whatever its name', () => {
    expect(formatOf(name, bytes)?.id).toBe(id);
    expect(formatOf('scan.dat', bytes)?.id).toBe(id);
  });

  it('decodes to the very values it was made of', async () => {
    const format = formatOf(name, bytes);
    const header = await format?.read(file);
    if (!format?.pixels || !header?.shape) throw new Error('no pixels');
    expect(header.shape).toMatchObject({
      samples: fixture.samples,
      bits: fixture.bits,
      frames: fixture.frames ?? 1,
      slices: fixture.slices ?? 1,
    });
    const pixels = await format.pixels(file, { header, first: 0, count: Number.POSITIVE_INFINITY });
    const { buffer, byteOffset, byteLength } = pixels.data;
    expect(
      createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex'),
    ).toBe(fixture.sha256);
    expect(pixels).toMatchObject({
      samples: fixture.samples,
      photometric: fixture.photometric,
      columns: header.shape.columns,
      rows: header.shape.rows,
    });
    expect(pixels.frames).toBe(header.shape.slices * header.shape.frames);
    structuredClone(header);
  });

  it('answers its last image alone as it answers it among all', async () => {
    const format = formatOf(name, bytes);
    const header = await format?.read(file);
    if (!format?.pixels || !header?.shape) throw new Error('no pixels');
    const images = header.shape.slices * header.shape.frames;
    const whole = await format.pixels(file, { header, first: 0, count: images });
    const last = await format.pixels(file, { header, first: images - 1, count: 1 });
    expect(last.frames).toBe(1);
    expect([...last.data]).toEqual([...whole.data].slice((images - 1) * last.data.length));
  });

  it('lists its fields for people', async () => {
    const tags = await formatOf(name, bytes)?.tags?.(file);
    expect(tags?.length).toBeGreaterThan(0);
  });

  it('cut anywhere, says so in a sentence or reads what is there', async () => {
    const step = Math.max(1, Math.floor(bytes.length / 60));
    for (let length = 0; length < bytes.length; length += step) {
      const cut = open(name, bytes.slice(0, length));
      const format = formatOf(name, bytes);
      await format
        ?.read(cut)
        .then((header) => format.pixels?.(cut, { header, first: 0, count: 1 }))
        .catch((thrown) => {
          expect(thrown).toBeInstanceOf(Unreadable);
          expect(thrown.because).toMatch(/\.$/);
        });
    }
  });
});

describe('hostile pictures', () => {
  const png = bytesOf(fixtures['grey8.png'] as Fixture);
  const patched = (bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array => {
    const copy = bytes.slice();
    copy.set(values, at);
    return copy;
  };
  it('refuses a PNG that claims 4 billion pixels before anything is allocated', async () => {
    const file = open('x.png', patched(png, 16, [0, 1, 0, 0, 0, 1, 0, 0]));
    const format = formatOf('x.png', png);
    const header = await format?.read(file);
    expect(header?.shape).toMatchObject({ columns: 65536, rows: 65536 });
    await expect(format?.pixels?.(file, { header: header!, first: 0, count: 1 })).rejects.toMatchObject({ code: 'E-TOOBIG' });
  });
  it('refuses a TIFF whose field is longer than the file, and stops at pages that point at each other', async () => {
    const tiff = bytesOf(fixtures['big-endian.tiff'] as Fixture);
    const view = new DataView(tiff.buffer);
    const directory = view.getUint32(4);
    const format = formatOf('x.tiff', tiff);
    const long = open('x.tiff', patched(tiff, directory + 2 + 4, [0x7f, 0xff, 0xff, 0xff]));
    await expect(format?.read(long)).rejects.toMatchObject({ code: 'E-MALFORMED' });
    const loop = open('x.tiff', patched(tiff, tiff.length - 4, [...tiff.subarray(4, 8)]));
    expect((await format?.read(loop))?.warnings).toEqual(['The file ends before the list of its pages does.']);
  });
  it('takes no text for a bitmap', () => {
    const text = new TextEncoder().encode('BMI and other measures of the participants, one line each');
    expect(formatOf('notes.txt', text)).toBeUndefined();
  });
});
