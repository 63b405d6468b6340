// Stored voxels: raw numbers in a file, turned into typed arrays of the host's byte order. Sizes are checked before anything is allocated.
import type { Bytes } from './entry.ts';
import { PIXEL_BUDGET } from './format.ts';
import type { Shape } from './header.ts';
import type { Samples } from './pixels.ts';
import { Unreadable } from './unreadable.ts';

export type StoredType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64' | 'int64' | 'uint64';

const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

/** Bytes of one stored number. */
export const bytesOf = (type: StoredType): number => ARRAYS[type].BYTES_PER_ELEMENT;

/** An empty typed array of `length` numbers of the stored type. */
export const samplesFor = (type: StoredType, length: number): Samples => new ARRAYS[type](length);

/** Numbers as stored, in their own container type. Never a view of the given bytes: those may be somebody's cache. */
export function samplesOf(bytes: Uint8Array, { type, littleEndian }: { type: StoredType; littleEndian: boolean }): Samples {
  const size = bytesOf(type);
  const own = bytes.slice(0, bytes.length - (bytes.length % size));
  if (!littleEndian && size > 1) swap(own, size);
  return new ARRAYS[type](own.buffer, 0, own.length / size);
}

function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) {
    for (let i = at, j = at + size - 1; i < j; i++, j--) {
      const kept = bytes[i] ?? 0;
      bytes[i] = bytes[j] ?? 0;
      bytes[j] = kept;
    }
  }
}

/** Frames that a request asks for, cut to what the header has. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** Images of a file: slices × frames. */
export const imagesOf = (shape: Shape): number => shape.slices * shape.frames;

/** Cuts a request to the images there are; throws E-MALFORMED where none of them exists and E-TOOBIG where they exceed the budget. */
export function spanOf(shape: Shape, { first, count, budget = PIXEL_BUDGET }: { first: number; count: number; budget?: number }): Span {
  const images = imagesOf(shape);
  const cut = Math.min(count, images - first);
  if (!(first >= 0) || !(cut >= 1)) throw new Unreadable('E-MALFORMED', `Image ${first + 1} was asked for, but the file holds ${images}.`);
  const bytes = cut * imageBytes(shape);
  if (!(bytes <= budget)) {
    throw new Unreadable('E-TOOBIG', `The pixels would take ${inWords(bytes)}; at most ${inWords(budget)} are decoded at once.`);
  }
  return { first, count: cut };
}

/** Bytes of one decoded image: 1-bit samples take one byte each. */
export const imageBytes = (shape: Shape): number => shape.columns * shape.rows * shape.samples * Math.max(1, shape.bits / 8);

/** 1,234,567 → 1.2 MB. */
export function inWords(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  const [unit, name] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : bytes < 1e15 ? [1e9, 'GB'] : [1e15, 'million GB'];
  return `${(bytes / unit).toFixed(1)} ${name}`;
}

/**
 * Compares what a header promises with the bytes that are there. Answers a warning where the end is missing; throws E-TRUNCATED
 * where not even one image is there, and E-MALFORMED where the numbers cannot be sizes.
 */
export function promised(shape: Shape, { offset, size }: { offset: number; size: number | undefined }): string | undefined {
  const sides = [shape.columns, shape.rows, shape.slices, shape.frames, shape.samples];
  const total = imagesOf(shape) * imageBytes(shape);
  if (sides.some((side) => !Number.isInteger(side) || side < 1) || !Number.isSafeInteger(total + offset) || !(offset >= 0)) {
    throw new Unreadable('E-MALFORMED', `The header gives impossible sizes: ${sides.slice(0, 4).join(' × ')}.`);
  }
  if (size === undefined || offset + total <= size) return undefined;
  const there = Math.max(0, size - offset);
  const words = `The header promises ${sides.slice(0, 4).join(' × ')} voxels (${inWords(total)}), but only ${inWords(there)} of them are there.`;
  if (there < imageBytes(shape)) throw new Unreadable('E-TRUNCATED', words);
  return words;
}

/** Where raw numbers lie in a file. */
export interface Raw {
  readonly type: StoredType;
  readonly littleEndian: boolean;
  /** Byte of the first number. */
  readonly offset: number;
}

/** Reads only the bytes of the images asked for. Throws E-TRUNCATED where they are not all there. */
export async function readRaw(bytes: Bytes, { raw, shape, span }: { raw: Raw; shape: Shape; span: Span }): Promise<Samples> {
  const image = imageBytes(shape);
  const start = raw.offset + span.first * image;
  const length = span.count * image;
  const size = bytes.size;
  const read = size !== undefined && start + length > size ? undefined : await bytes.slice(start, start + length);
  if (!read || read.length < length) throw truncated();
  return samplesOf(read, raw);
}

/** The one sentence for pixels whose end is missing. */
export const truncated = (): Unreadable => new Unreadable('E-TRUNCATED', 'The file ends before its pixels do.');
