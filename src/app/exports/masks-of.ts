// All masks of one item: those that are kept, and those of the data that the run spared the network, which are read now.
import type { Item } from '../../core/item.ts';
import type { Mask } from '../../core/mask.ts';
import type { Within } from './original.ts';

/** Whether it has any, as far as is known without reading. */
export const mayHaveMasks = (item: Item): boolean => Boolean(item.outlines?.length) || item.masks.length > 0;

export async function masksOf(item: Item, { store, jobs, runId }: Within): Promise<readonly Mask[]> {
  const unread = item.masks.length > 0 && !item.outlines?.some(({ from }) => from === 'file');
  // What cannot be read is told where the item is opened; here the others are not held up by it.
  if (unread) return jobs.drawn({ store, runId, item }).catch(() => store.masks(runId, item.id));
  return item.outlines?.length ? store.masks(runId, item.id) : [];
}
