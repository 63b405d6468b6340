// How a data set is written, judged by its first elements: files without meta group, or whose meta group says otherwise.
import { type Encoding, isLongVr, isVr, u16, u32 } from './tokens.ts';

const EVEN_MORE = 1 << 24;

function plausibleGroup(group: number): boolean {
  return group === 2 || group === 4 || (group >= 8 && group <= 0x60 && group % 2 === 0);
}

interface Step {
  readonly tag: number;
  readonly next: number;
  readonly valueAt: number;
}

function step(bytes: Uint8Array, at: number, encoding: Encoding): Step | undefined {
  const { big, explicit } = encoding;
  if (at + 8 > bytes.length) return undefined;
  const tag = u16(bytes, at, big) * 65536 + u16(bytes, at + 2, big);
  if (!explicit) return { tag, valueAt: at + 8, next: at + 8 + u32(bytes, at + 4, big) };
  const a = bytes[at + 4]!;
  const b = bytes[at + 5]!;
  if (!isVr(a, b)) return undefined;
  if (!isLongVr(a, b)) return { tag, valueAt: at + 8, next: at + 8 + u16(bytes, at + 6, big) };
  if (at + 12 > bytes.length) return undefined;
  return { tag, valueAt: at + 12, next: at + 12 + u32(bytes, at + 8, big) };
}

/** The encoding whose reading of the element at `at` makes sense; undefined where none does. */
export function guessEncoding(bytes: Uint8Array, at: number): Encoding | undefined {
  if (at + 8 > bytes.length) return undefined;
  const little = u16(bytes, at, false);
  const big = u16(bytes, at, true);
  const explicit = isVr(bytes[at + 4]!, bytes[at + 5]!);
  if (plausibleGroup(little) && !(plausibleGroup(big) && big < little)) return { explicit, big: false };
  if (plausibleGroup(big)) return { explicit, big: true };
  return explicit ? { explicit, big: false } : undefined;
}

/**
 * How many elements in a row read as a data set that starts at `at`: ascending tags of known groups, sensible lengths.
 * A sequence of undefined length counts and ends the chain; so does the end of the bytes. -1 where something contradicts.
 */
export function chainLength(bytes: Uint8Array, at: number, options: { encoding: Encoding; size?: number | undefined }): number {
  let count = 0;
  let last = -1;
  let position = at;
  while (position + 8 <= bytes.length && count < 12) {
    const found = step(bytes, position, options.encoding);
    if (!found) return position + 12 > bytes.length ? count : -1;
    const undefinedLength = found.next - found.valueAt === 0xffffffff;
    if (found.tag <= last || !plausibleGroup(Math.floor(found.tag / 65536))) return -1;
    count++;
    if (undefinedLength)
      return options.encoding.explicit || found.valueAt + 4 > bytes.length || u16(bytes, found.valueAt, options.encoding.big) === 0xfffe
        ? count
        : -1;
    if (found.next - found.valueAt > EVEN_MORE || (options.size !== undefined && found.next > options.size)) return -1;
    last = found.tag;
    position = found.next;
  }
  return count;
}
