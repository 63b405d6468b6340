// What masks and structure sets refer to, and what their segments are called (PS3.3 C.8.20.2, C.8.8.5, C.8.8.6).
import { type DataSet, readItems } from './elements.ts';
import { text } from './values.ts';

/** Sequences that name other series or instances, the surest first. */
const REFERRING = [0x00081115, 0x30060010, 0x00081140, 0x00082112, 0x300c0002, 0x300c0060, 0x0040a375, 0x0040a525];
const IN_FRAMES = [0x52009229, 0x52009230];
const SERIES = 0x0020000e;
const INSTANCE = 0x00081155;
const MAX_UIDS = 10_000;
const MAX_DEPTH = 8;

interface Found {
  readonly series: Set<string>;
  readonly instances: Set<string>;
}

function collect(set: DataSet, found: Found, depth: number): void {
  if (found.instances.size + found.series.size >= MAX_UIDS) return;
  for (const element of set.elements.values()) {
    if (element.tag === SERIES || element.tag === INSTANCE) {
      const uid = text(set, element.tag);
      if (uid) (element.tag === SERIES ? found.series : found.instances).add(uid);
    } else if (element.sequence && depth < MAX_DEPTH) {
      for (const item of readItems(set, element, { limit: MAX_UIDS, depth })) collect(item, found, depth + 1);
    }
  }
}

/** UIDs of series, then of instances, that the object was made from or belongs to; [] where it says none. */
export function references(set: DataSet): string[] {
  const found: Found = { series: new Set(), instances: new Set() };
  const gather = (tags: readonly number[]) => {
    for (const tag of tags) for (const item of readItems(set, set.elements.get(tag), { limit: MAX_UIDS })) collect(item, found, 1);
  };
  gather(REFERRING);
  if (found.series.size + found.instances.size === 0) gather(IN_FRAMES);
  return [...found.series, ...found.instances];
}

function meaning(item: DataSet, tag: number, sets: readonly string[]): string | undefined {
  const code = readItems(item, item.elements.get(tag), { limit: 1 })[0];
  return code && text(code, 0x00080104, { sets });
}

/** Names of the segments of a segmentation, or of the structures of a structure set; the coded meaning follows the label where it adds something. */
export function segmentNames(set: DataSet, sets: readonly string[]): string[] {
  const segments = readItems(set, set.elements.get(0x00620002), { limit: 4096 }).map((item) => {
    const label = text(item, 0x00620005, { sets }) ?? text(item, 0x00620006, { sets }) ?? 'unnamed';
    const codes = [meaning(item, 0x0062000f, sets), meaning(item, 0x00620003, sets), meaning(item, 0x00082218, sets)];
    const added = [...new Set(codes.filter((word) => word && word.toLowerCase() !== label.toLowerCase()))];
    return added.length ? `${label} (${added.join(', ')})` : label;
  });
  const structures = readItems(set, set.elements.get(0x30060020), { limit: 4096 }).map((item) => text(item, 0x30060026, { sets }));
  return [...segments, ...structures.filter((name) => name !== undefined)];
}
