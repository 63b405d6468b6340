// A person's answer to "are these numbered pictures one volume?": joins them in the store, takes them apart again, and remembers the answer.
import { folderOf } from '../../core/entry.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import type { Correction } from '../../core/run.ts';
import { findStackables, stackItems } from '../../core/stack.ts';
import type { Store } from '../../core/store.ts';

export type StackAnswer = 'volume' | 'single';

const QUESTION = 'stack';
const keyOf = (folder: string): string => `stack:${folder}`;

/** What was answered for a folder; undefined while it is open. */
export function answerFor(corrections: readonly Correction[], folder: string): StackAnswer | undefined {
  const value = corrections.findLast((one) => one.question === QUESTION && one.itemId === keyOf(folder))?.value;
  return value === 'volume' || value === 'single' ? value : undefined;
}

/** Joins, or takes apart where they were joined before (`undefined` asks again). */
export async function answerStack(
  store: Store,
  options: { runId: string; folder: string; answer: StackAnswer | undefined },
): Promise<void> {
  const { runId, folder, answer } = options;
  if (answer === 'volume') await join(store, { runId, folder });
  else await takeApart(store, { runId, folder });
  await store.correct(runId, { itemId: keyOf(folder), question: QUESTION, value: answer ?? null, at: new Date().toISOString() });
}

interface Where {
  readonly runId: string;
  readonly folder: string;
}

async function itemsIn(store: Store, { runId, folder }: Where): Promise<Item[]> {
  const found: Item[] = [];
  for await (const batch of store.items(runId)) found.push(...batch.filter((item) => folderOf(item.parts[0]?.path ?? '') === folder));
  return found;
}

async function join(store: Store, where: Where): Promise<void> {
  const run = await store.load(where.runId);
  for (const stackable of findStackables(await itemsIn(store, where))) {
    const joined = stackItems(stackable);
    // Without a folder of its own it is named after the source.
    const volume = where.folder || !run ? joined : { ...joined, name: run.name };
    const files = await owned(store, { runId: where.runId, items: stackable.items, owner: () => volume.id });
    await store.add(where.runId, { items: [volume], gone: stackable.items.map((item) => item.id), files });
    await recount(store, where.runId, 1 - stackable.items.length);
  }
}

async function takeApart(store: Store, where: Where): Promise<void> {
  for (const volume of await itemsIn(store, where)) {
    const { joinedFrom } = volume;
    if (!joinedFrom) continue;
    const files = await owned(store, { runId: where.runId, items: joinedFrom, owner: (item) => item.id });
    await store.add(where.runId, { items: joinedFrom, gone: [volume.id], files });
    await recount(store, where.runId, joinedFrom.length - 1);
  }
}

/** The records of the items' files and masks, with their new owner. */
async function owned(store: Store, options: { runId: string; items: readonly Item[]; owner(item: Item): string }): Promise<FileRecord[]> {
  const { runId, items, owner } = options;
  const changed = items.flatMap((item) =>
    [...item.parts.map((part) => part.path), ...item.masks].map(async (path) => {
      const file = await store.file(runId, path);
      return file && { ...file, item: owner(item) };
    }),
  );
  return (await Promise.all(changed)).filter((file) => file !== undefined);
}

async function recount(store: Store, runId: string, by: number): Promise<void> {
  const run = await store.load(runId);
  if (run) await store.save({ ...run, progress: { ...run.progress, items: run.progress.items + by } });
}
