// Writes small DICOM files for tests: explicit or implicit, little or big endian, sequences, fragments. Not a writer for users.

export interface Syntax {
  readonly explicit: boolean;
  readonly big: boolean;
}
export const EXPLICIT: Syntax = { explicit: true, big: false };
export const IMPLICIT: Syntax = { explicit: false, big: false };
export const BIG: Syntax = { explicit: true, big: true };

const LONG = /^(O[BDFLVW]|S[QV]|U[CNRTV])$/;

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function number(value: number, width: 2 | 4, big = false): Uint8Array {
  const bytes = new Uint8Array(width);
  const view = new DataView(bytes.buffer);
  if (width === 2) view.setUint16(0, value & 0xffff, !big);
  else view.setUint32(0, value >>> 0, !big);
  return bytes;
}

const even = (bytes: Uint8Array, pad: number) => (bytes.length % 2 ? join(bytes, Uint8Array.of(pad)) : bytes);

/** One element. `length` overrides the declared length (0xffffffff for undefined). */
export function element(
  tag: number,
  vr: string,
  value: string | Uint8Array,
  options: { syntax?: Syntax; length?: number } = {},
): Uint8Array {
  const { explicit, big } = options.syntax ?? EXPLICIT;
  const body = even(typeof value === 'string' ? bytesOf(value) : value, vr === 'UI' || typeof value !== 'string' ? 0 : 32);
  const length = options.length ?? body.length;
  const head = join(number(tag >>> 16, 2, big), number(tag & 0xffff, 2, big));
  if (!explicit) return join(head, number(length, 4, big), body);
  if (LONG.test(vr)) return join(head, bytesOf(vr), new Uint8Array(2), number(length, 4, big), body);
  return join(head, bytesOf(vr), number(length, 2, big), body);
}

export const us = (tag: number, value: number, syntax = EXPLICIT) => element(tag, 'US', number(value, 2, syntax.big), { syntax });

const marker = (part: number, length: number, syntax: Syntax) =>
  join(number(0xfffe, 2, syntax.big), number(part, 2, syntax.big), number(length, 4, syntax.big));

/** A sequence with items; `open` writes undefined lengths with delimiters. */
export function sequence(
  tag: number,
  items: readonly Uint8Array[],
  options: { syntax?: Syntax; open?: boolean; vr?: string } = {},
): Uint8Array {
  const { syntax = EXPLICIT, open = false, vr = 'SQ' } = options;
  const body = items.flatMap((item) =>
    open ? [marker(0xe000, 0xffffffff, syntax), item, marker(0xe00d, 0, syntax)] : [marker(0xe000, item.length, syntax), item],
  );
  if (!open) return element(tag, vr, join(...body), { syntax });
  return element(tag, vr, join(...body, marker(0xe0dd, 0, syntax)), { syntax, length: 0xffffffff });
}

/** Encapsulated pixel data: basic offset table, fragments, delimiter. */
export function encapsulated(fragments: readonly Uint8Array[], table: readonly number[] = []): Uint8Array {
  const items = [join(...table.map((offset) => number(offset, 4))), ...fragments.map((fragment) => even(fragment, 0))];
  const body = items.flatMap((item) => [marker(0xe000, item.length, EXPLICIT), item]);
  return element(0x7fe00010, 'OB', join(...body, marker(0xe0dd, 0, EXPLICIT)), { length: 0xffffffff });
}

/** Part 10: preamble, magic, meta group. */
export function part10(transferSyntax: string, ...elements: readonly Uint8Array[]): Uint8Array {
  const meta = element(0x00020010, 'UI', transferSyntax);
  return join(new Uint8Array(128), bytesOf('DICM'), element(0x00020000, 'UL', number(meta.length, 4)), meta, ...elements);
}

export interface ImageOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly bits?: number;
  readonly samples?: number;
  readonly signed?: boolean;
  readonly frames?: number;
  readonly photometric?: string;
  readonly stored?: number;
  readonly planar?: number;
  readonly syntax?: Syntax;
  readonly sopClass?: string;
  readonly more?: readonly Uint8Array[];
}

/** The elements of a plain image up to its pixel data, in order of tags; `more` must lie in groups 0x0018 to 0x0020. */
export function imageElements(options: ImageOptions = {}): Uint8Array {
  const { columns = 4, rows = 3, bits = 16, samples = 1, signed = false, photometric = 'MONOCHROME2', syntax = EXPLICIT } = options;
  const text = (tag: number, vr: string, value: string) => element(tag, vr, value, { syntax });
  return join(
    text(0x00080016, 'UI', options.sopClass ?? '1.2.840.10008.5.1.4.1.1.2'),
    text(0x00080018, 'UI', '1.2.3.4'),
    text(0x00080060, 'CS', 'CT'),
    ...(options.more ?? []),
    text(0x0020000e, 'UI', '1.2.3'),
    us(0x00280002, samples, syntax),
    text(0x00280004, 'CS', photometric),
    ...(samples === 3 ? [us(0x00280006, options.planar ?? 0, syntax)] : []),
    ...(options.frames === undefined ? [] : [text(0x00280008, 'IS', String(options.frames))]),
    us(0x00280010, rows, syntax),
    us(0x00280011, columns, syntax),
    us(0x00280100, bits, syntax),
    us(0x00280101, options.stored ?? bits, syntax),
    us(0x00280102, (options.stored ?? bits) - 1, syntax),
    us(0x00280103, signed ? 1 : 0, syntax),
  );
}
