// What a run is doing, seen from this tab: a run that says "running" but that nobody runs was interrupted.
import type { Run } from '../../core/run.ts';

export type Activity = Run['state'] | 'elsewhere';

/** `elsewhere`: whether another tab works on it; undefined while that is not known yet. */
export function activityOf(run: Run, { here, elsewhere }: { here: boolean; elsewhere: boolean | undefined }): Activity {
  if (run.state !== 'running' && run.state !== 'paused') return run.state;
  if (here) return run.state;
  return elsewhere === false ? 'interrupted' : 'elsewhere';
}

export const isOver = (activity: Activity): boolean => activity === 'done' || activity === 'stopped' || activity === 'failed';
