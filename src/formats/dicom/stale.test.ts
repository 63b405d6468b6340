// A decoder that failed must not answer with the picture before: good A, broken ones, good B, and both as they always were.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { encapsulated, imageElements, part10 } from '../../../tests/support/dicom.ts';
import type { Pixels } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import dicom from '../dicom.ts';
import { lookAt } from './codecs/stream.ts';

const require = createRequire(import.meta.url);

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  setNearLossless?(error: number): void;
  setQuality?(reversible: boolean, step: number): void;
  setDecompositions?(levels: number): void;
  setLossless?(on: boolean): void;
  delete(): void;
}

interface Kind {
  readonly name: string;
  readonly syntax: string;
  readonly module: string;
  readonly encoder: string;
  readonly bits: number;
  readonly samples: number;
}

const KINDS: readonly Kind[] = [
  { name: 'JPEG-LS', syntax: '.4.80', module: 'charls/', encoder: 'JpegLSEncoder', bits: 16, samples: 1 },
  { name: 'JPEG 2000', syntax: '.4.90', module: 'openjpeg/', encoder: 'J2KEncoder', bits: 16, samples: 1 },
  { name: 'HTJ2K', syntax: '.4.201', module: 'openjph/', encoder: 'HTJ2KEncoder', bits: 16, samples: 1 },
  { name: 'JPEG XL', syntax: '.4.110', module: 'libjxl/encode', encoder: 'JpegXLEncoder', bits: 16, samples: 1 },
  { name: 'JPEG XL, 8 bits', syntax: '.4.110', module: 'libjxl/encode', encoder: 'JpegXLEncoder', bits: 8, samples: 1 },
  { name: 'JPEG XL, colour', syntax: '.4.110', module: 'libjxl/encode', encoder: 'JpegXLEncoder', bits: 8, samples: 3 },
  { name: 'JPEG 2000, colour', syntax: '.4.90', module: 'openjpeg/', encoder: 'J2KEncoder', bits: 8, samples: 3 },
];

async function load(kind: Kind): Promise<Record<string, new () => Encoder>> {
  const base = `@cornerstonejs/codec-${kind.module}`;
  const loaded: { default: unknown } = await import(require.resolve(`${base}wasmjs`));
  const factory = (typeof loaded.default === 'function' ? loaded.default : (loaded.default as { default: unknown }).default) as (
    options: object,
  ) => Promise<never>;
  return factory({ wasmBinary: readFileSync(require.resolve(`${base}wasm`)), print: () => {} });
}

/** A picture whose samples use all bits and differ by seed. */
function picture(columns: number, rows: number, kind: Kind, seed: number): Uint8Array | Uint16Array {
  const length = columns * rows * kind.samples;
  const values = kind.bits === 8 ? new Uint8Array(length) : new Uint16Array(length);
  for (let i = 0; i < length; i++) values[i] = (i * 37 * seed + ((i * i) >> 3)) & (2 ** kind.bits - 1);
  return values;
}

function encode(
  codec: Record<string, new () => Encoder>,
  kind: Kind,
  size: { columns: number; rows: number; data: Uint8Array | Uint16Array },
): Uint8Array {
  const encoder = new codec[kind.encoder]!();
  const info = {
    width: size.columns,
    height: size.rows,
    bitsPerSample: kind.bits,
    componentCount: kind.samples,
    isSigned: false,
    isUsingColorTransform: kind.samples === 3,
  };
  encoder.setNearLossless?.(0);
  encoder.setLossless?.(true);
  encoder.setQuality?.(true, 0);
  encoder.setDecompositions?.(2);
  encoder.getDecodedBuffer(info).set(new Uint8Array(size.data.buffer));
  encoder.encode();
  const bytes = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return bytes;
}

function decode(kind: Kind, frame: Uint8Array, columns: number, rows: number): Promise<Pixels> {
  const photometric = kind.samples === 3 ? (kind.syntax === '.4.90' ? 'YBR_RCT' : 'RGB') : 'MONOCHROME2';
  const bytes = part10(
    `1.2.840.10008.1.2${kind.syntax}`,
    imageElements({ columns, rows, bits: kind.bits, samples: kind.samples, photometric }),
    encapsulated([frame]),
  );
  const file = {
    path: 'x',
    bytes: { size: bytes.length, slice: async (start: number, end?: number) => bytes.slice(start, end) },
    beside: () => undefined,
  };
  return dicom.read(file).then((header) => dicom.pixels(file, { header, first: 0, count: 1 }));
}

const sha = (data: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

describe.each(KINDS)('$name', (kind) => {
  const a = { columns: 16, rows: 20, data: picture(16, 20, kind, 3) };
  const b = { columns: 24, rows: 12, data: picture(24, 12, kind, 5) };
  let streams: { a: Uint8Array; b: Uint8Array };

  beforeAll(async () => {
    const codec = await load(kind);
    streams = { a: encode(codec, kind, a), b: encode(codec, kind, b) };
  });

  it('says its size in its first bytes', () => {
    expect(lookAt(streams.a)).toMatchObject({ columns: 16, rows: 20 });
    expect(lookAt(streams.b)).toMatchObject({ columns: 24, rows: 12 });
  });

  it('decodes to what was encoded', async () => {
    expect(sha((await decode(kind, streams.a, 16, 20)).data)).toBe(sha(a.data));
  });

  it('never answers with the picture before', async () => {
    const truncated = streams.b.slice(0, Math.floor(streams.b.length / 3));
    const flipped = streams.b.map((byte, i) => (i > streams.b.length / 2 ? byte ^ 0x5a : byte));
    const foreign = Uint8Array.from({ length: 500 }, (_, i) => (i * 7) & 0xff);
    expect(sha((await decode(kind, streams.a, 16, 20)).data)).toBe(sha(a.data));
    for (const bad of [truncated, flipped, foreign]) {
      const outcome = await decode(kind, bad, 24, 12).catch((thrown: unknown) => thrown);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Unreadable);
      else expect([sha(a.data), sha(b.data)]).not.toContain(sha((outcome as Pixels).data));
      // The wrong size under a right stream is refused before decoding.
      await expect(decode(kind, streams.a, 24, 12)).rejects.toBeInstanceOf(Unreadable);
    }
    expect(sha((await decode(kind, streams.b, 24, 12)).data)).toBe(sha(b.data));
    expect(sha((await decode(kind, streams.a, 16, 20)).data)).toBe(sha(a.data));
  });
});
