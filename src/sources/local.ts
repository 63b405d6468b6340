// Files and folders of this computer: a File, a file handle or a folder handle (File System API). Claims no URL.
import { Claim } from '../core/claim.ts';
import type { Bytes, Entry } from '../core/entry.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { blobBytes, gone } from './bytes/blob-bytes.ts';

/** `file` for dropped files, `handle` for members of a folder, `folder` for the folder itself. */
type LocalAt =
  | { readonly file: File; readonly size?: number }
  | { readonly handle: FileSystemFileHandle }
  | { readonly folder: FileSystemDirectoryHandle };

const DEPTH = 64;
const AT_ONCE = 32;

export default {
  id: 'local',
  claim: () => Claim.none,
  async *list(entry, context) {
    const at = entry.place.at as LocalAt;
    if ('folder' in at) yield* walk(at.folder, { prefix: '', depth: 0, entry, context });
    else yield { kind: 'entry', entry };
  },
  open(place) {
    const at = place.at as LocalAt;
    if ('file' in at) return blobBytes(at.file, at.size);
    if ('handle' in at) return handleBytes(at.handle);
    throw new Unreadable('E-UNSUPPORTED', 'This is a folder, not a file.');
  },
} satisfies Source;

interface Walk {
  readonly prefix: string;
  readonly depth: number;
  readonly entry: Entry;
  readonly context: SourceContext;
}

async function* walk(folder: FileSystemDirectoryHandle, step: Walk): AsyncGenerator<Listed> {
  const folders: FileSystemDirectoryHandle[] = [];
  let batch: FileSystemFileHandle[] = [];
  try {
    for await (const handle of folder.values()) {
      if (step.context.signal.aborted) return;
      if (handle.kind === 'directory') folders.push(handle as FileSystemDirectoryHandle);
      else batch.push(handle as FileSystemFileHandle);
      if (batch.length < AT_ONCE) continue;
      yield* await Promise.all(batch.map((file) => listed(file, step)));
      batch = [];
    }
    yield* await Promise.all(batch.map((file) => listed(file, step)));
  } catch (cause) {
    yield { kind: 'refused', path: step.prefix || folder.name, status: 'unreadable', because: gone(cause).because, code: gone(cause).code };
  }
  for (const inner of folders) {
    const path = `${step.prefix}${inner.name}`;
    if (step.depth < DEPTH) yield* walk(inner, { ...step, prefix: `${path}/`, depth: step.depth + 1 });
    else yield { kind: 'refused', path, status: 'skipped', because: `Folders are followed to a depth of ${DEPTH}.`, code: 'E-DEPTH' };
  }
}

async function listed(handle: FileSystemFileHandle, step: Walk): Promise<Listed> {
  const path = `${step.prefix}${handle.name}`;
  try {
    const { size } = await handle.getFile();
    return { kind: 'entry', entry: { path, size, place: { source: 'local', at: { handle } }, depth: step.entry.depth ?? 0 } };
  } catch (cause) {
    const { because, code } = gone(cause);
    return { kind: 'refused', path, status: 'unreadable', because, code };
  }
}

function handleBytes(handle: FileSystemFileHandle): Bytes {
  let opened: Promise<Bytes> | undefined;
  let size: number | undefined;
  const open = async (): Promise<Bytes> => {
    try {
      const bytes = blobBytes(await handle.getFile());
      size = bytes.size;
      return bytes;
    } catch (cause) {
      throw gone(cause);
    }
  };
  return {
    get size() {
      return size;
    },
    async slice(start, end) {
      opened ??= open();
      return (await opened).slice(start, end);
    },
  };
}
