// Numbered pictures: a folder of 8-bit slices may be one volume. Found here, asked about on the page, joined only when a person says so.
import { baseName, folderOf } from './entry.ts';
import { fuse } from './fuse.ts';
import type { Item } from './item.ts';
import { itemId } from './stable-id.ts';

const RASTER = new Set(['png', 'jpeg', 'tiff', 'bmp', 'webp']);
const FEWEST_SLICES = 8;

/** Items that may be slices of one volume, in order of their number. */
export interface Stackable {
  readonly folder: string;
  readonly items: readonly Item[];
}

/** Runs of consecutive numbers among single pictures of one folder, one size and one name pattern. */
export function findStackables(items: Iterable<Item>): Stackable[] {
  const families = new Map<string, { item: Item; number: number }[]>();
  for (const item of items) {
    const path = item.parts[0]?.path ?? '';
    const match = /^(.*?)(\d+)(\D*)$/.exec(baseName(path));
    if (!match || !RASTER.has(item.format) || item.parts.length > 1 || item.shape.length > 2) continue;
    const key = [folderOf(path), match[1], match[3], ...item.shape].join('|');
    const family = families.get(key) ?? [];
    families.set(key, family);
    family.push({ item, number: Number(match[2]) });
  }
  return [...families.values()].flatMap((members) => {
    members.sort((a, b) => a.number - b.number);
    const span = (members.at(-1)?.number ?? 0) - (members[0]?.number ?? 0);
    if (members.length < FEWEST_SLICES || span !== members.length - 1) return [];
    return [{ folder: folderOf(members[0]?.item.parts[0]?.path ?? ''), items: members.map(({ item }) => item) }];
  });
}

/** One volume of the pictures, with the labels of the middle one and a person's word that it is 3D. */
export function stackItems({ folder, items }: Stackable): Item {
  const middle = items[items.length >> 1] as Item;
  const said = {
    question: 'dimension',
    value: '3D',
    logOdds: 9,
    from: 'user',
    by: 'user',
    because: 'You said that these numbered pictures are the slices of one volume.',
  } as const;
  return {
    ...middle,
    id: itemId(`stack|${items.map((item) => item.id).join('|')}`),
    name: baseName(folder) || middle.name,
    parts: items.flatMap((item) => item.parts),
    shape: [...middle.shape, items.length],
    bytes: items.every((item) => item.bytes !== null) ? items.reduce((sum, item) => sum + (item.bytes ?? 0), 0) : null,
    labels: { ...middle.labels, dimension: fuse('dimension', [...middle.labels.dimension.evidence, said]) },
    warnings: [],
    masks: items.flatMap((item) => item.masks),
    joinedFrom: items,
  };
}
