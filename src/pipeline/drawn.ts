// Masks that came with the data: read as far as the budget of bytes goes, brought onto the grid of their image, measured, and heard for its features.
// They come before anybody outlines: what is found later is compared with them.

import { withDrawn } from '../core/drawn.ts';
import type { Item } from '../core/item.ts';
import { gridOf } from '../core/item-grid.ts';
import { placeOf } from '../core/planes.ts';
import type { DrawnTask } from '../core/reading.ts';
import type { Ledger } from './ledger.ts';

/** Mask files that are read during a run, of a source far away and of this computer; what is left is read when its item is opened. Bytes in all. */
const FAR_BYTES = 64 * 2 ** 20;
const NEAR_BYTES = 4 * 2 ** 30;
/** The same of one item. */
const FAR_ITEM_BYTES = 16 * 2 ** 20;
const NEAR_ITEM_BYTES = 512 * 2 ** 20;
/** A DICOM mask is as large unpacked as it is; packed volumes grow. */
const UNKNOWN_BYTES = 4 * 2 ** 20;

/** Reads masks of the data, and tells each item what they measure and say. */
export async function drawMasks(ledger: Ledger): Promise<void> {
  const owners = [...ledger.census.told()]
    .map(({ item }) => item)
    .filter(({ id, masks }) => masks.length > 0 && !ledger.census.keptOutlines().has(id));
  const chosen = affordable(owners, ledger);
  if (chosen.length < owners.length) {
    ledger.notice(
      'MASKS-LEFT',
      `The masks of ${owners.length - chosen.length} items were not read, to spare the network; each is read when its item is opened.`,
    );
  }
  ledger.bump('outline', { of: chosen.length });
  await Promise.all(
    chosen.map(async (item) => {
      await drawItem(item, ledger);
      ledger.bump('outline', { done: 1 });
    }),
  );
}

function affordable(items: readonly Item[], { census, sizes }: Ledger): Item[] {
  let left = sizes.far ? FAR_BYTES : NEAR_BYTES;
  const most = sizes.far ? FAR_ITEM_BYTES : NEAR_ITEM_BYTES;
  return items.filter(({ masks }) => {
    const bytes = masks.reduce((sum, path) => sum + (census.recordOf(path)?.bytes ?? UNKNOWN_BYTES), 0);
    if (bytes > most || bytes > left) return false;
    left -= bytes;
    return true;
  });
}

async function drawItem(item: Item, ledger: Ledger): Promise<void> {
  const task = taskOf(item, ledger);
  if (!task.files.length) return;
  const result = await ledger.ask((index) => ({ kind: 'drawn', index, task }));
  if (result.kind !== 'drawn') return;
  const { item: drawn, masks } = withDrawn(ledger.census.itemOf(item.id) ?? item, { files: result.files });
  if (masks.length) ledger.masks(item.id, masks);
  ledger.census.amend(drawn);
}

function taskOf(item: Item, { census }: Ledger): DrawnTask {
  const grid = gridOf(item);
  const place = placeOf(item, { grid, headerOf: (path) => census.recordOf(path)?.header });
  return { place, spacingMm: item.spacingMm, cine: grid.cine, files: item.masks.flatMap((path) => census.headerOf(path) ?? []) };
}
