// What a script that drives the page may ask (tools/analyze.mjs): when the run of `?src=` has ended, how far it is, its masks and its report in pieces.
// Not used by any screen. The shell calls `exposeHeadless` once at the start, and `analysisStarted` when it starts the run of `?src=`.
import type { Progress, RunState } from '../core/run.ts';
import type { Store } from '../core/store.ts';
import type { Jobs, Running } from '../jobs/jobs.ts';
import type { MaskPiece } from './exports/mask-pieces.ts';

/** How a run has ended. */
interface Ended {
  readonly state: RunState;
  /** Why it failed, one plain sentence. */
  readonly because?: string | undefined;
  readonly code?: string | undefined;
  readonly runId: string;
}

/** `window.medley`. */
interface Medley {
  /** Settles when the run started by `?src=` has ended; waits for ever where there is none. Never rejects. */
  readonly ended: Promise<Ended>;
  /** Counts of that run so far; undefined before it has begun. */
  progress(): Progress | undefined;
  /** The report's text in pieces of at most 4,000,000 characters; ask for 0, 1, 2 … until null. Only after `ended`. */
  reportChunk(index: number): Promise<string | null>;
  /** The masks as files, in pieces of at most 3,000,000 bytes; ask for 0, 1, 2 … until null. From then on the report names them. Only after `ended`. */
  maskChunk(index: number): Promise<MaskPiece | null>;
}

declare global {
  interface Window {
    medley?: Medley;
  }
}

const CHUNK = 4_000_000;
let settle: (ended: Ended) => void;
let store: Store | undefined;
let jobs: Jobs | undefined;
/** Names of the files that masks were handed out as; undefined where nobody asked for them. */
let maskNames: Set<string> | undefined;
let progress: Progress | undefined;
let runId: string | undefined;
let ended = new Promise<Ended>((resolve) => {
  settle = resolve;
});

/** Cuts a stream of text into pieces of one length, never between the halves of a character. */
export async function* cut(pieces: AsyncIterable<string>, length: number): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    while (rest.length > length) {
      const last = rest.charCodeAt(length - 1);
      const end = last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
      yield rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  if (rest) yield rest;
}

/** Answers chunk after chunk from one pass; asking for an earlier one begins again, so that only one is ever kept. */
function chunkReader<T>(open: () => Promise<AsyncGenerator<T>>): (index: number) => Promise<T | null> {
  let pass: AsyncGenerator<T> | undefined;
  let at = -1;
  let held: T | null = null;
  return async (index) => {
    if (!pass || index < at) {
      pass = await open();
      at = -1;
      held = null;
    }
    while (at < index) {
      const next = await pass.next();
      at++;
      held = next.done ? null : next.value;
      if (next.done) break;
    }
    return held;
  };
}

async function openReport(): Promise<AsyncGenerator<string>> {
  const run = runId === undefined ? undefined : await store?.load(runId);
  if (!run || !store) throw new Error('No analysis has been started with ?src=.');
  const { reportOf } = await import('./report/stored-report.ts');
  return cut(reportOf(store, run, { maskNames }), CHUNK);
}

async function openMasks(): Promise<AsyncGenerator<MaskPiece>> {
  if (runId === undefined || !store || !jobs) throw new Error('No analysis has been started with ?src=.');
  const { maskPieces } = await import('./exports/mask-pieces.ts');
  maskNames = new Set();
  return maskPieces({ store, jobs, runId }, maskNames);
}

/** Puts `window.medley` there. */
export function exposeHeadless(services: { store: Store; jobs: Jobs }): void {
  ({ store, jobs } = services);
  window.medley = { ended, progress: () => progress, reportChunk: chunkReader(openReport), maskChunk: chunkReader(openMasks) };
}

/** Tells that this run is the one of `?src=`. A second call is about a later run of the same page and begins again. */
export function analysisStarted(running: Running): void {
  if (runId !== undefined && window.medley) {
    ended = new Promise((resolve) => {
      settle = resolve;
    });
    window.medley = { ...window.medley, ended, reportChunk: chunkReader(openReport), maskChunk: chunkReader(openMasks) };
  }
  runId = running.runId;
  progress = undefined;
  maskNames = undefined;
  void follow(running, settle);
}

async function follow(running: Running, done: (ended: Ended) => void): Promise<void> {
  const look = async () => {
    const run = await store?.load(running.runId);
    if (run && runId === running.runId) progress = run.progress;
    return run;
  };
  const off = store?.watch(running.runId, (change) => {
    if (change.kind === 'run') void look().catch(() => undefined);
  });
  await running.ended;
  off?.();
  const run = await look().catch(() => undefined);
  done({
    state: run?.state ?? 'failed',
    because: run?.because ?? (run ? undefined : 'The run was not kept.'),
    code: run?.code,
    runId: running.runId,
  });
}
