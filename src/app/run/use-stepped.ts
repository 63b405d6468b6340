// A value that takes long to work out, for React: at once where there is little, in slices between frames where there is much.
import { useEffect, useMemo, useState } from 'react';
import { createStepper } from './steps.ts';

/** The result of the last finished work; undefined before the first. `work` must be stable (useCallback); `quick` does it at once. */
export function useStepped<T>(work: () => Iterator<undefined, T>, quick: boolean): T | undefined {
  const now = useMemo(() => (quick ? finished(work()) : undefined), [work, quick]);
  const [late, setLate] = useState<T>();
  const stepper = useMemo(() => createStepper<T>((result) => setLate(() => result)), []);
  useEffect(() => () => stepper.stop(), [stepper]);
  useEffect(() => {
    if (!quick) stepper.ask(work);
  }, [stepper, work, quick]);
  return now ?? late;
}

function finished<T>(steps: Iterator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
