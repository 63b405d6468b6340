// Watches the progress of a run and answers how long it may still take. A pause begins anew.
import { useEffect, useRef, useState } from 'react';
import type { Progress } from '../../core/run.ts';
import { type Sample, secondsLeft, shareDone } from './estimate.ts';

/** Only the last half minute counts: the pace of now. */
const WINDOW_S = 30;
const EVERY_MS = 1000;

export function useSecondsLeft(progress: Progress, running: boolean): readonly [number, number] | undefined {
  const latest = useRef(progress);
  latest.current = progress;
  const [left, setLeft] = useState<readonly [number, number]>();
  useEffect(() => {
    if (!running) return;
    let samples: Sample[] = [];
    const look = () => {
      const done = shareDone(latest.current);
      if (done === undefined) return;
      const at = performance.now() / 1000;
      samples = [...samples.filter((sample) => at - sample.at < WINDOW_S), { at, share: done }];
      setLeft(secondsLeft(samples));
    };
    const timer = setInterval(look, EVERY_MS);
    return () => {
      clearInterval(timer);
      setLeft(undefined);
    };
  }, [running]);
  return left;
}
