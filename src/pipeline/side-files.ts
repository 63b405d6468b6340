// Side files: which small texts beside an image may speak about it. A table is cut down to its head and the rows that name the file.

import type { SideFile } from '../core/classifier.ts';
import { baseName, folderOf } from '../core/entry.ts';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PER_ITEM = 8;
const MAX_ROWS = 4;

interface Table {
  readonly path: string;
  readonly head: string;
  /** Name without extension, lower case → rows that hold it. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

const stemOf = (name: string): string => name.replace(/(\.nii)?\.[a-z0-9]{1,6}$/i, '').toLowerCase();

/** Remembers side files as they arrive and answers those of one image. */
export function createSideFiles() {
  const byStem = new Map<string, SideFile>();
  const tables = new Map<string, Table[]>();
  const cards = new Map<string, SideFile[]>();
  let kept = 0;
  const push = <V>(map: Map<string, V[]>, folder: string, value: V): void => {
    const home = map.get(folder);
    if (home) home.push(value);
    else map.set(folder, [value]);
  };
  return {
    get count(): number {
      return byStem.size + tables.size + cards.size;
    },
    add({ path, text }: SideFile): void {
      if (kept + text.length > MAX_BYTES) return;
      kept += text.length;
      if (/\.(tsv|csv)$/i.test(path)) push(tables, folderOf(path), tableOf({ path, text }));
      else if (/^(dataset_description|dataset)\.json$/i.test(baseName(path))) push(cards, folderOf(path), { path, text });
      else byStem.set(`${folderOf(path)}/${stemOf(baseName(path))}`, { path, text });
    },
    /** Same stem first, then tables and cards of its folder and the folders above. */
    of(path: string): SideFile[] {
      const found: SideFile[] = [];
      const stem = stemOf(baseName(path));
      const own = byStem.get(`${folderOf(path)}/${stem}`);
      if (own) found.push(own);
      const names = [stem, ...path.toLowerCase().split('/').slice(0, -1)];
      for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        for (const table of tables.get(folder) ?? []) {
          const rows = names.flatMap((name) => table.rows.get(name) ?? []).slice(0, MAX_ROWS);
          if (rows.length) found.push({ path: table.path, text: [table.head, ...rows].join('\n') });
        }
        found.push(...(cards.get(folder) ?? []));
        const suffix = byStem.get(`${folder}/${stem.slice(stem.lastIndexOf('_') + 1)}`);
        if (suffix) found.push(suffix);
        if (folder === '' || found.length >= MAX_PER_ITEM) return found.slice(0, MAX_PER_ITEM);
      }
    },
  };
}

function tableOf({ path, text }: SideFile): Table {
  const [head = '', ...lines] = text.split(/\r?\n/);
  const rows = new Map<string, string[]>();
  for (const line of lines) {
    for (const cell of line.split(/[,;\t]/)) {
      const key = stemOf(baseName(cell.trim().replace(/^"|"$/g, '')));
      if (key.length < 2) continue;
      const known = rows.get(key);
      if (!known) rows.set(key, [line]);
      else if (known.length < MAX_ROWS) known.push(line);
    }
  }
  return { path, head, rows };
}

export type SideFiles = ReturnType<typeof createSideFiles>;
