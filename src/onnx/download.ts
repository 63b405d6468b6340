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

const plainly: Get = (url) => fetch(url, { credentials: 'same-origin' });

const isOurs = (url: string): boolean => globalThis.location !== undefined && new URL(url, location.href).origin === location.origin;

/** The bytes at `url`. Rejects with Unreadable: E-NETWORK, E-NOTFOUND, E-TOOBIG. */
export async function download(url: string, { what, most, get }: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (cause?: unknown) =>
    new Unreadable('E-NETWORK', `${what} could not be downloaded. Try again when you are online.`, { cause });
  const reply = await (get && !isOurs(url) ? get : plainly)(url).catch((cause: unknown) => {
    throw cause instanceof Unreadable ? cause : failed(cause);
  });
  if (!reply.ok) {
    await reply.body?.cancel().catch(() => {});
    if (reply.status === 404 || reply.status === 410) throw new Unreadable('E-NOTFOUND', `${what} are not where they should be.`);
    throw failed();
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of reply.body ?? []) {
      size += part.length;
      if (size > most) throw new Unreadable('E-TOOBIG', `${what} are larger than they should be, so they were not used.`);
      parts.push(part);
    }
  } catch (cause) {
    throw cause instanceof Unreadable ? cause : failed(cause);
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
