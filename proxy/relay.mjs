// @ts-check
// The CORS relay: one (Request) → Response, for hosts that do not let pages read them. No cache, no cookies, no open door:
// only our own page may ask, only GET and HEAD, only the public web.
import http from 'node:http';
import https from 'node:https';
import { bounded } from './body.mjs';
import { hop, resolveName } from './hop.mjs';
import { Refusal, refusalResponse } from './refusal.mjs';
import { checkTarget } from './target.mjs';

/**
 * @typedef {object} RelayOptions
 * @property {ReadonlySet<string>} [allow] host:port pairs that may be reached whatever the rules say (MEDLEY_PROXY_ALLOW)
 * @property {ReadonlySet<string>} [self] names of this server, never relayed to
 * @property {import('./hop.mjs').Resolve} [resolve]
 * @property {(line: string) => void} [log] one line a request: host and bytes, nothing else
 * @property {Partial<Limits>} [limits]
 *
 * @typedef {object} Limits
 * @property {number} bytes of one body
 * @property {number} connectMs
 * @property {number} idleMs
 * @property {number} hops redirects in a row
 * @property {number} slowAfterMs waiting for the host in all, before its speed is judged
 * @property {number} slowest bytes a second
 */

/** @type {Limits} */
const LIMITS = { bytes: 2 * 1024 ** 3, connectMs: 5_000, idleMs: 15_000, hops: 5, slowAfterMs: 30_000, slowest: 10_000 };
const PASSED_ON = ['range', 'if-range', 'accept'];
const PASSED_BACK = ['content-length', 'content-range', 'content-encoding', 'etag', 'last-modified', 'accept-ranges'];
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const EXPOSED = 'Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified, X-Medley-Refused, X-Medley-Type, X-Medley-Url';

/**
 * @param {RelayOptions} [options]
 * @returns {(request: Request) => Promise<Response>} never rejects; the URL to fetch is the query's one `url`
 */
export function createRelay(options = {}) {
  const limits = { ...LIMITS, ...options.limits };
  const agents = {
    http: new http.Agent({ keepAlive: true, timeout: limits.idleMs }),
    https: new https.Agent({ keepAlive: true, timeout: limits.idleMs }),
  };
  const means = { ...options, limits, agents, resolve: options.resolve ?? resolveName };
  return async (request) => {
    try {
      checkCaller(request);
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } });
      return await relay(request, means);
    } catch (cause) {
      const refusal = cause instanceof Refusal ? cause : new Refusal('unreachable', 'The relay could not do this.', 502);
      return refusalResponse(refusal);
    }
  };
}

/** @param {Request} request @throws {Refusal} */
function checkCaller(request) {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) throw new Refusal('header', 'The relay only reads.', 405);
  const own = new URL(request.url).origin;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const ours = site === 'same-origin' && (origin === null || origin === own);
  if (!ours && !(site === null && origin === own)) throw new Refusal('origin', 'Only this app’s own page may use the relay.');
  if (['document', 'iframe', 'frame', 'object', 'embed'].includes(request.headers.get('sec-fetch-dest') ?? '')) {
    throw new Refusal('header', 'The relay serves data to the app, not pages to a window.');
  }
  if (request.headers.has('upgrade')) throw new Refusal('header', 'The relay only reads.', 400);
  const range = request.headers.get('range');
  if (range !== null && !/^bytes=(\d+-\d*|-\d+)$/.test(range)) throw new Refusal('header', 'One range of bytes at a time.', 416);
}

/**
 * @param {Request} request
 * @param {RelayOptions & { limits: Limits, agents: import('./hop.mjs').HopOptions['agents'], resolve: import('./hop.mjs').Resolve }} means
 * @returns {Promise<Response>}
 */
