// The central directory of a zip (APPNOTE 6.3.10, 4.3.12 – 4.3.16, zip64 4.5.3): found from the end, read in one or two requests. Reads no member.
import type { Bytes } from '../../core/entry.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { nameText } from './name-text.ts';

/** A member as the directory describes it; none of it is to be trusted. */
export interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header, from the beginning of the file. */
  readonly offset: number;
  /** Bytes of name and extra field here; those of the local header are similar. */
  readonly lead: number;
}

export interface Directory {
  readonly members: readonly Member[];
  /** Where the directory begins: members end before it. */
  readonly start: number;
  /** Why it is not the zip's own directory, where one had to be put together from what is left. */
  readonly lost?: Unreadable;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
/** End record with the longest comment. */
const END_MOST = 22 + 0xffff;
/** A directory is memory; a million members are about 100 MB. */
const DIRECTORY_MOST = 512 << 20;

/** Throws E-EMPTY, E-TRUNCATED (no end record), E-MALFORMED, E-UNSUPPORTED, E-TOOBIG. `size` is that of the whole zip. */
export async function readDirectory(bytes: Bytes, size: number, limit: number): Promise<Directory> {
  // Big zips have long directories: some more bytes now are cheaper than a second round trip.
  const most = Math.min(size, Math.max(END_MOST, Math.min(size / 4096, 384 << 10)) | 0);
  const tail = { start: size - most, bytes: await bytes.slice(size - most, size) };
  const end = await findEnd(bytes, tail);
  if (end.count > limit) throw new Unreadable('E-LIMIT', `This zip lists ${end.count} entries, more than the ${limit} that are read.`);
  if (end.length > DIRECTORY_MOST || end.length > size)
    throw new Unreadable('E-MALFORMED', 'The directory of this zip claims to be longer than the zip itself.');
  // Something may stand before the zip (a self-extracting program): offsets then count from the zip's own beginning.
  const start = end.at - end.length;
  if (start < 0) throw damaged();
  const shift = start - end.offset;
  const raw = start >= tail.start ? tail.bytes.subarray(start - tail.start, end.at - tail.start) : await bytes.slice(start, end.at);
  const members = parse(raw, { shift, count: end.count });
  return { members, start };
}

interface End {
  /** Where the end record (or zip64 end record) begins, which is where the directory ends. */
  readonly at: number;
  readonly count: number;
  readonly length: number;
  readonly offset: number;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const damaged = (): Unreadable => new Unreadable('E-MALFORMED', 'The directory of this zip is damaged.');

async function findEnd(bytes: Bytes, tail: { start: number; bytes: Uint8Array }): Promise<End> {
  const data = view(tail.bytes);
  for (let at = tail.bytes.length - 22; at >= 0; at--) {
    if (data.getUint32(at, true) !== END || at + 22 + data.getUint16(at + 20, true) > tail.bytes.length) continue;
    const end: End = {
      at: tail.start + at,
      count: data.getUint16(at + 10, true),
      length: data.getUint32(at + 12, true),
      offset: data.getUint32(at + 16, true),
    };
    const disk = data.getUint16(at + 4, true);
    const locator = at >= 20 && data.getUint32(at - 20, true) === LOCATOR64 ? Number(data.getBigUint64(at - 12, true)) : undefined;
    if (locator !== undefined) return end64(bytes, { tail, offset: locator, before: tail.start + at - 20 });
    if (disk !== 0 && disk !== 0xffff)
      throw new Unreadable('E-UNSUPPORTED', 'This zip is one part of several. Join the parts to one zip first.');
    return end;
  }
  throw new Unreadable(
    'E-TRUNCATED',
    'This zip is cut short: the directory at its end is missing, so the download or upload was not complete.',
  );
}

async function end64(bytes: Bytes, where: { tail: { start: number; bytes: Uint8Array }; offset: number; before: number }): Promise<End> {
  // Where something stands before the zip the offset is too small, but the record still stands right before its locator.
  for (const at of [where.before - 56, where.offset]) {
    if (at < 0 || at + 56 > where.before) continue;
    const inTail = at >= where.tail.start;
    const raw = inTail ? where.tail.bytes.subarray(at - where.tail.start, at - where.tail.start + 56) : await bytes.slice(at, at + 56);
    const data = view(raw);
    if (raw.length < 56 || data.getUint32(0, true) !== END64) continue;
    return {
      at,
      count: Number(data.getBigUint64(32, true)),
      length: Number(data.getBigUint64(40, true)),
      offset: Number(data.getBigUint64(48, true)),
    };
  }
  throw damaged();
}

function parse(raw: Uint8Array, { shift, count }: { shift: number; count: number }): Member[] {
  const data = view(raw);
  const members: Member[] = [];
  let at = 0;
  // Zips without zip64 count modulo 65,536, so the signatures decide.
  while (at + 46 <= raw.length && data.getUint32(at, true) === CENTRAL) {
    const nameLength = data.getUint16(at + 28, true);
    const extraLength = data.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + data.getUint16(at + 32, true);
    if (next > raw.length) throw damaged();
    const extra = raw.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const flags = data.getUint16(at + 8, true);
    const wide = sizesOf(extra, [data.getUint32(at + 24, true), data.getUint32(at + 20, true), data.getUint32(at + 42, true)]);
    members.push({
      name: nameText(raw.subarray(at + 46, at + 46 + nameLength), extra),
      flags,
      method: data.getUint16(at + 10, true),
      crc: data.getUint32(at + 16, true),
      size: wide[0],
      packed: wide[1],
      offset: wide[2] + shift,
      lead: nameLength + extraLength,
    });
    at = next;
  }
  if (members.length === 0 && count > 0) throw damaged();
  return members;
}

/** Size, packed size and offset, with those that are 0xFFFFFFFF taken from the zip64 field (4.5.3), in that order. */
export function sizesOf(extra: Uint8Array, plain: [number, number, number]): [number, number, number] {
  if (!plain.includes(0xffffffff)) return plain;
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = data.getUint16(at + 2, true);
    if (data.getUint16(at, true) === 1) {
      let from = at + 4;
      return plain.map((value) => {
        if (value !== 0xffffffff || from + 8 > Math.min(at + 4 + length, extra.length)) return value;
        from += 8;
        return Number(data.getBigUint64(from - 8, true));
      }) as [number, number, number];
    }
    at += 4 + length;
  }
  return plain;
}
