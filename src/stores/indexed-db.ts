// A store in the browser's IndexedDB: survives reloads, shared by the tabs of one browser. Rows, not pixels: no file contents are kept.
import type { Place } from '../core/entry.ts';
import type { FileRecord, Item } from '../core/item.ts';
import type { Run } from '../core/run.ts';
import { type Batch, type Store, type StoreChange, StoreFull } from '../core/store.ts';
import { withoutBulk } from './bulk.ts';
import { type Connection, connect, type Database } from './connection.ts';
import { newestFirst, oldestFirst } from './memory.ts';
import { addRows, findMasks, findRow, ofRun, readRows, write } from './rows.ts';
import { createWatchers, type Watchers } from './watchers.ts';

export interface IndexedDbStore extends Store {
  /** Lets the database go, for tests and for a page that is left. */
  close(): Promise<void>;
}

/** What tabs tell each other: names only; who wants the items reads them. */
type Heard = Exclude<StoreChange, { kind: 'items' }> | { kind: 'ids'; runId: string; ids: readonly string[]; gone: readonly string[] };

const BATCH = 125;

/** Rejects where the browser offers no IndexedDB at all (some private windows); use memory then. */
export async function openIndexedDbStore({ name = 'medley' }: { name?: string } = {}): Promise<IndexedDbStore> {
  const connection = await connect(name);
  const watchers = createWatchers();
  const removed = new Set<string>();
  const live = createLivePlaces();
  /** Runs whose last word found no room: known in this tab, so that it can be said. */
  const unsaved = new Map<string, Run>();
  const tabs = joinTabs(name, { connection, watchers, removed });
  const tell = (change: StoreChange): void => {
    tabs.tell(change);
    watchers.tell(change);
  };
  return {
    id: 'indexed-db',
    ...readers(connection, live),
    list: async () => {
      const kept = await connection.use((db) => db.getAll('runs'));
      return [...new Map([...kept, ...unsaved.values()].map((run) => [run.id, run])).values()].sort(newestFirst);
    },
    load: async (runId) => unsaved.get(runId) ?? connection.use((db) => db.get('runs', runId)),
    async save(run) {
      // A job that ends after its run was removed must not bring it back.
      if (removed.has(run.id)) return;
      try {
        await connection.use((db) => write(db, ['runs'], async (tx) => void (await tx.objectStore('runs').put(run))));
        unsaved.delete(run.id);
      } catch (cause) {
        if (cause instanceof StoreFull) unsaved.set(run.id, run);
        throw cause;
      } finally {
        tell({ kind: 'run', runId: run.id });
      }
    },
    async add(runId, batch) {
      for (const part of parts(batch)) {
        const files = part.files?.map((file) => live.take(runId, file));
        await connection.use((db) => addRows(db, runId, { ...part, files }));
        if (part.items?.length || part.gone?.length) tell({ kind: 'items', runId, items: part.items ?? [], gone: part.gone ?? [] });
      }
    },
    async correct(runId, correction) {
      const { itemId: item, question } = correction;
      await connection.use((db) =>
        write(db, ['runs', 'corrections'], async (tx) => {
          if ((await tx.objectStore('runs').getKey(runId)) === undefined) return;
          const kept = tx.objectStore('corrections');
          if (correction.value === null) await kept.delete([runId, item, question]);
          else await kept.put({ run: runId, item, question, correction });
        }),
      );
      tell({ kind: 'correction', runId, correction });
    },
    async remove(runId) {
      removed.add(runId);
      await connection
        .use((db) => removeRun(db, runId))
        .catch((cause: unknown) => {
          removed.delete(runId);
          throw cause;
        });
      live.forget(runId);
      unsaved.delete(runId);
      tell({ kind: 'removed', runId });
    },
    watch: watchers.watch,
    async close() {
      tabs.leave();
      await connection.close();
    },
  };
}

