// Roots: what a person gave, opened: a link is probed once, files and folders of this computer are taken as they are.
import { surest } from '../core/claim.ts';
import { type Entry, baseName } from '../core/entry.ts';
import type { OpenedSource } from '../core/run.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { sources } from '../sources/index.ts';
import { sourceById } from './context.ts';

/** What crosses to the worker: a link, files or a folder handle of this computer. */
export type Root =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly { readonly path: string; readonly file: Blob }[] }
  | { readonly kind: 'folder'; readonly handle: { readonly name: string } };

export interface OpenedRoot {
  readonly source: OpenedSource;
  /** Lists what the root holds. */
  readonly lister: Source;
  readonly entry: Entry;
  /** True for an archive: the root itself is a file of the report. */
  readonly container: boolean;
  /** Bytes the root holds, where it is one file. */
  readonly size: number | undefined;
  /** A host far away: each request costs a round trip. */
  readonly far: boolean;
}

/** Throws Unreadable. `prefix` goes before every path, to tell several roots apart. */
export async function openRoot(root: Root, { context, prefix }: { context: SourceContext; prefix: string }): Promise<OpenedRoot> {
  if (root.kind === 'url') return openUrl(root.url, { context, prefix });
  const local = sourceById.get('local');
  if (!local) throw new Unreadable('E-UNSUPPORTED', 'Local files cannot be read here.');
  const folder = root.kind === 'folder';
  return {
    source: { url: `local:${folder ? root.handle.name : root.name}`, kind: 'local' },
    lister: folder ? local : { ...local, list: () => dropped(root.files, prefix) },
    entry: { path: prefix, place: { source: 'local', at: folder ? { folder: root.handle } : null } },
    container: false,
    size: undefined,
    far: false,
  };
}

async function* dropped(files: readonly { readonly path: string; readonly file: Blob }[], prefix: string): AsyncGenerator<Listed> {
  for (const { path, file } of files) yield { kind: 'entry', entry: { path: prefix + path, size: file.size, place: { source: 'local', at: { file } } } };
}

async function openUrl(url: string, { context, prefix }: { context: SourceContext; prefix: string }): Promise<OpenedRoot> {
  const probe = await context.net.probe(url);
  const name = nameIn(probe.url) || nameIn(url) || new URL(probe.url).hostname;
  const lister = surest(sources, { path: name, head: probe.head, size: probe.size, type: probe.type, url: probe.url });
  if (!lister) throw new Unreadable('E-UNSUPPORTED', 'This link leads to nothing we can list.');
  if (probe.via === 'proxy') {
    const host = new URL(probe.url).hostname;
    context.notice({ code: 'PROXY', because: `${host} does not let other sites read its files, so we are reading through our relay.` });
  }
  const { via, range, size, etag, type } = probe;
  const container = lister.id === 'zip' || lister.id === 'tar';
  const listing = !container && lister.id !== 'file' && lister.id !== 'gzip';
  return {
    source: { url: withoutQuery(url), kind: lister.id },
    lister: lister.transparent ? (sourceById.get('file') as Source) : lister,
    entry: { path: listing ? prefix : prefix + name, size: listing ? undefined : size, place: { source: 'file', at: { url: probe.url, via, range, size, etag, type } } },
    container,
    size: listing ? undefined : size,
    far: true,
  };
}

/** Last segment of a URL's path, decoded; '' for a folder. */
function nameIn(url: string): string {
  const name = baseName(new URL(url).pathname);
  try {
    return decodeURIComponent(name).replaceAll('/', '_');
  } catch {
    return name;
  }
}

/** Queries may hold signatures: they are not kept, except that of a listing we would need to open it again is in `given`. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}
