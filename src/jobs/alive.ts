// Which runs are worked on, by the browser's locks: held by the tab that runs them, let go when it closes or crashes. Knows no worker.
import type { Store } from '../core/store.ts';

const lockOf = (runId: string): string => `medley-run-${runId}`;

/** Does `work` as the only one of all tabs; answers false, without doing it, where another tab is at it. */
export async function alone(runId: string, work: () => Promise<void>): Promise<boolean> {
  // Pages without HTTPS have no locks: then this tab is believed to be the only one.
  if (!navigator.locks) return work().then(() => true);
  return navigator.locks.request(lockOf(runId), { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

/** Whether some tab works on this run; undefined where the browser cannot tell. */
export async function isWorkedOn(runId: string): Promise<boolean | undefined> {
  if (!navigator.locks) return undefined;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === lockOf(runId)) ?? false;
}

/** Runs that say "running" though no tab works on them were interrupted: marks them so. Never rejects. */
export async function sweepInterrupted(store: Store): Promise<void> {
  for (const { id, state } of await store.list().catch(() => [])) {
    if (state !== 'running' && state !== 'paused') continue;
    await alone(id, async () => {
      // Read again under the lock: it may have ended since.
      const run = await store.load(id);
      if (run?.state === 'running' || run?.state === 'paused') await store.save({ ...run, state: 'interrupted' });
    }).catch(() => undefined);
  }
}
