// Bytes that can only be read from their beginning (packed members). A slice deep inside costs all before it.
import type { Bytes } from '../../core/entry.ts';
import { tooMuch } from './spool.ts';

export interface SequentialOptions {
  /** Bytes in all, where somebody has said. */
  readonly size?: number | undefined;
  /** Every byte in order, lazily: what is not pulled is not fetched. Throws at the end if the whole was wrong (CRC). `upTo`: how far the first reader wants; absent = all. */
  stream(upTo?: number): AsyncIterable<Uint8Array>;
  /** Most bytes that one slice may answer; more throws E-BOMB while they stream. */
  readonly limit: number;
  /** Bytes of the beginning that are kept. */
  readonly keep?: number;
}

const KEEP = 1 << 20;

/** One live stream serves slices that go forward; a step back behind what is kept starts it anew. Concurrent slices wait for each other. */
export function sequential(options: SequentialOptions): Bytes {
  const bytes = new Sequential(options);
  return {
    get size() {
      return bytes.size;
    },
    slice: (start, end) => bytes.slice(start, end),
    stream: () => options.stream(),
  };
}

class Sequential {
  readonly #options: SequentialOptions;
  readonly #keep: number;
  #head = new Uint8Array(0);
  #total: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #live: { iterator: AsyncIterator<Uint8Array>; rest: Uint8Array; at: number; upTo: number } | undefined;

  constructor(options: SequentialOptions) {
    this.#options = options;
    this.#keep = options.keep ?? KEEP;
  }

  get size(): number | undefined {
    return this.#options.size ?? this.#total;
  }

  slice(start: number, end?: number): Promise<Uint8Array> {
    const turn = this.#turn.then(() => this.#slice(start, end));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #slice(start: number, end: number | undefined): Promise<Uint8Array> {
    const whole = end === undefined || (this.size !== undefined && end >= this.size);
    const stop = whole ? Number.POSITIVE_INFINITY : end;
    if (stop <= start) return new Uint8Array(0);
    if (this.#covers(stop)) return this.#head.slice(start, stop);
    if (whole && start === 0) return this.#all();
    return this.#forward(start, stop);
  }

  #covers(stop: number): boolean {
    return stop <= this.#head.length || (this.#total !== undefined && this.#head.length === this.#total);
  }

  /** A whole read is one pass of a fresh stream, to its checked end. */
  async #all(): Promise<Uint8Array> {
    const parts = new Gathered(this.#options.size, this.#options.limit);
    for await (const chunk of this.#options.stream()) parts.add(chunk);
    const all = parts.done();
    this.#total = all.length;
    return all;
  }

  async #forward(start: number, stop: number): Promise<Uint8Array> {
    const known = start < this.#head.length ? this.#head.slice(start, stop) : new Uint8Array(0);
    const from = start + known.length;
    if (!this.#live || this.#live.at > from || isSlow(this.#live, stop)) await this.#restart(stop);
    const parts = new Gathered(Number.isFinite(stop) ? stop - start : undefined, this.#options.limit);
    parts.add(known);
    const live = this.#live!;
    while (live.at < stop) {
      if (live.rest.length === 0 && !(await this.#pull(live))) break;
      const skip = Math.min(Math.max(from - live.at, 0), live.rest.length);
      const take = live.rest.subarray(skip, Math.min(live.rest.length, Math.max(skip, stop - live.at)));
      parts.add(take);
      live.at += skip + take.length;
      live.rest = live.rest.subarray(skip + take.length);
    }
    return parts.done();
  }

  async #pull(live: { iterator: AsyncIterator<Uint8Array>; rest: Uint8Array; at: number }): Promise<boolean> {
    try {
      const { done, value } = await live.iterator.next();
      if (done) {
        this.#total = live.at;
        return false;
      }
      this.#remember(live.at, value);
      live.rest = value;
      return true;
    } catch (error) {
      this.#live = undefined;
      throw error;
    }
  }

  #remember(at: number, chunk: Uint8Array): void {
    const have = this.#head.length;
    if (at > have || at + chunk.length <= have || have >= this.#keep) return;
    const fresh = chunk.subarray(have - at, this.#keep - at);
    const grown = new Uint8Array(have + fresh.length);
    grown.set(this.#head);
    grown.set(fresh, have);
    this.#head = grown;
  }

  async #restart(upTo: number): Promise<void> {
    await this.#live?.iterator.return?.();
    this.#live = { iterator: this.#options.stream(upTo)[Symbol.asyncIterator](), rest: new Uint8Array(0), at: 0, upTo };
  }
}

/** A stream begun for a header is not the one to read a whole volume with: a long read begins anew, by a faster road. */
const isSlow = (live: { at: number; upTo: number }, stop: number): boolean => live.upTo <= 1 << 20 && live.at <= 1 << 20 && stop > 4 << 20;

/** Chunks put together; `expected` is a hint, grown with the bytes that really come and never trusted for one big allocation. */
class Gathered {
  readonly #expected: number;
  readonly #limit: number;
  #out: Uint8Array;
  #at = 0;

  constructor(expected: number | undefined, limit: number) {
    this.#limit = limit;
    this.#expected = expected ?? Number.POSITIVE_INFINITY;
    this.#out = new Uint8Array(Math.min(expected ?? 0, 8 << 20));
  }

  add(chunk: Uint8Array): void {
    const need = this.#at + chunk.length;
    if (need > this.#limit) throw tooMuch(this.#limit);
    if (need > this.#out.length) {
      const grown = new Uint8Array(Math.max(need, Math.min(this.#out.length * 2, this.#expected)));
      grown.set(this.#out.subarray(0, this.#at));
      this.#out = grown;
    }
    this.#out.set(chunk, this.#at);
    this.#at = need;
  }

  done(): Uint8Array {
    return this.#at === this.#out.length ? this.#out : this.#out.slice(0, this.#at);
  }
}
