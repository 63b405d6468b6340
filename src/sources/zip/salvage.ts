// What is left of a zip whose directory is missing: members by their local headers (APPNOTE 4.3.7), in order, until one does not say where it ends.
import type { Bytes } from '../../core/entry.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type Directory, type Member, sizesOf } from './directory.ts';
import { nameText } from './name-text.ts';

const LOCAL = 0x04034b50;
/** Sizes follow the data: nobody knows where it ends without unpacking it (4.4.4, bit 3). */
const SIZES_LATER = 8;
/** Headers of small neighbours come with one read. */
const WINDOW = 64 << 10;

/** The members that lie there whole or in part. `size` is that of what is left of the zip. */
export async function salvage(bytes: Bytes, { size, limit }: { size: number; limit: number }): Promise<Directory> {
  const members: Member[] = [];
  const read = windowed(bytes, size);
  for (let at = 0; at + 30 <= size && members.length < limit; ) {
    const fixed = await read(at, 30);
    const data = new DataView(fixed.buffer, fixed.byteOffset, fixed.byteLength);
    if (fixed.length < 30 || data.getUint32(0, true) !== LOCAL) break;
    const nameLength = data.getUint16(26, true);
    const lead = nameLength + data.getUint16(28, true);
    const tail = await read(at + 30, lead);
    const extra = tail.subarray(nameLength);
    const flags = data.getUint16(6, true);
    const [full, packed] = sizesOf(extra, [data.getUint32(22, true), data.getUint32(18, true), 0]);
    if (tail.length < lead || (flags & SIZES_LATER && packed === 0)) break;
    const name = nameText(tail.subarray(0, nameLength), extra);
    members.push({ name, flags, method: data.getUint16(8, true), crc: data.getUint32(14, true), packed, size: full, offset: at, lead });
    at += 30 + lead + packed;
  }
  return { members, start: size, lost: lostOf(members.length) };
}

const lostOf = (count: number): Unreadable =>
  new Unreadable(
    'E-TRUNCATED',
    `This zip is cut short: the directory at its end is missing, so the download or upload was not complete.${count ? ' The files before the cut were read.' : ''}`,
  );

/** Reads of a few bytes, from windows that go forward. */
function windowed(bytes: Bytes, size: number): (start: number, length: number) => Promise<Uint8Array> {
  let from = 0;
  let held = new Uint8Array(0);
  return async (start, length) => {
    if (start < from || start + length > from + held.length) {
      from = start;
      held = Uint8Array.from(await bytes.slice(start, Math.min(size, start + Math.max(length, WINDOW))));
    }
    return held.subarray(start - from, start - from + length);
  };
}
