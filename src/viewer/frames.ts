// The images near the one that is looked at: fetched in order of need, kept up to a number of bytes, given up when no longer wanted.
import type { Pixels } from '../core/pixels.ts';

/** One image: `frame` counts within `pixels`. */
export interface Frame {
  readonly pixels: Pixels;
  readonly frame: number;
}

export interface Failure {
  /** One plain sentence. */
  readonly because: string;
  readonly code?: string | undefined;
}

export interface Frames {
  /** The image, if it is here; looking keeps it young. */
  peek(index: number): Frame | undefined;
  failure(index: number): Failure | undefined;
  /** Images wanted now, the most urgent first. Requests for anything else are aborted. */
  want(indices: readonly number[]): void;
  /** Forgets failures, so that the next `want` tries again. */
  retry(): void;
  /** Called whenever an image or a failure has arrived. */
  watch(on: () => void): () => void;
  /** Counts arrivals; a snapshot for useSyncExternalStore. */
  version(): number;
  close(): void;
}

export interface FramesOptions {
  readonly load: (span: { first: number; count: number; signal: AbortSignal }) => Promise<Pixels>;
  /** Images in all. */
  readonly total: number;
  /** Images a request. */
  readonly chunk: number;
  /** Bytes of decoded pixels that are kept. */
  readonly budget: number;
  /** Requests at the same time; 2 unless told. */
  readonly parallel?: number;
}

/** What a rejected request says to a person, whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  const { because, code } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as { because?: unknown; code?: unknown };
  return {
    because: typeof because === 'string' && because ? because : 'This image could not be read.',
    code: typeof code === 'string' ? code : undefined,
  };
}

/** Least recently used first: Maps keep the order of insertion. */
class Kept {
  readonly chunks = new Map<number, Pixels>();
  bytes = 0;

  get(key: number): Pixels | undefined {
    const pixels = this.chunks.get(key);
    if (!pixels) return undefined;
    this.chunks.delete(key);
    this.chunks.set(key, pixels);
    return pixels;
  }

  put(key: number, pixels: Pixels, { budget, spare }: { budget: number; spare: ReadonlySet<number> }): void {
    this.chunks.set(key, pixels);
    this.bytes += pixels.data.byteLength;
    for (const [old, one] of this.chunks) {
      if (this.bytes <= budget) break;
      if (old === key || spare.has(old)) continue;
      this.chunks.delete(old);
      this.bytes -= one.data.byteLength;
    }
  }
}

export function createFrames({ load, total, chunk, budget, parallel = 2 }: FramesOptions): Frames {
  const kept = new Kept();
  const failures = new Map<number, Failure>();
  const flying = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  let wanted: readonly number[] = [];
  let arrivals = 0;

  const arrived = () => {
    arrivals++;
    for (const on of listeners) on();
  };

  async function fly(key: number): Promise<void> {
    const control = new AbortController();
    flying.set(key, control);
    const first = key * chunk;
    try {
      const pixels = await load({ first, count: Math.min(chunk, total - first), signal: control.signal });
      // The image in sight is never dropped, even where one chunk alone is over the budget.
      if (!control.signal.aborted) kept.put(key, pixels, { budget, spare: new Set(wanted.slice(0, 1)) });
    } catch (thrown) {
      if (!control.signal.aborted) failures.set(key, failureOf(thrown));
    }
    if (flying.get(key) === control) flying.delete(key);
    if (control.signal.aborted) return;
    arrived();
    pump();
  }

  function pump(): void {
    let ahead = 0;
    for (const key of wanted) {
      if (flying.size >= parallel) return;
      const here = kept.chunks.get(key);
      // Reading ahead never throws out what it has just read.
      if (here) ahead += here.data.byteLength;
      else if (ahead > budget / 2) return;
      if (!here && !failures.has(key) && !flying.has(key)) void fly(key);
    }
  }

  return {
    peek(index) {
      const pixels = kept.get(Math.floor(index / chunk));
      const frame = index % chunk;
      return pixels && frame < pixels.frames ? { pixels, frame } : undefined;
    },
    failure: (index) => failures.get(Math.floor(index / chunk)),
    want(indices) {
      wanted = [...new Set(indices.filter((index) => index >= 0 && index < total).map((index) => Math.floor(index / chunk)))];
      for (const [key, control] of flying) {
        if (wanted.includes(key)) continue;
        flying.delete(key);
        control.abort();
      }
      pump();
    },
    retry() {
      failures.clear();
      arrived();
      pump();
    },
    watch(on) {
      listeners.add(on);
      return () => listeners.delete(on);
    },
    version: () => arrivals,
    close() {
      wanted = [];
      for (const control of flying.values()) control.abort();
      flying.clear();
      listeners.clear();
    },
  };
}
