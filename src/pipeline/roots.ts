// Roots: what a person gave, opened: a link is probed once, files and folders of this computer are taken as they are.
import { surest } from '../core/claim.ts';
import type { Entry } from '../core/entry.ts';
import type { OpenedSource } from '../core/run.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { sources } from '../sources/index.ts';
import { pasted } from '../sources/net/pasted.ts';
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

/** Throws Unreadable. */
export async function openRoot(root: Root, context: SourceContext): Promise<OpenedRoot> {
  if (root.kind === 'url') return openUrl(root.url, context);
  const local = sourceById.get('local');
  if (!local) throw new Unreadable('E-UNSUPPORTED', 'Local files cannot be read here.');
  const folder = root.kind === 'folder';
  return {
    source: { url: `local:${folder ? root.handle.name : root.name}`, kind: 'local' },
    lister: folder ? local : { ...local, list: () => dropped(root.files) },
    entry: { path: '', place: { source: 'local', at: folder ? { folder: root.handle } : null } },
    container: false,
    size: undefined,
    far: false,
  };
}

async function* dropped(files: readonly { readonly path: string; readonly file: Blob }[]): AsyncGenerator<Listed> {
  // A File's size is a question to the browser each time: asked once, and carried along.
  for (const { path, file } of files) {
    const { size } = file;
    yield { kind: 'entry', entry: { path, size, place: { source: 'local', at: { file, size } } } };
  }
}

async function openUrl(url: string, context: SourceContext): Promise<OpenedRoot> {
  const probe = await context.net.probe(url);
  const { entry, glimpse } = pasted(probe, url);
  const lister = surest(sources, glimpse);
  if (!lister) throw new Unreadable('E-UNSUPPORTED', 'This link leads to nothing we can list.');
  if (probe.via === 'proxy') {
    const { hostname } = new URL(probe.url);
    context.notice({ code: 'PROXY', because: `${hostname} does not let other sites read its files, so we are reading through our relay.` });
  }
  const container = lister.id === 'zip' || lister.id === 'tar';
  const listing = !container && lister.id !== 'file' && !lister.transparent;
  return {
    source: { url: url.replace(/[?#].*$/, ''), kind: lister.id },
    lister: lister.transparent ? (sourceById.get('file') as Source) : lister,
    entry: listing ? { path: '', place: entry.place } : entry,
    container,
    size: listing ? undefined : probe.size,
    far: true,
  };
}
