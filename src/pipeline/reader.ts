// The reader: what one worker of the pool can do. Headers, looks at pixels, hashes; and pixels, tags and thumbnails for the page.

import { thumbnailOf } from '../core/display.ts';
import type { Entry } from '../core/entry.ts';
import type { Item } from '../core/item.ts';
import type { ModelsSetting } from '../core/models-setting.ts';
import type { OutlineAsked, OutlinedItem, OutlineResult, SliceSource } from '../core/outline-job.ts';
import type { Pixels } from '../core/pixels.ts';
import type { DrawnFile, DrawnTask, PixelTask, ReaderJob, ReaderResult, Traffic } from '../core/reading.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import { createLooker } from '../models/look/looker.ts';
import { createShelf } from '../models/look/shelf.ts';
import { outlineCards } from '../models/outlining/cards.ts';
import { type ContextOptions, createContext } from './context.ts';
import { hashPixels } from './hash.ts';
import { readMaskFiles } from './mask-files.ts';
import { outlineItem, outlineNow } from './outline-item.ts';
import { readEntry, readPixels, readTags } from './read.ts';
import { look } from './sight.ts';
import { createStep, type StepOptions } from './step.ts';
import { throughNet } from './through-net.ts';

/** Told of results as they come, a few at a time, with the traffic since the last word. */
export type OnResults = (results: readonly ReaderResult[], traffic: Traffic) => void;

const BATCH_MS = 5;

export interface ReaderOptions extends ContextOptions {
  /** Absent: no model looks at anything. */
  readonly models?: ModelsSetting | undefined;
}

/** One a worker. Jobs never fail, they are answered; `pixels`, `tags` and `thumbnail` reject with Unreadable. */
export function createReader({ models, ...options }: ReaderOptions) {
  const context = createContext(options);
  const shelf = models && createShelf(models, { get: throughNet(context.net) });
  const looker = models && shelf && createLooker(models, shelf);
  let told = { fetched: 0, requests: 0 };
  let listener: OnResults = () => {};
  const waiting: ReaderResult[] = [];
  let telling = false;
  const traffic = (): Traffic => {
    const now = { fetched: context.net.fetched, requests: context.net.requests };
    const since = { fetched: now.fetched - told.fetched, requests: now.requests - told.requests };
    told = now;
    return since;
  };
  const done = async (job: ReaderJob): Promise<ReaderResult> => {
    if (job.kind === 'read') return { kind: 'read', index: job.index, outcome: await readEntry(job, context) };
    if (job.kind === 'drawn') return { kind: 'drawn', index: job.index, files: await readMaskFiles(job.task, context) };
    if (job.kind === 'outline') return { kind: 'outline', index: job.index, ...(await outline(job)) };
    try {
      if (job.kind === 'hash') return { kind: 'hash', index: job.index, sha256: await hashPixels(job.task, context) };
      return { kind: 'look', index: job.index, ...(await look(job, { context, looker })) };
    } catch (thrown) {
      const { because } = asUnreadable(thrown, 'The pixels could not be decoded.');
      return job.kind === 'hash' ? { kind: 'hash', index: job.index, because } : { kind: 'look', index: job.index, evidence: [], because };
    }
  };
  const outline = async (job: OutlineAsked): Promise<OutlineResult> => {
    const nothing: OutlineResult = { answers: [], outlined: [], models: [] };
    if (!shelf) return nothing;
    return outlineItem(job, { context, shelf, step: createStep({ signal: context.signal }) }).catch((thrown: unknown) => ({
      ...nothing,
      because: asUnreadable(thrown, 'The pixels could not be decoded.').because,
    }));
  };
  return {
    /** Who is told of results, from now on. */
    listen(on: OnResults): void {
      listener = on;
    },
    /** Starts the jobs at once; results go to the listener in batches. */
    work(jobs: readonly ReaderJob[]): void {
      for (const job of jobs) void done(job).then(tell);
    },
    ping: () => true,
    pixels: (task: PixelTask): Promise<Pixels> => readPixels(task, context),
    /** Masks of the data on the grid of their item. Never rejects: files that cannot be drawn say why. */
    drawn: (task: DrawnTask): Promise<readonly DrawnFile[]> => readMaskFiles(task, context),
    /** Outlines one item for a person who waits. Rejects with Unreadable, E-ABORTED from the moment that `signal` says so. */
    async outline({ item, source }: { item: Item; source: SliceSource }, options: StepOptions): Promise<OutlinedItem> {
      if (!shelf || !models) throw new Unreadable('E-UNSUPPORTED', 'Models are switched off: switch them on in Settings.');
      const { cards, troubles } = await outlineCards(models.base);
      if (!cards.length && troubles[0]) throw new Unreadable('E-NETWORK', troubles[0]);
      return outlineNow({ item, source, cards }, { context, shelf, step: createStep(options) });
    },
    tags: (task: { entry: Entry; beside: readonly Entry[]; format: string }) => readTags(task, context),
    async thumbnail(task: PixelTask, max: number) {
      const { columns, rows, rgba } = thumbnailOf(await readPixels(task, context), max, { spacing: task.header.geometry?.spacingMm });
      return { width: columns, height: rows, rgba };
    },
    traffic,
  };

  function tell(result: ReaderResult): void {
    waiting.push(result);
    if (telling) return;
    telling = true;
    setTimeout(() => {
      telling = false;
      listener(waiting.splice(0), traffic());
    }, BATCH_MS);
  }
}

export type Reader = ReturnType<typeof createReader>;
