// A pasted URL as an entry and as what plug-ins claim. Not a source: it only names what a probe found.
import type { Glimpse } from '../../core/claim.ts';
import type { Entry } from '../../core/entry.ts';
import type { Probe } from '../../core/net.ts';

/** The entry of a probed URL (path = its last name, or its host) and the glimpse that sources claim. */
export function pasted(probe: Probe, given: string): { entry: Entry; glimpse: Glimpse } {
  // A redirect to a signed address (one with a query) expires; the address that was given does not.
  const url = probe.url.includes('?') ? given : probe.url;
  const path = nameOf(given) || nameOf(probe.url) || new URL(probe.url).host;
  const at = { url, via: probe.via, range: probe.range, size: probe.size, etag: probe.etag, type: probe.type };
  return {
    entry: { path, size: probe.size, place: { source: 'file', at } },
    glimpse: { path, head: probe.head, size: probe.size, type: probe.type, url: probe.url },
  };
}

function nameOf(url: string): string {
  const { pathname } = new URL(url);
  const name = pathname.replace(/\/+$/, '').split('/').pop() ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
