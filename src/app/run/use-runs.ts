// Runs as the store has them, kept fresh by its changes: this tab's and others'.
import { useMemo } from 'react';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { useServices } from '../services.tsx';
import { useFresh } from './use-fresh.ts';

const watching = (store: Store, runId: string) => (on: () => void) =>
  store.watch(runId, ({ kind }) => {
    if (kind === 'run' || kind === 'removed') on();
  });

/** All runs, newest first; empty until the first read. */
export function useRuns(): readonly Run[] {
  const { store } = useServices();
  return useFresh(useMemo(() => ({ load: () => store.list(), watch: watching(store, '*') }), [store])) ?? [];
}

/** One run; null where the store has none of this id, undefined until the first read. */
export function useRun(runId: string): Run | null | undefined {
  const { store } = useServices();
  return useFresh(useMemo(() => ({ load: async () => (await store.load(runId)) ?? null, watch: watching(store, runId) }), [store, runId]));
}
