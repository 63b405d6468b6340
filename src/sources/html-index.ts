// Folder pages of web servers (Apache, nginx, Caddy, lighttpd, Python http.server, IIS), subfolders included. Not crawling: only links below the pasted folder.
import { Claim } from '../core/claim.ts';
import type { Entry } from '../core/entry.ts';
import type { Road } from '../core/net.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { type Link, LinkReader } from './html-index/links.ts';
import { roadOf } from './net/road.ts';

const MARKS =
  /<(?:title|h1)[^>]*>\s*(?:index of|directory listing|listing of)|\[to parent directory\]|>\s*parent directory\s*<|>\s*\.\.\/?\s*<\/a>|class="sizebar/i;
const PAGES_AT_ONCE = 4;
const DEPTH = 32;
const PAGE_MOST = 256 << 20;

export default {
  id: 'html-index',
  claim({ head, type, url }) {
    if (url === undefined || (type !== undefined && type !== '' && !/html/.test(type))) return Claim.none;
    const text = new TextDecoder().decode(head);
    if (!/<(!doctype html|html|head|title|body|pre|h1)/i.test(text)) return Claim.none;
    if (MARKS.test(text)) return Claim.byHeader;
    // Some servers begin with pages of style sheet: what ends in a slash is looked at, and refused if it is no folder page.
    return new URL(url).pathname.endsWith('/') ? Claim.byMagic : Claim.none;
  },
  list,
} satisfies Source;

interface Folder {
  readonly url: string;
  /** Path below the pasted folder, '' or ending in a slash. */
  readonly path: string;
  readonly depth: number;
  /** Fingerprints of the folders above: a link to oneself looks the same for ever. */
  readonly above: readonly string[];
}

interface Visit {
  readonly root: string;
  readonly context: SourceContext;
  readonly via: Road['via'];
  readonly inside: Entry;
  readonly seen: Set<string>;
  road?: Promise<Road> | undefined;
}

async function* list(entry: Entry, context: SourceContext): AsyncGenerator<Listed> {
  const { url, via } = entry.place.at as { url: string; via: Road['via'] };
  const root = new URL('./', url).href;
  const visit: Visit = { root, context, via, inside: entry, seen: new Set([root]) };
  const folders: Folder[] = [];
  yield* page({ url, path: '', depth: 0, above: [] }, visit, folders);
  const running: Promise<{ listed: Listed[]; folders: Folder[] }>[] = [];
  for (;;) {
    while (running.length < PAGES_AT_ONCE && folders.length > 0) running.push(collected(folders.shift()!, visit));
    const first = running.shift();
    if (!first || context.signal.aborted) return;
    const { listed, folders: more } = await first;
    folders.unshift(...more);
    yield* listed;
  }
}

/** A subfolder read to its end. What fails is named and the rest goes on. */
async function collected(folder: Folder, visit: Visit): Promise<{ listed: Listed[]; folders: Folder[] }> {
  const listed: Listed[] = [];
  const folders: Folder[] = [];
  try {
    for await (const one of page(folder, visit, folders)) listed.push(one);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    listed.push({
      kind: 'refused',
      path: folder.path,
      status: 'unreadable',
      because: `This folder could not be listed. ${error.because}`,
      code: error.code,
    });
  }
  return { listed, folders };
}

