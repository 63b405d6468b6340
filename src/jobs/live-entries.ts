// Entries whose bytes live in this tab only (dropped files, unpacked archives): stores cannot keep them, so the page remembers them.
import type { Entry } from '../core/entry.ts';
import type { FileRecord } from '../core/item.ts';
import type { Given } from './jobs.ts';

/** By run and path; empty after a reload. */
export function createLiveEntries() {
  const byRun = new Map<string, Map<string, Entry>>();
  const dropped = new Map<string, ReadonlyMap<string, File>>();
  const entryOf = (runId: string, path: string): Entry | undefined => {
    const file = dropped.get(runId)?.get(path);
    return byRun.get(runId)?.get(path) ?? (file && { path, size: file.size, place: { source: 'local', at: { file } } });
  };
  return {
    /** Files as they were dropped; the analysis names them by path only. */
    give(runId: string, given: readonly Given[]): void {
      const files = new Map<string, File>();
      for (const [n, root] of given.entries()) {
        const prefix = given.length > 1 ? `${n + 1}/` : '';
        if (root.kind === 'files') for (const { path, file } of root.files) files.set(prefix + path, file);
      }
      dropped.set(runId, files);
    },
    remember(runId: string, files: readonly FileRecord[]): void {
      for (const { path, entry } of files) {
        if (!entry || !holdsBlob(entry.place.at)) continue;
        const run = byRun.get(runId) ?? new Map<string, Entry>();
        byRun.set(runId, run);
        run.set(path, entry);
      }
    },
    /** The record with bytes that can be opened in this tab. */
    enliven(runId: string, file: FileRecord): FileRecord {
      const entry = entryOf(runId, file.path);
      return entry ? { ...file, entry } : file;
    },
    forget(runId: string): void {
      byRun.delete(runId);
      dropped.delete(runId);
    },
  };
}

/** Whether a place holds a Blob or File somewhere inside. */
function holdsBlob(at: unknown): boolean {
  if (at instanceof Blob) return true;
  if (typeof at !== 'object' || at === null || ArrayBuffer.isView(at)) return false;
  return Object.values(at).some(holdsBlob);
}
