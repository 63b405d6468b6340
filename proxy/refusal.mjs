// @ts-check
// A refusal: why the relay did not do what it was asked. It reaches the page as JSON, for a person to read.

/**
 * @typedef {'scheme' | 'parse' | 'address' | 'host' | 'cred' | 'port' | 'dns' | 'redirect' | 'size' | 'header' | 'origin' | 'sign-in'
 *   | 'unreachable' | 'slow'} Code
 */

/** How the page names the same failure (src/core/unreadable.ts). @type {Partial<Record<Code, string>>} */
const CODES = { size: 'E-TOOBIG', unreachable: 'E-NETWORK', dns: 'E-NETWORK', slow: 'E-NETWORK' };

export class Refusal extends Error {
  /**
   * @param {Code} code
   * @param {string} because one plain sentence
   * @param {number} status HTTP status of the answer
   */
  constructor(code, because, status = 403) {
    super(because);
    this.name = 'Refusal';
    this.code = code;
    this.because = because;
    this.status = status;
  }
}

/**
 * @param {Refusal} refusal
 * @returns {Response} JSON { code, rule, because }, marked so that the page can tell it from the host's own answer
 */
export function refusalResponse(refusal) {
  return new Response(JSON.stringify({ code: CODES[refusal.code] ?? 'E-DENIED', rule: refusal.code, because: refusal.because }), {
    status: refusal.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-medley-refused': '1',
    },
  });
}
