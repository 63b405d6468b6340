// One connection to the browser's database that comes back when it is lost. Knows the tables, not what the rows mean.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { FileRecord, Item } from '../core/item.ts';
import type { Mask } from '../core/mask.ts';
import type { Correction, Run } from '../core/run.ts';
import { StoreFull } from '../core/store.ts';

/** A row of items or files: `seq` counts first arrivals within its run. */
export interface Numbered<Value> {
  readonly run: string;
  readonly seq: number;
  readonly id: string;
  readonly value: Value;
}

/** A mask as it is kept: its runs packed to about a third. */
export type KeptMask = Omit<Mask, 'runs'> & { readonly packed: Uint8Array };

export interface Tables extends DBSchema {
  runs: { key: string; value: Run };
  items: { key: [string, number]; value: Numbered<Item>; indexes: { id: [string, string] } };
  files: { key: [string, number]; value: Numbered<FileRecord>; indexes: { id: [string, string] } };
  masks: { key: [string, string]; value: { run: string; item: string; masks: readonly KeptMask[] } };
  corrections: { key: [string, string, string]; value: { run: string; item: string; question: string; correction: Correction } };
}

export type Database = IDBPDatabase<Tables>;

export interface Connection {
  /** Runs `work` on an open database; opens it again where the connection was lost. Rejects with StoreFull at the quota. */
  use<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** 2: masks. */
const VERSION = 2;
/** Waits between attempts when the browser has closed the database under us (its storage process died, the disk was busy). */
const BACK_OFF_MS = [30, 150, 600, 2_000];
const FULL = 'The browser has no more room for this site. Delete a run, or free disk space, and go on.';

/** Opens the database and makes its tables. Rejects where the browser offers none. */
export async function connect(name: string): Promise<Connection> {
  let open: Promise<Database> | undefined;
  let closed = false;
  const forget = (): void => {
    open = undefined;
  };
  const get = (): Promise<Database> => {
    open ??= openTables(name, forget).catch((cause: unknown) => {
      forget();
      throw cause;
    });
    return open;
  };
  const use = async <Result>(work: (db: Database) => Promise<Result>): Promise<Result> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work(await get());
      } catch (cause) {
        if (isFull(cause)) throw new StoreFull(FULL, { cause });
        const pause = BACK_OFF_MS[attempt];
        if (closed || pause === undefined || !isLost(cause)) throw cause;
        forget();
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };
  await use(async () => undefined);
  return {
    use,
    async close() {
      closed = true;
      (await open)?.close();
    },
  };
}

async function openTables(name: string, forget: () => void): Promise<Database> {
  const db: Database = await openDB<Tables>(name, VERSION, {
    upgrade(fresh, oldVersion) {
      if (oldVersion < 1) {
        fresh.createObjectStore('runs', { keyPath: 'id' });
        fresh.createObjectStore('items', { keyPath: ['run', 'seq'] }).createIndex('id', ['run', 'id'], { unique: true });
        fresh.createObjectStore('files', { keyPath: ['run', 'seq'] }).createIndex('id', ['run', 'id'], { unique: true });
        fresh.createObjectStore('corrections', { keyPath: ['run', 'item', 'question'] });
      }
      if (oldVersion < 2) fresh.createObjectStore('masks', { keyPath: ['run', 'item'] });
    },
    // A newer page in another tab wants to change the tables, or the data is being cleared: never stand in its way.
    blocking: () => {
      forget();
      db.close();
    },
    terminated: forget,
  });
  return db;
}

function nameOf(cause: unknown): string {
  return cause instanceof Error || cause instanceof DOMException ? cause.name : '';
}

function isFull(cause: unknown): boolean {
  return nameOf(cause) === 'QuotaExceededError';
}

/** InvalidStateError: the connection is closing. AbortError: the browser ended the transaction. UnknownError: its storage failed. */
function isLost(cause: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError', 'TimeoutError'].includes(nameOf(cause));
}
