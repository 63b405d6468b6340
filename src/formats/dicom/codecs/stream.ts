// Looks at the first markers of a compressed frame: which codec it is really for, and what size it claims.
// JPEG: ISO 10918-1 B.2.2; JPEG-LS: ISO 14495-1 C.2; JPEG 2000: ISO 15444-1 A.5.1; JPEG XL: ISO 18181-1 size header.
import type { StreamSize } from './codec.ts';

export type StreamKind = 'jpeg-8' | 'jpeg-deep' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl';

export interface Stream extends StreamSize {
  readonly kind: StreamKind;
  readonly precision: number;
  /** JPEG: an Adobe marker says which colour transform was used. JPEG 2000: the stream undoes its own colour transform. */
  readonly transform: boolean;
}

const word = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!;
const long = (bytes: Uint8Array, at: number) => word(bytes, at) * 65536 + word(bytes, at + 2);

function jpeg(bytes: Uint8Array): Stream | undefined {
  let at = 2;
  let transform = false;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xee && word(bytes, at + 2) >= 14) transform = true;
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) || marker === 0xf7;
    if (isFrame && at + 10 <= bytes.length) {
      const precision = bytes[at + 4]!;
      const kind = marker === 0xf7 ? 'jpeg-ls' : marker === 0xc3 || precision > 8 ? 'jpeg-deep' : 'jpeg-8';
      return { kind, precision, rows: word(bytes, at + 5), columns: word(bytes, at + 7), samples: bytes[at + 9]!, transform };
    }
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + word(bytes, at + 2);
  }
  return undefined;
}

function jpeg2000(bytes: Uint8Array, start: number): Stream | undefined {
  if (start + 42 > bytes.length || word(bytes, start + 2) !== 0xff51) return undefined;
  const siz = start + 4;
  const columns = long(bytes, siz + 4) - long(bytes, siz + 12);
  const rows = long(bytes, siz + 8) - long(bytes, siz + 16);
  const precision = (bytes[siz + 36]! & 0x7f) + 1;
  let kind: StreamKind = 'jpeg-2000';
  let transform = false;
  for (
    let at = siz + word(bytes, siz);
    at + 10 < bytes.length && word(bytes, at) !== 0xff90 && bytes[at] === 0xff;
    at += 2 + word(bytes, at + 2)
  ) {
    // Capability bit 15 names Part 15, high throughput.
    if (word(bytes, at) === 0xff50 && (long(bytes, at + 4) & 0x20000) !== 0) kind = 'htj2k';
    if (word(bytes, at) === 0xff52) transform = bytes[at + 8] === 1;
  }
  return { kind, columns, rows, samples: word(bytes, siz + 34), precision, transform };
}

/** Offset of a codestream in JP2 or JXL boxes; -1 where there is none. */
function boxed(bytes: Uint8Array, name: string): number {
  let at = 0;
  for (let boxes = 0; at + 8 <= bytes.length && boxes < 64; boxes++) {
    const length = long(bytes, at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const header = length === 1 ? 16 : 8;
    if (type === name) return at + header;
    // A partial codestream box begins with its index.
    if (type === 'jxlp' && name === 'jxlc') return at + header + 4;
    if (length === 0) return -1;
    at += length === 1 ? long(bytes, at + 12) : Math.max(8, length);
  }
  return -1;
}

const RATIOS = [0, 1, 1.2, 4 / 3, 1.5, 16 / 9, 1.25, 2];

function jpegXl(bytes: Uint8Array, start: number): Stream | undefined {
  let bit = (start + 2) * 8;
  const take = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, bit++) value += (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) * 2 ** i;
    return value;
  };
  const small = take(1) === 1;
  const side = () => (small ? (take(5) + 1) * 8 : take([9, 13, 18, 30][take(2)]!) + 1);
  const rows = side();
  const ratio = take(3);
  const columns = ratio === 0 ? side() : Math.floor(rows * RATIOS[ratio]!);
  return start + 4 > bytes.length ? undefined : { kind: 'jpeg-xl', rows, columns, samples: 0, precision: 0, transform: true };
}

/** What the frame is, by its own first bytes; undefined where it is none of these. `samples` is 0 where the stream does not say early. */
export function lookAt(bytes: Uint8Array): Stream | undefined {
  if (bytes.length < 12) return undefined;
  const head = word(bytes, 0);
  if (head === 0xffd8) return jpeg(bytes);
  if (head === 0xff4f) return jpeg2000(bytes, 0);
  if (head === 0xff0a) return jpegXl(bytes, 0);
  const box = String.fromCharCode(...bytes.subarray(4, 8));
  if (box === 'jP  ') {
    const at = boxed(bytes, 'jp2c');
    return at < 0 ? undefined : jpeg2000(bytes, at);
  }
  if (box !== 'JXL ') return undefined;
  const at = boxed(bytes, 'jxlc');
  return at < 0 ? undefined : jpegXl(bytes, at);
}

/** Whether a fragment begins a new frame. */
export function beginsFrame(bytes: Uint8Array): boolean {
  const head = bytes.length < 12 ? 0 : word(bytes, 0);
  return (
    head === 0xffd8 ||
    head === 0xff4f ||
    head === 0xff0a ||
    (head === 0 && bytes[3] === 12 && /^(jP {2}|JXL )$/.test(String.fromCharCode(...bytes.subarray(4, 8))))
  );
}
