// What every format promises, asked with every fixture: claimed by it alone, read to the JSON beside it, and no cut makes it hang.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Claim, surest } from '../../src/core/claim.ts';
import type { Format, OpenFile } from '../../src/core/format.ts';
import type { Header } from '../../src/core/header.ts';
import { Unreadable } from '../../src/core/unreadable.ts';
import { formats } from '../../src/formats/index.ts';

interface Told {
  readonly file: string;
  readonly also?: readonly string[];
  readonly format: string;
  readonly role: Header['role'];
  readonly shape?: readonly [number, number, number, number];
  readonly samples?: number;
  readonly bits?: number;
  readonly modality?: string;
  readonly pixelSha256?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Decoded by the browser's own decoders, which Node has not: their pixels are asked for in tests/e2e. */
const IN_BROWSER = ['jpeg', 'webp', 'gif'];
/** Rare formats without a writer at hand: read from the corpus, in their own tests. */
const CORPUS_ONLY = ['afni', 'minc', 'parrec'];
const ROOT = join(import.meta.dirname, '../fixtures');
const fixtures = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({ folder: dirname(name), told: JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Told }))
  // Other suites keep their own JSON in their own folders there.
  .filter(({ told }) => told.file !== undefined && told.format !== undefined);

/** A gzip of one file reaches formats unpacked: that is the gzip source's business. */
function bytesOf(folder: string, name: string): Uint8Array {
  const raw = readFileSync(join(ROOT, folder, name));
  return Uint8Array.from(name.endsWith('.gz') ? gunzipSync(raw) : raw);
}

function openFile(path: string, files: ReadonlyMap<string, Uint8Array>): OpenFile {
  const data = files.get(path.slice(path.lastIndexOf('/') + 1)) ?? new Uint8Array();
  return {
    path,
    bytes: { size: data.length, slice: async (start, end) => data.slice(start, end) },
    beside: (name) =>
      [...files.keys()].filter((other) => other.toLowerCase() === name.toLowerCase()).map((other) => openFile(other, files))[0],
  };
}

function filesOf(folder: string, told: Told): Map<string, Uint8Array> {
  return new Map([told.file, ...(told.also ?? [])].map((name) => [name, bytesOf(folder, name)]));
}

const glimpseOf = (file: OpenFile, data: Uint8Array) => ({ path: file.path, head: data.slice(0, 4_096), size: data.length });

function formatOf(name: string, data: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Format {
  const format = surest(formats, glimpseOf(openFile(name, files), data));
  if (!format) throw new Error(`nobody claims ${name}`);
  return format;
}

it('has fixtures for every format', () => {
  const told = new Set(fixtures.map((fixture) => fixture.told.format));
  expect(fixtures.length).toBeGreaterThan(40);
  for (const { id } of formats) if (!CORPUS_ONLY.includes(id)) expect([...told]).toContain(id);
});

describe.each(fixtures.map((fixture) => [`${fixture.folder}/${fixture.told.file}`, fixture] as const))('%s', (_, { folder, told }) => {
  const files = filesOf(folder, told);
  const data = files.get(told.file) as Uint8Array;
  const file = openFile(told.file, files);

  it('is claimed most surely by one format', () => {
    const claims = formats
      .map((format) => ({ id: format.id, claim: format.claim(glimpseOf(file, data)) }))
      .filter(({ claim }) => claim > 0);
    const height = Math.max(...claims.map(({ claim }) => claim));
    expect(claims.filter(({ claim }) => claim === height)).toHaveLength(1);
    expect(height).toBeGreaterThanOrEqual(Claim.byMagic);
  });

  it('reads to the JSON beside it', async () => {
    const header = await formatOf(told.file, data, files).read(file);
    expect({ format: header.format, role: header.role }).toEqual({ format: told.format, role: told.role });
    expect(structuredClone(header)).toEqual(header);
    if (told.modality) expect(header.tags.Modality).toBe(told.modality);
    if (told.tags) expect(header.tags).toMatchObject(told.tags);
    if (!told.shape) return expect(header.shape ?? { columns: 0 }).toMatchObject({});
    const [columns, rows, slices, frames] = told.shape;
    expect(header.shape).toMatchObject({ columns, rows, slices, frames });
    if (told.samples) expect(header.shape?.samples).toBe(told.samples);
    if (told.bits) expect(header.shape?.bits).toBe(told.bits);
  });

  it.runIf(told.pixelSha256 && !IN_BROWSER.includes(told.format))('decodes to exactly these values', async () => {
    const format = formatOf(told.file, data, files);
    const header = await format.read(file);
    expect(header.undecoded).toBeUndefined();
    const pixels = await format.pixels?.(file, { header, first: 0, count: Number.POSITIVE_INFINITY });
    const values = pixels?.data as ArrayBufferView;
    expect(
      createHash('sha256')
        .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
        .digest('hex'),
    ).toBe(told.pixelSha256);
  });

  it.runIf(told.shape && !IN_BROWSER.includes(told.format))(
    'answers a part of its frames with as many values as the header says',
    async () => {
      const format = formatOf(told.file, data, files);
      const header = await format.read(file);
      if (!format.pixels || header.undecoded) return;
      const pixels = await format.pixels(file, { header, first: 0, count: 1 });
      expect(pixels.frames).toBe(1);
      expect(pixels.data.length).toBe(pixels.columns * pixels.rows * pixels.samples);
      expect([pixels.columns, pixels.rows]).toEqual(told.shape?.slice(0, 2));
    },
  );

  it('survives being cut anywhere', async () => {
    for (const length of cuts(data.length)) {
      const short = new Map(files).set(told.file, data.slice(0, length));
      await reads(told.file, short);
    }
  });

  it('survives bytes that lie', async () => {
    for (let n = 0; n < 24; n++) {
      const bent = data.slice();
      for (let k = 0; k < 4; k++) bent[(n * 7919 + k * 104_729 + 8) % Math.min(bent.length, 1_024)] = (n * 37 + k * 91) & 255;
      await reads(told.file, new Map(files).set(told.file, bent));
    }
  });
});

function cuts(size: number): number[] {
  const early = Array.from({ length: 40 }, (_, n) => n * 3);
  const spread = Array.from({ length: 40 }, (_, n) => Math.floor((n * size) / 40));
  return [...new Set([...early, ...spread, size - 1, size - 2])].filter((length) => length >= 0 && length < size);
}

/** Reads and decodes; anything but an answer or an Unreadable with a sentence fails the test. */
async function reads(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const data = files.get(name) ?? new Uint8Array();
  const file = openFile(name, files);
  const format = surest(formats, glimpseOf(file, data));
  if (!format) return;
  try {
    const header = await format.read(file);
    if (!header.undecoded && header.shape) await format.pixels?.(file, { header, first: 0, count: 1 });
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Unreadable);
    expect((thrown as Unreadable).because).toMatch(/^\p{Lu}.{8,300}[.!?]$/su);
  }
}
