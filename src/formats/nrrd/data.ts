// The data of an NRRD: attached, detached, or one file a slab (LIST, pattern); raw, packed, or written as text.

import type { Bytes } from '../../core/entry.ts';
import { baseName } from '../../core/entry.ts';
import type { OpenFile } from '../../core/format.ts';
import { inflateSpan } from '../../core/inflate.ts';
import type { Samples } from '../../core/pixels.ts';
import { bytesOf, imageBytes, imagesOf, type Span, samplesFor, samplesOf, truncated } from '../../core/stored.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { bunzip2 } from './bzip2.ts';
import type { Nrrd } from './header.ts';

const last = (name: string): string => baseName(name.trim().replaceAll('\\', '/'));

/** Names of the data files; empty where the data follow the header. Folders are dropped: neighbours only. */
export function dataNames({ dataFile, list, shape }: Nrrd): readonly string[] {
  if (dataFile === undefined) return [];
  if (/^LIST\b/.test(dataFile)) return list.map(last);
  const [pattern = '', from, to, step = '1'] = dataFile.split(/\s+/);
  if (!pattern.includes('%') || from === undefined || to === undefined) return [last(dataFile)];
  const names: string[] = [];
  const stride = Number(step);
  for (let i = Number(from); stride > 0 && i <= Number(to) && names.length < Math.min(imagesOf({ ...shape }), 100_000); i += stride) {
    names.push(
      last(pattern.replace(/%(0?)(\d*)[diu]/, (_, zero: string, width: string) => String(i).padStart(Number(width || 0), zero || ' '))),
    );
  }
  return names;
}

/** The byte after `lines` further line ends, from `start`. */
async function afterLines(bytes: Bytes, { start, lines }: { start: number; lines: number }): Promise<number> {
  let at = start;
  for (let left = lines; left > 0; ) {
    const chunk = await bytes.slice(at, at + 65536);
    const newline = chunk.indexOf(10);
    if (chunk.length === 0) throw truncated();
    at += newline < 0 ? chunk.length : newline + 1;
    if (newline >= 0) left--;
  }
  return at;
}

/** Bytes [start, end) of the data, of one file of `total` data bytes. */
async function dataBytes(
  bytes: Bytes,
  { nrrd, from, total, start, end }: { nrrd: Nrrd; from: number; total: number; start: number; end: number },
): Promise<Uint8Array> {
  const at = await afterLines(bytes, { start: from, lines: nrrd.lineSkip });
  if (nrrd.encoding === 'raw' || !(await packed(bytes, { at, encoding: nrrd.encoding }))) {
    const base = nrrd.byteSkip < 0 ? (await sizeOf(bytes)) - total + nrrd.byteSkip + 1 : at + nrrd.byteSkip;
    return base < 0 ? new Uint8Array(0) : bytes.slice(base + start, base + end);
  }
  // byte skip counts in the unpacked stream; from its end (-1), everything has to be unpacked once.
  const skip = Math.max(0, nrrd.byteSkip);
  const unpack = nrrd.encoding === 'gzip' ? gunzip : bunzip;
  if (nrrd.byteSkip >= 0) return unpack(bytes, { at, start: skip + start, end: skip + end });
  const whole = await unpack(bytes, { at, start: 0, end: total + (1 << 24) });
  const base = whole.length - total + nrrd.byteSkip + 1;
  return base < 0 ? new Uint8Array(0) : whole.subarray(base + start, base + end);
}

/** Whether the data still are packed: a detached .gz may arrive unpacked already. */
async function packed(bytes: Bytes, { at, encoding }: { at: number; encoding: string }): Promise<boolean> {
  const [a, b] = await bytes.slice(at, at + 2);
  return encoding === 'gzip' ? a === 0x1f && b === 0x8b : a === 0x42 && b === 0x5a;
}