function readers({ use }: Connection, live: LivePlaces): Pick<Store, 'item' | 'items' | 'file' | 'files' | 'masks' | 'corrections'> {
  return {
    item: async (runId, itemId) => use((db) => findRow(db, 'items', { runId, id: itemId })),
    items: (runId) => readRows(use, 'items', runId),
    async file(runId, path) {
      const found = await use((db) => findRow(db, 'files', { runId, id: path }));
      return found && live.give(runId, found);
    },
    async *files(runId) {
      for await (const batch of readRows(use, 'files', runId)) yield batch.map((file) => live.give(runId, file));
    },
    masks: async (runId, itemId) => use((db) => findMasks(db, { runId, itemId })),
    async corrections(runId) {
      const kept = await use((db) => db.getAll('corrections', ofRun(runId)));
      return kept.map((row) => row.correction).sort(oldestFirst);
    },
  };
}

/** One batch as several of at most 500 items and 500 files, so that no transaction holds the database for long. */
function* parts(batch: Batch): Generator<Batch> {
  const { items = [], files = [], gone = [], masks = [] } = batch;
  const end = Math.max(items.length, files.length, masks.length, 1);
  for (let start = 0; start < end; start += BATCH) {
    const some = <Value>(all: readonly Value[]): readonly Value[] => all.slice(start, start + BATCH);
    yield { items: some(items), files: some(files), masks: some(masks), gone: start === 0 ? gone : [] };
  }
}

async function removeRun(db: Database, runId: string): Promise<void> {
  await write(db, ['runs', 'items', 'files', 'masks', 'corrections'], async (tx) => {
    await tx.objectStore('runs').delete(runId);
    for (const table of ['items', 'files', 'masks', 'corrections'] as const) await tx.objectStore(table).delete(ofRun(runId));
  });
}

interface LivePlaces {
  take(runId: string, file: FileRecord): FileRecord;
  give(runId: string, file: FileRecord): FileRecord;
  forget(runId: string): void;
}

/** Dropped files live as long as the tab: the store keeps their records without them, and gives them back while it can. */
function createLivePlaces(): LivePlaces {
  const byRun = new Map<string, Map<string, Place>>();
  return {
    take(runId, file) {
      const kept = withoutBulk(file);
      if (kept === file || !file.entry) return kept;
      const places = byRun.get(runId) ?? new Map<string, Place>();
      byRun.set(runId, places.set(file.path, file.entry.place));
      return kept;
    },
    give(runId, file) {
      const place = file.entry && byRun.get(runId)?.get(file.path);
      return place && file.entry ? { ...file, entry: { ...file.entry, place } } : file;
    },
    forget: (runId) => void byRun.delete(runId),
  };
}

interface Tabs {
  tell(change: StoreChange): void;
  leave(): void;
}

function joinTabs(name: string, options: { connection: Connection; watchers: Watchers; removed: Set<string> }): Tabs {
  const { connection, watchers, removed } = options;
  const channel = new BroadcastChannel(`medley-store:${name}`);
  const hear = async (data: Heard): Promise<void> => {
    if (data.kind === 'removed') removed.add(data.runId);
    if (!watchers.listening(data.runId)) return;
    if (data.kind !== 'ids') return watchers.tell(data);
    const { runId, ids, gone } = data;
    const found = await connection.use((db) => Promise.all(ids.map((id) => findRow(db, 'items', { runId, id }))));
    watchers.tell({ kind: 'items', runId, items: found.filter((item): item is Item => item !== undefined), gone });
  };
  let left = false;
  // One after the other: reading takes a while, and a removal must not overtake the items before it.
  let heard = Promise.resolve();
  channel.onmessage = ({ data }: MessageEvent<Heard>) => {
    heard = heard.then(() => hear(data)).catch(() => undefined);
  };
  return {
    tell(change) {
      if (left) return;
      const { runId } = change;
      const said: Heard =
        change.kind === 'items' ? { kind: 'ids', runId, ids: change.items.map((item) => item.id), gone: change.gone } : change;
      channel.postMessage(said);
    },
    leave() {
      left = true;
      channel.close();
    },
  };
}
