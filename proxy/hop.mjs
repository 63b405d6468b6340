// @ts-check
// One request to one host: the name is looked up once, every address is checked, and the socket can go nowhere else.
// Redirects are not followed here.
import { promises as dns } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isPublic, literal } from './addresses.mjs';
import { Refusal } from './refusal.mjs';

/**
 * @typedef {{ address: string, family: number }} Address
 * @typedef {(host: string) => Promise<Address[]>} Resolve
 */

/** @type {Resolve} */
export const resolveName = (host) => dns.lookup(host, { all: true, verbatim: true });

/**
 * Every address of a host, all of them fit to be reached.
 * @param {import('./target.mjs').Target} target
 * @param {{ resolve: Resolve, connectMs: number }} options
 * @returns {Promise<Address[]>}
 * @throws {Refusal} also where only one of several addresses is not public
 */
export async function addressesOf(target, { resolve, connectMs }) {
  const host = target.url.hostname.replace(/\.$/, '');
  const fixed = literal(host);
  if (fixed !== undefined) return [{ address: fixed, family: fixed.includes(':') ? 6 : 4 }];
  const unknown = new Refusal('dns', `There is no host called ${host}, or its name could not be looked up.`, 502);
  /** @type {Address[]} */
  let found = [];
  try {
    found = await within(connectMs, resolve(host), unknown);
  } catch {
    throw unknown;
  }
  if (found.length === 0) throw unknown;
  if (!target.exempt && !found.every(({ address }) => isPublic(address))) {
    throw new Refusal('dns', 'This name leads to an address that is not on the public internet.');
  }
  return found;
}

/**
 * @template T
 * @param {number} ms @param {Promise<T>} promise @param {Error} late @returns {Promise<T>}
 */
function within(ms, promise, late) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(late), ms);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (deadline)]).finally(() => clearTimeout(timer));
}

/**
 * @typedef {object} HopOptions
 * @property {string} method GET or HEAD
 * @property {Record<string, string>} headers
 * @property {AbortSignal} signal
 * @property {Resolve} resolve
 * @property {number} connectMs for the look-up, and again for the connection
 * @property {number} idleMs silence after which the host counts as gone
 * @property {{ http: http.Agent, https: https.Agent }} agents
 */

/**
 * @param {import('./target.mjs').Target} target
 * @param {HopOptions} options
 * @returns {Promise<http.IncomingMessage>} with its body unread
 * @throws {Refusal}
 */
export async function hop(target, options) {
  const addresses = await addressesOf(target, options);
  try {
    return await send(target, { ...options, addresses });
  } catch (cause) {
    // A kept connection that the host closed meanwhile says nothing about the host: once more, on a new one.
    if (cause instanceof StaleSocket) return send(target, { ...options, addresses });
    throw cause;
  }
}

class StaleSocket extends Error {}

/**
 * @param {import('./target.mjs').Target} target
 * @param {HopOptions & { addresses: Address[] }} options
 * @returns {Promise<http.IncomingMessage>}
 */
function send({ url }, { method, headers, signal, connectMs, idleMs, agents, addresses }) {
  const secure = url.protocol === 'https:';
  const plan = {
    method,
    headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'medley' },
    agent: secure ? agents.https : agents.http,
    lookup: pinned(addresses),
    signal,
    maxHeaderSize: 32_768,
  };
  return new Promise((resolve, reject) => {
    const request = secure ? https.request(url, plan) : http.request(url, plan);
    const timer = setTimeout(() => request.destroy(new Error('connect')), connectMs);
    request.on('socket', (socket) => {
      // A kept socket is connected already, and would collect listeners.
      if (!socket.connecting) clearTimeout(timer);
      else socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(timer));
    });
    request.setTimeout(idleMs, () => request.destroy(new Error('idle')));
    request.on('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.on('error', (cause) => {
      clearTimeout(timer);
      reject(request.reusedSocket && 'code' in cause && cause.code === 'ECONNRESET' ? new StaleSocket() : failure(url, cause));
    });
    request.end();
  });
}

/** @param {Address[]} addresses @returns {import('node:net').LookupFunction} */
function pinned(addresses) {
  return (_host, options, done) => {
    if (options.all) done(null, addresses);
    else done(null, /** @type {Address} */ (addresses[0]).address, addresses[0]?.family);
  };
}

/** @param {URL} url @param {Error} cause @returns {Refusal} */
function failure(url, cause) {
  const code = 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('HPE_')) return new Refusal('header', `${url.hostname} sent a reply that breaks the rules of HTTP.`, 502);
  if (code.includes('CERT') || code.includes('TLS') || code.startsWith('UNABLE_TO')) {
    return new Refusal('unreachable', `The certificate of ${url.hostname} could not be trusted.`, 502);
  }
  if (cause.message === 'idle' || cause.message === 'connect') return new Refusal('slow', `${url.hostname} did not answer in time.`, 504);
  return new Refusal('unreachable', `${url.hostname} could not be reached.`, 502);
}
