// @ts-check
// The built app over http: static files with the headers that keep the page safe, and every screen's address answered by index.html.
import { createReadStream, promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const TYPES = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.json': 'application/json',
    '.map': 'application/json',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.ico': 'image/x-icon',
    '.wasm': 'application/wasm',
    '.webmanifest': 'application/manifest+json',
    '.txt': 'text/plain; charset=utf-8',
    // The page about a model, to be read, not to be saved.
    '.md': 'text/plain; charset=utf-8',
    '.woff2': 'font/woff2',
    '.onnx': 'application/octet-stream',
  }),
);
const SQUEEZED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm', '.webmanifest']);

/** Pasted hosts are fetched by the page itself, so connect-src names no host. Mantine writes style attributes and one style element. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self' https: http:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * @param {string} root folder of the built app
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>}
 */
export function createSite(root) {
  /** @type {Map<string, Promise<Buffer>>} compressed once, kept by path, time and coding */
  const squeezed = new Map();
  return async (request, response) => {
    const file = await find(root, request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, { allow: 'GET, HEAD' });
    if (file === undefined) return end(response, 404, {});
    const extension = path.extname(file.path);
    const headers = {
      'content-type': TYPES.get(extension) ?? 'application/octet-stream',
      // Names under assets/ carry a hash of their content.
      'cache-control': file.path.startsWith(path.join(root, 'assets') + path.sep) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: `"${file.size}-${Math.round(file.modified)}"`,
    };
    if (request.headers['if-none-match'] === headers.etag) return end(response, 304, headers);
    const coding = SQUEEZED.has(extension) && !request.headers.range ? codingOf(request) : undefined;
    if (coding === undefined) return sendPlain(file, { request, response, headers });
    const key = `${file.path} ${file.modified} ${coding}`;
    if (!squeezed.has(key)) squeezed.set(key, squeeze(file.path, coding));
    const body = await squeezed.get(key);
    response.writeHead(200, {
      ...HEADERS,
      ...headers,
      vary: 'accept-encoding',
      'content-encoding': coding,
      'content-length': body?.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/** @param {string} root @param {string} asked @returns {Promise<{ path: string, size: number, modified: number } | undefined>} */
async function find(root, asked) {
  let name = '';
  try {
    name = decodeURIComponent(new URL(asked, 'http://x').pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const wanted = path.join(root, path.posix.normalize(name));
  for (const file of path.extname(name) === '' ? [wanted, path.join(root, 'index.html')] : [wanted]) {
    const stat = await fs.stat(file).catch(() => undefined);
    if (stat?.isFile()) return { path: file, size: stat.size, modified: stat.mtimeMs };
  }
  return undefined;
}

/** @param {import('node:http').IncomingMessage} request @returns {'br' | 'gzip' | undefined} */
function codingOf(request) {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}

/** @param {string} file @param {'br' | 'gzip'} coding */
async function squeeze(file, coding) {
  const body = await fs.readFile(file);
  if (coding === 'gzip') return promisify(zlib.gzip)(body);
  return promisify(zlib.brotliCompress)(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/**
 * @param {{ path: string, size: number }} file
 * @param {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, headers: Record<string, string> }} exchange
 */
function sendPlain(file, { request, response, headers }) {
  const span = spanOf(request.headers.range, file.size);
  if (span === 'none') return end(response, 416, { 'content-range': `bytes */${file.size}` });
  const { start, end: last } = span ?? { start: 0, end: file.size - 1 };
  response.writeHead(span ? 206 : 200, {
    ...HEADERS,
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': last - start + 1,
    ...(span && { 'content-range': `bytes ${start}-${last}/${file.size}` }),
  });
  if (request.method === 'HEAD' || file.size === 0) return void response.end();
  createReadStream(file.path, { start, end: last })
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * One range of a Range header (RFC 9110 section 14.2); several are answered whole.
 * @param {string | undefined} text
 * @param {number} size
 * @returns {{ start: number, end: number } | 'none' | undefined} `end` inclusive; 'none': nothing of it exists
 */
export function spanOf(text, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start >= size || start > end ? 'none' : { start, end };
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {Record<string, string>} headers */
function end(response, status, headers) {
  response.writeHead(status, { ...HEADERS, ...headers }).end();
}
