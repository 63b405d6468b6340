// One request and its body: gate, idle limit, counting, retries. Knows nothing of ranges' meaning; that is net.ts.
import type { Road } from '../../core/net.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { cutShort, refusedBy, refusedByRelay, silent, stopped, unreachable } from './sentences.ts';

export interface AskOptions {
  /** Same-origin path or URL of the relay, asked as `${proxy}?url=…`. Absent: no relay. */
  readonly proxy?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Ends every request when the run is stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte before a request counts as dead. */
  readonly idleMs?: number | undefined;
  /** Milliseconds before the first repeat; doubled each time. */
  readonly backOffMs?: number | undefined;
}

export interface Counts {
  fetched: number;
  requests: number;
}

/** A part this small is taken in one go: a stream of its own for each of 100,000 headers costs the tab hundreds of megabytes. Bytes. */
const SMALL = 1 << 16;

export interface Reply {
  readonly status: number;
  /** Address after redirects, the relay's included. */
  readonly url: string;
  readonly headers: Headers;
  /** The body, counted as it arrives. Leaving the loop early cancels the rest. */
  body(): AsyncGenerator<Uint8Array>;
  /** Ends it without reading. */
  cancel(): Promise<void>;
}

export interface Request {
  readonly method?: 'GET' | 'HEAD';
  /** As in `bytes=…`. */
  readonly range?: string;
  readonly via: Road['via'];
  /** Whether a failed turn may be repeated; a body that was handed out in part may not. */
  readonly again?: () => boolean;
}

/** Time without a byte runs only while we wait for one, not while a consumer is busy or paused. */
interface Idle {
  readonly signal: AbortSignal;
  watch(ms?: number): void;
  rest(): void;
  end(): void;
  reason(): Unreadable | undefined;
}

const REPEATS = 3;
const WORTH_REPEATING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** More than the browser's six per host, so that HTTP/2 hosts are used well; fewer than would grow stale in the browser's queue. */
const PER_HOST = 16;
/** How many times the idle limit a reply may begin late while other requests are under way. */
const QUEUED = 3;

export class Asker {
  readonly counts: Counts = { fetched: 0, requests: 0 };
  readonly #options: AskOptions;
  readonly #idleMs: number;
  readonly #lanes = new Map<string, { busy: number; waiting: (() => void)[] }>();

  constructor(options: AskOptions) {
    this.#options = options;
    this.#idleMs = options.idleMs ?? 60_000;
  }

  get hasProxy(): boolean {
    return this.#options.proxy !== undefined;
  }

