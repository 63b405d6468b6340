// Downloads of weights and of the engine's WebAssembly: bounded, whole or not at all.
import { Unreadable } from '../core/unreadable.ts';

export type Get = (url: string) => Promise<Response>;

export interface DownloadOptions {
  /** For the sentence: “The weights of Recognise”. */
  readonly what: string;
  /** More than this is not read. */
  readonly most: number;
  /** How files of other hosts are fetched; the page's own are fetched plainly. */
  readonly get?: Get | undefined;
}

/** Milliseconds without a byte before a download of the page's own counts as dead. A Get watches over itself. */
const PATIENCE_MS = 60_000;

/** Whether an address is of this page's own host. */
export const isOurs = (url: string): boolean => globalThis.location !== undefined && new URL(url, location.href).origin === location.origin;

/** The bytes at `url`. Rejects with Unreadable: E-NETWORK, E-NOTFOUND, E-TOOBIG. */
export async function download(url: string, { what, most, get }: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const watch = watched();
  try {
    const plainly: Get = (ours) => fetch(ours, { credentials: 'same-origin', signal: watch.signal });
    const reply = await (get && !isOurs(url) ? get : plainly)(url);
    if (!reply.ok) {
      await reply.body?.cancel().catch(() => {});
      if (reply.status === 404 || reply.status === 410) throw new Unreadable('E-NOTFOUND', `${what} are not where they should be.`);
      throw new Error(`status ${reply.status}`);
    }
    return await whole(reply, { what, most, onPart: watch.heard });
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause;
    throw new Unreadable('E-NETWORK', `${what} could not be downloaded. Try again when you are online.`, { cause });
  } finally {
    watch.end();
  }
}

/** Aborted after a silence: what waits for weights would else wait for ever, and every other worker with it. */
function watched() {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => clearTimeout(timer);
  const heard = (): void => {
    end();
    timer = setTimeout(() => silence.abort(), PATIENCE_MS);
  };
  heard();
  return { signal: silence.signal, heard, end };
}

async function whole(
  { body }: Response,
  { what, most, onPart }: { what: string; most: number; onPart: () => void },
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Not every browser can loop over a stream by itself.
  const reader = body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      onPart();
      size += part.value.length;
      if (size > most) throw new Unreadable('E-TOOBIG', `${what} are larger than they should be, so they were not used.`);
      parts.push(part.value);
    }
  } finally {
    await reader?.cancel().catch(() => {});
  }
  return joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
