// What was dropped or chosen on this computer, as something the jobs can read. No file is opened here.
import type { Given } from '../../jobs/jobs.ts';

interface Found {
  readonly path: string;
  readonly file: File;
}

/** From `<input type=file>`, with or without webkitdirectory; undefined where nothing was chosen. */
export function givenFromFiles(list: FileList | readonly File[] | null): Given | undefined {
  const files = [...(list ?? [])].map((file): Found => ({ path: file.webkitRelativePath || file.name, file }));
  const [first] = files;
  if (!first) return undefined;
  return { kind: 'files', name: nameOf(files), files };
}

/** The folder that all share, the file's name for one, else the first name and how many more. */
function nameOf(files: readonly Found[]): string {
  const [first] = files;
  if (!first) return '';
  const top = first.path.includes('/') ? first.path.slice(0, first.path.indexOf('/')) : undefined;
  if (top && files.every((file) => file.path.startsWith(`${top}/`))) return top;
  return files.length === 1 ? first.path : `${first.path} and ${files.length - 1} more`;
}

/** From a drop: folder handles where the browser has them (they can be read lazily), else the files walked now. */
export async function givenFromDrop(transfer: DataTransfer): Promise<readonly Given[]> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  // Both must be asked before the first await: the drop's data is gone after the event.
  const handles = items.map((item) => item.getAsFileSystemHandle?.());
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  const folders: Given[] = [];
  const loose: Found[] = [];
  for (const [at, entry] of entries.entries()) {
    const handle = await handles[at]?.catch(() => null);
    if (handle?.kind === 'directory') folders.push({ kind: 'folder', handle: handle as FileSystemDirectoryHandle });
    else if (handle?.kind === 'file') loose.push(await fileOf(handle as FileSystemFileHandle));
    else if (entry) loose.push(...(await walked(entry)));
  }
  if (!folders.length && !loose.length) loose.push(...plain.map((file) => ({ path: file.name, file })));
  return loose.length ? [...folders, { kind: 'files', name: nameOf(loose), files: loose }] : folders;
}

async function fileOf(handle: FileSystemFileHandle): Promise<Found> {
  return { path: handle.name, file: await handle.getFile() };
}

async function walked(top: FileSystemEntry): Promise<Found[]> {
  const found: Found[] = [];
  const waiting = [top];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isFile) {
      const file = await new Promise<File | undefined>((done) => (entry as FileSystemFileEntry).file(done, () => done(undefined)));
      if (file) found.push({ path, file });
    } else waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // Chromium answers at most 100 entries a call.
    const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return all;
    all.push(...some);
  }
}

declare global {
  interface DataTransferItem {
    /** Chromium; rejects or answers null for what is no file. */
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}
