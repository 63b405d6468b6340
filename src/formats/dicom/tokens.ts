// Reads the head of one element out of bytes: tag, VR, length, and whether its value is a sequence (PS3.5 7.1, 7.5).

export const UNDEFINED_LENGTH = 0xffffffff;
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
/** VRs whose explicit form has two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
const LONG_VRS = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV';
const SHORT_VRS = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US';
const UNKNOWN = 0;
const SHORT = 1;
const LONG = 2;

/** Two letters → one number, so that a hundred VRs a file cost no strings and no hashing. */
const pairOf = (a: number, b: number) => (a - 65) * 26 + b - 65;
const NAMES = Array.from({ length: 676 }, (_, pair) => String.fromCharCode(65 + Math.floor(pair / 26), 65 + (pair % 26)));
const FORMS = new Uint8Array(676);
for (const [form, names] of [
  [LONG, LONG_VRS],
  [SHORT, SHORT_VRS],
] as const) {
  for (const name of names.split(' ')) FORMS[NAMES.indexOf(name)] = form;
}

export interface Encoding {
  readonly explicit: boolean;
  readonly big: boolean;
}

export interface Token {
  tag: number;
  vr: string;
  at: number;
  length: number;
}

/** Whether two bytes are a VR of the standard. */
export function isVr(a: number, b: number): boolean {
  return a >= 65 && a <= 90 && b >= 65 && b <= 90 && FORMS[pairOf(a, b)] !== UNKNOWN;
}

/** Whether the explicit form of this VR has a 32-bit length. */
export function isLongVr(a: number, b: number): boolean {
  return FORMS[pairOf(a, b)] === LONG;
}

export function u16(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? (bytes[at]! << 8) | bytes[at + 1]! : bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u16(bytes, at, true) * 65536 + u16(bytes, at + 2, true) : u16(bytes, at, false) + u16(bytes, at + 2, false) * 65536;
}

/** Reads the header of one element into `token`; answers false where the bytes end before the value begins. */
export function readToken(bytes: Uint8Array, at: number, end: number, encoding: Encoding, token: Token): boolean {
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
  const pair = pairOf(a, b);
  token.vr = NAMES[pair]!;
  // An unknown VR with two zero bytes after it has the long form (PS3.5 6.2: future VRs do).
  if (FORMS[pair] === LONG || (FORMS[pair] === UNKNOWN && bytes[at + 6] === 0 && bytes[at + 7] === 0)) {
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

export function isSequence(bytes: Uint8Array, token: Token, end: number, encoding: Encoding): boolean {
  if (token.vr === 'SQ') return true;
  if (token.vr !== '' && token.vr !== 'UN') return false;
  return token.length === UNDEFINED_LENGTH || looksLikeItems(bytes, token, end, token.vr === 'UN' ? false : encoding.big);
}

/** Items inside UN are implicit little endian (PS3.5 6.2.2, note on undefined length). */
export function insideOf(vr: string, encoding: Encoding): Encoding {
  return vr === 'UN' ? { explicit: false, big: false } : encoding;
}
