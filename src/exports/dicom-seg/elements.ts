// Writes DICOM data sets: explicit VR little endian, lengths always defined, text in UTF-8 (PS3.5 7.1.2, PS3.10 7). Writes what it is given; which elements an object needs is not known here.
// Not dcmjs: its writer comes with its reader and all of the dictionary, 690 kB that every page would keep for offline use.

export type Value = string | readonly string[] | readonly number[] | Uint8Array | readonly DataSet[];
/** Tag, value representation, value. */
export type Element = readonly [tag: number, vr: string, value: Value];
export type DataSet = readonly Element[];

const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT', 'UC', 'UR']);
const NUMBERS: Readonly<Record<string, readonly [bytes: number, set: 'setUint16' | 'setUint32' | 'setFloat64']>> = {
  US: [2, 'setUint16'],
  UL: [4, 'setUint32'],
  FD: [8, 'setFloat64'],
};
const ITEM = 0xfffee000;
/** Characters of the VRs that are short by law (PS3.5 6.2). */
const LONGEST: Readonly<Record<string, number>> = { SH: 16, LO: 64, CS: 16, PN: 64, UI: 64 };
const ASCII = new Set(['CS', 'DA', 'TM', 'DS', 'IS', 'UI', 'AT']);

const utf8 = new TextEncoder();

/** Bytes of a data set; elements are put in order of their tags. */
export function dataSetBytes(set: DataSet): Uint8Array {
  return joined([...set].sort(([a], [b]) => a - b).map(elementBytes));
}

/** A file of Part 10: preamble, meta group, data set. */
export function part10(
  { sopClass, sopInstance, implementation }: { sopClass: string; sopInstance: string; implementation: string },
  set: DataSet,
) {
  const meta = dataSetBytes([
    [0x00020001, 'OB', Uint8Array.of(0, 1)],
    [0x00020002, 'UI', sopClass],
    [0x00020003, 'UI', sopInstance],
    [0x00020010, 'UI', '1.2.840.10008.1.2.1'],
    [0x00020012, 'UI', implementation],
    [0x00020013, 'SH', 'MEDLEY'],
  ]);
  const length = dataSetBytes([[0x00020000, 'UL', [meta.length]]]);
  return joined([new Uint8Array(128), utf8.encode('DICM'), length, meta, dataSetBytes(set)]);
}

function elementBytes([tag, vr, value]: Element): Uint8Array {
  const body = even(bodyOf(vr, value), vr);
  const head = new Uint8Array(LONG.has(vr) ? 12 : 8);
  const view = new DataView(head.buffer);
  putTag(view, 0, tag);
  head[4] = vr.charCodeAt(0);
  head[5] = vr.charCodeAt(1);
  if (LONG.has(vr)) view.setUint32(8, body.length, true);
  else view.setUint16(6, body.length, true);
  return joined([head, body]);
}

function putTag(view: DataView, at: number, tag: number): void {
  view.setUint16(at, tag >>> 16, true);
  view.setUint16(at + 2, tag & 0xffff, true);
}

function bodyOf(vr: string, value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (vr === 'SQ') return joined((value as readonly DataSet[]).map(itemBytes));
  const list = typeof value === 'string' ? [value] : (value as readonly (string | number)[]);
  if (vr === 'AT') return tagsBytes(list.map(Number));
  const binary = NUMBERS[vr];
  if (!binary) return utf8.encode(list.map((one) => (typeof one === 'number' ? decimal(one) : plain(one, vr))).join('\\'));
  const bytes = new Uint8Array(list.length * binary[0]);
  const view = new DataView(bytes.buffer);
  for (const [i, one] of list.entries()) view[binary[1]](i * binary[0], Number(one), true);
  return bytes;
}

function tagsBytes(tags: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * tags.length);
  const view = new DataView(bytes.buffer);
  for (const [i, tag] of tags.entries()) putTag(view, 4 * i, tag);
  return bytes;
}

function itemBytes(set: DataSet): Uint8Array {
  const body = dataSetBytes(set);
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  putTag(view, 0, ITEM);
  view.setUint32(4, body.length, true);
  return joined([head, body]);
}

/** No control characters, no backslash (it parts values), not longer than the VR may be. */
function plain(value: string, vr: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = value.replace(/[\u0000-\u001f\u007f]/g, ' ').replaceAll('\\', '/');
  const letters = ASCII.has(vr) ? clean.replace(/[^ -~]/g, '') : clean;
  return [...letters.trim()].slice(0, LONGEST[vr] ?? 1024).join('');
}

/** A number in at most 16 characters (PS3.5 6.2, DS). */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) return '0';
  for (let digits = 16; digits > 0; digits--) {
    const text = [String(Number(value.toPrecision(digits))), value.toExponential(digits - 1)].find(({ length }) => length <= 16);
    if (text !== undefined) return text;
  }
  return '0';
}

function even(body: Uint8Array, vr: string): Uint8Array {
  if (body.length % 2 === 0) return body;
  const padded = new Uint8Array(body.length + 1);
  padded.set(body);
  if (vr !== 'UI' && vr !== 'OB' && vr !== 'OW' && vr !== 'UN') padded[body.length] = 32;
  return padded;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
