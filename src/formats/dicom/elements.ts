// Finds the elements of a DICOM data set in bytes: where each value is, not what it means (PS3.5 section 7).
// Own code and not dicom-parser: that one takes 3 s for a million empty items, overflows the stack on deep nesting and
// cannot say "the bytes end here, give me more". Sequences are walked without allocating and read when somebody asks.
import { Unreadable } from '../../core/unreadable.ts';
import { type Encoding, ITEM, ITEM_END, insideOf, isSequence, readToken, SEQUENCE_END, type Token, UNDEFINED_LENGTH } from './tokens.ts';

const MAX_DEPTH = 256;
const MAX_ELEMENTS = 200_000;
const MAX_TOKENS = 4_000_000;

/** Thrown where the bytes at hand end before the header does and the file goes on; no Error, whose stack trace costs more than the header. `atLeast` is the offset that is surely needed. */
export class NeedMore {
  readonly atLeast: number;
  constructor(atLeast: number) {
    this.atLeast = atLeast;
  }
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

/** What one token inside a sequence does to the levels; answers where the next token begins. */
function pass(levels: Level[], inner: Token, bytes: Uint8Array, end: number): number {
  const top = levels.at(-1)!;
  const { at, length, tag } = inner;
  const levelEnd = length === UNDEFINED_LENGTH ? -1 : at + length;
  if (tag === ITEM) {
    if (top.fragments) return at + length;
    levels.push({ item: true, end: levelEnd, encoding: top.encoding, fragments: false });
  } else if (tag === ITEM_END) {
    if (top.item) levels.pop();
  } else if (tag === SEQUENCE_END) {
    if (top.item) levels.pop();
    levels.pop();
  } else if (isSequence(bytes, inner, end, top.encoding) || length === UNDEFINED_LENGTH) {
    const fragments = inner.vr === 'OB' || inner.vr === 'OW';
    levels.push({ item: false, end: levelEnd, encoding: insideOf(inner.vr, top.encoding), fragments });
  } else return at + length;
  return at;
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
    if (!top.item && (inner.tag < ITEM || inner.tag > SEQUENCE_END)) {
      if (stop >= 0) return stop;
      throw new Unreadable('E-MALFORMED', 'A sequence in the header holds something that is no item.');
    }
    at = pass(levels, inner, bytes, end);
    if (walk.depth + levels.length / 2 > MAX_DEPTH) throw tooDeep();
  }
  return at;
}

/** The element a token stands for, with the bytes of its value up to `after`. */
function elementOf(token: Token, after: number, inside: Encoding, sequence: boolean): Element {
  return { tag: token.tag, vr: token.vr, at: token.at, length: after - token.at, declared: token.length, inside, sequence };
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
    if (until?.(token.tag)) return answer(false, elementOf(token, token.at + token.length, inside, sequence));
    const walked = sequence || token.length === UNDEFINED_LENGTH;
    const after = walked ? afterSequence({ bytes, end, depth }, token, inside, !sequence) : token.at + token.length;
    if (after > end && !complete) throw new NeedMore(after);
    if (token.at <= end) elements.set(token.tag, elementOf(token, Math.min(after, end), inside, sequence));
    if (after > end) return answer(true);
    if (elements.size > MAX_ELEMENTS) throw tooMany();
    at = after;
  }
  if (!complete && options.end === undefined) throw new NeedMore(at + 12);
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
