// Finds the elements of a DICOM data set in bytes: where each value is, not what it means (PS3.5 section 7).
// Own code and not dicom-parser: that one takes 3 s for a million empty items, overflows the stack on deep nesting and
// cannot say "the bytes end here, give me more". Sequences are walked without allocating and read when somebody asks.
import { Unreadable } from '../../core/unreadable.ts';

export const UNDEFINED_LENGTH = 0xffffffff;
const MAX_DEPTH = 256;
const MAX_ELEMENTS = 200_000;
const MAX_TOKENS = 4_000_000;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
/** VRs whose explicit form has two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
const LONG_VR = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const SHORT_VR = new Set([
  'AE',
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'SL',
  'SS',
  'ST',
  'TM',
  'UI',
  'UL',
  'US',
]);

/** The bytes at hand end before the header does, and the file goes on. `atLeast` is the offset that is surely needed. */
export class NeedMore extends Error {
  readonly atLeast: number;
  constructor(atLeast: number) {
    super('more bytes are needed');
    this.atLeast = atLeast;
  }
}

export interface Encoding {
  readonly explicit: boolean;
  readonly big: boolean;
}

export interface Element {
  /** Group and element as one unsigned number: 0x00080060. */
  readonly tag: number;
  /** '' in implicit files. */
  readonly vr: string;
  /** Offset of the value. */
  readonly at: number;
  /** Bytes of the value that may be read; for sequences of undefined length up to their delimiter. */
  readonly length: number;
  /** Declared length, UNDEFINED_LENGTH included. */
  readonly declared: number;
  /** How the items of a sequence are written. */
  readonly inside: Encoding;
  readonly sequence: boolean;
}

export interface DataSet {
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  readonly elements: ReadonlyMap<number, Element>;
  /** The element that reading stopped at, because `until` said so; its value is not in `elements`. */
  readonly stopped?: Element | undefined;
  /** Offset after the last element read. */
  readonly end: number;
  /** The file ends inside an element. */
  readonly cut: boolean;
}

export interface ReadOptions {
  readonly encoding: Encoding;
  readonly start: number;
  readonly end?: number;
  /** The bytes reach to the end of the file: what lies beyond is missing, not yet to come. */
  readonly complete: boolean;
  /** Tags to stop before. */
  readonly until?: (tag: number) => boolean;
  /** Sequences around this data set. */
  readonly depth?: number;
}

interface Token {
  tag: number;
  vr: string;
  at: number;
  length: number;
}

export function isVr(vr: string): boolean {
  return LONG_VR.has(vr) || SHORT_VR.has(vr);
}

export function u16(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? (bytes[at]! << 8) | bytes[at + 1]! : bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u16(bytes, at, true) * 65536 + u16(bytes, at + 2, true) : u16(bytes, at, false) + u16(bytes, at + 2, false) * 65536;
}

/** Reads the header of one element into `token`; answers false where the bytes end before the value begins. */
function readToken(bytes: Uint8Array, at: number, end: number, encoding: Encoding, token: Token): boolean {
  if (at + 8 > end) return false;
  const { big } = encoding;
  token.tag = u16(bytes, at, big) * 65536 + u16(bytes, at + 2, big);
  token.vr = '';
  token.at = at + 8;
  if (token.tag >= ITEM && token.tag <= SEQUENCE_END) {
    token.length = u32(bytes, at + 4, big);
    return true;
  }
  const a = bytes[at + 4]!;
  const b = bytes[at + 5]!;
  // Two capital letters are a VR; anything else in an explicit file was written implicit (seen from several vendors).
  if (!encoding.explicit || a < 65 || a > 90 || b < 65 || b > 90) {
    token.length = u32(bytes, at + 4, big);
    return true;
  }
  token.vr = String.fromCharCode(a, b);
  // An unknown VR with two zero bytes after it has the long form (PS3.5 6.2: future VRs do).
  if (LONG_VR.has(token.vr) || (!SHORT_VR.has(token.vr) && bytes[at + 6] === 0 && bytes[at + 7] === 0)) {
    if (at + 12 > end) return false;
    token.length = u32(bytes, at + 8, big);
    token.at = at + 12;
  } else token.length = u16(bytes, at + 6, big);
  return true;
}

/** A value that begins with an item is a sequence, whatever an implicit file leaves unsaid. */
function looksLikeItems(bytes: Uint8Array, token: Token, end: number, big: boolean): boolean {
  if (token.length < 8 || token.at + 8 > end) return false;
  if (u16(bytes, token.at, big) !== 0xfffe || u16(bytes, token.at + 2, big) !== 0xe000) return false;
  const length = u32(bytes, token.at + 4, big);
  return length === UNDEFINED_LENGTH || length <= token.length - 8;
}

function isSequence(bytes: Uint8Array, token: Token, end: number, encoding: Encoding): boolean {
  if (token.vr === 'SQ') return true;
  if (token.vr !== '' && token.vr !== 'UN') return false;
  return token.length === UNDEFINED_LENGTH || looksLikeItems(bytes, token, end, token.vr === 'UN' ? false : encoding.big);
}

/** Items inside UN are implicit little endian (PS3.5 6.2.2, note on undefined length). */
function insideOf(vr: string, encoding: Encoding): Encoding {
  return vr === 'UN' ? { explicit: false, big: false } : encoding;
}

const tooDeep = () => new Unreadable('E-LIMIT', `The header nests sequences deeper than ${MAX_DEPTH} levels, which no real image does.`);
const tooMany = () => new Unreadable('E-LIMIT', 'The header holds more elements than any real image does.');

