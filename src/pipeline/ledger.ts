// The ledger of one run: census, plan and pool wired together, with the counts that people see.
import type { Entry } from '../core/entry.ts';
import type { FileRecord } from '../core/item.ts';
import { isOurs, type Mask } from '../core/mask.ts';
import type { ModelUse } from '../core/model.ts';
import type { ReaderJob, ReaderResult } from '../core/reading.ts';
import type { JobEvent, OpenedSource, Progress, StageId } from '../core/run.ts';
import { isLost, isOpenStill, QUEUED, queuedRecord, renewed, sizeListed } from './again.ts';
import { createCensus } from './census.ts';
import { createContext } from './context.ts';
import { blind, type Examiner } from './examiner.ts';
import type { AnalysisOptions, Control } from './options.ts';
import { createPlan } from './plan.ts';
import { createPool, type PoolOptions } from './pool.ts';

/** A run that ends sooner leaves no traces of waiting. */
const QUEUE_MS = 3000;
const QUEUED_AT_ONCE = 2000;
/** Jobs beyond headers are numbered from here, so that numbers never meet. */
const EXTRA = 2 ** 40;

/** The page has the files that it dropped: handing each back and forth would cost more than reading it. */
function withoutFile(record: FileRecord): FileRecord {
  const { entry } = record;
  const dropped = entry?.place.source === 'local' && (entry.place.at as { file?: unknown }).file !== undefined;
  return dropped ? { ...record, entry: { ...entry, place: { source: 'gone', at: null } } } : record;
}

export type ExtraJob = (index: number) => ReaderJob;

interface Wiring {
  readonly reader: PoolOptions['reader'];
  readonly control: Control;
  /** Absent: nobody outlines anything. */
  readonly examiner?: Examiner | undefined;
}

