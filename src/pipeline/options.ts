// What an analysis is asked to do, and the switch by which the page pauses, resumes and stops it.
import type { FileRecord } from '../core/item.ts';
import type { Root } from './roots.ts';

export interface AnalysisOptions {
  readonly roots: readonly Root[];
  /** Path of our relay. */
  readonly proxy?: string | undefined;
  /** Readers in the pool. */
  readonly readers: number;
  readonly hashPixels: boolean;
  /** What an interrupted run already knows, in batches; its files are not read again. */
  readonly known?: AsyncIterable<readonly FileRecord[]> | undefined;
}

/** Switched by the page while the analysis runs. */
export interface Control {
  readonly aborted: boolean;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Told of every switch. */
  watch(on: (state: 'paused' | 'running' | 'stopped') => void): void;
}

export function createControl(): Control {
  let aborted = false;
  const watchers: ((state: 'paused' | 'running' | 'stopped') => void)[] = [];
  const tell = (state: 'paused' | 'running' | 'stopped'): void => {
    for (const on of watchers) on(state);
  };
  return {
    get aborted() {
      return aborted;
    },
    pause: () => tell('paused'),
    resume: () => tell('running'),
    stop() {
      aborted = true;
      tell('stopped');
    },
    watch: (on) => void watchers.push(on),
  };
}