interface Level {
  readonly item: boolean;
  /** -1: ends with a delimiter. */
  readonly end: number;
  readonly encoding: Encoding;
  readonly fragments: boolean;
}

interface Walk {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly depth: number;
}

/** Offset after a sequence (or encapsulated fragments), found without keeping anything; beyond `end` where the bytes are cut. */
function afterSequence(walk: Walk, token: Token, encoding: Encoding, fragments: boolean): number {
  const { bytes, end } = walk;
  const inner: Token = { tag: 0, vr: '', at: 0, length: 0 };
  const stop = token.length === UNDEFINED_LENGTH ? -1 : token.at + token.length;
  const levels: Level[] = [{ item: false, end: stop, encoding, fragments }];
  let at = token.at;
  for (let tokens = 0; levels.length > 0; tokens++) {
    if (tokens > MAX_TOKENS) throw tooMany();
    const top = levels.at(-1)!;
    if (top.end >= 0 && at >= top.end) {
      at = top.end;
      levels.pop();
      continue;
    }
    if (!readToken(bytes, at, end, top.encoding, inner)) return stop >= 0 ? stop : end + 8;
    at = inner.at;
    if (inner.tag === ITEM) {
      if (top.fragments) at += inner.length;
      else
        levels.push({
          item: true,
          end: inner.length === UNDEFINED_LENGTH ? -1 : at + inner.length,
          encoding: top.encoding,
          fragments: false,
        });
    } else if (inner.tag === ITEM_END) {
      if (top.item) levels.pop();
    } else if (inner.tag === SEQUENCE_END) {
      if (top.item) levels.pop();
      levels.pop();
    } else if (!top.item) {
      if (stop >= 0) return stop;
      throw new Unreadable('E-MALFORMED', 'A sequence in the header holds something that is no item.');
    } else if (isSequence(bytes, inner, end, top.encoding) || inner.length === UNDEFINED_LENGTH) {
      const nested = inner.vr === 'OB' || inner.vr === 'OW';
      levels.push({
        item: false,
        end: inner.length === UNDEFINED_LENGTH ? -1 : at + inner.length,
        encoding: insideOf(inner.vr, top.encoding),
        fragments: nested,
      });
    } else at += inner.length;
    if (walk.depth + levels.length / 2 > MAX_DEPTH) throw tooDeep();
  }
  return at;
}

/** Elements of one data set or item, in file order. Throws NeedMore or Unreadable; a cut file answers what is there. */
export function readElements(bytes: Uint8Array, options: ReadOptions): DataSet {
  const { encoding, until, complete, depth = 0 } = options;
  const end = Math.min(options.end ?? bytes.length, bytes.length);
  const elements = new Map<number, Element>();
  const token: Token = { tag: 0, vr: '', at: 0, length: 0 };
  let at = options.start;
  const answer = (cut: boolean, stopped?: Element): DataSet => ({ bytes, encoding, elements, stopped, end: at, cut });
  while (at < end) {
    if (!readToken(bytes, at, end, encoding, token)) {
      if (!complete) throw new NeedMore(at + 12);
      return answer(bytes.subarray(at, end).some((byte) => byte !== 0));
    }
    if (token.tag === ITEM_END || token.tag === SEQUENCE_END) {
      at = token.at;
      if (options.end !== undefined || depth > 0) return answer(false);
      continue;
    }
    // Padding of zeros after the data set is no element.
    if (token.tag === 0 && token.length === 0 && depth === 0) return answer(false);
    const inside = insideOf(token.vr, encoding);
    const sequence = isSequence(bytes, token, end, encoding);
    const open = token.length === UNDEFINED_LENGTH;
    if (until?.(token.tag))
      return answer(false, { tag: token.tag, vr: token.vr, at: token.at, length: token.length, declared: token.length, inside, sequence });
    const after = sequence || open ? afterSequence({ bytes, end, depth }, token, inside, !sequence) : token.at + token.length;
    if (after > end) {
      if (!complete) throw new NeedMore(after);
      if (token.at < end)
        elements.set(token.tag, {
          tag: token.tag,
          vr: token.vr,
          at: token.at,
          length: end - token.at,
          declared: token.length,
          inside,
          sequence,
        });
      return answer(true);
    }
    elements.set(token.tag, {
      tag: token.tag,
      vr: token.vr,
      at: token.at,
      length: after - token.at,
      declared: token.length,
      inside,
      sequence,
    });
    if (elements.size > MAX_ELEMENTS) throw tooMany();
    at = after;
  }
  if (at >= end && !complete && options.end === undefined) throw new NeedMore(at + 12);
  return answer(false);
}

/** Items of a sequence, at most `limit` of them. Never throws NeedMore: sequences kept in a data set are whole or cut for good. */
export function readItems(set: DataSet, element: Element | undefined, options?: { limit?: number; depth?: number }): DataSet[] {
  const items: DataSet[] = [];
  const depth = (options?.depth ?? 0) + 1;
  if (!element?.sequence) return items;
  if (depth > MAX_DEPTH) throw tooDeep();
  const { bytes } = set;
  const stop = element.at + element.length;
  const token: Token = { tag: 0, vr: '', at: 0, length: 0 };
  let at = element.at;
  while (
    items.length < (options?.limit ?? 100_000) &&
    at < stop &&
    readToken(bytes, at, stop, element.inside, token) &&
    token.tag === ITEM
  ) {
    const end = token.length === UNDEFINED_LENGTH ? stop : Math.min(stop, token.at + token.length);
    const item = readElements(bytes, { encoding: element.inside, start: token.at, end, complete: true, depth });
    items.push(item);
    at = token.length === UNDEFINED_LENGTH ? item.end : end;
  }
  return items;
}
