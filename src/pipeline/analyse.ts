// The analysis: list → read → group → classify → fuse, as an async generator of plain events. Work is bounded by the pool, once, for everybody.
import type { FileRecord } from '../core/item.ts';
import type { JobEvent } from '../core/run.ts';
import { asUnreadable } from '../core/unreadable.ts';
import { createLedger } from './ledger.ts';
import { listRoots } from './listing.ts';
import { amendStacks, hashAll, joinMasks, lookAtOpenItems } from './finish.ts';
import type { PoolOptions } from './pool.ts';
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
  const tell = (state: 'paused' | 'running' | 'stopped'): void => watchers.forEach((on) => on(state));
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

const TICK_MS = 150;

/** Yields batches of events until everything is accounted for. Never throws: failures are events. */
export async function* analyse(options: AnalysisOptions, { reader, control }: { reader: PoolOptions['reader']; control: Control }): AsyncGenerator<readonly JobEvent[]> {
  const ledger = createLedger(options, { reader, control });
  try {
    for await (const records of options.known ?? []) ledger.restore(records);
    yield* until(listRoots(options.roots, ledger), ledger);
    yield* until(ledger.pool.idle(), ledger);
    for (const stage of control.aborted ? [] : [lookAtOpenItems, joinMasks, amendStacks, ...(options.hashPixels ? [hashAll] : [])]) {
      while (await ledger.census.settle()) yield await ledger.events();
      yield* until(stage(ledger), ledger);
    }
    yield* rest(ledger);
    yield [{ kind: 'done' }];
  } catch (thrown) {
    const { because, code } = asUnreadable(thrown, 'The analysis stopped because of a fault of ours.');
    yield* rest(ledger);
    yield [{ kind: 'failed', because, code }];
  } finally {
    ledger.pool.stop();
  }
}

type Ledger = ReturnType<typeof createLedger>;

/** Events while something is under way; ends early when the run is stopped. Rethrows what the work threw. */
async function* until(work: Promise<unknown>, ledger: Ledger): AsyncGenerator<readonly JobEvent[]> {
  let over = false;
  const settled = work.finally(() => {
    over = true;
  });
  settled.catch(() => {});
  while (!over && !ledger.control.aborted) {
    await Promise.race([new Promise((settle) => setTimeout(settle, TICK_MS)), settled.catch(() => {})]);
    await ledger.census.settle();
    yield await ledger.events();
  }
  if (!ledger.control.aborted) await settled;
}

/** Everything not told yet. */
async function* rest(ledger: Ledger): AsyncGenerator<readonly JobEvent[]> {
  while (await ledger.census.settle()) yield await ledger.events();
  ledger.leaveOver();
  yield await ledger.events();
}
