// What a run is doing, seen from this tab: a run that says "running" but that nobody runs was interrupted.
import type { Run } from '../../core/run.ts';

/** A run that somebody works on saves itself at least this often. */
const SILENCE_MS = 15_000;

export type Activity = Run['state'] | 'elsewhere';

/** `changedAt`: when this tab last heard of the run (ms), undefined where it has not since the page was opened. */
export function activityOf(run: Run, options: { here: boolean; changedAt: number | undefined; now: number }): Activity {
  if (run.state !== 'running' && run.state !== 'paused') return run.state;
  if (options.here) return run.state;
  const heard = options.changedAt !== undefined && options.now - options.changedAt < SILENCE_MS;
  return heard ? 'elsewhere' : 'interrupted';
}

export const isOver = (activity: Activity): boolean => activity === 'done' || activity === 'stopped' || activity === 'failed';