  /** Sends one request and hands the reply to `use`; both are repeated together after failures that may pass. */
  async ask<T>(url: string, request: Request, use: (reply: Reply) => Promise<T>): Promise<T> {
    for (let turn = 0; ; turn++) {
      const failure: { error: unknown; waitMs: number } = { error: undefined, waitMs: (this.#options.backOffMs ?? 500) * 2 ** turn };
      try {
        return await this.once(url, request, async (reply) => {
          if (turn >= REPEATS || !WORTH_REPEATING.has(reply.status)) return use(reply);
          const after = Number(reply.headers.get('retry-after'));
          if (after > 30) return use(reply);
          if (after > 0) failure.waitMs = after * 1000;
          await reply.cancel();
          throw refusedBy(url, reply.status);
        });
      } catch (error) {
        if (turn >= REPEATS || !mayPass(error) || request.again?.() === false) throw error;
      }
      await this.#pause(failure.waitMs);
    }
  }

  /** Sends one request, without repeats. A TypeError of fetch comes out as it is: a CORS refusal looks just like it. */
  async once<T>(url: string, request: Request, use: (reply: Reply) => Promise<T>): Promise<T> {
    const free = await this.#enter(url);
    // With others under way the browser itself may let a request wait for a connection before it is sent.
    const alone = this.#lanes.get(new URL(url).host)?.busy === 1;
    const idle = this.#idle(url, alone ? this.#idleMs : this.#idleMs * QUEUED);
    try {
      if (this.#options.signal?.aborted) throw stopped();
      this.counts.requests++;
      const response = await this.#fetch(url, request, idle.signal);
      idle.rest();
      await this.#checkRelay(url, request.via, response);
      return await use(this.#reply(url, { via: request.via, response, idle }));
    } catch (error) {
      throw idle.reason() ?? error;
    } finally {
      idle.end();
      free();
    }
  }

  #fetch(url: string, request: Request, signal: AbortSignal): Promise<Response> {
    const target = request.via === 'proxy' ? `${this.#options.proxy}?url=${encodeURIComponent(url)}` : url;
    // no-store: Chromium lets only one request at a time fill the cache entry of a URL, which would queue all ranges of one file.
    return (this.#options.fetch ?? fetch)(target, {
      method: request.method ?? 'GET',
      ...(request.range ? { headers: { Range: `bytes=${request.range}` } } : {}),
      cache: 'no-store',
      credentials: request.via === 'proxy' ? 'same-origin' : 'omit',
      referrerPolicy: 'no-referrer',
      signal,
    });
  }

  async #checkRelay(url: string, via: Road['via'], response: Response): Promise<void> {
    if (via !== 'proxy' || !response.headers.has('x-medley-refused')) return;
    let said: { code?: unknown; because?: unknown } | undefined;
    try {
      said = (await response.json()) as typeof said;
    } catch {
      said = undefined;
    }
    throw refusedByRelay(url, said ?? undefined);
  }

  #reply(url: string, from: { via: Road['via']; response: Response; idle: Idle }): Reply {
    const { response, idle, via } = from;
    const { counts } = this;
    return {
      status: response.status,
      url: (via === 'direct' ? response.url : response.headers.get('x-medley-url')) || url,
      headers: response.headers,
      async *body() {
        if (response.status === 206 && Number(response.headers.get('content-length') ?? Number.NaN) <= SMALL) {
          idle.watch();
          const bytes = new Uint8Array(await response.arrayBuffer());
          idle.rest();
          counts.fetched += bytes.length;
          if (bytes.length) yield bytes;
          return;
        }
        const reader = response.body?.getReader();
        if (!reader) return;
        try {
          for (;;) {
            idle.watch();
            const { done, value } = await reader.read();
            idle.rest();
            if (done) return;
            counts.fetched += value.length;
            yield value;
          }
        } finally {
          await reader.cancel().catch(() => undefined);
        }
      },
      async cancel() {
        await response.body?.cancel().catch(() => undefined);
      },
    };
  }

  #idle(url: string, firstMs: number): Idle {
    const controller = new AbortController();
    let why: Unreadable | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => clearTimeout(timer);
    const watch = (ms = this.#idleMs) => {
      rest();
      timer = setTimeout(() => {
        why = silent(url, Math.round(ms / 1000));
        controller.abort();
      }, ms);
    };
    const stop = () => {
      why = stopped();
      controller.abort();
    };
    watch(firstMs);
    this.#options.signal?.addEventListener('abort', stop);
    const end = () => {
      rest();
      this.#options.signal?.removeEventListener('abort', stop);
    };
    return { signal: controller.signal, watch, rest, end, reason: () => why };
  }

  async #enter(url: string): Promise<() => void> {
    const { host } = new URL(url);
    const lane = this.#lanes.get(host) ?? { busy: 0, waiting: [] };
    this.#lanes.set(host, lane);
    if (lane.busy >= PER_HOST) await new Promise<void>((go) => lane.waiting.push(go));
    else lane.busy++;
    return () => {
      const next = lane.waiting.shift();
      if (next) next();
      else lane.busy--;
    };
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#options;
    if (signal?.aborted) throw stopped();
    await new Promise<void>((go, fail) => {
      const stop = () => {
        clearTimeout(timer);
        fail(stopped());
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        go();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof Unreadable)
    return error.code === 'E-SERVER' || error.code === 'E-429' || error.code === 'E-TRUNCATED' || error.code === 'E-NETWORK';
  return true;
}

/** Names what fetch threw in the middle of a body or on a known road. */
export function named(url: string, error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  return error instanceof Cut ? cutShort(url) : unreachable(url, error);
}

/** A body that ended before its announced length. */
export class Cut extends Error {
  override readonly name = 'Cut';
}
