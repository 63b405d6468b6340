// What a screen reader hears of a run: progress at most every ten seconds, and the end.
import { useEffect, useRef, useState } from 'react';
import type { Run } from '../../core/run.ts';
import { counted, share } from '../numbers.ts';
import { shareDone } from './estimate.ts';
import type { Activity } from './run-state.ts';

const EVERY_MS = 10_000;

const ENDS: Readonly<Partial<Record<Activity, string>>> = {
  done: 'Analysis complete',
  stopped: 'Analysis stopped',
  interrupted: 'Analysis interrupted',
  paused: 'Analysis paused',
};

export function Announcer({ run, activity }: { run: Run; activity: Activity }) {
  const [heard, setHeard] = useState('');
  const latest = useRef(run);
  latest.current = run;
  const going = activity === 'running' || activity === 'elsewhere';
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => setHeard(progressText(latest.current)), EVERY_MS);
    return () => clearInterval(timer);
  }, [going]);
  const end = activity === 'failed' ? `Analysis failed. ${run.because ?? ''}` : ENDS[activity];
  return (
    <p role="status" className="m-hidden">
      {end ?? heard}
    </p>
  );
}

function progressText(run: Run): string {
  const done = shareDone(run.progress);
  const items = counted(run.progress.items, 'item');
  return done === undefined ? `Listing. ${items} so far` : `${share(done)}, ${items} so far`;
}
