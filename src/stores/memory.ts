// A store in memory: for tests, for the headless run, and where the browser keeps nothing (private windows). Gone with the tab.
import type { FileRecord, Item } from '../core/item.ts';
import type { Mask } from '../core/mask.ts';
import type { Correction, Run } from '../core/run.ts';
import type { Batch, Store } from '../core/store.ts';
import { createWatchers } from './watchers.ts';

const BATCH = 500;

interface Kept {
  run: Run;
  /** Maps keep the place of a key's first arrival, whatever is put there later. */
  readonly items: Map<string, Item>;
  readonly files: Map<string, FileRecord>;
  readonly masks: Map<string, readonly Mask[]>;
  readonly corrections: Map<string, Correction>;
}

/** A fresh, empty store; nothing is shared between two of them. */
export function createMemoryStore(): Store {
  const runs = new Map<string, Kept>();
  const removed = new Set<string>();
  const watchers = createWatchers();
  return {
    id: 'memory',
    list: async () => [...runs.values()].map((kept) => kept.run).sort(newestFirst),
    load: async (runId) => runs.get(runId)?.run,
    async save(run) {
      // A job that ends after its run was removed must not bring it back.
      if (removed.has(run.id)) return;
      const kept = runs.get(run.id);
      if (kept) kept.run = run;
      else runs.set(run.id, { run, items: new Map(), files: new Map(), masks: new Map(), corrections: new Map() });
      watchers.tell({ kind: 'run', runId: run.id });
    },
    async add(runId, batch) {
      const kept = runs.get(runId);
      if (!kept) return;
      put(kept, batch);
      if (batch.items?.length || batch.gone?.length)
        watchers.tell({ kind: 'items', runId, items: batch.items ?? [], gone: batch.gone ?? [] });
    },
    item: async (runId, itemId) => runs.get(runId)?.items.get(itemId),
    items: (runId) => batches(runs.get(runId)?.items),
    file: async (runId, path) => runs.get(runId)?.files.get(path),
    files: (runId) => batches(runs.get(runId)?.files),
    masks: async (runId, itemId) => runs.get(runId)?.masks.get(itemId) ?? [],
    async correct(runId, correction) {
      const kept = runs.get(runId);
      if (!kept) return;
      const key = JSON.stringify([correction.itemId, correction.question]);
      if (correction.value === null) kept.corrections.delete(key);
      else kept.corrections.set(key, correction);
      watchers.tell({ kind: 'correction', runId, correction });
    },
    corrections: async (runId) => [...(runs.get(runId)?.corrections.values() ?? [])].sort(oldestFirst),
    async remove(runId) {
      removed.add(runId);
      runs.delete(runId);
      watchers.tell({ kind: 'removed', runId });
    },
    watch: watchers.watch,
  };
}

function put(kept: Kept, batch: Batch): void {
  for (const id of batch.gone ?? []) {
    kept.items.delete(id);
    kept.masks.delete(id);
  }
  for (const item of batch.items ?? []) kept.items.set(item.id, item);
  for (const file of batch.files ?? []) kept.files.set(file.path, file);
  for (const { itemId, masks } of batch.masks ?? []) {
    // Own numbers: those of a larger buffer would keep all of it.
    if (masks.length) kept.masks.set(itemId, masks.map(ownRuns));
    else kept.masks.delete(itemId);
  }
}

const ownRuns = (mask: Mask): Mask => (mask.runs.buffer.byteLength > mask.runs.byteLength ? { ...mask, runs: mask.runs.slice() } : mask);

async function* batches<Value>(map: ReadonlyMap<string, Value> | undefined): AsyncGenerator<readonly Value[]> {
  const all = [...(map?.values() ?? [])];
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH);
}

/** Order of `list`. */
export function newestFirst(a: Run, b: Run): number {
  return b.startedAt < a.startedAt ? -1 : b.startedAt > a.startedAt ? 1 : 0;
}

/** Order of `corrections`. */
export function oldestFirst(a: Correction, b: Correction): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}
