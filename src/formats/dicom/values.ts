// Reads values out of elements: text, numbers, codes. Multiplicity is cut by backslash after decoding (PS3.5 6.2, 6.1.2.5.3).
import { decodeText } from './charset.ts';
import type { DataSet, Element } from './elements.ts';
import { u16, u32 } from './tokens.ts';

/** Longest text that is read of one value. */
const TEXT_LIMIT = 16_384;
const LOCALISED = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT', '']);
const WIDTH: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  FD: 8,
  OF: 4,
  OD: 8,
  AT: 4,
  OW: 2,
  SV: 8,
  UV: 8,
  OL: 4,
  OV: 8,
};

export const CHARACTER_SET = 0x00080005;

/** Terms of Specific Character Set, from this data set only. */
export function characterSets(set: DataSet): readonly string[] {
  const element = set.elements.get(CHARACTER_SET);
  return element
    ? trimmed(String.fromCharCode(...set.bytes.subarray(element.at, element.at + Math.min(element.length, 256)))).split('\\')
    : [];
}

function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 0)) end--;
  return text.slice(0, end);
}

export interface TextOptions {
  /** Character sets of the enclosing data set. */
  readonly sets?: readonly string[] | undefined;
}

/** Whole text of a value, padding removed; undefined where it is absent. */
export function wholeText(set: DataSet, element: Element | undefined, options?: TextOptions): string | undefined {
  if (!element) return undefined;
  const bytes = set.bytes.subarray(element.at, element.at + Math.min(element.length, TEXT_LIMIT));
  return trimmed(decodeText(bytes, LOCALISED.has(element.vr) ? (options?.sets ?? []) : []));
}

/** Values of a text element, trimmed; [] where it is absent or empty. */
export function texts(set: DataSet, tag: number, options?: TextOptions): string[] {
  const text = wholeText(set, set.elements.get(tag), options);
  return text ? text.split('\\').map((value) => value.trim()) : [];
}

/** First value of a text element; undefined where it is absent or empty. */
export function text(set: DataSet, tag: number, options?: TextOptions): string | undefined {
  return texts(set, tag, options)[0] || undefined;
}

function binary(set: DataSet, at: number, vr: string): number {
  const { bytes } = set;
  const { big } = set.encoding;
  switch (vr) {
    case 'US':
    case 'OW':
      return u16(bytes, at, big);
    case 'SS':
      return (u16(bytes, at, big) << 16) >> 16;
    case 'SL':
      return u32(bytes, at, big) | 0;
    case 'AT':
      return u16(bytes, at, big) * 65536 + u16(bytes, at + 2, big);
    case 'UL':
    case 'OL':
      return u32(bytes, at, big);
    default: {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, WIDTH[vr]!);
      if (vr === 'FL' || vr === 'OF') return view.getFloat32(0, !big);
      if (vr === 'SV') return Number(view.getBigInt64(0, !big));
      return vr === 'UV' || vr === 'OV' ? Number(view.getBigUint64(0, !big)) : view.getFloat64(0, !big);
    }
  }
}

/** Numbers of an element, read as its own VR or, where the file does not say (implicit, UN), as `vr`. Unreadable numbers are left out. */
export function numbers(set: DataSet, tag: number, vr: string, limit = 4096): number[] {
  const element = set.elements.get(tag);
  if (!element) return [];
  const kind = element.vr === '' || element.vr === 'UN' ? vr : element.vr;
  const width = WIDTH[kind];
  if (width === undefined) return texts(set, tag).filter(Boolean).map(Number).filter(Number.isFinite);
  const values: number[] = [];
  const end = Math.min(element.at + element.length, set.bytes.length);
  for (let at = element.at; at + width <= end && values.length < limit; at += width) values.push(binary(set, at, kind));
  return values;
}

/** First number of an element. */
export function number(set: DataSet, tag: number, vr: string): number | undefined {
  return numbers(set, tag, vr, 1)[0];
}
