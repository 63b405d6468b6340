// Palette colour: the lookup table as 8-bit RGB triples (PS3.3 C.7.9, C.7.6.3.1.5), segmented tables expanded (C.7.9.2).
import type { DataSet } from './elements.ts';
import { u16 } from './tokens.ts';
import { numbers } from './values.ts';

const TABLES = [0x00281201, 0x00281202, 0x00281203];
const SEGMENTED = [0x00281221, 0x00281222, 0x00281223];
const DESCRIPTOR = 0x00281101;
const MAX_ENTRIES = 65_536;

function words(set: DataSet, tag: number): number[] {
  const element = set.elements.get(tag);
  const values: number[] = [];
  if (!element) return values;
  for (let at = element.at; at + 2 <= element.at + element.length && values.length < MAX_ENTRIES * 2; at += 2)
    values.push(u16(set.bytes, at, set.encoding.big));
  return values;
}

/** Segments: 0 discrete, 1 linear to an end value, 2 indirect copies of earlier segments. */
function expand(codes: readonly number[], entries: number, depth = 0): number[] {
  const out: number[] = [];
  for (let at = 0; at + 1 < codes.length && out.length < entries; ) {
    const length = codes[at + 1]!;
    if (codes[at] === 0) {
      out.push(...codes.slice(at + 2, at + 2 + length));
      at += 2 + length;
    } else if (codes[at] === 1) {
      const from = out.at(-1) ?? 0;
      const to = codes[at + 2] ?? 0;
      for (let i = 1; i <= length && out.length < entries; i++) out.push(Math.round(from + ((to - from) * i) / length));
      at += 3;
    } else if (codes[at] === 2 && depth === 0) {
      const offset = ((codes[at + 2] ?? 0) + (codes[at + 3] ?? 0) * 65_536) >> 1;
      out.push(...expand(codes.slice(offset, offset + length * 8), entries - out.length, 1));
      at += 4;
    } else break;
  }
  return out.slice(0, entries);
}

/** Entries of one colour, 0–255. */
function channel(set: DataSet, index: number, entries: number, bits: number): Uint8Array {
  const segmented = words(set, SEGMENTED[index]!);
  const element = set.elements.get(TABLES[index]!);
  // Eight-bit tables come packed, one byte an entry, or one word an entry.
  const packed = bits === 8 && segmented.length === 0 && element !== undefined && element.length < entries * 2;
  if (packed) return set.bytes.slice(element.at, element.at + Math.min(entries, element.length));
  const values = segmented.length > 0 ? expand(segmented, entries) : words(set, TABLES[index]!);
  // Tables that say 16 bits and hold 8 are met; their high bytes are all zero.
  const shift = bits > 8 && values.some((value) => value > 255) ? bits - 8 : 0;
  return Uint8Array.from(values.slice(0, entries), (value) => Math.min(255, value >> shift));
}

/** RGB triples by stored value (values below the first mapped one repeat the first entry); undefined without a table. */
export function paletteOf(set: DataSet): Uint8Array | undefined {
  const [stated = 0, first = 0, bits = 8] = numbers(set, DESCRIPTOR, 'US', 3);
  const entries = stated === 0 ? MAX_ENTRIES : stated;
  const start = first > 32_767 ? 0 : first;
  const channels = [0, 1, 2].map((index) => channel(set, index, entries, bits));
  if (channels.some((values) => values.length === 0)) return undefined;
  const palette = new Uint8Array(Math.min(MAX_ENTRIES, start + entries) * 3);
  for (let value = 0; value * 3 < palette.length; value++) {
    for (let colour = 0; colour < 3; colour++) palette[value * 3 + colour] = channels[colour]![Math.max(0, value - start)] ?? 0;
  }
  return palette;
}
