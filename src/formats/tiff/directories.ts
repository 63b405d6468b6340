// The directories (pages) of a TIFF or BigTIFF: sizes, kinds and texts, by small reads; loops and lying counts are refused. Follows TIFF 6.0.
import type { Bytes } from '../../core/entry.ts';
import { inSteps } from '../../core/steps.ts';
import { Unreadable } from '../../core/unreadable.ts';

/** One page: its tags, numbers or text. */
export interface Page {
  /** Its place in the chain of directories. */
  readonly index: number;
  readonly numbers: ReadonlyMap<number, readonly number[]>;
  readonly texts: ReadonlyMap<number, string>;
}

export interface Directories {
  readonly big: boolean;
  readonly littleEndian: boolean;
  readonly pages: readonly Page[];
  /** The chain of pages breaks off or loops. */
  readonly cut: boolean;
}

const MOST_PAGES = 5000;
const MOST_ENTRIES = 2000;
/** Values of these tags are read; the long lists of strips and tiles are not. */
const NUMBERS = new Set([254, 256, 257, 258, 259, 262, 274, 277, 282, 283, 284, 296, 317, 320, 322, 323, 338, 339]);
const TEXTS = new Set([270, 271, 272, 305, 306, 315]);
/** Bytes of a value by type code; 0 for unknown codes. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

interface Layout {
  readonly bytes: Bytes;
  readonly big: boolean;
  readonly littleEndian: boolean;
}

/** Which TIFF the bytes begin as; undefined for anything else. */
export function tiffKind(head: Uint8Array): { big: boolean; littleEndian: boolean } | undefined {
  const littleEndian = head[0] === 0x49 && head[1] === 0x49;
  if (!littleEndian && !(head[0] === 0x4d && head[1] === 0x4d)) return undefined;
  const version = littleEndian ? (head[2] ?? 0) | ((head[3] ?? 0) << 8) : ((head[2] ?? 0) << 8) | (head[3] ?? 0);
  return version === 42 || version === 43 ? { big: version === 43, littleEndian } : undefined;
}

const number = (view: DataView, { at, size, little }: { at: number; size: number; little: boolean }): number =>
  size === 8 ? Number(view.getBigUint64(at, little)) : size === 4 ? view.getUint32(at, little) : view.getUint16(at, little);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Walks the chain of pages. Throws E-TRUNCATED, E-MALFORMED. */
export async function readDirectories(stored: Bytes): Promise<Directories> {
  const bytes = inSteps(stored);
  const head = await bytes.slice(0, 16);
  const kind = tiffKind(head);
  if (!kind || head.length < 8 || (kind.big && head.length < 16))
    throw new Unreadable('E-TRUNCATED', 'The file ends inside its TIFF header.');
  const layout = { bytes, ...kind };
  const little = kind.littleEndian;
  let at = kind.big ? number(viewOf(head), { at: 8, size: 8, little }) : number(viewOf(head), { at: 4, size: 4, little });
  const pages: Page[] = [];
  const visited = new Set<number>();
  while (at !== 0 && pages.length < MOST_PAGES && !visited.has(at)) {
    visited.add(at);
    const found = await readPage(layout, { at, index: pages.length });
    if (!found) break;
    pages.push(found.page);
    at = found.next;
  }
  return { ...kind, pages, cut: at !== 0 };
}

async function readPage(layout: Layout, { at, index }: { at: number; index: number }): Promise<{ page: Page; next: number } | undefined> {
  const { bytes, big, littleEndian: little } = layout;
  const [countSize, entrySize] = big ? [8, 20] : [2, 12];
  const head = await bytes.slice(at, at + countSize);
  if (head.length < countSize) return undefined;
  const count = number(viewOf(head), { at: 0, size: countSize, little });
  if (count > MOST_ENTRIES) throw new Unreadable('E-MALFORMED', 'A page of the TIFF claims impossibly many fields.');
  const body = (await bytes.slice(at + countSize, at + countSize + count * entrySize + (big ? 8 : 4))).slice();
  if (body.length < count * entrySize + (big ? 8 : 4)) return undefined;
  const numbers = new Map<number, readonly number[]>();
  const texts = new Map<number, string>();
  for (let i = 0; i < count; i++) await readEntry(layout, { entry: body.subarray(i * entrySize, (i + 1) * entrySize), numbers, texts });
  return { page: { index, numbers, texts }, next: number(viewOf(body), { at: count * entrySize, size: big ? 8 : 4, little }) };
}

interface Into {
  readonly entry: Uint8Array;
  readonly numbers: Map<number, readonly number[]>;
  readonly texts: Map<number, string>;
}

async function readEntry({ bytes, big, littleEndian: little }: Layout, { entry, numbers, texts }: Into): Promise<void> {
  const view = viewOf(entry);
  const tag = view.getUint16(0, little);
  const type = view.getUint16(2, little);
  const size = SIZES[type] ?? 0;
  const word = big ? 8 : 4;
  const count = number(view, { at: 4, size: word, little });
  // The pixel decoder believes these counts: a list longer than the file is a lie.
  if (bytes.size !== undefined && count * size > bytes.size)
    throw new Unreadable('E-MALFORMED', 'A field of the TIFF claims more bytes than the file has.');
  if (!size || !(NUMBERS.has(tag) || TEXTS.has(tag))) return;
  const length = Math.min(count * size, TEXTS.has(tag) ? 1 << 18 : 1 << 17);
  const inline = count * size <= word;
  const place = number(view, { at: 4 + word, size: word, little });
  const data = inline ? entry.subarray(4 + word, 4 + word + length) : await bytes.slice(place, place + length);
  if (TEXTS.has(tag) && type === 2) texts.set(tag, new TextDecoder().decode(data).replace(/\0[\s\S]*$/, ''));
  else if (NUMBERS.has(tag)) numbers.set(tag, valuesOf(data, { type, size, little }));
}

function valuesOf(data: Uint8Array, { type, size, little }: { type: number; size: number; little: boolean }): number[] {
  const view = viewOf(data);
  const values: number[] = [];
  for (let at = 0; at + size <= data.length; at += size) {
    if (type === 5) values.push(view.getUint32(at, little) / (view.getUint32(at + 4, little) || 1));
    else if (size === 1) values.push(view.getUint8(at));
    else if (type === 3 || type === 4 || type === 16) values.push(number(view, { at, size, little }));
  }
  return values;
}
