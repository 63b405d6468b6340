// The chunks of a PNG before its pixels: size, colour type, palette, texts. Follows PNG (Third Edition) clauses 5 and 11.

import type { Bytes } from '../../core/entry.ts';
import { readExif } from '../../core/exif.ts';
import type { TagValue } from '../../core/header.ts';
import { inSteps } from '../../core/steps.ts';
import { Unreadable } from '../../core/unreadable.ts';

export interface Png {
  readonly columns: number;
  readonly rows: number;
  /** Bits a sample: 1, 2, 4, 8, 16. */
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha. */
  readonly colourType: number;
  readonly interlaced: boolean;
  /** RGB triples. */
  readonly palette: Uint8Array | undefined;
  readonly tags: Readonly<Record<string, TagValue>>;
  readonly spacingMm: readonly number[] | undefined;
}

export const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
export const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

/** Chunks kept for the header; larger ones (profiles, thumbnails) are skipped unread. */
const WANTED = new Set(['PLTE', 'tEXt', 'iTXt', 'pHYs', 'eXIf']);

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Reads up to the first IDAT. Throws E-TRUNCATED or E-MALFORMED. */
export async function readPng(bytes: Bytes): Promise<Png> {
  const head = await bytes.slice(0, 33);
  if (head.length < 33) throw new Unreadable('E-TRUNCATED', 'The file ends inside its PNG header.');
  const v = view(head);
  const [columns, rows, depth, colourType] = [v.getUint32(16), v.getUint32(20), head[24] ?? 0, head[25] ?? 0];
  if (latin(head.subarray(12, 16)) !== 'IHDR' || !columns || !rows || !DEPTHS[colourType]?.includes(depth)) {
    throw new Unreadable('E-MALFORMED', 'The PNG header gives an impossible size or depth.');
  }
  const kept = await chunksBeforePixels(inSteps(bytes));
  return {
    columns,
    rows,
    depth,
    colourType,
    interlaced: head[28] === 1,
    palette: kept.get('PLTE')?.[0],
    tags: tagsOf(kept),
    spacingMm: spacingOf(kept.get('pHYs')?.[0]),
  };
}

async function chunksBeforePixels(bytes: Bytes): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const kept = new Map<string, Uint8Array[]>();
  let at = 33;
  for (let i = 0; i < 100; i++) {
    const head = await bytes.slice(at, at + 8);
    if (head.length < 8) break;
    const length = view(head).getUint32(0);
    const type = latin(head.subarray(4, 8));
    if (type === 'IDAT' || type === 'IEND') break;
    if (WANTED.has(type) && length <= 65536)
      kept.set(type, [...(kept.get(type) ?? []), (await bytes.slice(at + 8, at + 8 + length)).slice()]);
    at += 12 + length;
  }
  return kept;
}

function tagsOf(kept: ReadonlyMap<string, readonly Uint8Array[]>): Record<string, TagValue> {
  const tags: Record<string, TagValue> = {};
  for (const chunk of [...(kept.get('tEXt') ?? []), ...(kept.get('iTXt') ?? [])].slice(0, 30)) {
    const end = chunk.indexOf(0);
    if (end < 1) continue;
    const key = latin(chunk.subarray(0, end));
    const international = kept.get('iTXt')?.includes(chunk);
    const value = international ? textOf(chunk, end) : latin(chunk.subarray(end + 1));
    if (value) tags[key] = value.slice(0, 256);
  }
  const exif = kept.get('eXIf')?.[0];
  return { ...tags, ...(exif ? readExif(exif) : {}) };
}

/** iTXt: keyword, compression flag and method, language, translated keyword, text; packed ones are left out. */
function textOf(chunk: Uint8Array, end: number): string {
  if (chunk[end + 1] !== 0) return '';
  const language = chunk.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : chunk.indexOf(0, language + 1);
  return translated < 0 ? '' : new TextDecoder().decode(chunk.subarray(translated + 1));
}

/** pHYs in pixels a metre. */
function spacingOf(chunk: Uint8Array | undefined): readonly number[] | undefined {
  if (!chunk || chunk.length < 9 || chunk[8] !== 1) return undefined;
  const [x, y] = [view(chunk).getUint32(0), view(chunk).getUint32(4)];
  return x && y ? [1000 / x, 1000 / y] : undefined;
}