async function relay(request, means) {
  const asked = new URL(request.url).searchParams.getAll('url');
  if (asked.length !== 1) throw new Refusal('header', 'Exactly one link is relayed at a time.', 400);
  /** @type {Record<string, string>} */
  const headers = {};
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const leave = new AbortController();
  request.signal.addEventListener('abort', () => leave.abort(), { once: true });
  let target = checkTarget(/** @type {string} */ (asked[0]), means);
  for (let redirects = 0; ; redirects += 1) {
    const response = await hop(target, {
      method: request.method,
      headers,
      signal: leave.signal,
      ...means.limits,
      agents: means.agents,
      resolve: means.resolve,
    });
    const status = response.statusCode ?? 502;
    if (!REDIRECTS.has(status)) return answer(response, { request, target, leave, means });
    const next = locationOf(response);
    response.destroy();
    if (next === undefined || redirects >= means.limits.hops)
      throw new Refusal('redirect', `${target.url.hostname} redirects without end.`, 502);
    target = follow(next, target, means);
  }
}

/** @param {http.IncomingMessage} response @returns {string | undefined} */
function locationOf(response) {
  const named = response.rawHeaders.filter((_, index) => index % 2 === 0).filter((name) => name.toLowerCase() === 'location');
  return named.length === 1 ? response.headers.location : undefined;
}

/** @param {string} location @param {import('./target.mjs').Target} from @param {RelayOptions} means */
function follow(location, from, means) {
  try {
    // Written out against the page it came from, and then judged as if it had been pasted.
    const absolute = /^[a-z][a-z0-9+.-]*:/i.test(location) ? location : new URL(location, from.url).href;
    const target = checkTarget(absolute, means);
    if (from.url.protocol === 'https:' && target.url.protocol === 'http:') throw new Error('downgrade');
    return target;
  } catch {
    throw new Refusal('redirect', `${from.url.hostname} redirects to a place that may not be relayed.`);
  }
}

/**
 * @param {http.IncomingMessage} response
 * @param {{ request: Request, target: import('./target.mjs').Target, leave: AbortController, means: RelayOptions & { limits: Limits } }} context
 * @returns {Response}
 */
function answer(response, { request, target, leave, means }) {
  const status = response.statusCode ?? 502;
  const host = target.url.hostname;
  const refuse = (/** @type {Refusal} */ refusal) => {
    leave.abort();
    response.destroy();
    return refusal;
  };
  if (status === 401 || status === 407) throw refuse(new Refusal('sign-in', `${host} asks for a sign-in.`, 502));
  if (status < 200) throw refuse(new Refusal('header', `${host} sent a reply that is no reply.`, 502));
  if (response.headers['transfer-encoding'] && response.headers['content-length']) {
    throw refuse(new Refusal('header', `${host} sent a reply that breaks the rules of HTTP.`, 502));
  }
  if (Number(response.headers['content-length'] ?? 0) > means.limits.bytes && request.method !== 'HEAD') {
    throw refuse(new Refusal('size', `${host} offers more than ${means.limits.bytes / 1024 ** 3} GB at once.`, 413));
  }
  const headers = headersBack(response, target.url);
  if (request.method === 'HEAD' || status === 204 || status === 205 || status === 304) {
    response.resume();
    means.log?.(`${host} 0`);
    return new Response(null, { status, headers });
  }
  const body = bounded(response, { ...means.limits, leave: () => leave.abort(), ended: (bytes) => means.log?.(`${host} ${bytes}`) });
  return new Response(body, { status, headers });
}

/** @param {http.IncomingMessage} response @param {URL} url @returns {Headers} */
function headersBack(response, url) {
  const headers = new Headers({
    // Never the host's own type: relayed HTML or SVG must not run as a page of ours.
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'access-control-expose-headers': EXPOSED,
    'x-medley-url': url.href,
  });
  for (const name of PASSED_BACK) {
    const value = response.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const type = response.headers['content-type'];
  if (type !== undefined && /^[\x20-\x7e]{1,200}$/.test(type)) headers.set('x-medley-type', type);
  return headers;
}
