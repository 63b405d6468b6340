// Every tag of a file as a tree for people: names from the standard's dictionary, values as text, sequences nested.
/// <reference path="./codecs/packages.d.ts" />
import type { OpenFile, TagNode } from '../../core/format.ts';
import { type DataSet, type Element, readItems } from './elements.ts';
import { openDicom } from './open.ts';
import { UNDEFINED_LENGTH } from './tokens.ts';
import { characterSets, numbers, text, wholeText } from './values.ts';

const CUT = 1024;
const MAX_NODES = 200_000;
const MAX_ITEMS = 10_000;
const BINARY = new Set(['OB', 'OW', 'OD', 'OF', 'OL', 'OV', 'UN']);
const NUMBERS = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'SV', 'UV']);

type Dictionary = Readonly<Record<string, { readonly vr: string; readonly name: string }>>;

interface Listing {
  readonly dictionary: Dictionary;
  nodes: number;
}

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
const written = (tag: number) => `(${hex(tag >>> 16, 4)},${hex(tag & 0xffff, 4)})`;

/** Name and VR of a tag: curves and overlays repeat by group (PS3.5 7.6); private ones by their creator. */
function describe(set: DataSet, tag: number, { dictionary }: Listing): { keyword: string; vr: string } {
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return { keyword: 'GroupLength', vr: 'UL' };
  if (group % 2 === 1) {
    if (element >= 0x10 && element <= 0xff) return { keyword: 'PrivateCreator', vr: 'LO' };
    const creator = text(set, group * 65536 + (element >>> 8));
    return { keyword: creator ? `Private: ${creator}` : 'Private', vr: '' };
  }
  const found = dictionary[written(tag)] ?? repeating(group, tag, dictionary);
  return found ? { keyword: found.name.replace(/^RETIRED_/, ''), vr: found.vr.slice(0, 2) } : { keyword: '', vr: '' };
}

function repeating(group: number, tag: number, dictionary: Dictionary) {
  if (group < 0x5000 || group > 0x60ff || (group > 0x50ff && group < 0x6000)) return undefined;
  return dictionary[written((group & 0xff00) * 65536 + (tag & 0xffff))] ?? dictionary[`(${hex(group >>> 8, 2)}xx,${hex(tag & 0xffff, 4)})`];
}

/** Private and unknown values are shown as text where they are text. */
function printable(set: DataSet, element: Element): boolean {
  let end = element.at + Math.min(element.length, 256);
  while (end > element.at && set.bytes[end - 1] === 0) end--;
  for (const byte of set.bytes.subarray(element.at, end))
    if ((byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) || byte > 0x7e) return false;
  return end > element.at;
}

function dump(set: DataSet, { at, length }: Element): string {
  if (length === 0 || length > 16) return length === 0 ? '' : `${length} bytes`;
  return Array.from(set.bytes.subarray(at, at + length), (byte) => hex(byte, 2)).join(' ');
}

function shownValue(set: DataSet, element: Element, vr: string, sets: readonly string[]): string {
  if (vr === 'AT') return numbers(set, element.tag, 'AT', 64).map(written).join('\\');
  if (NUMBERS.has(vr)) {
    const values = numbers(set, element.tag, vr, 256).map((value) => (vr === 'FL' ? Number(value.toPrecision(7)) : value));
    return cut(values.join('\\'));
  }
  if (BINARY.has(vr) || vr === '') {
    const shown = (vr === 'UN' || vr === '') && element.length <= 65_536 && printable(set, element);
    if (!shown) return dump(set, element);
  }
  return cut(wholeText(set, element, { sets }) ?? '');
}

function cut(value: string): string {
  return value.length > CUT ? `${value.slice(0, CUT - 1)}…` : value;
}

function nodesOf(set: DataSet, listing: Listing, options: { sets: readonly string[]; depth: number }): TagNode[] {
  const own = characterSets(set);
  const sets = own.length ? own : options.sets;
  const nodes: TagNode[] = [];
  for (const element of set.elements.values()) {
    if (++listing.nodes > MAX_NODES) break;
    const { keyword, vr: known } = describe(set, element.tag, listing);
    const vr = element.sequence ? 'SQ' : element.vr !== '' && element.vr !== 'UN' ? element.vr : known || element.vr;
    const head = { tag: written(element.tag), keyword, vr: vr || undefined };
    if (!element.sequence && vr === 'SQ') nodes.push({ ...head, items: [] });
    else if (!element.sequence) nodes.push({ ...head, value: shownValue(set, element, vr, sets) });
    else {
      const items = readItems(set, element, { limit: MAX_ITEMS, depth: options.depth });
      nodes.push({ ...head, items: items.map((item) => nodesOf(item, listing, { sets, depth: options.depth + 1 })) });
    }
  }
  return nodes;
}

/** All tags of the file, meta group first, pixel data as a size. Throws Unreadable. */
export async function listTags(file: OpenFile): Promise<readonly TagNode[]> {
  const { dictionary } = await import('dcmjs/dictionary');
  const { meta, set } = await openDicom(file.bytes, { whole: true });
  const listing: Listing = { dictionary, nodes: 0 };
  const nodes = meta ? nodesOf(meta, listing, { sets: [], depth: 0 }) : [];
  nodes.push(...nodesOf(set, listing, { sets: [], depth: 0 }));
  if (set.stopped) {
    const { tag, vr, length } = set.stopped;
    const value = length === UNDEFINED_LENGTH ? 'compressed frames' : `${length} bytes`;
    nodes.push({ tag: written(tag), keyword: describe(set, tag, listing).keyword, vr: vr || undefined, value });
  }
  return nodes;
}
