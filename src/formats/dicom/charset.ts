// Text of DICOM values by Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1), code extensions (ISO 2022 escapes) included.
// The tables are the browser's own: every character set of the standard has a TextDecoder.
import { lookup } from '../../core/lookup.ts';

const BY_TERM = lookup<string>({
  '': 'windows-1252',
  6: 'windows-1252',
  100: 'windows-1252',
  101: 'iso-8859-2',
  109: 'iso-8859-3',
  110: 'iso-8859-4',
  144: 'iso-8859-5',
  127: 'iso-8859-6',
  126: 'iso-8859-7',
  138: 'iso-8859-8',
  148: 'windows-1254',
  203: 'iso-8859-15',
  166: 'windows-874',
  13: 'shift_jis',
  192: 'utf-8',
  87: 'iso-2022-jp',
  159: 'jis-x-0212',
  149: 'euc-kr',
  58: 'gbk',
  GB18030: 'gb18030',
  GBK: 'gbk',
});

/** Escape (without ESC) → decoder of the bytes that follow it (PS3.3 tables C.12-3 and C.12-4). */
const BY_ESCAPE: readonly (readonly [string, string])[] = [
  ['$(D', 'jis-x-0212'],
  ['$)C', 'euc-kr'],
  ['$)A', 'gbk'],
  ['$B', 'jis-x-0208'],
  ['$@', 'jis-x-0208'],
  ['(B', 'windows-1252'],
  ['(J', 'shift_jis'],
  [')I', 'shift_jis'],
  ['-A', 'windows-1252'],
  ['-B', 'iso-8859-2'],
  ['-C', 'iso-8859-3'],
  ['-D', 'iso-8859-4'],
  ['-L', 'iso-8859-5'],
  ['-G', 'iso-8859-6'],
  ['-F', 'iso-8859-7'],
  ['-H', 'iso-8859-8'],
  ['-M', 'windows-1254'],
  ['-b', 'iso-8859-15'],
  ['-T', 'windows-874'],
];
const ESC = 0x1b;

const decoders = new Map<string, TextDecoder>();
function decoder(label: string): TextDecoder {
  let found = decoders.get(label);
  if (!found) {
    found = new TextDecoder(label);
    decoders.set(label, found);
  }
  return found;
}

/** Decoder label of one term (`ISO 2022 IR 87`, `ISO_IR 192`, `GB18030`); misspelt terms by their number or name. */
function labelOf(term: string): string {
  const plain = term.trim().toUpperCase();
  const number = /(\d+)\s*$/.exec(plain.replace(/^ISO[\s_-]*2022/, ''))?.[1];
  if (plain === '' || BY_TERM[plain]) return BY_TERM[plain]!;
  if (/UTF[-_ ]?8/.test(plain)) return 'utf-8';
  const latin = /ISO[-_ ]?8859[-_ ](\d+)/.exec(plain)?.[1];
  if (latin) return latin === '1' ? 'windows-1252' : latin === '9' ? 'windows-1254' : `iso-8859-${latin}`;
  return BY_TERM[number ?? ''] ?? 'windows-1252';
}

/** Two-byte sets invoked in G0 are moved to where TextDecoder's EUC forms expect them. */
function decodeSegment(bytes: Uint8Array, label: string): string {
  if (label === 'jis-x-0208') return decoder('euc-jp').decode(bytes.map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)));
  if (label !== 'jis-x-0212') return decoder(label).decode(bytes);
  const moved = new Uint8Array(bytes.length * 2);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte > 0x20 && byte < 0x7f && i + 1 < bytes.length) {
      moved.set([0x8f, byte | 0x80, bytes[++i]! | 0x80], length);
      length += 3;
    } else moved[length++] = byte;
  }
  return decoder('euc-jp').decode(moved.subarray(0, length));
}

/** Where a segment without multi-byte G0 ends: delimiters take the first character set back (PS3.5 6.1.2.5.3). */
function segmentEnd(bytes: Uint8Array, from: number, multibyte: boolean): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== ESC) {
    const byte = bytes[at]!;
    if (!multibyte && (byte === 0x5c || byte === 0x5e || byte === 0x3d || byte === 0x0a || byte === 0x0d || byte === 0x0c)) return at;
    at++;
  }
  return at;
}

function escapeAt(bytes: Uint8Array, at: number): readonly [string, string] | undefined {
  return BY_ESCAPE.find(([sequence]) => [...sequence].every((char, i) => bytes[at + 1 + i] === char.charCodeAt(0)));
}

/** What G0 and G1 hold; every single-byte table used here has ASCII in its lower half, so one decoder serves both. */
interface Invoked {
  /** A two-byte set in G0, or ''. */
  low: string;
  high: string;
}

/** Applies the escape at `at`; answers the offset after it. */
function invoke(bytes: Uint8Array, at: number, state: Invoked): number {
  const found = escapeAt(bytes, at);
  if (!found) return at + 1;
  const [sequence, label] = found;
  if (label.startsWith('jis-x')) state.low = label;
  else if (sequence.startsWith('(')) {
    state.low = '';
    if (sequence === '(J' && state.high === 'windows-1252') state.high = label;
  } else state.high = label;
  return at + 1 + sequence.length;
}

function decodeEscaped(bytes: Uint8Array, initial: string): string {
  let text = '';
  let at = 0;
  const state: Invoked = { low: '', high: initial };
  while (at < bytes.length) {
    if (bytes[at] === ESC) {
      at = invoke(bytes, at, state);
      continue;
    }
    const end = segmentEnd(bytes, at, state.low !== '');
    if (end === at) {
      text += String.fromCharCode(bytes[at++]!);
      state.low = '';
      state.high = initial;
    } else text += decodeSegment(bytes.subarray(at, end), state.low || state.high);
    at = Math.max(at, end);
  }
  return text;
}

/** Text of `bytes` under the terms of Specific Character Set; never throws, wrong bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array, terms: readonly string[]): string {
  let plain = '';
  let at = 0;
  for (; at < bytes.length && bytes[at]! < 0x80 && bytes[at] !== ESC; at++) plain += String.fromCharCode(bytes[at]!);
  if (at === bytes.length) return plain;
  const escaped = bytes.includes(ESC);
  const first = labelOf(terms[0] ?? '');
  const multi = first === 'iso-2022-jp' || first === 'jis-x-0212' ? 'windows-1252' : first;
  if (escaped && first !== 'utf-8' && first !== 'gb18030') return decodeEscaped(bytes, multi);
  // Some writers name the second set only and never escape: its bytes are above 0x7F all the same.
  const second = terms.length > 1 && (terms[0] ?? '').trim() === '' ? labelOf(terms[1]!) : undefined;
  return decoder(second === 'euc-kr' || second === 'gbk' ? second : multi).decode(bytes);
}
