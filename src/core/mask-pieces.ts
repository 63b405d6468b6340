// Pieces of a mask that hang together: counted, dropped when small, the largest of them; and holes filled. Union-find over row stretches, slice
// after slice: two slices and two numbers a stretch are in memory. Corners touch in a plane (8) and across slices (26); background only by edges (4).
import type { Mask } from './mask.ts';
import { createRunList } from './mask-grid.ts';
import { createSliceReader, emptyRows, larger, type SliceRows } from './mask-rows.ts';

export interface Connected {
  /** volume: slices are neighbours in space; slice: each stands for itself (frames of a cine). */
  readonly within: 'slice' | 'volume';
}

/** Which piece each stretch belongs to, stretches numbered through all slices. */
export interface Pieces {
  readonly of: Int32Array;
  /** Pixels of a piece, at the number that `of` gives. */
  readonly size: Float64Array;
  readonly count: number;
}

export function piecesOf(mask: Mask, { within }: Connected): Pieces {
  const forest = createForest();
  const how = { join: forest.join, corners: true };
  const read = createSliceReader(mask);
  let [now, before] = [emptyRows(mask), emptyRows(mask)];
  let firstBefore = 0;
  for (let slice = 0; slice < mask.slices; slice++) {
    read(now);
    const first = forest.grow(now.count);
    for (let row = 0; row < mask.rows && now.count > 0; row++) {
      const here = { rows: now, row, first };
      if (row > 0) touch(here, { rows: now, row: row - 1, first }, how);
      if (within === 'slice' || before.count === 0) continue;
      for (let other = Math.max(0, row - 1); other <= Math.min(mask.rows - 1, row + 1); other++) {
        touch(here, { rows: before, row: other, first: firstBefore }, how);
      }
    }
    [now, before] = [before, now];
    firstBefore = first;
  }
  return sized(mask, forest.roots());
}

function sized(mask: Mask, of: Int32Array): Pieces {
  const size = new Float64Array(of.length);
  let count = 0;
  eachStretch(mask, ({ stretch, from, to }) => {
    const root = of[stretch] as number;
    if (root === stretch) count++;
    size[root] = (size[root] as number) + to - from;
  });
  return { of, size, count };
}

interface RowAt {
  readonly rows: SliceRows;
  readonly row: number;
  /** Number of the slice's first stretch. */
  readonly first: number;
}

/** Joins the stretches of two rows that touch. */
function touch(a: RowAt, b: RowAt, { join, corners }: { join: (a: number, b: number) => void; corners: boolean }): void {
  let [i, j] = [a.rows.first[a.row] as number, b.rows.first[b.row] as number];
  const [endA, endB] = [a.rows.first[a.row + 1] as number, b.rows.first[b.row + 1] as number];
  const reach = corners ? 1 : 0;
  while (i < endA && j < endB) {
    const [toA, toB] = [a.rows.to[i] as number, b.rows.to[j] as number];
    if ((a.rows.from[i] as number) < toB + reach && (b.rows.from[j] as number) < toA + reach) join(a.first + i, b.first + j);
    if (toA < toB) i++;
    else j++;
  }
}

