// Where the slices of an item are read: its files, in the order of its masks' grid. Nothing is opened here.

import { type Item, partOf } from './item.ts';
import { gridOf } from './item-grid.ts';
import type { SliceSource } from './outline-job.ts';

type File = SliceSource['files'][number];

/** Where the slices of an item are, with what is needed to decode them; undefined where a file of it is not known. */
export async function sourceOf(
  item: Item,
  fileOf: (path: string) => File | undefined | Promise<File | undefined>,
): Promise<SliceSource | undefined> {
  const grid = gridOf(item);
  const files: File[] = [];
  const numbers = new Map<string, number>();
  const at: [number, number][] = [];
  for (let slice = 0; slice < grid.slices; slice++) {
    const where = partOf(item, grid.imageOf(slice));
    if (!where) return undefined;
    const { path } = where.part;
    if (!numbers.has(path)) {
      const file = await fileOf(path);
      if (!file) return undefined;
      numbers.set(path, files.push(file) - 1);
    }
    at.push([numbers.get(path) as number, where.image]);
  }
  const { columns, rows, cine } = grid;
  return { columns, rows, cine, spacingMm: item.spacingMm, files, at, middle: at[at.length >> 1]?.[0] ?? 0 };
}
