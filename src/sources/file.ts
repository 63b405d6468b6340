// A file behind a URL: the weakest claim on any URL, one entry, bytes by ranges where the host has them (RFC 9110 section 14).
import { Claim } from '../core/claim.ts';
import type { Bytes, Place } from '../core/entry.ts';
import type { Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { blobBytes } from './bytes/blob-bytes.ts';
import { spool } from './bytes/spool.ts';

interface FileAt {
  readonly url: string;
  readonly via: 'direct' | 'proxy';
  readonly range: boolean;
  /** Bytes in all as the host said; another total later means another version. */
  readonly size?: number | undefined;
  /** Bytes in all as a folder page said: good to know, nothing to rely on. */
  readonly listed?: number | undefined;
  readonly etag?: string | undefined;
  /** Content-Type, only for what was pasted. */
  readonly type?: string | undefined;
}

export default {
  id: 'file',
  claim: (glimpse) => (glimpse.url === undefined ? Claim.none : Claim.byName),
  async *list(entry, context) {
    const head = await context.open(entry.place).slice(0, 1024);
    if (isPage(head, entry.path))
      throw new Unreadable('E-HTML', 'We received a web page (HTML), not an image – the link needs sign-in or is a viewer page.');
    if (head.length === 0) throw new Unreadable('E-EMPTY', 'This file is empty (0 bytes).');
    yield { kind: 'entry', entry };
  },
  open: (place, context) => openFile(place, context),
} satisfies Source;

/** Steps in which a whole file is read, so that no single reply grows without bound. */
const STEP = 16 << 20;
/** Beginnings up to here are cut from the body of a host without ranges; more than that is read whole, once. */
const CUT = 256 << 10;

function openFile(place: Place, context: SourceContext): Bytes {
  const at = place.at as FileAt;
  const file = new RemoteFile(at, context);
  const bytes: Bytes = {
    get size() {
      return file.size;
    },
    slice: (start, end) => file.slice(start, end),
  };
  return at.range ? bytes : Object.defineProperty(bytes, 'stream', { value: () => file.stream(), enumerable: true });
}

class RemoteFile {
  /** Total as replies said it: the version that is being read. */
  #size: number | undefined;
  #etag: string | undefined;
  #kept: Promise<Bytes> | undefined;
  readonly #at: FileAt;
  readonly #context: SourceContext;

  constructor(at: FileAt, context: SourceContext) {
    this.#at = at;
    this.#context = context;
    this.#size = at.size;
    this.#etag = at.etag;
  }

  get size(): number | undefined {
    return this.#size ?? this.#at.listed;
  }

  async slice(start: number, end?: number): Promise<Uint8Array> {
    const stop = Math.min(end ?? Number.POSITIVE_INFINITY, this.#size ?? Number.POSITIVE_INFINITY);
    if (stop <= start) return new Uint8Array(0);
    if (this.#kept || (!this.#at.range && stop > CUT)) return this.#fromKept(start, end);
    try {
      return await this.#ranges(start, stop);
    } catch (error) {
      if (error instanceof Unreadable && error.code === 'E-NORANGE') return this.#fromKept(start, end);
      throw error;
    }
  }

  stream(): AsyncIterable<Uint8Array> {
    return this.#context.net.whole(this.#at.url, { via: this.#at.via, range: false });
  }

  async #ranges(start: number, stop: number): Promise<Uint8Array> {
    if (stop - start <= STEP) return this.#range(start, stop);
    const parts: Uint8Array[] = [];
    for (let at = start; at < stop; ) {
      const want = Math.min(STEP, stop - at);
      const part = await this.#range(at, at + want);
      parts.push(part);
      at += part.length;
      if (part.length < want) break;
    }
    return joined(parts);
  }

  async #range(start: number, end: number): Promise<Uint8Array> {
    const { url, via, range } = this.#at;
    const reply = await this.#context.net.range(url, { start, end, road: { via, range }, size: this.#size, etag: this.#etag });
    this.#size ??= reply.size;
    this.#etag ??= reply.etag;
    return reply.bytes;
  }

  async #fromKept(start: number, end: number | undefined): Promise<Uint8Array> {
    this.#kept ??= spool(this.stream(), this.#context.limits.archiveBytes).then(blobBytes);
    this.#kept.catch(() => {
      this.#kept = undefined;
    });
    const kept = await this.#kept;
    this.#size ??= kept.size;
    return kept.slice(start, end);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether the bytes are a web page, though the name does not say so. */
function isPage(head: Uint8Array, path: string): boolean {
  if (/\.x?html?$/i.test(path)) return false;
  const text = new TextDecoder()
    .decode(head.subarray(0, 1024))
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  return /^(<!--[\s\S]*?-->\s*|<\?xml[^>]*>\s*)*(<!doctype html|<html|<head|<body)/.test(text);
}
