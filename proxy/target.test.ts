// The static part of the table of refusals: every URL of it is judged from its text alone, without a socket or a look-up.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPublic } from './addresses.mjs';
import { Refusal } from './refusal.mjs';
import { checkTarget, parseAllowed } from './target.mjs';

interface Case {
  readonly id: string;
  readonly group: string;
  readonly url: string;
  readonly expect: string;
}
const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../tests/fixtures/ssrf-cases.json', import.meta.url), 'utf8'));
const STATIC = new Set(['scheme', 'ipv4 literal', 'ipv4 tricks', 'ipv6', 'names', 'credentials and confusion']);
const self = new Set(['proxy.self.test']);

function verdict(url: string, allow?: ReadonlySet<string>): string {
  try {
    checkTarget(url, { self, ...(allow ? { allow } : {}) });
    return 'allow';
  } catch (cause) {
    return cause instanceof Refusal ? `refuse-${cause.code}` : `threw ${String(cause)}`;
  }
}

describe('checkTarget', () => {
  const still = cases.filter(({ group }) => STATIC.has(group));
  it('knows the whole static table', () => expect(still.length).toBe(135));
  it.each(still)('$id $url', ({ url, expect: wanted }) => {
    const said = verdict(url);
    if (wanted === 'refuse-parse-or-dns') expect(['refuse-parse', 'allow']).toContain(said);
    else expect(said).toBe(wanted);
  });

  it('decodes only once', () => expect(verdict('https%3A%2F%2Fexample.org%2F')).toBe('refuse-parse'));
  it('keeps an encoded line break encoded', () => {
    expect(checkTarget('https://example.org/a%0d%0aX-Evil:1').url.href).toBe('https://example.org/a%0d%0aX-Evil:1');
  });
  it('does not relay a service that asks not to be relayed', () => {
    expect(verdict('https://proxy.imaging.datacommons.cancer.gov/current/x')).toBe('refuse-host');
  });

  it('lets exactly the allowed address pass', () => {
    const allow = parseAllowed('127.0.0.1:8953, localhost:81,nonsense');
    expect(verdict('http://127.0.0.1:8953/a', allow)).toBe('allow');
    expect(verdict('http://localhost:81/', allow)).toBe('allow');
    expect(verdict('http://127.0.0.1:8954/a', allow)).toBe('refuse-address');
    expect(verdict('http://127.0.0.1/a', allow)).toBe('refuse-address');
    expect(verdict('http://u:p@127.0.0.1:8953/a', allow)).toBe('refuse-cred');
    expect(verdict('ftp://127.0.0.1:8953/a', allow)).toBe('refuse-scheme');
    expect(checkTarget('http://127.0.0.1:8953/a', { allow }).exempt).toBe(true);
    expect(parseAllowed(undefined).size).toBe(0);
  });
});

describe('isPublic', () => {
  it('says no to what is no address', () => {
    for (const text of ['', 'example.org', '1.2.3.4.5', '::g']) expect(isPublic(text)).toBe(false);
  });
});
