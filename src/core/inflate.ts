// Bounded inflating: a stream is fed in small steps until the wanted span is there, so neither a lying header nor a bomb costs memory.
import type { Bytes } from './entry.ts';

/** The shape of a streaming inflater (the library's, handed in: core imports none). */
export interface Inflater {
  ondata: (chunk: Uint8Array<ArrayBuffer>, final: boolean) => void;
  push(chunk: Uint8Array<ArrayBuffer>, final?: boolean): unknown;
}

const READ = 1 << 18;
// One step inflates to at most 1,032 times its size: 8 MB.
const STEP = 1 << 13;

/**
 * Inflates what lies from byte `from` of `bytes` and answers inflated bytes [start, end); fewer where the stream ends or breaks before.
 * The caller has checked end - start against its budget.
 */
export async function inflateSpan(
  bytes: Bytes,
  { inflater, from, start, end }: { inflater: Inflater; from: number; start: number; end: number },
): Promise<Uint8Array> {
  const sink = collect(start, end);
  inflater.ondata = sink.take;
  for (let at = from; !sink.full(); at += READ) {
    const packed = await bytes.slice(at, at + READ);
    const last = packed.length < READ;
    try {
      for (let i = 0; (i < packed.length || last) && !sink.full(); i += STEP) {
        const step = packed.subarray(i, i + STEP);
        const final = last && i + STEP >= packed.length;
        inflater.push(step.slice(), final);
        if (final) break;
      }
    } catch {
      // A broken or cut stream: what came before is right, and the caller sees that it is short.
      return sink.done();
    }
    if (last) break;
  }
  return sink.done();
}

/** Keeps [start, end) of a stream of chunks; grows as data comes, so that a lying `end` allocates nothing. */
function collect(start: number, end: number) {
  const chunks: Uint8Array[] = [];
  let seen = 0;
  return {
    take(chunk: Uint8Array<ArrayBuffer>): void {
      const kept = chunk.subarray(Math.max(0, start - seen), Math.max(0, end - seen));
      if (kept.length) chunks.push(kept);
      seen += chunk.length;
    },
    full: (): boolean => seen >= end,
    done(): Uint8Array {
      const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    },
  };
}
