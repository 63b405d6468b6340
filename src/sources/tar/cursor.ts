// Going through a tar: by ranges where bytes can be reached anywhere, else along its stream, where members are kept as they pass.
import type { Bytes, Place } from '../../core/entry.ts';
import type { SourceContext } from '../../core/source.ts';
import { spool, tooMuch } from '../bytes/spool.ts';

export interface Cursor {
  /** The next `count` bytes; fewer only at the end. */
  take(count: number): Promise<Uint8Array>;
  skip(count: number): Promise<void>;
  /** Where the next `count` bytes can be read later; undefined where the archive ends before. Goes past them. */
  place(count: number): Promise<Place | undefined>;
  /** Called when the listing is left. */
  leave(): Promise<void>;
}

/** Bytes read at once: headers of small neighbours come together. */
const WINDOW = 16 << 10;

export function rangeCursor(bytes: Bytes, outer: Place): Cursor {
  let at = 0;
  let window = { start: 0, bytes: new Uint8Array(0) };
  return {
    async take(count) {
      const end = window.start + window.bytes.length;
      if (at < window.start || at + count > end)
        window = { start: at, bytes: Uint8Array.from(await bytes.slice(at, at + Math.max(count, WINDOW))) };
      const taken = window.bytes.subarray(at - window.start, at - window.start + count);
      at += taken.length;
      return taken;
    },
    async skip(count) {
      at += count;
    },
    async place(count) {
      const offset = at;
      at += count;
      const cut = bytes.size !== undefined && offset + count > bytes.size;
      return cut ? undefined : { source: 'tar', at: { outer, offset, size: count } };
    },
    async leave() {},
  };
}

export function streamCursor(stream: AsyncIterable<Uint8Array>, { keep, limits }: SourceContext): Cursor {
  const iterator = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  let sum = 0;
  /** The next bytes, at most `most` of them; empty at the end. */
  const some = async (most: number): Promise<Uint8Array> => {
    while (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done) return rest;
      sum += value.length;
      if (sum > limits.archiveBytes) throw tooMuch(limits.archiveBytes);
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  };
  async function* next(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      const part = await some(left);
      if (part.length === 0) return;
      left -= part.length;
      yield part;
    }
  }
  return {
    async take(count) {
      const out = new Uint8Array(count);
      let at = 0;
      for await (const part of next(count)) {
        out.set(part, at);
        at += part.length;
      }
      return out.subarray(0, at);
    },
    async skip(count) {
      for await (const _part of next(count));
    },
    async place(count) {
      let got = 0;
      // Copies: a kept view would hold its whole chunk.
      const counted = async function* () {
        for await (const part of next(count)) {
          got += part.length;
          yield part.slice();
        }
      };
      if (count > WINDOW * 1024) {
        const blob = await spool(counted(), limits.archiveBytes);
        return got < count ? undefined : { source: 'kept', at: { blob } };
      }
      const chunks: Uint8Array[] = [];
      for await (const part of counted()) chunks.push(part);
      return got < count ? undefined : keep(chunks);
    },
    async leave() {
      await iterator.return?.();
    },
  };
}
