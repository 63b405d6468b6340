// The 512-byte header of a tar member: ustar (POSIX.1-1988), pax records (POSIX.1-2001), GNU's base-256 numbers. Reads no member.

export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** The type flag: '0' file, '5' folder, 'x' and 'g' pax, 'L' and 'K' GNU long names … */
  readonly type: string;
}

export const BLOCK = 512;

/** Undefined where the checksum does not fit: this is no header. */
export function tarHeader(block: Uint8Array): TarHeader | undefined {
  if (block.length < BLOCK || number(block, 148, 8) !== checksum(block)) return undefined;
  const ustar = field(block, 257, 5) === 'ustar';
  // GNU uses the prefix field for other things; its magic ends in blanks.
  const posix = ustar && block[262] === 0;
  const prefix = posix ? field(block, 345, 155) : '';
  const name = field(block, 0, 100);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size: number(block, 124, 12),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156]!),
  };
}

/** Whether a block ends the archive: two of them do (POSIX.1, ustar). */
export const isZero = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** `length key=value\n` records; GNU.sparse.* among them mark sparse files. */
export function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(decode(bytes.subarray(at, space)));
    if (space < 0 || !Number.isInteger(length) || length <= space - at || at + length > bytes.length) break;
    const record = decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

/** Text of a header field: UTF-8 where it is valid, else Latin-1. */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

function field(block: Uint8Array, at: number, length: number): string {
  const raw = block.subarray(at, at + length);
  const end = raw.indexOf(0);
  return decode(end < 0 ? raw : raw.subarray(0, end));
}

function number(block: Uint8Array, at: number, length: number): number {
  if (block[at]! & 0x80) {
    let value = block[at]! & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + block[at + i]!;
    // Negative numbers begin with a set bit; like those that are too big, none is a size.
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  const text = field(block, at, length).trim();
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

/** The sum of all bytes, the checksum field itself counted as blanks. */
function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!;
  return sum;
}
