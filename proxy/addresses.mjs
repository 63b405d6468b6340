// @ts-check
// Which numeric addresses the relay may open a socket to: the public internet and nothing else. Names are not its business.
import ipaddr from 'ipaddr.js';

/** Ranges that ipaddr.js 2.5 calls ordinary, or names only partly. @type {readonly string[]} */
const REFUSED = [
  '0.0.0.0/8',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  // Azure's wire server: a public address that answers only inside their network.
  '168.63.129.16/32',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
const refused = REFUSED.map((range) => ipaddr.parseCIDR(range));
/** Only this block of IPv6 is handed out for the public internet (IANA, RFC 4291 2.4). */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether a socket may be opened to this address.
 * @param {string} text IPv4 dotted or IPv6 without brackets
 * @returns {boolean} false for everything that is not an address
 */
export function isPublic(text) {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !address.match(GLOBAL_V6)) return false;
  return !refused.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}

/**
 * The address in a URL's host, or undefined where the host is a name.
 * @param {string} host as in URL.hostname
 * @returns {string | undefined}
 */
export function literal(host) {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return ipaddr.isValid(bare) ? bare : undefined;
}
