// One member of a zip as Bytes: local header and the beginning of the data in one request (APPNOTE 4.3.7), CRC and size checked when read to the end.
import type { Bytes, Place } from '../../core/entry.ts';
import type { SourceContext } from '../../core/source.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type Crc32, crc32 } from '../bytes/crc32.ts';
import { inflated, inflatedFast, LONG, steps, wrongCrc } from '../bytes/inflate.ts';
import { sequential } from '../bytes/sequential.ts';
import { tooMuch } from '../bytes/spool.ts';
import { blockOf } from './blocks.ts';

export interface MemberAt {
  readonly outer: Place;
  /** Names this listing of this zip, so that windows are shared between its members. */
  readonly zip: string;
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: 0 | 8;
  readonly crc: number;
  /** Bytes of name and extra field in the directory; those of the local header are similar. */
  readonly lead: number;
  /** A window that small neighbours share: one request reads them all. */
  readonly block?: readonly [start: number, end: number] | undefined;
}

/** Local extra fields are often a little longer than the directory's (time stamps). */
export const LEAD_SLACK = 64;
/** Packed bytes of a first read: mostly more than a header needs, and little more than a packet train costs. */
const FIRST = 6 << 10;
const MOST_AT_ONCE = 8 << 20;
const WHAT = 'this zip entry';

/** The unpacked bytes of a member. Slices throw E-CRC, E-TRUNCATED, E-MALFORMED and E-BOMB. */
export function memberBytes(place: Place, context: SourceContext): Bytes {
  const at = place.at as MemberAt;
  const located = new Located(at, context.open(at.outer));
  if (at.method === 0) return storedBytes(at, { located, limit: context.limits.entryBytes });
  return sequential({
    size: at.size,
    limit: context.limits.entryBytes,
    stream: (upTo = Number.POSITIVE_INFINITY) => {
      const first = Math.min(at.packed, Math.max(FIRST, Math.min(upTo + 1024, MOST_AT_ONCE)));
      const span = { start: 0, end: at.packed, first: Math.max(first, 1), ahead: upTo === Number.POSITIVE_INFINITY };
      const options = { kind: 'raw', what: WHAT } as const;
      const long = Math.min(upTo, at.size) > LONG;
      const bytes = long ? inflatedFast(() => steps(located, span), options) : inflated(steps(located, span), options);
      return checked(bytes, { ...at, limit: context.limits.archiveBytes });
    },
  });
}

function storedBytes(at: MemberAt, { located, limit }: { located: Located; limit: number }): Bytes {
  return {
    size: at.size,
    async slice(start, end = at.size) {
      const stop = Math.min(end, at.size);
      if (stop <= start && at.size > 0) return new Uint8Array(0);
      if (stop - start > limit) throw tooMuch(limit);
      const bytes = await located.slice(start, stop);
      if (bytes.length < stop - start)
        throw new Unreadable('E-TRUNCATED', 'This zip entry is cut short: the zip ends in the middle of it.');
      if (start === 0 && stop === at.size) {
        const hash = await crc32();
        hash.update(bytes);
        if (hash.value() !== at.crc) throw wrongCrc(WHAT);
      }
      return bytes;
    },
  };
}

/** Packed bytes of a member, wherever its data really begins. */
class Located {
  readonly #at: MemberAt;
  readonly #outer: Bytes;
  #found: { start: number; first: Uint8Array } | undefined;
  #finding: Promise<{ start: number; first: Uint8Array }> | undefined;

  constructor(at: MemberAt, outer: Bytes) {
    this.#at = at;
    this.#outer = outer;
  }

  async slice(start: number, end: number): Promise<Uint8Array> {
    const stop = Math.min(end, this.#at.packed);
    const found = this.#found ?? (await this.#find(start > MOST_AT_ONCE ? 0 : stop));
    if (stop <= found.first.length) return found.first.slice(start, stop);
    // What is known already is not asked for again.
    const known = start < found.first.length ? found.first.subarray(start) : new Uint8Array(0);
    const more = await this.#outer.slice(found.start + start + known.length, found.start + stop);
    if (known.length === 0) return more;
    const all = new Uint8Array(known.length + more.length);
    all.set(known);
    all.set(more, known.length);
    return all;
  }

  #find(want: number): Promise<{ start: number; first: Uint8Array }> {
    this.#finding ??= this.#read(want).finally(() => {
      this.#finding = undefined;
    });
    return this.#finding;
  }

  async #read(want: number): Promise<{ start: number; first: Uint8Array }> {
    const { offset, lead, packed } = this.#at;
    const bytes = await this.#window(offset, offset + 30 + lead + LEAD_SLACK + want);
    const from = localHeader(bytes, this.#at);
    const start = offset + from;
    // Long first reads (a whole member) are answered once and not held.
    const first = bytes.subarray(from, from + packed);
    this.#found = { start, first: first.length <= 256 << 10 ? first : new Uint8Array(0) };
    return { start, first };
  }

  async #window(start: number, end: number): Promise<Uint8Array> {
    const { block, zip } = this.#at;
    if (!block) return this.#outer.slice(start, end);
    const bytes = await blockOf(this.#outer, { key: `${zip} ${block[0]}`, start: block[0], end: block[1] });
    return bytes.subarray(start - block[0]);
  }
}

/** Bytes from the local header to the data. The header must be one, and must not contradict the directory. */
function localHeader(bytes: Uint8Array, at: MemberAt): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) throw new Unreadable('E-TRUNCATED', 'This zip entry is cut short: the zip ends before it.');
  if (view.getUint32(0, true) !== 0x04034b50)
    throw new Unreadable('E-MALFORMED', 'The directory of the zip points to a place where this entry is not.');
  const flags = view.getUint16(6, true);
  const size = view.getUint32(22, true);
  // With bit 3 the sizes follow the data; 0xFFFFFFFF stands for zip64.
  const sized = (flags & 8) === 0 && size !== 0xffffffff;
  if (view.getUint16(8, true) !== at.method || (flags & 1) !== 0 || (sized && size !== at.size))
    throw new Unreadable('E-MALFORMED', 'The zip contradicts itself about this entry: its directory says one thing, the entry another.');
  return 30 + view.getUint16(26, true) + view.getUint16(28, true);
}

const HASH_LATER = 64 << 10;

/** Passes the bytes on; at the end their number and CRC must be the directory's. Too many bytes stop it at once. */
async function* checked(stream: AsyncIterable<Uint8Array>, at: { size: number; crc: number; limit: number }): AsyncGenerator<Uint8Array> {
  let sum = 0;
  let hash: Crc32 | undefined;
  // Most streams are left after a header: the checksum's own start-up is saved until it is worth it.
  const early: Uint8Array[] = [];
  for await (const chunk of stream) {
    sum += chunk.length;
    if (sum > at.limit) throw tooMuch(at.limit);
    if (sum > at.size) throw new Unreadable('E-BOMB', 'Unpacking was stopped: this zip entry unpacks to more than its directory says.');
    if (!hash) early.push(chunk);
    if (sum > HASH_LATER) hash = updated(hash ?? (await crc32()), hash ? [chunk] : early.splice(0));
    yield chunk;
  }
  if (sum < at.size) throw new Unreadable('E-MALFORMED', 'This zip entry unpacks to less than its directory says.');
  hash ??= updated(await crc32(), early);
  if (hash.value() !== at.crc) throw wrongCrc(WHAT);
}

function updated(hash: Crc32, chunks: readonly Uint8Array[]): Crc32 {
  for (const chunk of chunks) hash.update(chunk);
  return hash;
}
