// JPEG (and JPEG in TIFF) against the picture it was made of, within what the packing loses; WebP headers. WebP pixels need a browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { surest } from '../core/claim.ts';
import type { OpenFile } from '../core/format.ts';
import { Unreadable } from '../core/unreadable.ts';
import { formats } from './index.ts';
import fixtures from './lossy.fixture.json' with { type: 'json' };

// The codec's WebAssembly is fetched by its bundled address; here that is a path in the working tree.
vi.stubGlobal('fetch', async (address: string) => new Response(readFileSync(join(process.cwd(), address))));

const bytesOf = (name: keyof typeof fixtures): Uint8Array => new Uint8Array(Buffer.from(fixtures[name].base64, 'base64'));
const open = (path: string, bytes: Uint8Array): OpenFile => ({
  path,
  bytes: { size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) },
  beside: () => undefined,
});

async function decode(path: string, bytes: Uint8Array) {
  const file = open(path, bytes);
  const format = surest(formats, { path, head: bytes.subarray(0, 4096) });
  const header = await format?.read(file);
  return format?.pixels?.(file, { header: header!, first: 0, count: 1 });
}

/** The picture of all fixtures: 13 × 9, grey = 20 y + 5 x; red = grey, green = 255 − grey, blue = grey / 2. */
const grey = (i: number): number => (20 * Math.floor(i / 13) + 5 * (i % 13)) % 256;
const wanted = (samples: number): number[] =>
  Array.from({ length: 13 * 9 * samples }, (_, i) =>
    samples === 1 ? grey(i) : [grey(Math.floor(i / 3)), 255 - grey(Math.floor(i / 3)), grey(Math.floor(i / 3)) >> 1][i % 3]!,
  );

describe('JPEG', () => {
  it.each([
    ['g.jpg', 1, 'MONOCHROME2'],
    ['c.jpg', 3, 'RGB'],
    ['cmyk.jpg', 3, 'RGB'],
    ['j.tiff', 3, 'RGB'],
  ] as const)('%s is decoded to %d samples', async (name, samples, photometric) => {
    const pixels = await decode(name, bytesOf(name));
    expect(pixels).toMatchObject({ columns: 13, rows: 9, samples, photometric, lossy: true });
    const off = wanted(samples).map((value, i) => Math.abs(value - Number(pixels?.data[i])));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(12);
  });
  it('never answers with the picture before: good, bad, good', async () => {
    const good = await decode('c.jpg', bytesOf('c.jpg'));
    const bad = bytesOf('c.jpg').slice(0, -80);
    await expect(decode('c.jpg', bad)).rejects.toBeInstanceOf(Unreadable);
    expect([...(await decode('c.jpg', bytesOf('c.jpg')))!.data]).toEqual([...good!.data]);
  });
  it('cut anywhere, says so in a sentence', async () => {
    const whole = bytesOf('g.jpg');
    const format = formats.find(({ id }) => id === 'jpeg');
    for (let length = 0; length < whole.length; length += 9) {
      await format?.read(open('g.jpg', whole.slice(0, length))).catch((thrown) => expect(thrown).toBeInstanceOf(Unreadable));
    }
  });
  it('is not mistaken for JPEG-LS, and says that lossless JPEG is not decoded', async () => {
    expect(surest(formats, { path: 'x.jpg', head: Uint8Array.of(0xff, 0xd8, 0xff, 0xf7, 0, 11) })).toBeUndefined();
    const lossless = Uint8Array.of(0xff, 0xd8, 0xff, 0xc3, 0, 11, 16, 0, 9, 0, 13, 1, 1, 0x11, 0, 0xff, 0xda, 0, 0);
    const header = await formats.find(({ id }) => id === 'jpeg')?.read(open('x.jpg', lossless));
    expect(header).toMatchObject({
      shape: { columns: 13, rows: 9, bits: 16 },
      undecoded: 'Lossless JPEG files are recognised, but not decoded yet.',
    });
  });
});

describe('WebP', () => {
  it.each([
    ['lossless.webp', 3],
    ['alpha.webp', 4],
    ['lossy.webp', 3],
  ] as const)('%s: size from its chunks', async (name, samples) => {
    const format = surest(formats, { path: 'x', head: bytesOf(name) });
    expect(format?.id).toBe('webp');
    expect((await format?.read(open(name, bytesOf(name))))?.shape).toEqual({
      columns: 13,
      rows: 9,
      slices: 1,
      frames: 1,
      samples,
      bits: 8,
    });
  });
  it('cut before its size, says so; outside a browser, says that too', async () => {
    const format = formats.find(({ id }) => id === 'webp');
    await expect(format?.read(open('x.webp', bytesOf('lossy.webp').slice(0, 16)))).rejects.toMatchObject({ code: 'E-TRUNCATED' });
    await expect(decode('x.webp', bytesOf('lossy.webp'))).rejects.toMatchObject({ code: 'E-UNSUPPORTED' });
  });
});
