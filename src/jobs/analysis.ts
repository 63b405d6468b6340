// One running analysis on the page's side: starts the worker and its readers, writes what it tells into the store, and ends it.
import { proxy, transfer } from 'comlink';
import type { FileRecord } from '../core/item.ts';
import type { JobEvent, Run } from '../core/run.ts';
import { type Store, StoreFull } from '../core/store.ts';
import { type Door, openDoor, spawnAnalysis, spawnReader } from './door.ts';
import type { AnalyseOptions, Given, Running } from './jobs.ts';
import type { createLiveEntries } from './live-entries.ts';
import type { AnalysisDoor, ReaderDoor } from './protocol.ts';

export interface AnalysisSetting {
  readonly proxy: string | undefined;
  readonly live: ReturnType<typeof createLiveEntries>;
}

/** The analysis says something every 150 ms; silence for so long means it hangs. */
const SILENCE_MS = 30_000;
const EMPTY: Run['progress'] = { stages: [], fetched: 0, requests: 0, held: null, files: 0, items: 0, unreadable: 0, skipped: 0 };

export function startAnalysis(options: AnalyseOptions, { proxy: relay, live }: AnalysisSetting): Running {
  const runId = options.resume ?? `r-${crypto.randomUUID().slice(0, 13)}`;
  const { store } = options;
  const door = openDoor<AnalysisDoor>(spawnAnalysis());
  const readers: Door<ReaderDoor>[] = [];
  let run = freshRun(runId, options.given);
  let lastWord = Date.now();
  let stopped = false;

  const save = (change: Partial<Run>): Promise<void> => {
    run = { ...run, ...change };
    return store.save(run);
  };

  async function emit(events: readonly JobEvent[]): Promise<void> {
    lastWord = Date.now();
    for (const event of events) {
      if (event.kind === 'files') live.remember(runId, event.files);
      run = applied(run, event);
    }
    const items = events.flatMap((event) => (event.kind === 'items' ? event.items : []));
    const gone = events.flatMap((event) => (event.kind === 'items' ? event.gone : []));
    const files = events.flatMap((event) => (event.kind === 'files' ? event.files : []));
    // Charts wait for items and counts; the records of files come after.
    if (items.length || gone.length) await store.add(runId, { items, gone });
    await store.save(run);
    if (files.length) await store.add(runId, { files });
    lastWord = Date.now();
  }

  async function reader(slot: number): Promise<MessagePort> {
    readers[slot]?.end('Replaced.');
    const fresh = openDoor<ReaderDoor>(spawnReader());
    readers[slot] = fresh;
    await fresh.race(fresh.remote.configure(relay === undefined ? {} : { proxy: relay }));
    const { port1, port2 } = new MessageChannel();
    await fresh.race(fresh.remote.attach(transfer(port1, [port1])));
    return transfer(port2, [port2]);
  }

  const records = options.resume ? store.files(runId)[Symbol.asyncIterator]() : undefined;
  const known = async (): Promise<readonly FileRecord[] | undefined> => (await records?.next())?.value ?? undefined;

  async function go(): Promise<void> {
    if (options.resume)
      run = { ...((await store.load(runId)) ?? run), notices: [], sources: [], finishedAt: undefined, because: undefined };
    await save({ state: 'running' });
    const watch = setInterval(() => {
      if (run.state === 'running' && Date.now() - lastWord > SILENCE_MS)
        door.end('The analysis made no progress for 30 seconds, so it was given up.');
    }, 1000);
    try {
      const start = {
        roots: options.given.map(rootOf),
        readers: Math.max(1, Math.min(8, navigator.hardwareConcurrency)),
        hashPixels: options.hashPixels ?? false,
      };
      await door.race(door.remote.run(relay === undefined ? start : { ...start, proxy: relay }, proxy({ emit, reader, known })));
      await save({ state: run.state === 'failed' ? 'failed' : stopped ? 'stopped' : 'done', finishedAt: new Date().toISOString() });
    } catch (thrown) {
      await fail(thrown);
    } finally {
      clearInterval(watch);
      for (const each of readers) each?.end('The run is over.');
      door.end('The run is over.');
    }
  }

  async function fail(thrown: unknown): Promise<void> {
    const full = thrown instanceof StoreFull || (thrown as { name?: string }).name === 'StoreFull';
    const because = full
      ? 'The storage that this browser gives us is full. What was read so far is kept: delete old runs, then continue.'
      : ((thrown as { because?: string }).because ?? 'The analysis stopped because of a fault of ours.');
    const code = full ? 'E-FULL' : ((thrown as { code?: string }).code ?? 'E-CRASHED');
    await save({ state: 'failed', because, code, finishedAt: new Date().toISOString() }).catch(() => {});
  }

  const switched = (state: 'paused' | 'running', call: () => Promise<void>) => (): void => {
    lastWord = Date.now();
    void call();
    void save({ state }).catch(() => {});
  };
  return {
    runId,
    ended: alone(runId, go),
    pause: switched('paused', () => door.remote.pause()),
    resume: switched('running', () => door.remote.resume()),
    stop(): void {
      stopped = true;
      void door.remote.stop();
    },
  };
}

/** Holds the run's lock, by which other tabs know that it is alive. */
async function alone(runId: string, go: () => Promise<void>): Promise<void> {
  await (navigator.locks ? navigator.locks.request(lockOf(runId), go) : go());
}

export const lockOf = (runId: string): string => `medley-run-${runId}`;

/** Runs that say "running" though no tab runs them were interrupted: marks them so. */
export async function sweepInterrupted(store: Store): Promise<void> {
  const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
  for (const run of await store.list()) {
    if ((run.state === 'running' || run.state === 'paused') && !held.has(lockOf(run.id)))
      await store.save({ ...run, state: 'interrupted' });
  }
}

function applied(run: Run, event: JobEvent): Run {
  if (event.kind === 'progress') return { ...run, progress: event.progress };
  if (event.kind === 'opened') return { ...run, sources: [...run.sources, event.source] };
  if (event.kind === 'notice') return { ...run, notices: [...run.notices, event.notice].slice(0, 200) };
  if (event.kind === 'failed') return { ...run, state: 'failed', because: event.because, code: event.code };
  return run;
}

const rootOf = (given: Given): unknown => given;

function freshRun(id: string, given: readonly Given[]): Run {
  return {
    id,
    name: given.map(nameOf).join(', ').slice(0, 120) || 'Untitled',
    version: 1,
    state: 'running',
    given: given.flatMap((one) => (one.kind === 'url' ? [one.url] : [])),
    sources: [],
    startedAt: new Date().toISOString(),
    progress: EMPTY,
    notices: [],
    models: [],
  };
}

/** Last segment of a link, or the folder's name. */
function nameOf(given: Given): string {
  if (given.kind === 'folder') return given.handle.name;
  if (given.kind === 'files') return given.name;
  try {
    const url = new URL(given.url);
    return decodeURIComponent(url.pathname.split('/').filter(Boolean).at(-1) ?? url.hostname);
  } catch {
    return given.url;
  }
}
