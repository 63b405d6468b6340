// The shelf: one record for every path, told once and again when it changes. Data files (an .img beside its .hdr) are what their header is.
import type { FileRecord, FileStatus } from '../core/item.ts';

/** Empty at first; `take` answers what changed since it was last called. */
export function createShelf() {
  const status = new Map<string, FileStatus>();
  const counts = new Map<FileStatus, number>();
  /** Data file → the header file that needs it. */
  const owners = new Map<string, string>();
  const dataOf = new Map<string, readonly string[]>();
  const itemOf = new Map<string, string>();
  let pending = new Map<string, FileRecord>();
  /** Records that may have to be told again: everything but plain files nobody claims. */
  const kept = new Map<string, FileRecord>();

  const bump = (which: FileStatus | undefined, by: number): void => {
    if (which) counts.set(which, (counts.get(which) ?? 0) + by);
  };

  function put(record: FileRecord): void {
    const told = asItsOwner(record);
    keep(told);
    pending.set(told.path, told);
    for (const path of dataOf.get(told.path) ?? []) {
      const data = kept.get(path);
      if (data && asItsOwner(data) !== data) put(data);
    }
  }

  /** A data file is an image or a mask as its header is. */
  function asItsOwner(record: FileRecord): FileRecord {
    const owner = owners.get(record.path);
    const whole = owner === undefined ? undefined : status.get(owner);
    if ((whole !== 'image' && whole !== 'mask') || whole === record.status) return record;
    return { ...record, status: whole, because: `Data of ${owner}.`, code: undefined };
  }

  function restate(path: string, change: Partial<FileRecord> = {}): void {
    const known = kept.get(path);
    if (known) put({ ...known, ...change });
  }

  function keep(record: FileRecord): void {
    bump(status.get(record.path), -1);
    bump(record.status, 1);
    status.set(record.path, record.status);
    kept.set(record.path, record);
  }

  return {
    put,
    /** A record that the store has already: kept, not told. */
    restore(record: FileRecord): void {
      if (record.item !== undefined) itemOf.set(record.path, record.item);
      keep(record);
    },
    /** `path` holds the data of `owner`, whatever it looked like on its own. */
    claim(path: string, owner: string): void {
      if (path === owner) return;
      owners.set(path, owner);
      dataOf.set(owner, [...(dataOf.get(owner) ?? []), path]);
      restate(path);
    },
    restate,
    /** Names the item that a file is part of. */
    own(path: string, item: string): void {
      if (itemOf.get(path) === item) return;
      itemOf.set(path, item);
      const known = kept.get(path);
      if (!known) return;
      const owned = { ...known, item };
      kept.set(path, owned);
      pending.set(path, owned);
    },
    take(): FileRecord[] {
      const out = [...pending.values()];
      pending = new Map();
      return out;
    },
    record: (path: string): FileRecord | undefined => kept.get(path),
    statusOf: (path: string): FileStatus | undefined => status.get(path),
    count: (which: FileStatus): number => counts.get(which) ?? 0,
    /** Records of files that have pixels, for hashing. */
    *hashable(): Generator<FileRecord> {
      for (const record of kept.values()) if (record.header?.shape && record.entry && record.status !== 'unreadable') yield record;
    },
  };
}
