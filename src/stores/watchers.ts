// Who listens to which run of a store. Not a store, and nothing leaves this tab here.
import type { StoreChange } from '../core/store.ts';

type Listener = (change: StoreChange) => void;

export interface Watchers {
  watch(runId: string, on: Listener): () => void;
  tell(change: StoreChange): void;
  /** Whether anybody would hear of this run. */
  listening(runId: string): boolean;
}

/** Nobody listens at first. */
export function createWatchers(): Watchers {
  const byRun = new Map<string, Set<Listener>>();
  return {
    watch(runId, on) {
      // Wrapped, so that the same function may watch twice and leave once.
      const listener: Listener = (change) => on(change);
      const set = byRun.get(runId) ?? new Set();
      byRun.set(runId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && byRun.get(runId) === set) byRun.delete(runId);
      };
    },
    tell(change) {
      for (const listener of [...(byRun.get(change.runId) ?? []), ...(byRun.get('*') ?? [])]) {
        try {
          listener(change);
        } catch (cause) {
          // One broken listener must not keep the others from hearing, nor make a finished write look failed.
          queueMicrotask(() => {
            throw cause;
          });
        }
      }
    },
    listening: (runId) => byRun.has(runId) || byRun.has('*'),
  };
}
