// Small reads in steps: walking from marker to marker must not cost a request each.
import type { Bytes } from './entry.ts';

/** Reads at least `step` bytes at a time and answers from what it has; keeps only the last step. */
export function inSteps(bytes: Bytes, step = 1 << 14): Bytes {
  let from = 0;
  let kept = new Uint8Array(0);
  return {
    get size() {
      return bytes.size;
    },
    async slice(start, end) {
      if (end === undefined) return bytes.slice(start);
      if (start < from || end > from + kept.length) {
        kept = new Uint8Array(await bytes.slice(start, Math.max(end, start + step)));
        from = start;
      }
      return kept.subarray(start - from, end - from);
    },
  };
}
