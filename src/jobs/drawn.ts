// Masks of the data, read when somebody opens their item: those that the run has spared. What is found is kept in the store.
import { withDrawn } from '../core/drawn.ts';
import type { Header } from '../core/header.ts';
import { gridOf } from '../core/item-grid.ts';
import { isOurs, type Mask } from '../core/mask.ts';
import { placeOf } from '../core/planes.ts';
import type { DrawnFile, DrawnTask } from '../core/reading.ts';
import type { Store } from '../core/store.ts';
import { Unreadable } from '../core/unreadable.ts';

export interface Drawing {
  readonly store: Store;
  readonly runId: string;
  readonly itemId: string;
  /** What is needed to decode a file. Rejects where it is not part of the run any more. */
  fileOf(path: string): Promise<DrawnTask['files'][number]>;
  read(task: DrawnTask): Promise<readonly DrawnFile[]>;
}

/** All masks of the item, ours and those of its files. Rejects with Unreadable where not one file could be drawn. */
export async function readDrawn({ store, runId, itemId, fileOf, read }: Drawing): Promise<readonly Mask[]> {
  const item = await store.item(runId, itemId);
  if (!item) throw new Unreadable('E-GONE', 'This item is not part of the run any more.');
  if (!item.masks.length) return store.masks(runId, itemId);
  const headers = new Map<string, Header | undefined>();
  for (const { path, images } of item.parts) if (images > 0) headers.set(path, (await store.file(runId, path))?.header);
  const grid = gridOf(item);
  const place = placeOf(item, { grid, headerOf: (path) => headers.get(path) });
  const files = await read({ place, spacingMm: item.spacingMm, cine: grid.cine, files: await Promise.all(item.masks.map(fileOf)) });
  const failed = files.find(({ because }) => because !== undefined);
  if (failed && files.every(({ because }) => because !== undefined)) throw new Unreadable('E-UNSUPPORTED', failed.because ?? '');
  const ours = (await store.masks(runId, itemId)).filter(isOurs);
  // As it is kept now: it may have been outlined meanwhile.
  const drawn = withDrawn((await store.item(runId, itemId)) ?? item, { files, ours });
  await store.add(runId, { items: [drawn.item], masks: [{ itemId, masks: drawn.masks }] });
  return drawn.masks;
}
