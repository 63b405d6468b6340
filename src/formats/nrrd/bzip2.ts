// bzip2, block by block, as far as wanted. The libraries at hand need Node's Buffer or hold every block as boxed numbers; this is the decoder
// alone, bounded. Block CRCs are not compared.

const BLOCK = 0x314159265359;
const MOST_BITS = 20;

interface Bits {
  /** Reads up to 24 bits; throws at the end of the data. */
  read(count: number): number;
}

function bitsOf(bytes: Uint8Array): Bits {
  let at = 0;
  let held = 0;
  let kept = 0;
  const read = (count: number): number => {
    while (held < count) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the bzip2 stream ends early');
      kept = ((kept << 8) | byte) & 0x7fffffff;
      held += 8;
    }
    held -= count;
    return (kept >>> held) & ((1 << count) - 1);
  };
  return { read };
}

/** Decodes at most `limit` bytes of a bzip2 stream (several streams in a row count as one). Throws RangeError where it breaks. */
export function bunzip2(bytes: Uint8Array, { limit }: { limit: number }): Uint8Array {
  const bits = bitsOf(bytes);
  const chunks: Uint8Array[] = [];
  let total = 0;
  let level = start(bits);
  while (total < limit) {
    const magic = bits.read(24) * 0x1000000 + bits.read(24);
    bits.read(16);
    bits.read(16);
    if (magic !== BLOCK) break;
    const chunk = unrun(block(bits, level * 100_000), limit - total);
    total += chunk.length;
    chunks.push(chunk);
    level = Math.max(level, 1);
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function start(bits: Bits): number {
  const magic = bits.read(24);
  const level = bits.read(8) - 48;
  if (magic !== 0x425a68 || level < 1 || level > 9) throw new RangeError('no bzip2 stream');
  return level;
}

interface Table {
  readonly limits: Int32Array;
  readonly bases: Int32Array;
  readonly symbols: Uint16Array;
}

/** Canonical Huffman: codes of one length are consecutive. */
function tableOf(lengths: readonly number[]): Table {
  const limits = new Int32Array(MOST_BITS + 2).fill(-1);
  const bases = new Int32Array(MOST_BITS + 2);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= MOST_BITS; length++) {
    bases[length] = at - code;
    for (const [symbol, its] of lengths.entries()) {
      if (its !== length) continue;
      symbols[at++] = symbol;
      code++;
    }
    limits[length] = code - 1;
    code <<= 1;
  }
  return { limits, bases, symbols };
}

function symbolOf(bits: Bits, { limits, bases, symbols }: Table): number {
  let code = 0;
  for (let length = 1; length <= MOST_BITS; length++) {
    code = (code << 1) | bits.read(1);
    if (code <= (limits[length] ?? -1)) return symbols[code + (bases[length] ?? 0)] ?? 0;
  }
  throw new RangeError('a bzip2 code is too long');
}

function usedBytes(bits: Bits): number[] {
  const groups = bits.read(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (!(groups & (0x8000 >> group))) continue;
    const map = bits.read(16);
    for (let i = 0; i < 16; i++) if (map & (0x8000 >> i)) used.push(group * 16 + i);
  }
  if (used.length === 0) throw new RangeError('a bzip2 block uses no byte');
  return used;
}

function selectorsOf(bits: Bits, groups: number): Uint8Array {
  const order = Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(bits.read(15));
  for (let i = 0; i < selectors.length; i++) {
    let at = 0;
    while (bits.read(1)) if (++at >= groups) throw new RangeError('a bzip2 selector is out of range');
    const [value = 0] = order.splice(at, 1);
    order.unshift(value);
    selectors[i] = value;
  }
  return selectors;
}

function lengthsOf(bits: Bits, count: number): number[] {
  let length = bits.read(5);
  return Array.from({ length: count }, () => {
    for (; bits.read(1); length += bits.read(1) ? -1 : 1)
      if (length < 1 || length > MOST_BITS) throw new RangeError('a bzip2 code length is out of range');
    if (length < 1 || length > MOST_BITS) throw new RangeError('a bzip2 code length is out of range');
    return length;
  });
}

/** One block, after Huffman, move-to-front and the Burrows-Wheeler transform. */
function block(bits: Bits, most: number): Uint8Array {
  if (bits.read(1)) throw new RangeError('randomised bzip2 blocks are obsolete');
  const origin = bits.read(24);
  const used = usedBytes(bits);
  const groups = bits.read(3);
  if (groups < 2 || groups > 6) throw new RangeError('a bzip2 block has a wrong number of tables');
  const selectors = selectorsOf(bits, groups);
  const tables = Array.from({ length: groups }, () => tableOf(lengthsOf(bits, used.length + 2)));
  const last = symbolsOf(bits, { used, selectors, tables, most });
  if (origin >= last.length) throw new RangeError('a bzip2 block starts outside itself');
  return unsort(last, origin);
}

function symbolsOf(
  bits: Bits,
  { used, selectors, tables, most }: { used: number[]; selectors: Uint8Array; tables: Table[]; most: number },
): Uint8Array {
  const out = new Uint8Array(most);
  const order = used.slice();
  let at = 0;
  let run = 0;
  let weight = 1;
  for (let i = 0; ; i++) {
    const table = tables[selectors[Math.floor(i / 50)] ?? 255];
    if (!table) throw new RangeError('a bzip2 block has too few selectors');
    const symbol = symbolOf(bits, table);
    if (symbol < 2) {
      run += weight << symbol;
      weight <<= 1;
      if (run > most) throw new RangeError('a bzip2 run is too long');
      continue;
    }
    if (at + run > most) throw new RangeError('a bzip2 block is too long');
    out.fill(order[0] ?? 0, at, at + run);
    at += run;
    run = 0;
    weight = 1;
    if (symbol === used.length + 1) return out.subarray(0, at);
    if (at >= most) throw new RangeError('a bzip2 block is too long');
    const [value = 0] = order.splice(symbol - 1, 1);
    order.unshift(value);
    out[at++] = value;
  }
}

function unsort(last: Uint8Array, origin: number): Uint8Array {
  const starts = new Uint32Array(256);
  for (const value of last) starts[value]!++;
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    const count = starts[value] ?? 0;
    starts[value] = sum;
    sum += count;
  }
  const next = new Uint32Array(last.length);
  for (let i = 0; i < last.length; i++) next[starts[last[i] ?? 0]!++] = i;
  const out = new Uint8Array(last.length);
  let at = next[origin] ?? 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = last[at] ?? 0;
    at = next[at] ?? 0;
  }
  return out;
}

/** Undoes the first run-length step: four equal bytes are followed by a count. */
function unrun(bytes: Uint8Array, limit: number): Uint8Array {
  const walk = (put: (value: number, count: number) => void): void => {
    let same = 0;
    let before = -1;
    for (const value of bytes) {
      if (same === 4) {
        put(before, value);
        same = 0;
        before = -1;
        continue;
      }
      same = value === before ? same + 1 : 1;
      before = value;
      put(value, 1);
    }
  };
  let length = 0;
  walk((_, count) => {
    length += count;
  });
  const out = new Uint8Array(Math.min(length, limit));
  let at = 0;
  walk((value, count) => {
    if (at < out.length) out.fill(value, at, Math.min(out.length, at + count));
    at += count;
  });
  return out;
}