/** Disjoint sets of numbers; the smallest number of a set is its root. */
function createForest() {
  let parent: Int32Array = new Int32Array(1024);
  let used = 0;
  const rootOf = (one: number): number => {
    let at = one;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  return {
    /** Adds so many; answers the first's number. */
    grow(count: number): number {
      const start = used;
      while (used + count > parent.length) parent = larger(parent);
      for (; used < start + count; used++) parent[used] = used;
      return start;
    },
    join(a: number, b: number): void {
      const [x, y] = [rootOf(a), rootOf(b)];
      if (x < y) parent[y] = x;
      else parent[x] = y;
    },
    rootOf,
    roots(): Int32Array {
      // Roots come before their members, so one pass flattens all.
      for (let i = 0; i < used; i++) parent[i] = parent[parent[i] as number] as number;
      return parent.slice(0, used);
    },
  };
}

export interface Stretch {
  /** Its number through all slices. */
  readonly stretch: number;
  readonly slice: number;
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Every stretch in order. The object is used again: take its numbers, not itself. */
export function eachStretch(mask: Mask, visit: (stretch: Stretch) => void): void {
  const rows = emptyRows(mask);
  const read = createSliceReader(mask);
  const one = { stretch: 0, slice: 0, row: 0, from: 0, to: 0 };
  for (one.slice = 0; one.slice < mask.slices; one.slice++) {
    read(rows);
    for (one.row = 0; one.row < mask.rows; one.row++) {
      for (let i = rows.first[one.row] as number; i < (rows.first[one.row + 1] as number); i++, one.stretch++) {
        one.from = rows.from[i] as number;
        one.to = rows.to[i] as number;
        visit(one);
      }
    }
  }
}

/** The mask with those stretches only that `keep` says yes to. */
function kept(mask: Mask, keep: (stretch: number) => boolean): Mask {
  const list = createRunList();
  let written = 0;
  eachStretch(mask, ({ stretch, slice, row, from, to }) => {
    if (!keep(stretch)) return;
    const at = (slice * mask.rows + row) * mask.columns;
    list.add(0, at + from - written);
    list.add(1, to - from);
    written = at + to;
  });
  return { ...mask, runs: list.cut(mask.columns * mask.rows * mask.slices - written) };
}

export const countPieces = (mask: Mask, connected: Connected): number => piecesOf(mask, connected).count;

/** The mask without pieces of fewer than `least` pixels. */
export function dropSmall(mask: Mask, { least, within }: Connected & { least: number }): Mask {
  if (least <= 1) return mask;
  const { of, size } = piecesOf(mask, { within });
  return kept(mask, (stretch) => (size[of[stretch] as number] as number) >= least);
}

/** The piece with most pixels (the first of equals), and how many there are; undefined where nothing is marked. */
export function largestPiece(mask: Mask, connected: Connected): { readonly mask: Mask; readonly count: number } | undefined {
  const { of, size, count } = piecesOf(mask, connected);
  if (count === 0) return undefined;
  let best = 0;
  for (let i = 1; i < size.length; i++) if ((size[i] as number) > (size[best] as number)) best = i;
  return { mask: count === 1 ? mask : kept(mask, (stretch) => of[stretch] === best), count };
}

/** The mask with its holes marked too: background of a slice that no path along edges joins with the slice's border. */
export function fillHoles(mask: Mask): Mask {
  const { columns, rows, slices } = mask;
  const list = createRunList();
  const read = createSliceReader(mask, { gaps: true });
  const gaps = emptyRows(mask);
  let written = 0;
  for (let slice = 0; slice < slices; slice++) {
    read(gaps);
    const outside = outsideOf(gaps, { columns, rows });
    for (let row = 0; row < rows; row++) {
      const base = (slice * rows + row) * columns;
      for (let gap = gaps.first[row] as number; gap < (gaps.first[row + 1] as number); gap++) {
        if (!outside(gap)) continue;
        const [from, to] = [base + (gaps.from[gap] as number), base + (gaps.to[gap] as number)];
        list.add(1, from - written);
        list.add(0, to - from);
        written = to;
      }
    }
  }
  list.add(1, columns * rows * slices - written);
  return { ...mask, runs: list.cut(0) };
}

/** Which gaps of a slice are joined with its border. */
function outsideOf(gaps: SliceRows, { columns, rows }: Pick<Mask, 'columns' | 'rows'>): (gap: number) => boolean {
  const forest = createForest();
  // Number 0 is what lies around the slice.
  const first = forest.grow(1 + gaps.count) + 1;
  for (let row = 0; row < rows; row++) {
    if (row > 0) touch({ rows: gaps, row, first }, { rows: gaps, row: row - 1, first }, { join: forest.join, corners: false });
    for (let gap = gaps.first[row] as number; gap < (gaps.first[row + 1] as number); gap++) {
      const isBorder = row === 0 || row === rows - 1 || gaps.from[gap] === 0 || gaps.to[gap] === columns;
      if (isBorder) forest.join(0, first + gap);
    }
  }
  return (gap) => forest.rootOf(first + gap) === 0;
}
