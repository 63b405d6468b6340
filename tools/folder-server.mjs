// @ts-check
// A folder of this computer over loopback, as a web host would show it: byte ranges, an HTML index with exact sizes, CORS.
// The headless run reads local paths through it; end-to-end tests switch its abilities off.
import { createReadStream, promises as fs } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { spanOf } from './site.mjs';

/**
 * @typedef {object} FolderOptions
 * @property {number} [port] 0 takes any free one
 * @property {boolean} [ranges] false: whole files only
 * @property {boolean} [cors] false: pages may not read it
 * @property {string} [only] the one file name that is served, where a file and not a folder was meant
 *
 * @param {string} root
 * @param {FolderOptions} [options]
 * @returns {Promise<{ url: string, counts: { bytes: number, requests: number }, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function serveFolder(root, options = {}) {
  const real = await fs.realpath(root);
  const counts = { bytes: 0, requests: 0 };
  const server = http.createServer((request, response) => {
    counts.requests += 1;
    answer(real, { request, response, options, counts }).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @typedef {object} Exchange
 * @property {http.IncomingMessage} request
 * @property {http.ServerResponse} response
 * @property {FolderOptions} options
 * @property {{ bytes: number }} counts
 *
 * @param {string} root @param {Exchange} exchange
 */
async function answer(root, exchange) {
  const { request, response, options } = exchange;
  const cors =
    options.cors === false
      ? {}
      : { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Content-Range, Accept-Ranges, Content-Length, ETag' };
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  if (request.method === 'OPTIONS')
    return void response.writeHead(204, { 'access-control-allow-headers': 'Range', 'access-control-allow-methods': 'GET, HEAD' }).end();
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
  const name = nameOf(request.url ?? '/');
  const file = name === undefined ? undefined : path.join(root, name);
  // Links may lead anywhere inside the folder and nowhere else.
  const real = file && (await fs.realpath(file).catch(() => undefined));
  const inside = real && (real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep));
  if (!real || !inside || (options.only !== undefined && name !== `/${options.only}`)) return void response.writeHead(404).end();
  const stat = await fs.stat(real);
  if (stat.isFile()) return sendFile(real, stat, exchange);
  if (!stat.isDirectory()) return void response.writeHead(404).end();
  if (!name?.endsWith('/')) return void response.writeHead(301, { location: `${new URL(request.url ?? '/', 'http://x').pathname}/` }).end();
  const body = Buffer.from(await index(real, name));
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** @param {string} asked @returns {string | undefined} */
function nameOf(asked) {
  try {
    const name = decodeURIComponent(new URL(asked, 'http://x').pathname);
    return name.includes('\0') ? undefined : path.posix.normalize(name);
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {{ size: number, mtimeMs: number }} stat @param {Exchange} exchange */
function sendFile(file, { size, mtimeMs }, { request, response, options, counts }) {
  const ranges = options.ranges !== false;
  const span = ranges ? spanOf(request.headers.range, size) : undefined;
  const headers = {
    'content-type': 'application/octet-stream',
    etag: `"${size}-${Math.round(mtimeMs)}"`,
    ...(ranges && { 'accept-ranges': 'bytes' }),
  };
  if (span === 'none') return void response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
  const { start, end } = span ?? { start: 0, end: size - 1 };
  response.writeHead(span ? 206 : 200, {
    ...headers,
    'content-length': end - start + 1,
    ...(span && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === 'HEAD' || size === 0) return void response.end();
  const body = createReadStream(file, { start, end });
  body.on('data', (chunk) => {
    counts.bytes += chunk.length;
  });
  body.on('error', () => response.destroy());
  // A reader that leaves must not keep the file open.
  response.on('close', () => body.destroy());
  body.pipe(response);
}

/** An index in the shape of nginx's, with exact sizes. @param {string} folder @param {string} name */
async function index(folder, name) {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = [];
  for (const entry of entries) {
    const stat = await fs.stat(path.join(folder, entry.name)).catch(() => undefined);
    if (!stat || !(stat.isFile() || stat.isDirectory())) continue;
    const slash = stat.isDirectory() ? '/' : '';
    // ./ keeps a name with a colon from being read as a scheme.
    lines.push(
      `<a href="./${encodeURIComponent(entry.name)}${slash}">${escapeHtml(entry.name)}${slash}</a> ${dateText(stat.mtime)} ${stat.isFile() ? stat.size : '-'}`,
    );
  }
  const title = `Index of ${escapeHtml(name)}`;
  return `<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><hr><pre><a href="../">../</a>\n${lines.join('\n')}\n</pre><hr></body></html>\n`;
}

/** @param {Date} date @returns {string} as nginx writes it: 22-Nov-2026 10:00 */
function dateText(date) {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\d+:\d+)/.exec(date.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time}`;
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