/** Wires one run together; `events` takes what is new since the last call. */
export function createLedger(options: AnalysisOptions, { reader, control, examiner = blind }: Wiring) {
  const census = createCensus({ why: examiner.why });
  let pending: JobEvent[] = [];
  /** Masks of items that were not told yet, and those that came with the data, which ours are told together with. */
  let masks = new Map<string, readonly Mask[]>();
  const drawn = new Map<string, readonly Mask[]>();
  const queued: { readonly since: number; readonly record: FileRecord }[] = [];
  const unread = new Map<string, Entry>();
  const traffic = { fetched: 0, requests: 0 };
  const settlers = new Map<number, (result: ReaderResult) => void>();
  const stages = new Map<StageId, { done: number; of?: number }>([
    ['list', { done: 0 }],
    ['headers', { done: 0 }],
  ]);
  const sizes = { held: 0 as number | null, far: false };
  /** Files that an earlier try has read, and those it knew only by name. */
  const known = new Set<string>();
  const named = new Map<string, FileRecord>();
  let complete = false;
  /** What was told of models already. */
  const said = new Set<string>();
  const containers: { readonly entry: Entry; readonly source: string }[] = [];
  let extra = EXTRA;
  let batches = 0;

  const context = createContext({ proxy: options.proxy, signal: control, notice: (notice) => pending.push({ kind: 'notice', notice }) });
  const pool = createPool({
    size: options.readers,
    reader,
    onTraffic: (more) => {
      traffic.fetched += more.fetched;
      traffic.requests += more.requests;
    },
    onResult(result) {
      if (result.kind === 'read') return readDone(result.outcome);
      settlers.get(result.index)?.(result);
      settlers.delete(result.index);
    },
  });
  control.watch((state) => (state === 'paused' ? pool.pause() : state === 'running' ? pool.resume() : pool.stop()));
  const plan = createPlan({
    push: pool.push,
    known: (path) => (known.has(path) ? census.recordOf(path) : undefined),
    infer: (entry, header) =>
      count(entry, () => census.accept({ index: -1, kind: 'header', header, size: entry.size ?? null }, { entry, inferred: true })),
  });

  function readDone(outcome: Parameters<typeof census.accept>[0]): void {
    const entry = plan.done(outcome);
    if (!entry) return;
    count(entry, () => census.accept(outcome, { entry }));
    if (outcome.kind === 'container') containers.push({ entry: outcome.unpacked ?? entry, source: outcome.source });
  }

  /** Whether what is known of a file still holds; its place is renewed where the old one died with its tab. */
  function stillKnown(entry: Entry): boolean {
    const record = census.recordOf(entry.path);
    if (!record?.entry) return false;
    if (entry.size !== undefined && sizeListed(record) !== entry.size) {
      known.delete(entry.path);
      census.forget(entry.path);
      return false;
    }
    const place = renewed(record.entry.place, entry.place);
    if (place) census.restate(entry.path, { status: record.status, entry: { ...record.entry, place } });
    return true;
  }

  function count(entry: Entry, accept: () => void): void {
    unread.delete(entry.path);
    bump('headers', { done: 1 });
    accept();
  }

  function bump(id: StageId, { done = 0, of = 0 }: { done?: number; of?: number }): void {
    const stage = stages.get(id) ?? { done: 0, of: 0 };
    stages.set(id, { done: stage.done + done, ...(stage.of === undefined ? {} : { of: stage.of + of }) });
  }

  return {
    census,
    pool,
    plan,
    context,
    control,
    sizes,
    containers,
    bump,
    examiner,
    readers: options.readers,
    hashPixels: options.hashPixels,
    models: options.models ?? false,
    ownModels: options.ownModels ?? false,
    /** All masks of an item at once: those that were told before are forgotten. */
    masks(itemId: string, all: readonly Mask[]): void {
      masks.set(itemId, all);
      const theirs = all.filter((one) => !isOurs(one));
      if (theirs.length) drawn.set(itemId, theirs);
    },
    /** Masks of an item that came with the data. */
    drawnIn: (itemId: string): readonly Mask[] => drawn.get(itemId) ?? [],
    /** A model that ran; told once. */
    used(model: ModelUse): void {
      const key = `${model.id} ${model.sha256} ${model.provider}`;
      if (said.has(key)) return;
      said.add(key);
      pending.push({ kind: 'model', model });
    },
    /** Why a model could not look; told once. */
    troubled(because: string): void {
      if (said.has(because)) return;
      said.add(because);
      pending.push({ kind: 'notice', notice: { code: 'MODEL', because } });
    },
    opened: (source: OpenedSource): unknown => pending.push({ kind: 'opened', source }),
    notice: (code: string, because: string, path?: string): unknown => pending.push({ kind: 'notice', notice: { code, because, path } }),
    /** The roots are listed: how many headers there are is known, but for archives that turn up. */
    listed(): void {
      const found = stages.get('list')?.done ?? 0;
      stages.set('list', { done: found, of: found });
      stages.set('headers', { done: stages.get('headers')?.done ?? 0, of: found });
    },
    /** Nothing more will be listed: what an earlier try knew and this one did not meet is gone. */
    complete(): void {
      complete = true;
    },
    /** Takes listed entries: those an earlier try has read are passed over. */
    found(entries: readonly Entry[], { skim }: { skim: boolean }): void {
      bump('list', { done: entries.length, of: entries.length });
      bump('headers', { of: entries.length });
      for (const entry of entries) {
        if (known.has(entry.path) && stillKnown(entry)) {
          bump('headers', { done: 1 });
          continue;
        }
        unread.set(entry.path, entry);
        if (named.get(entry.path)?.code !== QUEUED || isLost(named.get(entry.path)?.entry?.place))
          queued.push({ since: Date.now(), record: queuedRecord(entry) });
        named.delete(entry.path);
      }
      plan.add(entries, { skim: skim && !options.hashPixels });
    },
    refused(record: FileRecord): void {
      named.delete(record.path);
      bump('list', { done: 1, of: 1 });
      bump('headers', { done: 1, of: 1 });
      census.refuse(record);
    },
    /** Files of an earlier try that ended too soon. */
    restore(records: readonly FileRecord[]): void {
      for (const record of records) {
        if (!record.entry || isOpenStill(record)) {
          named.set(record.path, record);
          continue;
        }
        known.add(record.path);
        census.restore(record);
      }
    },
    /** Settles with the result of one job beyond headers. `again`: it is much like one that has ended its reader. */
    ask: (job: ExtraJob, { again = false } = {}): Promise<ReaderResult> =>
      new Promise((settle) => {
        const index = extra++;
        settlers.set(index, settle);
        if (again) pool.again(job(index));
        else pool.push([job(index)]);
      }),
    /** What was listed and never read becomes skipped, by name. */
    leaveOver(): void {
      for (const entry of unread.values()) census.refuse(queuedRecord(entry));
      for (const record of named.values())
        census.refuse(
          complete ? { ...record, status: 'skipped', because: 'The source does not list this file any more.', code: 'E-GONE' } : record,
        );
      unread.clear();
      named.clear();
    },
    /** How many batches of events were taken so far. */
    told: (): number => batches,
    async events(): Promise<readonly JobEvent[]> {
      batches++;
      const out = pending;
      pending = [];
      const { items, gone, files } = census.take();
      const waiting = stillWaiting();
      if (waiting.length || files.length) out.push({ kind: 'files', files: [...waiting, ...files].map(withoutFile) });
      if (masks.size) out.push({ kind: 'masks', masks: [...masks].map(([itemId, all]) => ({ itemId, masks: all })) });
      masks = new Map();
      if (items.length || gone.length) out.push({ kind: 'items', items, gone });
      out.push({ kind: 'progress', progress: progress() });
      return out;
    },
  };

  /** Records of files that have waited long enough to be worth keeping: most are read before that. */
  function stillWaiting(): FileRecord[] {
    const until = Date.now() - QUEUE_MS;
    const split = queued.findIndex(({ since }) => since > until);
    const due = queued.splice(0, Math.min(QUEUED_AT_ONCE, split < 0 ? queued.length : split));
    return due.flatMap(({ record }) => (unread.has(record.path) ? [record] : []));
  }

  function progress(): Progress {
    return {
      stages: [...stages].map(([id, stage]) => ({ id, ...stage })),
      fetched: traffic.fetched + context.net.fetched,
      requests: traffic.requests + context.net.requests,
      held: sizes.held,
      files: (['image', 'mask', 'container', 'non-image', 'unreadable', 'skipped'] as const).reduce(
        (sum, status) => sum + census.count(status),
        0,
      ),
      items: census.itemCount(),
      unreadable: census.count('unreadable'),
      skipped: census.count('skipped'),
    };
  }
}

export type Ledger = ReturnType<typeof createLedger>;
