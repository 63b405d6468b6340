// S3-style listings (ListObjects and ListObjectsV2 of the S3 API; also MinIO, Google's XML API and others): any URL that answers ListBucketResult.
import { Claim } from '../core/claim.ts';
import type { Entry } from '../core/entry.ts';
import type { Road } from '../core/net.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { roadOf } from './net/road.ts';
import { bucketRefusal } from './net/sentences.ts';

/** A page of 1,000 keys is at most about 2 MB. */
const PAGE_MOST = 64 << 20;

export default {
  id: 's3',
  claim({ head, url }) {
    if (url === undefined) return Claim.none;
    const text = new TextDecoder().decode(head.subarray(0, 1024));
    return /^\uFEFF?\s*(<\?xml[^>]*>)?\s*<(ListBucketResult|Error>\s*<Code)/.test(text) ? Claim.byHeader : Claim.none;
  },
  list,
} satisfies Source;

async function* list(entry: Entry, context: SourceContext): AsyncGenerator<Listed> {
  const { url, via } = entry.place.at as { url: string; via: Road['via'] };
  let next: URL | undefined = firstPage(url);
  let road: Promise<Road> | undefined;
  let count = 0;
  while (next && !context.signal.aborted) {
    const page: Page = pageOf(next, await body(next.href, { via, context }));
    for (const object of page.objects) {
      const made = placeOf(object, { page: next, prefix: page.prefix });
      if (!made) continue;
      count++;
      if ('kind' in made) yield made;
      else {
        road ??= roadOf(context.net, { url: made.url, via });
        yield { kind: 'entry', entry: entryOf(object, { ...made, road: await road, inside: entry.path }) };
      }
    }
    next = page.next;
  }
  if (count === 0) throw new Unreadable('E-EMPTY', 'This bucket lists no files here.');
}

/** The pasted listing from its beginning and without folders folded together. */
function firstPage(url: string): URL {
  const page = new URL(url);
  for (const name of ['delimiter', 'marker', 'continuation-token', 'start-after', 'max-keys']) page.searchParams.delete(name);
  return page;
}

async function body(url: string, { via, context }: { via: Road['via']; context: SourceContext }): Promise<string> {
  const text = new TextDecoder();
  let out = '';
  for await (const chunk of context.net.whole(url, { via, range: false })) {
    out += text.decode(chunk, { stream: true });
    if (out.length > PAGE_MOST) throw new Unreadable('E-TOOBIG', 'A page of this bucket listing is longer than 64 MB.');
  }
  return out;
}

interface Listing {
  readonly key: string;
  readonly size: number | undefined;
  readonly etag: string | undefined;
}

interface Page {
  readonly objects: readonly Listing[];
  readonly prefix: string;
  readonly next: URL | undefined;
}

function pageOf(url: URL, xml: string): Page {
  const refusal = bucketRefusal(url.href, xml);
  if (refusal) throw refusal;
  if (!/<ListBucketResult/.test(xml)) throw new Unreadable('E-MALFORMED', 'This bucket did not answer with a list of files.');
  const encoded = field(xml, 'EncodingType') === 'url';
  const key = (text: string) => (encoded ? unescaped(text.replaceAll('+', ' ')) : text);
  const objects: Listing[] = [];
  for (const [, inner] of xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
    const size = field(inner!, 'Size');
    objects.push({
      key: key(field(inner!, 'Key') ?? ''),
      size: size && /^\d+$/.test(size) ? Number(size) : undefined,
      etag: field(inner!, 'ETag'),
    });
  }
  return {
    objects,
    prefix: key(field(xml.replace(/<(Contents|CommonPrefixes)>[\s\S]*/, ''), 'Prefix') ?? ''),
    next: nextPage(url, { xml, last: objects.at(-1)?.key, key }),
  };
}

function nextPage(url: URL, page: { xml: string; last: string | undefined; key: (text: string) => string }): URL | undefined {
  if (field(page.xml, 'IsTruncated') !== 'true') return undefined;
  const next = new URL(url);
  const token = field(page.xml, 'NextContinuationToken');
  const marker = field(page.xml, 'NextMarker');
  const after = marker === undefined ? page.last : page.key(marker);
  if (token !== undefined) {
    next.searchParams.set('list-type', '2');
    next.searchParams.set('continuation-token', token);
  } else if (after !== undefined) next.searchParams.set('marker', after);
  // A host that does not go forward would list the same page for ever.
  return next.href === url.href ? undefined : next;
}

function placeOf(
  { key, size }: Listing,
  { page, prefix }: { page: URL; prefix: string },
): { url: string; path: string } | Listed | undefined {
  // Empty objects that end in a slash stand for folders.
  if (key === '' || key.endsWith('/')) return undefined;
  const path = key.slice(prefix.startsWith('/') ? 0 : key.startsWith(prefix) ? prefix.lastIndexOf('/') + 1 : 0);
  if (key.split('/').some((part) => part === '.' || part === '..'))
    return {
      kind: 'refused',
      path,
      status: 'unreadable',
      because: 'Its name cannot be part of a web address, so it is not opened.',
      code: 'E-NAME',
      size,
    };
  const base = page.origin + (page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`);
  return { url: base + key.split('/').map(encodeURIComponent).join('/'), path };
}

function entryOf({ size, etag }: Listing, as: { url: string; path: string; road: Road; inside: string }): Entry {
  return {
    path: as.path,
    size,
    place: { source: 'file', at: { url: as.url, via: as.road.via, range: as.road.range, size, etag } },
    inside: { path: as.inside, source: 's3' },
    depth: 0,
  };
}

function field(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined || text === '' ? undefined : entities(text);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function entities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[name] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
