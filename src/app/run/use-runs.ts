// Runs as the store has them, kept fresh by its changes: this tab's and others'.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../services.tsx';

/** All runs, newest first. */
export function useRuns() {
  const { store } = useServices();
  const queries = useQueryClient();
  useEffect(
    () =>
      store.watch('*', ({ kind }) => {
        if (kind === 'run' || kind === 'removed') void queries.invalidateQueries({ queryKey: ['runs'] }, { cancelRefetch: false });
      }),
    [store, queries],
  );
  return useQuery({ queryKey: ['runs'], queryFn: () => store.list(), refetchOnMount: 'always' });
}

/** One run; null where the store has none of this id. */
export function useRun(runId: string) {
  const { store } = useServices();
  const queries = useQueryClient();
  useEffect(
    () =>
      store.watch(runId, ({ kind }) => {
        if (kind === 'run' || kind === 'removed') void queries.invalidateQueries({ queryKey: ['run', runId] }, { cancelRefetch: false });
      }),
    [store, queries, runId],
  );
  return useQuery({ queryKey: ['run', runId], queryFn: async () => (await store.load(runId)) ?? null, refetchOnMount: 'always' });
}
