// A PNG without its extras: only IHDR, PLTE, IDAT and IEND reach the decoder, and IDAT only after it was seen not to be a bomb.
import { inflateSpan } from '../../core/inflate.ts';
import { Unreadable } from '../../core/unreadable.ts';

const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);
/** Deflate cannot pack tighter than this. */
const TIGHTEST = 1032;
/** Less than this cannot hurt, whatever it inflates to. */
const HARMLESS = 2 ** 27;

/** Copies the chunks that make the picture; throws E-BOMB where they inflate to more than `most` bytes, E-TRUNCATED where they break off. */
export async function withoutExtras(stored: Uint8Array, { most }: { most: number }): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(stored.length);
  out.set(stored.subarray(0, 8));
  const parts: Uint8Array[] = [];
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  let [from, to] = [8, 8];
  for (let type = ''; type !== 'IEND'; ) {
    if (from + 12 > stored.length) throw new Unreadable('E-TRUNCATED', 'The PNG picture is damaged or cut off.');
    const length = view.getUint32(from);
    type = String.fromCharCode(...stored.subarray(from + 4, from + 8));
    const end = from + 12 + length;
    if (end > stored.length) throw new Unreadable('E-TRUNCATED', 'The PNG picture is damaged or cut off.');
    if (type === 'IDAT') parts.push(stored.subarray(from + 8, end - 4));
    if (KEPT.has(type)) {
      out.set(stored.subarray(from, end), to);
      to += end - from;
    }
    from = end;
  }
  await refuseBomb(parts, most);
  return out.slice(0, to);
}

async function refuseBomb(parts: readonly Uint8Array[], most: number): Promise<void> {
  const packed = parts.reduce((sum, part) => sum + part.length, 0);
  if (packed * TIGHTEST <= Math.max(HARMLESS, most)) return;
  const { Unzlib } = await import('fflate');
  const whole = new Uint8Array(packed);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const bytes = { size: packed, slice: async (start: number, end?: number) => whole.subarray(start, end) };
  // Only what exceeds `most` is kept, and one byte of it is enough.
  const beyond = await inflateSpan(bytes, { inflater: new Unzlib(), from: 0, start: most, end: most + 1 });
  if (beyond.length) throw new Unreadable('E-BOMB', 'The PNG picture unpacks to far more than its size says.');
}
