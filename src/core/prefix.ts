// Bytes that remember their beginning: headers are read in growing steps and each byte is fetched once.
import type { Bytes } from './entry.ts';

/** Keeps the longest prefix seen, up to `keep` bytes, and answers from it. */
export function rememberPrefix(bytes: Bytes, keep = 1 << 20): Bytes {
  let prefix = new Uint8Array(0);
  let ended = false;
  return {
    get size() {
      return bytes.size ?? (ended ? prefix.length : undefined);
    },
    async slice(start, end) {
      const size = bytes.size ?? (ended ? prefix.length : undefined);
      const stop = Math.min(end ?? size ?? Number.POSITIVE_INFINITY, size ?? Number.POSITIVE_INFINITY);
      if (stop <= prefix.length || (ended && start >= 0)) return prefix.subarray(start, Math.min(stop, prefix.length));
      if (start > prefix.length || stop > keep) return bytes.slice(start, end);
      const more = await bytes.slice(prefix.length, stop);
      const grown = new Uint8Array(prefix.length + more.length);
      grown.set(prefix);
      grown.set(more, prefix.length);
      if (prefix.length + more.length < stop) ended = true;
      prefix = grown;
      return prefix.subarray(start, Math.min(stop, prefix.length));
    },
  };
}
