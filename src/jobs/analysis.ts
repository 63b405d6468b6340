// One running analysis on the page's side: starts the worker and its readers, writes what it tells into the store, and ends it.
import { proxy, transfer } from 'comlink';
import type { ModelsSetting } from '../core/models-setting.ts';
import type { JobEvent, Run } from '../core/run.ts';
import { alone } from './alive.ts';
import { type Door, openDoor, spawnAnalysis, spawnReader } from './door.ts';
import type { AnalyseOptions, Running } from './jobs.ts';
import type { createLiveEntries } from './live-entries.ts';
import { modelsFolder } from './models-folder.ts';
import type { AnalysisDoor, AnalysisHost, ReaderDoor } from './protocol.ts';
import { applied, failure, freshRun, resumedRun } from './run-record.ts';

export interface AnalysisSetting {
  readonly proxy: string | undefined;
  readonly live: ReturnType<typeof createLiveEntries>;
}

/** The analysis says something twice a second or more; silence for so long means it hangs. */
const SILENCE_MS = 30_000;

/** What readers need to run models; undefined where none was wanted. */
function modelsSetting({ models = true, provider = 'auto', ownModels = [] }: AnalyseOptions): ModelsSetting | undefined {
  return models ? { base: modelsFolder(), provider, own: ownModels } : undefined;
}

/** Not randomUUID: browsers have that only on pages that came by https or from this computer. */
const freshId = (): string =>
  `r-${Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;

export function startAnalysis(options: AnalyseOptions, { proxy: relay, live }: AnalysisSetting): Running {
  const runId = options.resume ?? freshId();
  const { store } = options;
  const door = openDoor<AnalysisDoor>(spawnAnalysis());
  const readers: Door<ReaderDoor>[] = [];
  const models = modelsSetting(options);
  let run = freshRun(runId, options.given);
  live.give(runId, options.given);
  let lastWord = Date.now();
  let before = run.progress;
  let stopped = false;
  /** Items told in this try: what an earlier one told and this one does not is no more. */
  const told = new Set<string>();

  const save = (change: Partial<Run>): Promise<void> => {
    run = { ...run, ...change };
    return store.save(run);
  };

  async function emit(events: readonly JobEvent[]): Promise<void> {
    lastWord = Date.now();
    const last = JSON.stringify(run);
    for (const event of events) {
      if (event.kind === 'files') live.remember(runId, event.files);
      run = applied(run, event, before);
    }
    const items = events.flatMap((event) => (event.kind === 'items' ? event.items : []));
    const masks = events.flatMap((event) => (event.kind === 'masks' ? event.masks : []));
    const gone = events.flatMap((event) => (event.kind === 'items' ? event.gone : []));
    const files = events.flatMap((event) => (event.kind === 'files' ? event.files : []));
    for (const { id } of items) told.add(id);
    for (const id of gone) told.delete(id);
    // Charts wait for items and counts; the records of files come after.
    if (items.length || gone.length || masks.length) await store.add(runId, { items, gone, masks });
    if (JSON.stringify(run) !== last) await store.save(run);
    if (files.length) await store.add(runId, { files });
    lastWord = Date.now();
  }

  async function dropUntold(): Promise<void> {
    for await (const batch of store.items(runId)) {
      const gone = batch.flatMap(({ id }) => (told.has(id) ? [] : [id]));
      if (gone.length) await store.add(runId, { gone });
    }
  }

  async function reader(slot: number): Promise<MessagePort> {
    readers[slot]?.end('Replaced.');
    const fresh = openDoor<ReaderDoor>(spawnReader());
    readers[slot] = fresh;
    await fresh.race(fresh.remote.configure({ ...(relay === undefined ? {} : { proxy: relay }), ...(models ? { models } : {}) }));
    const { port1, port2 } = new MessageChannel();
    await fresh.race(fresh.remote.attach(transfer(port1, [port1])));
    return transfer(port2, [port2]);
  }

  const known = handing(options.resume ? store.files(runId) : undefined);
  const found = handing(options.resume ? store.items(runId) : undefined);
  const host: AnalysisHost = { emit, reader, known, found };

  function handing<Value>(batches: AsyncIterable<readonly Value[]> | undefined): () => Promise<readonly Value[] | undefined> {
    const all = batches?.[Symbol.asyncIterator]();
    return async () => {
      lastWord = Date.now();
      return (await all?.next())?.value ?? undefined;
    };
  }

  async function begin(): Promise<void> {
    const kept = options.resume === undefined ? undefined : await store.load(runId);
    if (kept) run = resumedRun(kept, options.given);
    before = run.progress;
    await save({ state: 'running' });
  }

  async function go(): Promise<void> {
    const unwatch = store.watch(runId, ({ kind }) => (kind === 'removed' ? stop() : undefined));
    const watch = setInterval(() => {
      if (run.state === 'running' && Date.now() - lastWord > SILENCE_MS)
        door.end('The analysis made no progress for 30 seconds, so it was given up.');
    }, 1000);
    try {
      await begin();
      const start = {
        roots: options.given as readonly unknown[],
        readers: Math.max(1, Math.min(8, navigator.hardwareConcurrency)),
        hashPixels: options.hashPixels ?? false,
        models: models !== undefined,
        ...(models ? { modelsAt: models.base } : {}),
        ownModels: (models?.own.length ?? 0) > 0,
      };
      await door.race(door.remote.run(relay === undefined ? start : { ...start, proxy: relay }, proxy(host)));
      if (options.resume) await dropUntold();
      await save({ state: run.state === 'failed' ? 'failed' : stopped ? 'stopped' : 'done', finishedAt: new Date().toISOString() });
    } catch (thrown) {
      await save({ ...failure(thrown), finishedAt: new Date().toISOString() }).catch(() => {});
    } finally {
      clearInterval(watch);
      unwatch();
      for (const each of readers) each?.end('The run is over.');
      door.end('The run is over.');
    }
  }

  function stop(): void {
    stopped = true;
    void door.remote.stop();
  }

  const switched = (state: 'paused' | 'running', call: () => Promise<void>) => (): void => {
    lastWord = Date.now();
    void call();
    void save({ state }).catch(() => {});
  };
  return {
    runId,
    ended: alone(runId, go).then((here) => {
      if (!here) door.end('Another tab does this run.');
    }),
    pause: switched('paused', () => door.remote.pause()),
    resume: switched('running', () => door.remote.resume()),
    stop,
  };
}
