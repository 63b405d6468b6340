// The analysis: list → read → group → classify → fuse, as an async generator of plain events. Work is bounded by the pool, once, for everybody.
import type { JobEvent } from '../core/run.ts';
import { asUnreadable } from '../core/unreadable.ts';
import { drawMasks } from './drawn.ts';
import { openExaminer } from './examiner.ts';
import { amendStacks, hashAll, joinMasks } from './finish.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { listRoots } from './listing.ts';
import { lookAtItems } from './look.ts';
import type { AnalysisOptions, Control } from './options.ts';
import { isOutliner, outlineItems, takeUpOutlines } from './outline.ts';
import type { PoolOptions } from './pool.ts';

/** Events come often at first, for the first chart, then at a pace that leaves the page its time. */
const TICKS_MS = [100, 100, 100, 150, 150, 150, 200, 200, 300];
const LAST_TICK_MS = 400;

/** Yields batches of events until everything is accounted for. Never throws: failures are events. */
export async function* analyse(
  options: AnalysisOptions,
  { reader, control }: { reader: PoolOptions['reader']; control: Control },
): AsyncGenerator<readonly JobEvent[]> {
  // A sign of life: cards may take a while.
  yield [];
  const { examiner, troubles } = await openExaminer(options.modelsAt);
  const ledger = createLedger(options, { reader, control, examiner });
  for (const trouble of troubles) ledger.troubled(trouble);
  try {
    for await (const records of options.known ?? []) ledger.restore(records);
    for await (const items of options.found ?? []) for (const item of items) ledger.census.restoreLook(item, isOutliner);
    yield* until(listRoots(options.roots, ledger), ledger);
    yield* until(ledger.pool.idle(), ledger);
    const stages = [lookAtItems, joinMasks, takeUpOutlines, drawMasks, outlineItems, amendStacks, ...(options.hashPixels ? [hashAll] : [])];
    for (const stage of control.aborted ? [] : stages) {
      while (await ledger.census.settle()) yield* portions(await ledger.events());
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

/** Events while something is under way; ends early when the run is stopped. Rethrows what the work threw. */
async function* until(work: Promise<unknown>, ledger: Ledger): AsyncGenerator<readonly JobEvent[]> {
  let over = false;
  const settled = work.finally(() => {
    over = true;
  });
  settled.catch(() => {});
  while (!over && !ledger.control.aborted) {
    await Promise.race([new Promise((settle) => setTimeout(settle, TICKS_MS[ledger.told()] ?? LAST_TICK_MS)), settled.catch(() => {})]);
    await ledger.census.settle();
    yield* portions(await ledger.events());
  }
  if (!ledger.control.aborted) await settled;
}

/** Everything not told yet. */
async function* rest(ledger: Ledger): AsyncGenerator<readonly JobEvent[]> {
  while (await ledger.census.settle()) yield* portions(await ledger.events());
  ledger.leaveOver();
  yield* portions(await ledger.events());
}

/** Files or items told at once: a page stores so many without a hitch. */
const PORTION = 500;

/** Events in portions; what is neither file nor item comes with the first. */
export function* portions(events: readonly JobEvent[]): Generator<readonly JobEvent[]> {
  const most = Math.max(
    1,
    ...events.map((event) => (event.kind === 'files' ? event.files.length : event.kind === 'items' ? event.items.length : 0)),
  );
  for (let from = 0; from < most; from += PORTION) {
    const cut = <T>(all: readonly T[]): readonly T[] => all.slice(from, from + PORTION);
    yield events.flatMap((event): JobEvent[] => {
      if (event.kind === 'files') return from < event.files.length ? [{ ...event, files: cut(event.files) }] : [];
      if (event.kind !== 'items') return from === 0 ? [event] : [];
      return from === 0 || from < event.items.length ? [{ ...event, items: cut(event.items), gone: from === 0 ? event.gone : [] }] : [];
    });
  }
}
