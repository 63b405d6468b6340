// A host that takes its time: a folder of files made in memory, with byte ranges, an index, CORS, and a book of who asked for what.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Asked {
  readonly path: string;
  /** First byte and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface SlowHost {
  readonly url: string;
  /** What was asked for since the last `asked.splice(0)`, pages of folders left out. */
  readonly asked: Asked[];
  /** Milliseconds before each answer. */
  delay: number;
  close(): Promise<void>;
}

/** Serves `files` by their paths; a folder's page lists them with exact sizes. */
export async function serveSlowly(files: ReadonlyMap<string, Uint8Array>, { delay }: { delay: number }): Promise<SlowHost> {
  const asked: Asked[] = [];
  const server = http.createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? '/').slice(1));
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'Range');
    response.setHeader('access-control-expose-headers', 'Content-Range, Accept-Ranges, Content-Length, ETag');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (path === '') return void response.writeHead(200, { 'content-type': 'text/html' }).end(indexOf(files));
    const body = files.get(path);
    if (!body) return void response.writeHead(404).end();
    const [, from = '0', last = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
    const span = { from: Number(from), to: Math.min(body.length, last ? Number(last) + 1 : body.length) };
    asked.push({ path, ...span });
    await wait(host.delay);
    const ranged = request.headers.range !== undefined;
    response.writeHead(ranged ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'content-length': span.to - span.from,
      etag: `"${body.length}"`,
      ...(ranged && { 'content-range': `bytes ${span.from}-${span.to - 1}/${body.length}` }),
    });
    response.end(request.method === 'HEAD' ? undefined : body.subarray(span.from, span.to));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host: SlowHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    delay,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return host;
}

function indexOf(files: ReadonlyMap<string, Uint8Array>): string {
  const rows = [...files].map(([name, { length }]) => `<a href="${encodeURIComponent(name)}">${name}</a> 22-Nov-2026 10:00 ${length}`);
  return `<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr><pre><a href="../">../</a>\n${rows.join('\n')}\n</pre></body></html>`;
}
