// Rows of items and files in the browser's database: numbered in order of first arrival, put by id. No connection of its own.
import type { IDBPTransaction, StoreNames } from 'idb';
import type { FileRecord, Item } from '../core/item.ts';
import type { ItemMasks, Mask } from '../core/mask.ts';
import { packRuns, unpackRuns } from '../core/mask-grid.ts';
import type { Batch } from '../core/store.ts';
import type { Connection, Database, Numbered, Tables } from './connection.ts';

type Table = 'items' | 'files';
type ValueOf<T extends Table> = T extends 'items' ? Item : FileRecord;
type Writing<Names extends StoreNames<Tables>[]> = IDBPTransaction<Tables, Names, 'readwrite'>;

const BATCH = 500;

/** Every key that begins with this run: an array sorts after every number and string. */
export function ofRun(runId: string, after = Number.NEGATIVE_INFINITY): IDBKeyRange {
  return after === Number.NEGATIVE_INFINITY
    ? IDBKeyRange.bound([runId], [runId, []])
    : IDBKeyRange.bound([runId, after], [runId, []], true);
}

/** One transaction that is whole or has not been; rejects with what really stopped it. Relaxed: a power cut may lose the last second, never the order. */
export async function write<Names extends StoreNames<Tables>[]>(
  db: Database,
  names: Names,
  work: (tx: Writing<Names>) => Promise<void>,
): Promise<void> {
  const tx = db.transaction(names, 'readwrite', { durability: 'relaxed' });
  const done = tx.done;
  try {
    await Promise.all([work(tx), done]);
  } catch (cause) {
    abort(tx);
    await done.catch(() => undefined);
    // Requests of an aborted transaction all say AbortError; the transaction alone knows why (QuotaExceededError).
    throw tx.error ?? cause;
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}

/** Puts items and files of one run by id; what is added to a run that is not there (removed meanwhile) is dropped. */
export async function addRows(db: Database, runId: string, batch: Batch): Promise<void> {
  const { items = [], gone = [], files = [], masks = [] } = batch;
  await write(db, ['runs', 'items', 'files', 'masks'], async (tx) => {
    if ((await tx.objectStore('runs').getKey(runId)) === undefined) return;
    const kept = tx.objectStore('items');
    for (const id of gone) {
      const key = await kept.index('id').getKey([runId, id]);
      if (key) await kept.delete(key);
      await tx.objectStore('masks').delete([runId, id]);
    }
    await Promise.all([
      putRows(kept, { runId, values: items, idOf: (item) => item.id }),
      putRows(tx.objectStore('files'), { runId, values: files, idOf: (file) => file.path }),
      ...masks.map((one) => putMasks(tx.objectStore('masks'), { runId, one })),
    ]);
  });
}

interface MaskStore {
  put(row: Tables['masks']['value']): Promise<unknown>;
  delete(key: [string, string]): Promise<void>;
}

async function putMasks(table: MaskStore, { runId, one: { itemId, masks } }: { runId: string; one: ItemMasks }): Promise<void> {
  if (masks.length === 0) return table.delete([runId, itemId]);
  await table.put({ run: runId, item: itemId, masks: masks.map(({ runs, ...about }) => ({ ...about, packed: packRuns(runs) })) });
}

/** Masks of one item; [] where there are none. */
export async function findMasks(db: Database, { runId, itemId }: { runId: string; itemId: string }): Promise<readonly Mask[]> {
  const row = await db.get('masks', [runId, itemId]);
  return row?.masks.map(({ packed, ...about }) => ({ ...about, runs: unpackRuns(packed) })) ?? [];
}

interface PutStore<Value> {
  index(name: 'id'): { getKey(key: [string, string]): Promise<[string, number] | undefined> };
  openKeyCursor(range: IDBKeyRange, direction: 'prev'): Promise<{ readonly key: [string, number] } | null>;
  put(row: Numbered<Value>): Promise<unknown>;
}

async function putRows<Value>(
  table: PutStore<Value>,
  options: { runId: string; values: readonly Value[]; idOf: (value: Value) => string },
): Promise<void> {
  const { runId, values, idOf } = options;
  if (values.length === 0) return;
  // The last of several with one id wins, at the place of the first.
  const byId = new Map(values.map((value) => [idOf(value), value]));
  const index = table.index('id');
  const [last, ...keys] = await Promise.all([
    table.openKeyCursor(ofRun(runId), 'prev'),
    ...[...byId.keys()].map((id) => index.getKey([runId, id])),
  ]);
  let next = (last?.key[1] ?? -1) + 1;
  // async: a put that throws at once (a value that cannot be cloned) must not leave the others' rejections unheard.
  await Promise.all([...byId].map(async ([id, value], at) => table.put({ run: runId, seq: keys[at]?.[1] ?? next++, id, value })));
}

/** One value by id, or undefined. */
export async function findRow<T extends Table>(
  db: Database,
  table: T,
  { runId, id }: { runId: string; id: string },
): Promise<ValueOf<T> | undefined> {
  const row = await db.getFromIndex<Table, 'id'>(table, 'id', [runId, id]);
  return row?.value as ValueOf<T> | undefined;
}

/** All values of a run in batches of up to 500, each batch in a transaction of its own: a reader may take its time. */
export async function* readRows<T extends Table>(use: Connection['use'], table: T, runId: string): AsyncGenerator<readonly ValueOf<T>[]> {
  let after = Number.NEGATIVE_INFINITY;
  for (;;) {
    const rows = await use((db) => db.getAll<Table>(table, ofRun(runId, after), BATCH));
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => row.value as ValueOf<T>);
    after = last.seq;
  }
}