interface Unpack {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

async function gunzip(bytes: Bytes, { at, start, end }: Unpack): Promise<Uint8Array> {
  const { Gunzip } = await import('fflate');
  return inflateSpan(bytes, { inflater: new Gunzip(), from: at, start, end });
}

async function bunzip(bytes: Bytes, { at, start, end }: Unpack): Promise<Uint8Array> {
  try {
    return bunzip2(await bytes.slice(at), { limit: end }).subarray(start, end);
  } catch {
    throw new Unreadable('E-MALFORMED', 'The packed voxels are damaged.');
  }
}

async function sizeOf(bytes: Bytes): Promise<number> {
  return bytes.size ?? (await bytes.slice(0)).length;
}

async function textBytes(bytes: Bytes, { nrrd, from, limit }: { nrrd: Nrrd; from: number; limit: number }): Promise<string> {
  const at = (await afterLines(bytes, { start: from, lines: nrrd.lineSkip })) + Math.max(0, nrrd.byteSkip);
  return new TextDecoder('latin1').decode(await bytes.slice(at, at + limit));
}

/** Numbers written out, separated by blanks and commas. */
async function fromText(bytes: Bytes, place: { nrrd: Nrrd; from: number; first: number; count: number }): Promise<Samples> {
  const { nrrd, from, first, count } = place;
  const words = (await textBytes(bytes, { nrrd, from, limit: (first + count) * 40 + 1024 })).split(/[\s,]+/).filter(Boolean);
  if (words.length < first + count) throw truncated();
  const out = samplesFor(nrrd.type, count);
  for (let i = 0; i < count; i++) {
    const word = words[first + i] ?? '';
    if (out instanceof BigInt64Array || out instanceof BigUint64Array) out[i] = /^-?\d+$/.test(word) ? BigInt(word) : 0n;
    else
      out[i] = /^[+-]?(inf|nan)/i.test(word)
        ? /inf/i.test(word)
          ? Number(word.startsWith('-') ? '-Infinity' : 'Infinity')
          : Number.NaN
        : Number(word);
  }
  return out;
}

async function fromHex(
  bytes: Bytes,
  { nrrd, from, start, end }: { nrrd: Nrrd; from: number; start: number; end: number },
): Promise<Uint8Array> {
  const digits = (await textBytes(bytes, { nrrd, from, limit: end * 3 + 1024 })).replace(/[^0-9a-f]/gi, '');
  return Uint8Array.from({ length: Math.max(0, Math.min(end, digits.length >> 1) - start) }, (_, i) =>
    Number.parseInt(digits.slice((start + i) * 2, (start + i) * 2 + 2), 16),
  );
}

async function one(
  file: OpenFile,
  { nrrd, span, images, from }: { nrrd: Nrrd; span: Span; images: number; from: number },
): Promise<Samples> {
  const image = imageBytes(nrrd.shape);
  const [start, end] = [span.first * image, (span.first + span.count) * image];
  const each = image / bytesOf(nrrd.type);
  if (nrrd.encoding === 'text') return fromText(file.bytes, { nrrd, from, first: span.first * each, count: span.count * each });
  const bytes =
    nrrd.encoding === 'hex'
      ? await fromHex(file.bytes, { nrrd, from, start, end })
      : await dataBytes(file.bytes, { nrrd, from, total: images * image, start, end });
  if (bytes.length < end - start) throw truncated();
  return samplesOf(bytes, nrrd);
}

/** Reads the images of `span`. Throws E-NOTFOUND where a data file is missing, E-TRUNCATED where one is short. */
export async function readData(file: OpenFile, { nrrd, span }: { nrrd: Nrrd; span: Span }): Promise<Samples> {
  const names = dataNames(nrrd);
  const images = imagesOf(nrrd.shape);
  if (names.length === 0) return one(file, { nrrd, span, images, from: nrrd.dataStart });
  const open = (name = ''): OpenFile => {
    const found = file.beside(name);
    if (!found) throw new Unreadable('E-NOTFOUND', `The voxels lie in ${name}, which is not there.`);
    return found;
  };
  if (names.length === 1) return one(open(names[0]), { nrrd, span, images, from: 0 });
  const each = images / names.length;
  if (!Number.isInteger(each))
    throw new Unreadable('E-MALFORMED', `The NRRD header names ${names.length} data files for ${images} slices.`);
  const length = imageBytes(nrrd.shape) / bytesOf(nrrd.type);
  const whole = samplesFor(nrrd.type, span.count * length);
  for (let i = 0; i < span.count; i++) {
    const at = span.first + i;
    const got = await one(open(names[Math.floor(at / each)]), { nrrd, span: { first: at % each, count: 1 }, images: each, from: 0 });
    (whole as Uint8Array).set(got as Uint8Array, i * length);
  }
  return whole;
}
