// @ts-check
// What may be asked for, judged from the text of the URL alone. Addresses behind names are checked when they are known (hop.mjs).
import { isPublic, literal } from './addresses.mjs';
import { Refusal } from './refusal.mjs';

const LONGEST_URL = 8192;
/** Names that mean something only inside a house (RFC 6761, RFC 6762, RFC 8375, and habit). */
const INSIDE = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'home.arpa',
  'corp',
  'private',
  'svc',
  'onion',
  'alt',
  'invalid',
];
/** Hosts that ask not to be relayed: IDC caps what its DICOMweb service sends to everybody together. */
const UNWILLING = new Set(['proxy.imaging.datacommons.cancer.gov']);

/**
 * @typedef {object} Target
 * @property {URL} url
 * @property {boolean} exempt exactly this host and port was allowed by the person who started the server
 */

/**
 * @param {string} text the URL as asked for, decoded once
 * @param {{ allow?: ReadonlySet<string>, self?: ReadonlySet<string> }} [options] `allow`: host:port pairs past the rules; `self`: names of this server
 * @returns {Target}
 * @throws {Refusal}
 */
export function checkTarget(text, options = {}) {
  const url = parse(text);
  if (url.username || url.password) throw new Refusal('cred', 'This link carries a user name or password. Those are never passed on.');
  const host = url.hostname.replace(/\.$/, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (options.allow?.has(`${host}:${port}`)) return { url, exempt: true };
  checkHost(host, options.self);
  if (port !== '80' && port !== '443') throw new Refusal('port', `Only the ordinary web ports are relayed, not port ${port}.`);
  return { url, exempt: false };
}

/** @param {string} text @returns {URL} */
function parse(text) {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') throw new Refusal('scheme', 'Only http and https links are relayed.');
  // Where programs disagree about a URL (one slash, back slashes, blanks, line breaks), none of the readings is trusted.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (text.length > LONGEST_URL || /[\u0000-\u0020\u007f\\]/.test(text) || !/^https?:\/\/[^/?#]/i.test(text)) throw unreadable();
  try {
    return new URL(text);
  } catch {
    throw unreadable();
  }
}

function unreadable() {
  return new Refusal('parse', 'This is not a link that every program reads the same way.', 400);
}

/** Whoever asks for a local address runs its server: the page reads it without us, if it may. */
const OURS = 'Its server must be running and let other sites read its files (CORS); the relay reads public addresses only.';

/** @param {string} host @param {ReadonlySet<string>} [self] */
function checkHost(host, self) {
  const address = literal(host);
  if (address !== undefined) {
    if (!isPublic(address)) throw new Refusal('address', `This address is not on the public internet. ${OURS}`);
    return;
  }
  const inside = !host.includes('.') || INSIDE.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
  if (inside) throw new Refusal('host', `This name belongs to a local network. ${OURS}`);
  if (self?.has(host)) throw new Refusal('host', 'This link leads back to this server.');
  if (UNWILLING.has(host))
    throw new Refusal('host', 'This host asks not to be reached through a relay. Its files can be had from its public buckets.');
  const labels = host.split('.');
  if (host.length > 253 || !labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label) && label !== 'xn--')) throw unreadable();
}

/**
 * @param {string | undefined} text host:port[,host:port], as in MEDLEY_PROXY_ALLOW
 * @returns {ReadonlySet<string>}
 */
export function parseAllowed(text) {
  return new Set(
    (text ?? '')
      .split(',')
      .map((pair) => pair.trim().toLowerCase())
      .filter((pair) => /^.+:\d{1,5}$/.test(pair)),
  );
}
