// Encapsulated pixel data: finds the compressed frames among fragments, by offset tables where they are right, else by the
// beginnings of the streams themselves (PS3.5 A.4, PS3.3 C.7.6.3.1.8).
import type { Bytes } from '../../core/entry.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { beginsFrame } from './codecs/stream.ts';
import type { DataSet } from './elements.ts';
import { u16, u32 } from './tokens.ts';

/** Below this the whole pixel data is read at once; above it, only the frames asked for where a table says where they are. */
const WHOLE = 1 << 24;
const MAX_FRAGMENTS = 1_000_000;
const HEADER = 8;

export interface FrameSpan {
  readonly first: number;
  readonly count: number;
  /** Frames in the file. */
  readonly of: number;
}

interface Fragment {
  /** Offset of its item header from the first fragment's item header. */
  readonly offset: number;
  readonly data: Uint8Array;
  /** The file ends inside it. */
  readonly cut: boolean;
}

const truncated = (frame: number) => new Unreadable('E-TRUNCATED', `The pixel data ends before frame ${frame + 1}.`);

function itemLength(bytes: Uint8Array, at: number): number {
  return at + HEADER <= bytes.length && u16(bytes, at, false) === 0xfffe && u16(bytes, at + 2, false) === 0xe000
    ? u32(bytes, at + 4, false)
    : -1;
}

/** Fragments from `start` of `bytes` on, to the delimiter or the end. */
function fragmentsOf(bytes: Uint8Array, start: number): Fragment[] {
  const found: Fragment[] = [];
  for (let at = start; ; ) {
    const length = itemLength(bytes, at);
    if (length < 0) return found;
    if (found.length >= MAX_FRAGMENTS) throw new Unreadable('E-LIMIT', 'The pixel data is in more fragments than any real image has.');
    const end = at + HEADER + length;
    found.push({ offset: at - start, data: bytes.subarray(at + HEADER, end), cut: end > bytes.length });
    at = end;
  }
}

function joined(fragments: readonly Fragment[], frame: number): Uint8Array {
  if (fragments.length === 0 || fragments.some((fragment) => fragment.cut)) throw truncated(frame);
  if (fragments.length === 1) return fragments[0]!.data;
  const all = new Uint8Array(fragments.reduce((sum, fragment) => sum + fragment.data.length, 0));
  let at = 0;
  for (const { data } of fragments) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}

/** Groups fragments into frames; `offsets` may be [] or wrong. */
function group(fragments: readonly Fragment[], offsets: readonly number[], of: number): Fragment[][] {
  if (of === 1) return [[...fragments]];
  if (fragments.length === of) return fragments.map((fragment) => [fragment]);
  const starts = new Set(offsets);
  const known = new Set(fragments.map((fragment) => fragment.offset));
  const right = starts.size === of && offsets.every((offset) => known.has(offset));
  const frames: Fragment[][] = [];
  for (const fragment of fragments) {
    if (frames.length === 0 || (right ? starts.has(fragment.offset) : beginsFrame(fragment.data))) frames.push([fragment]);
    else frames.at(-1)!.push(fragment);
  }
  return frames;
}

function wide(set: DataSet, tag: number): number[] {
  const element = set.elements.get(tag);
  if (!element) return [];
  const values: number[] = [];
  for (let at = element.at; at + 8 <= element.at + element.length; at += 8)
    values.push(u32(set.bytes, at, false) + u32(set.bytes, at + 4, false) * 2 ** 32);
  return values;
}

function tableOf(bytes: Uint8Array, at: number, length: number): number[] {
  const offsets: number[] = [];
  for (let i = at; i + 4 <= Math.min(bytes.length, at + length); i += 4) offsets.push(u32(bytes, i, false));
  return offsets;
}

const ascending = (offsets: readonly number[]) => offsets.every((offset, i) => i === 0 || offset > offsets[i - 1]!);

export interface Source {
  readonly bytes: Bytes;
  /** Offset of the value of Pixel Data: the item of the basic offset table. */
  readonly at: number;
  readonly size: number | undefined;
  readonly set: DataSet;
}

/** Reads only the bytes of the frames asked for, by a table; undefined where the table does not lead to items. */
async function byTable(source: Source, base: number, offsets: readonly number[], span: FrameSpan): Promise<Uint8Array[] | undefined> {
  const next = span.first + span.count;
  const start = offsets[span.first]!;
  const end = next < span.of ? base + offsets[next]! : undefined;
  const bytes = await source.bytes.slice(base + start, end);
  const frames: Uint8Array[] = [];
  for (let frame = span.first; frame < next; frame++) {
    const from = offsets[frame]! - start;
    if (itemLength(bytes, from) < 0) return undefined;
    const to = frame + 1 < next ? offsets[frame + 1]! - start : bytes.length;
    frames.push(joined(fragmentsOf(bytes.subarray(0, to), from), frame));
  }
  return frames;
}

/** Compressed frames [first, first + count). Throws Unreadable where they are missing or cut. */
export async function compressedFrames(source: Source, span: FrameSpan): Promise<Uint8Array[]> {
  const { bytes, at, size, set } = source;
  const head = await bytes.slice(at, at + HEADER);
  const length = itemLength(head, 0);
  if (length < 0)
    throw new Unreadable('E-TRUNCATED', 'The file ends before its pixel data, or the pixel data is no sequence of fragments.');
  if (size !== undefined && length > size - at)
    throw new Unreadable('E-MALFORMED', 'The table of frames claims more bytes than the file has.');
  const base = at + HEADER + length;
  const table = length > 0 ? tableOf(await bytes.slice(at + HEADER, base), 0, length) : [];
  const extended = wide(set, 0x7fe00001);
  const offsets = extended.length === span.of ? extended : table;
  if (offsets.length === span.of && ascending(offsets) && (size === undefined || size - base > WHOLE) && span.count < span.of) {
    const frames = await byTable(source, base, offsets, span);
    if (frames) return frames;
  }
  const frames = group(fragmentsOf(await bytes.slice(base, size), 0), offsets, span.of);
  return Array.from({ length: span.count }, (_, i) => joined(frames[span.first + i] ?? [], span.first + i));
}
