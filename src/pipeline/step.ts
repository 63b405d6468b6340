// Steps of long work inside a worker: it lets others have a word once in a while (who is silent for ten seconds is taken for hung), and ends when asked to.
import type { Step } from '../core/outliner.ts';
import { Unreadable } from '../core/unreadable.ts';

/** Milliseconds at a stretch. */
const BREATH_MS = 200;

export interface StepOptions {
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly on?: ((done: number, of: number) => void) | undefined;
}

export function createStep({ signal, on }: StepOptions = {}): Step {
  let breath = performance.now();
  return async (done, of) => {
    if (performance.now() - breath > BREATH_MS) {
      on?.(done, of);
      await new Promise((go) => setTimeout(go));
      breath = performance.now();
    }
    if (signal?.aborted) throw new Unreadable('E-ABORTED', 'It was stopped.');
  };
}
