// One item outlined because somebody asked for it: in a worker of its own, which ends with the work or with the wish. What is found is kept in the store.
import { proxy as callback } from 'comlink';
import { isOurs } from '../core/mask.ts';
import type { ModelUse } from '../core/model.ts';
import { measured, outlined } from '../core/outlined.ts';
import type { PixelTask } from '../core/reading.ts';
import { sourceOf } from '../core/slice-source.ts';
import type { Store } from '../core/store.ts';
import { Unreadable } from '../core/unreadable.ts';
import { ask, openDoor, spawnReader } from './door.ts';
import type { Jobs } from './jobs.ts';
import { modelsFolder } from './models-folder.ts';
import type { ReaderDoor } from './protocol.ts';

/** A large network answers no ping while it is at one picture, and old or busy computers are slow. */
const PATIENCE_MS = 60_000;

type Wish = Parameters<Jobs['outline']>[0];

export interface OutlineNow {
  readonly proxy: string | undefined;
  /** What is needed to decode a file. Rejects where it is not part of the run any more. */
  fileOf(path: string): Promise<Pick<PixelTask, 'entry' | 'header' | 'beside'>>;
}

export async function outlineNow(
  { store, runId, item, provider = 'auto', on, signal }: Wish,
  { proxy, fileOf }: OutlineNow,
): ReturnType<Jobs['outline']> {
  signal?.throwIfAborted();
  const source = await sourceOf(item, fileOf);
  if (!source) throw new Unreadable('E-GONE', 'This item is not part of the run any more.');
  signal?.throwIfAborted();
  const door = openDoor<ReaderDoor>(spawnReader());
  const stop = (): void => door.end('It was stopped.');
  signal?.addEventListener('abort', stop);
  try {
    const models = { base: modelsFolder(), provider, own: [] };
    await door.race(door.remote.configure(proxy === undefined ? { models } : { models, proxy }));
    const told = callback((done: number, of: number) => on?.(done, of));
    const found = await ask(door, (remote) => remote.outline({ item, source }, told), { patienceMs: PATIENCE_MS });
    signal?.throwIfAborted();
    const kept = await keep(found, { store, runId, itemId: item.id });
    await used(found.models, { store, runId });
    return kept;
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', stop);
    door.end('It is done.');
  }
}

type Found = Pick<Parameters<typeof outlined>[1], 'evidence'> & { readonly masks: Parameters<typeof measured>[0] };

/** Ours take the place of what was ours; masks of the data stay. */
async function keep(found: Found, { store, runId, itemId }: { store: Store; runId: string; itemId: string }): ReturnType<Jobs['outline']> {
  const item = await store.item(runId, itemId);
  if (!item) throw new Unreadable('E-GONE', 'This item is not part of the run any more.');
  const theirs = (await store.masks(runId, itemId)).filter((one) => !isOurs(one));
  const { masks, outlines } = measured([...found.masks, ...theirs], item);
  const fresh = outlined(item, { outlines, evidence: found.evidence });
  await store.add(runId, { items: [fresh], masks: [{ itemId, masks }] });
  return fresh;
}

/** The report names every model that ran. */
async function used(models: readonly ModelUse[], { store, runId }: { store: Store; runId: string }): Promise<void> {
  const run = await store.load(runId);
  if (!run) return;
  const isKnown = (one: ModelUse): boolean =>
    run.models.some(({ id, sha256, provider }) => id === one.id && sha256 === one.sha256 && provider === one.provider);
  const fresh = models.filter((one) => !isKnown(one));
  if (fresh.length) await store.save({ ...run, models: [...run.models, ...fresh] });
}