/** The files of one page; its subfolders are put into `folders`. */
async function* page(folder: Folder, visit: Visit, folders: Folder[]): AsyncGenerator<Listed> {
  const base = new URL('./', folder.url);
  const print = { count: 0, sum: 0 };
  const inner: { url: string; path: string }[] = [];
  for await (const links of pageLinks(folder, visit)) {
    for (const link of links) {
      if (visit.context.signal.aborted) return;
      const found = below(link.href, base);
      if (!found || visit.seen.has(found.url)) continue;
      visit.seen.add(found.url);
      note(print, found.name);
      const path = folder.path + label(found.name);
      if (found.name.endsWith('/')) inner.push({ url: found.url, path });
      else yield { kind: 'entry', entry: await entryOf(found.url, { path, size: link.size, visit }) };
    }
  }
  const own = `${print.count} ${print.sum}`;
  const repeated = folder.above.filter((print) => print === own).length >= 2;
  for (const { url, path } of inner) {
    if (repeated) yield refusedFolder(path, 'This folder contains itself, so it is not followed further.');
    else if (folder.depth >= DEPTH) yield refusedFolder(path, `Folders are followed to a depth of ${DEPTH}.`);
    else folders.push({ url, path, depth: folder.depth + 1, above: [...folder.above, own] });
  }
}

const refusedFolder = (path: string, because: string): Listed => ({ kind: 'refused', path, status: 'skipped', because, code: 'E-DEPTH' });

/** Links as the page arrives; a page that is no folder page throws E-HTML before anything was given. */
async function* pageLinks(folder: Folder, visit: Visit): AsyncGenerator<Link[]> {
  const reader = new LinkReader();
  const text = new TextDecoder();
  let start = '';
  let held: Link[] | undefined = [];
  let sum = 0;
  for await (const chunk of visit.context.net.whole(folder.url, { via: visit.via, range: false })) {
    sum += chunk.length;
    if (sum > PAGE_MOST) throw new Unreadable('E-TOOBIG', 'This folder page is longer than 256 MB.');
    const piece = text.decode(chunk, { stream: true });
    const links = reader.add(piece);
    if (!held) {
      yield links;
      continue;
    }
    // Until it is clear that this is a folder page, nothing is given.
    start = start.length < 1 << 16 ? start + piece : start;
    held.push(...links);
    if (!MARKS.test(start)) continue;
    yield held;
    held = undefined;
  }
  const last = reader.end();
  if (!held) return yield last;
  held.push(...last);
  if (!MARKS.test(start) && !mostlyBelow(held, new URL('./', folder.url)))
    throw new Unreadable('E-HTML', 'We received a web page (HTML) that lists no files – the link needs sign-in or is a viewer page.');
  yield held;
}

/** Unmarked pages count as folder pages where at least four of five links are files or folders right below; links upwards do not count. */
function mostlyBelow(links: readonly Link[], base: URL): boolean {
  const others = links.filter(
    ({ href }) => URL.canParse(href, base) && !base.href.startsWith(new URL(href, base).href.replace(/[?#].*$/, '')),
  );
  const children = others.filter(({ href }) => /^[^/]+\/?$/.test(below(href, base)?.name ?? ''));
  return children.length > 0 && children.length >= others.length * 0.8;
}

/** The address and the rest of the path below `base` of a link; undefined for sort links, parents and everything elsewhere. */
function below(href: string, base: URL): { url: string; name: string } | undefined {
  if (href === '' || href.startsWith('?') || href.startsWith('#') || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  const name = url.pathname.slice(base.pathname.length);
  if (name === '' || name === '/') return undefined;
  url.search = '';
  url.hash = '';
  return { url: url.href, name };
}

function label(name: string): string {
  try {
    const text = decodeURIComponent(name);
    return text.includes('\0') || text.split('/').length !== name.split('/').length ? name : text;
  } catch {
    return name;
  }
}

function note(print: { count: number; sum: number }, name: string): void {
  print.count++;
  for (let i = 0; i < name.length; i++) print.sum = (Math.imul(print.sum, 31) + name.charCodeAt(i)) | 0;
}

async function entryOf(url: string, as: { path: string; size: number | undefined; visit: Visit }): Promise<Entry> {
  const { visit } = as;
  visit.road ??= roadOf(visit.context.net, { url, via: visit.via });
  const { via, range } = await visit.road;
  return {
    path: as.path,
    size: as.size,
    place: { source: 'file', at: { url, via, range, listed: as.size } },
    inside: { path: visit.inside.path, source: 'html-index' },
    depth: 0,
  };
}
