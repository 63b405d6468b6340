// Is this DICOM? Part 10 by its magic (PS3.10 7.1), bare data sets by a chain of elements that nothing else has.
import { Claim, type Glimpse } from '../../core/claim.ts';
import { chainLength, guessEncoding } from './encoding.ts';
import { u16, u32 } from './tokens.ts';

/** Whether DICM stands at this byte (PS3.10 7.1). */
export function magicAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;
}

/** Values that must be text in a bare implicit file: without a VR only they tell a data set from numbers. */
function firstValueIsText(bytes: Uint8Array, at: number, big: boolean): boolean {
  const group = u16(bytes, at, big);
  const element = u16(bytes, at + 2, big);
  const length = u32(bytes, at + 4, big);
  // Group length: four bytes, always.
  if (element === 0) return length === 4;
  if (group !== 8) return group === 2 && length < 256;
  for (let i = at + 8; i < Math.min(bytes.length, at + 8 + length); i++) if (bytes[i]! < 0x20 && bytes[i] !== 0) return element > 0x1000;
  return true;
}

/** How surely these first bytes are DICOM. A bare data set must show three elements in order, or fill the whole file with them. */
export function claimDicom(glimpse: Glimpse): Claim {
  const { head, size } = glimpse;
  if (magicAt(head, 128)) {
    const next = u16(head, 132, false);
    return head.length >= 140 && (next === 2 || next === 8 || guessEncoding(head, 132)) ? Claim.byHeader : Claim.byMagic;
  }
  const start = magicAt(head, 0) ? 4 : 0;
  if (head.length < start + 16) return Claim.none;
  const encoding = guessEncoding(head, start);
  if (!encoding) return Claim.none;
  const group = u16(head, start, encoding.big);
  if (group !== 2 && group !== 4 && group !== 8 && group !== 0x10) return Claim.none;
  if (!encoding.explicit && !firstValueIsText(head, start, encoding.big)) return Claim.none;
  // After a meta group the data set may be written otherwise: the chain is judged inside the first group only.
  const chain = chainLength(metaOnly(head, start, group), start, { encoding, size });
  const whole = size !== undefined && size <= head.length;
  return chain >= 3 || (chain >= 1 && whole && encoding.explicit) ? Claim.byHeader : Claim.none;
}

/** The bytes up to the end of group 2, where its group length says it; else all of them. */
function metaOnly(head: Uint8Array, start: number, group: number): Uint8Array {
  if (group !== 2 || u16(head, start + 2, false) !== 0 || head.length < start + 12) return head;
  return head.subarray(0, Math.min(head.length, start + 12 + u32(head, start + 8, false)));
}
