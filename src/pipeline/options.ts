// What an analysis is asked to do, and the switch by which the page pauses, resumes and stops it.
import type { FileRecord, Item } from '../core/item.ts';
import type { Root } from './roots.ts';

export interface AnalysisOptions {
  readonly roots: readonly Root[];
  /** Path of our relay. */
  readonly proxy?: string | undefined;
  /** Readers in the pool. */
  readonly readers: number;
  readonly hashPixels: boolean;
  /** Whether readers have models: every item is looked at then, not only those whose labels are open. */
  readonly models?: boolean | undefined;
  /** Folder of our models, an absolute address with a slash at its end; absent: nothing is outlined. */
  readonly modelsAt?: string | undefined;
  /** Whether some of them were brought by a person: nobody knows how those behave. */
  readonly ownModels?: boolean | undefined;
  /** What an interrupted run already knows, in batches; its files are not read again. */
  readonly known?: AsyncIterable<readonly FileRecord[]> | undefined;
  /** Items that it found, in batches: what was seen in their pixels is not looked for again. */
  readonly found?: AsyncIterable<readonly Item[]> | undefined;
}

/** Switched by the page while the analysis runs. */
export interface Control {
  readonly aborted: boolean;
  /** Settles at once, or, while paused, when the run goes on or is stopped. */
  going(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Told of every switch. */
  watch(on: (state: 'paused' | 'running' | 'stopped') => void): void;
}

/** Running at first; stopping is final. */
export function createControl(): Control {
  let aborted = false;
  let paused = false;
  const watchers: ((state: 'paused' | 'running' | 'stopped') => void)[] = [];
  const waiting: (() => void)[] = [];
  const tell = (state: 'paused' | 'running' | 'stopped'): void => {
    paused = state === 'paused';
    if (!paused) for (const go of waiting.splice(0)) go();
    for (const on of watchers) on(state);
  };
  return {
    get aborted() {
      return aborted;
    },
    going: () => (paused ? new Promise((go) => waiting.push(go)) : Promise.resolve()),
    pause: () => tell('paused'),
    resume: () => tell('running'),
    stop() {
      aborted = true;
      tell('stopped');
    },
    watch: (on) => void watchers.push(on),
  };
}
