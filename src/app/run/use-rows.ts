// The rows of a run for React: loaded once, then kept by the store's changes.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useServices } from '../services.tsx';
import { RowBook, type RowsNow } from './row-book.ts';

export function useRows(runId: string): RowsNow {
  const { store } = useServices();
  const book = useMemo(() => new RowBook(store, { runId }), [store, runId]);
  useEffect(() => book.open(), [book]);
  return useSyncExternalStore(book.subscribe, book.now);
}
