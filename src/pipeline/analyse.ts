// The analysis: list → read → group → classify → fuse, as an async generator of plain events. Work is bounded by the pool, once, for everybody.
import type { JobEvent } from '../core/run.ts';
import { asUnreadable } from '../core/unreadable.ts';
import { amendStacks, hashAll, joinMasks, lookAtOpenItems } from './finish.ts';
import { createLedger } from './ledger.ts';
import { listRoots } from './listing.ts';
import type { AnalysisOptions, Control } from './options.ts';
import type { PoolOptions } from './pool.ts';

const TICK_MS = 150;

/** Yields batches of events until everything is accounted for. Never throws: failures are events. */
export async function* analyse(
  options: AnalysisOptions,
  { reader, control }: { reader: PoolOptions['reader']; control: Control },
): AsyncGenerator<readonly JobEvent[]> {
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
