// What became of the files of a run: small rows without headers, read once from the store when somebody wants to see them.
import { useQuery } from '@tanstack/react-query';
import type { FileStatus } from '../../core/item.ts';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { useServices } from '../services.tsx';

export interface FileRow {
  readonly path: string;
  readonly status: FileStatus;
  readonly because: string | undefined;
  readonly code: string | undefined;
  readonly bytes: number | null;
  readonly item: string | undefined;
}

export interface FilesNow {
  readonly files: readonly FileRow[];
  readonly counts: ReadonlyMap<FileStatus, number>;
}

export const STATUS_NAMES: Readonly<Record<FileStatus, string>> = {
  image: 'Images',
  mask: 'Masks',
  container: 'Containers',
  'non-image': 'Not images',
  unreadable: 'Unreadable',
  skipped: 'Skipped',
};

async function read(store: Store, runId: string): Promise<FilesNow> {
  const files: FileRow[] = [];
  const counts = new Map<FileStatus, number>();
  for await (const batch of store.files(runId)) {
    for (const { path, status, because, code, bytes, item } of batch) {
      files.push({ path, status, because, code, bytes, item });
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  return { files, counts };
}

/** Read again when the number of files has changed since. */
export function useFiles(run: Run, enabled: boolean) {
  const { store } = useServices();
  const { files, unreadable, skipped } = run.progress;
  return useQuery({
    queryKey: ['files', run.id, run.state, files, unreadable, skipped],
    queryFn: () => read(store, run.id),
    enabled,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
}
