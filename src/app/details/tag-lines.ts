// The tree of tags as lines of a list: open and closed sequences, and what a search leaves. Pure.
import type { TagNode } from '../../core/format.ts';

export interface TagLine {
  /** Place in the tree: "3.0.12". Stable while the tree is. */
  readonly key: string;
  /** 0 at the top. */
  readonly depth: number;
  readonly tag: string;
  readonly keyword: string;
  readonly vr?: string | undefined;
  readonly value?: string | undefined;
  /** Items of a sequence; absent for plain values. */
  readonly holds?: number | undefined;
  readonly open: boolean;
}

const matches = (node: TagNode, needle: string): boolean =>
  `${node.tag} ${node.tag.replace(/[(),\s]/g, '')} ${node.keyword} ${node.value ?? ''}`.toLowerCase().includes(needle);

interface Walk {
  readonly closed: ReadonlySet<string>;
  readonly needle: string;
  readonly lines: TagLine[];
}

/** Puts down a node and what is below it; answers whether anything was put down. Iterates over items, recurses by depth (readers bound it). */
function walk(nodes: readonly TagNode[], at: { prefix: string; depth: number; all: boolean }, { closed, needle, lines }: Walk): boolean {
  let any = false;
  for (const [index, node] of nodes.entries()) {
    const key = `${at.prefix}${index}`;
    const hit = at.all || needle === '' || matches(node, needle);
    const place = lines.length;
    const open = node.items !== undefined && (needle !== '' || !closed.has(key));
    lines.push({
      key,
      depth: at.depth,
      tag: node.tag,
      keyword: node.keyword,
      vr: node.vr,
      value: node.value,
      holds: node.items?.length,
      open,
    });
    let below = false;
    if (open)
      for (const [number, item] of (node.items ?? []).entries()) {
        below =
          itemLines(
            item,
            { key: `${key}.${number}`, number, of: node.items?.length ?? 0, depth: at.depth + 1, all: hit && needle !== '' },
            { closed, needle, lines },
          ) || below;
      }
    if (hit || below) any = true;
    else lines.length = place;
  }
  return any;
}

/** One item of a sequence; it has a line of its own where there are several. */
function itemLines(
  item: readonly TagNode[],
  at: { key: string; number: number; of: number; depth: number; all: boolean },
  tree: Walk,
): boolean {
  const { lines, closed, needle } = tree;
  const place = lines.length;
  const own = at.of > 1;
  const open = needle !== '' || !closed.has(at.key);
  if (own) lines.push({ key: at.key, depth: at.depth, tag: '', keyword: `Item ${at.number + 1}`, holds: item.length, open });
  const any = open ? walk(item, { prefix: `${at.key}.`, depth: own ? at.depth + 1 : at.depth, all: at.all }, tree) : true;
  if (!any && !at.all) lines.length = place;
  return any;
}

/** Lines to show. A search opens everything and keeps what matches, what is around it, and what a matching sequence holds. */
export function tagLines(nodes: readonly TagNode[], options: { closed: ReadonlySet<string>; search: string }): readonly TagLine[] {
  const lines: TagLine[] = [];
  walk(nodes, { prefix: '', depth: 0, all: false }, { closed: options.closed, needle: options.search.trim().toLowerCase(), lines });
  return lines;
}

/** Keys of every sequence and item, to close them all. */
export function allKeys(nodes: readonly TagNode[]): readonly string[] {
  return tagLines(nodes, { closed: new Set(), search: '' }).flatMap((line) => (line.holds === undefined ? [] : [line.key]));
}
