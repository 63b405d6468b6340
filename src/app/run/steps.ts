// Long work on the page's own thread, done in slices between frames. What is asked while it works is done next; it never begins anew.

/** Longest slice: a frame is 16 ms. */
const SLICE_MS = 8;

export interface Stepper<T> {
  /** Does this next; what was asked before and has not begun is forgotten. */
  ask(work: () => Iterator<undefined, T>): void;
  stop(): void;
}

/** `on` gets every result, also of work that was outrun meanwhile: a table that lags is better than one that never comes. */
export function createStepper<T>(on: (result: T) => void): Stepper<T> {
  let next: (() => Iterator<undefined, T>) | undefined;
  let steps: Iterator<undefined, T> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let working = false;
  const wake = () => {
    if (!working) timer ??= setTimeout(slice);
  };
  const slice = () => {
    timer = undefined;
    working = true;
    work(performance.now() + SLICE_MS);
    working = false;
    if (steps || next) wake();
  };
  const work = (end: number) => {
    while (performance.now() < end) {
      if (!steps) {
        if (!next) return;
        steps = next();
        next = undefined;
      }
      const step = steps.next();
      if (!step.done) continue;
      steps = undefined;
      on(step.value);
    }
  };
  return {
    ask(work) {
      next = work;
      wake();
    },
    stop() {
      clearTimeout(timer);
      next = undefined;
      steps = undefined;
      timer = undefined;
    },
  };
}
