// Whether a run is worked on: here, in another tab, or by nobody any more.
import { useEffect, useState } from 'react';
import type { Run } from '../../core/run.ts';
import { isWorkedOn } from '../../jobs/alive.ts';
import { useServices } from '../services.tsx';
import { type Activity, activityOf } from './run-state.ts';

const LOOK_MS = 2000;
/** Where the browser has no locks: a run that somebody works on saves itself at least this often. */
const SILENCE_MS = 15_000;

export function useActivity(run: Run): Activity {
  const { store, jobs } = useServices();
  const [elsewhere, setElsewhere] = useState<boolean>();
  const open = run.state === 'running' || run.state === 'paused';
  useEffect(() => {
    if (!open) return;
    let heardAt = 0;
    let closed = false;
    const look = async () => {
      const told = await isWorkedOn(run.id).catch(() => undefined);
      if (!closed) setElsewhere(told ?? Date.now() - heardAt < SILENCE_MS);
    };
    const unwatch = store.watch(run.id, () => {
      heardAt = Date.now();
    });
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => {
      closed = true;
      unwatch();
      clearInterval(timer);
      setElsewhere(undefined);
    };
  }, [store, run.id, open]);
  return activityOf(run, { here: jobs.running(run.id) !== undefined, elsewhere });
}
