// The page's side of the workers: starts, watches, cancels, asks. The only home of comlink on the page is this folder.
import type { Entry } from '../core/entry.ts';
import { type FileRecord, type Item, partOf } from '../core/item.ts';
import type { Pixels } from '../core/pixels.ts';
import type { PixelTask } from '../core/reading.ts';
import type { Store } from '../core/store.ts';
import { Unreadable } from '../core/unreadable.ts';
import { startAnalysis } from './analysis.ts';
import { createAsker } from './door.ts';
import { readDrawn } from './drawn.ts';
import type { Jobs, Running } from './jobs.ts';
import { createLiveEntries } from './live-entries.ts';
import { outlineNow } from './outline-now.ts';
import { mayRead } from './permission.ts';

const THUMBNAIL = 96;
/** Thumbnails being made at once; newer wishes go first. */
const AT_ONCE = 2;

export interface JobsOptions {
  /** Path of our relay; absent: hosts that refuse pages stay closed. */
  readonly proxy?: string;
}

export function createJobs({ proxy }: JobsOptions = {}): Jobs {
  const live = createLiveEntries();
  const runs = new Map<string, Running>();
  const view = createAsker(proxy);
  const draw = createAsker(proxy);
  const line = createLine(AT_ONCE);

  async function taskOf({
    store,
    runId,
    path,
    image,
    count,
    ask = false,
  }: {
    store: Store;
    runId: string;
    path: string;
    image: number;
    count: number;
    /** A person waits for it: the browser may ask whether the folder may be read. */
    ask?: boolean;
  }): Promise<PixelTask> {
    const found = await store.file(runId, path);
    const file = found && live.enliven(runId, found);
    if (!file?.entry || !file.header) throw new Unreadable('E-GONE', 'This file is not part of the run any more.');
    await allowed({ store, runId, ask });
    const beside = await companions(file, { store, runId });
    return { entry: file.entry, header: file.header, beside, first: image, count };
  }

  /** Runs of folders that this tab was allowed to read, or that need no leave. */
  const readable = new Set<string>();
  const asking = new Map<string, Promise<boolean>>();

  async function allowed({ store, runId, ask }: { store: Store; runId: string; ask: boolean }): Promise<void> {
    if (readable.has(runId)) return;
    const folders = (await store.load(runId))?.folders ?? [];
    // Several images wait for one answer: the person is asked once.
    const answer = asking.get(runId) ?? mayRead(folders, { ask });
    if (ask) asking.set(runId, answer);
    const may = await answer.finally(() => asking.delete(runId));
    if (!may) {
      throw new Unreadable('E-DENIED', 'The browser must ask you before it reads this folder again: allow it, or choose the folder again.');
    }
    readable.add(runId);
  }

  async function companions(file: FileRecord, { store, runId }: { store: Store; runId: string }): Promise<Entry[]> {
    const records = await Promise.all((file.header?.companions ?? []).map((path) => store.file(runId, path)));
    return records.flatMap((record) => (record && live.enliven(runId, record).entry) ?? []);
  }

  return {
    analyse(options) {
      const running = startAnalysis(options, { proxy, live });
      const { runId } = running;
      runs.set(runId, running);
      const unwatch = options.store.watch(runId, ({ kind }) => {
        if (kind !== 'removed') return;
        live.forget(runId);
        unwatch();
      });
      void running.ended.finally(() => runs.delete(running.runId));
      return running;
    },
    running: (runId) => runs.get(runId),
    async pixels({ store, runId, item, first, count, signal }) {
      const pieces: Pixels[] = [];
      for (let at = first; at < first + count; ) {
        const where = partOf(item, at);
        if (!where) break;
        const some = Math.min(where.part.images - where.image, first + count - at);
        const task = await taskOf({ store, runId, path: where.part.path, image: where.image, count: some, ask: true });
        signal?.throwIfAborted();
        pieces.push(await view((remote) => remote.pixels(task)));
        at += some;
      }
      signal?.throwIfAborted();
      return joined(pieces);
    },
    async tags({ file, store, runId }) {
      const { entry } = live.enliven(runId, file);
      if (!entry || !file.header) return [];
      const { format } = file.header;
      await allowed({ store, runId, ask: true });
      const beside = await companions(file, { store, runId });
      return view((remote) => remote.tags({ entry, beside, format }));
    },
    async drawn({ store, runId, item, signal }) {
      const fileOf = (path: string) => taskOf({ store, runId, path, image: 0, count: 1, ask: true });
      signal?.throwIfAborted();
      return readDrawn({ store, runId, itemId: item.id, fileOf, read: (task) => view((remote) => remote.drawn(task)) });
    },
    outline(options) {
      const { store, runId } = options;
      return outlineNow(options, { proxy, fileOf: (path) => taskOf({ store, runId, path, image: 0, count: 1, ask: true }) });
    },
    thumbnail: ({ store, runId, item, image, signal }) =>
      line(async () => {
        const where = item.undecoded ? undefined : partOf(item, image ?? middleOf(item));
        if (!where) return undefined;
        const task = await taskOf({ store, runId, path: where.part.path, image: where.image, count: 1 });
        return draw((remote) => remote.thumbnail(task, THUMBNAIL));
      }, signal),
  };
}

const middleOf = (item: Item): number => item.parts.reduce((sum, part) => sum + part.images, 0) >> 1;

function joined(pieces: readonly Pixels[]): Pixels {
  const [first] = pieces;
  if (!first) throw new Unreadable('E-GONE', 'There is no such image in this item.');
  if (pieces.length === 1) return first;
  const Kind = first.data.constructor as new (length: number) => Pixels['data'];
  const data = new Kind(pieces.reduce((sum, piece) => sum + piece.data.length, 0));
  let at = 0;
  for (const piece of pieces) {
    (data as Float64Array).set(piece.data as Float64Array, at);
    at += piece.data.length;
  }
  return { ...first, data, frames: pieces.reduce((sum, piece) => sum + piece.frames, 0) };
}

/** A line in which the last come is served first, and who has left is passed over. */
function createLine(atOnce: number) {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const next = (): void => {
    while (busy < atOnce && waiting.length) waiting.pop()?.();
  };
  return <R>(work: () => Promise<R>, signal?: AbortSignal): Promise<R> =>
    new Promise<R>((settle, reject) => {
      waiting.push(() => {
        if (signal?.aborted) return reject(signal.reason);
        busy++;
        void work()
          .then(settle, reject)
          .finally(() => {
            busy--;
            next();
          });
      });
      next();
    });
}
