// Whether a run is worked on: here, in another tab, or by nobody any more.
import { useEffect, useState } from 'react';
import type { Run } from '../../core/run.ts';
import { useServices } from '../services.tsx';
import { type Activity, activityOf } from './run-state.ts';

const LOOK_MS = 5000;

export function useActivity(run: Run): Activity {
  const { store, jobs } = useServices();
  const [changedAt, setChangedAt] = useState<number>();
  const [now, setNow] = useState(Date.now);
  const open = run.state === 'running' || run.state === 'paused';
  useEffect(() => {
    if (!open) return;
    const unwatch = store.watch(run.id, () => setChangedAt((before) => (before && Date.now() - before < 1000 ? before : Date.now())));
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => {
      unwatch();
      clearInterval(timer);
    };
  }, [store, run.id, open]);
  return activityOf(run, { here: jobs.running(run.id) !== undefined, changedAt, now });
}
