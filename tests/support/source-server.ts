// A small real server and a context for tests of sources: ranges or none, statuses, slow and cut bodies, as each test asks.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bytes, Entry, Place } from '../../src/core/entry.ts';
import type { Net } from '../../src/core/net.ts';
import { LIMITS, type Limits, type Listed, type Notice, type Source, type SourceContext } from '../../src/core/source.ts';
import { createNet } from '../../src/sources/net/net.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Served {
  readonly url: string;
  /** Method, path and Range header of each request, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves bodies (with ranges and an ETag) and own answers by path. */
export async function serve(
  paths: Readonly<Record<string, Uint8Array | string | Answer>>,
  options: { ranges?: boolean } = {},
): Promise<Served> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    asked.push(`${request.method} ${path}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    const found = Object.hasOwn(paths, path) ? paths[path] : undefined;
    if (found === undefined) response.writeHead(404).end('no');
    else if (typeof found === 'function') found(request, response);
    else answer(request, response, { body: Buffer.from(found as Uint8Array), ranges: options.ranges !== false });
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((go) => {
        server.closeAllConnections();
        server.close(() => go());
      }),
  };
}

/** A body as a static host answers it. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  as: { body: Buffer; ranges: boolean; type?: string; etag?: string },
): void {
  const { body } = as;
  const type = as.type ?? (body[0] === 0x3c ? 'text/html; charset=utf-8' : 'application/octet-stream');
  const headers: Record<string, string | number> = { 'content-type': type, etag: as.etag ?? `"${body.length}"` };
  const match = as.ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null;
  if (!match)
    return void response.writeHead(200, { ...headers, 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
  const start = Number(match[1]);
  const end = Math.min(match[2] ? Number(match[2]) : body.length - 1, body.length - 1);
  if (start >= body.length) return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
  const part = body.subarray(start, end + 1);
  response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${end}/${body.length}`, 'content-length': part.length });
  response.end(request.method === 'HEAD' ? undefined : part);
}

export interface TestContext extends SourceContext {
  readonly notices: Notice[];
  readonly net: Net;
}

export function contextOf(sources: readonly Source[], options: { net?: Net; limits?: Partial<Limits> } = {}): TestContext {
  const notices: Notice[] = [];
  const context: TestContext = {
    notices,
    net: options.net ?? createNet({ backOffMs: 1 }),
    signal: { aborted: false },
    limits: { ...LIMITS, ...options.limits },
    notice: (notice) => void notices.push(notice),
    keep: (chunks) => ({ source: 'kept', at: { blob: new Blob([...chunks] as BlobPart[]) } }),
    open(place: Place): Bytes {
      // As between workers: a place is plain data.
      const source = sources.find(({ id }) => id === place.source);
      if (!source?.open) throw new Error(`nobody opens ${place.source}`);
      return source.open(structuredClone(place), context);
    },
  };
  return context;
}

export async function all(listing: AsyncIterable<Listed>): Promise<Listed[]> {
  const out: Listed[] = [];
  for await (const one of listing) out.push(one);
  return out;
}

export const entriesOf = (listed: readonly Listed[]): Entry[] => listed.flatMap((one) => (one.kind === 'entry' ? [one.entry] : []));

/** Code and sentence of what was thrown. */
export async function failure(work: Promise<unknown>): Promise<{ code: string; because: string }> {
  try {
    await work;
  } catch (error) {
    const { code, because } = error as { code: string; because: string };
    return { code, because };
  }
  throw new Error('it did not fail');
}

export const blobEntry = (path: string, bytes: Uint8Array): Entry => ({
  path,
  size: bytes.length,
  place: { source: 'kept', at: { blob: new Blob([bytes as BlobPart]) } },
});

/** Whether two pieces are the same bytes; deep equality of long arrays takes seconds. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
