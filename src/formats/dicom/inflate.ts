// Inflates deflated data sets and frames (PS3.5 A.5, A.7) with a budget of bytes, counted while inflating: headers lie.
import { Unreadable } from '../../core/unreadable.ts';

const CHUNK = 16_384;
const BUDGET = 2 ** 30;

export interface Inflated {
  readonly bytes: Uint8Array;
  /** Nothing more can come: the stream ended, or the file did. */
  readonly ended: boolean;
  /** Stopped because `wanted` bytes were out. */
  readonly enough: boolean;
}

function join(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const all = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** zlib header (RFC 1950): some writers wrap what the standard wants bare. */
function hasZlibHeader(bytes: Uint8Array): boolean {
  return bytes.length > 2 && (bytes[0]! & 0x0f) === 8 && bytes[0]! >> 4 <= 7 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0;
}

async function run(bytes: Uint8Array, wanted: number): Promise<Inflated> {
  const { Inflate } = await import('fflate');
  const chunks: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    chunks.push(chunk);
    total += chunk.length;
    ended ||= final;
  });
  for (let at = 0; at < bytes.length && !ended && total < wanted; at += CHUNK) {
    stream.push(bytes.subarray(at, at + CHUNK), false);
    if (total > BUDGET) throw new Unreadable('E-BOMB', 'A few deflated bytes unpack to more than 1 GB; it was stopped.');
  }
  return { bytes: join(chunks, total), ended, enough: !ended && total >= wanted };
}

/**
 * Inflates what there is of a raw deflate stream, until `wanted` bytes are out. undefined where it is no deflate stream.
 * Throws Unreadable past the budget.
 */
export async function inflatePrefix(bytes: Uint8Array, options: { complete: boolean; wanted: number }): Promise<Inflated | undefined> {
  for (const skip of hasZlibHeader(bytes) ? [2, 0] : [0]) {
    try {
      const inflated = await run(bytes.subarray(skip), options.wanted);
      if (inflated.bytes.length > 0) return { ...inflated, ended: inflated.ended || (options.complete && !inflated.enough) };
    } catch (thrown) {
      if (thrown instanceof Unreadable) throw thrown;
    }
  }
  return undefined;
}
