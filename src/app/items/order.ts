// The order of rows in the table: pure, and quick enough for a hundred thousand.
import type { Row } from '../../core/row.ts';

export const COLUMNS = ['name', 'dimension', 'modality', 'anatomy', 'features', 'size', 'dice', 'confidence', 'files'] as const;
/** Columns that are there when asked for. */
export const OPTIONAL_COLUMNS = ['size', 'dice'] as const satisfies readonly ColumnId[];
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

export const COLUMN_NAMES: Readonly<Record<ColumnId, string>> = {
  name: 'Name',
  dimension: 'Dimension',
  modality: 'Modality',
  anatomy: 'Anatomy',
  features: 'Features',
  size: 'Size found',
  dice: 'Dice',
  confidence: 'Confidence',
  files: 'Files',
};
export type ColumnId = (typeof COLUMNS)[number];

export interface Order {
  readonly by: ColumnId;
  readonly down: boolean;
}

/** "-confidence" → by confidence, largest first. Undefined: order of arrival. */
export function orderOf(text: string | undefined): Order | undefined {
  const down = text?.startsWith('-') ?? false;
  const by = COLUMNS.find((column) => column === (down ? text?.slice(1) : text));
  return by && { by, down };
}

export function orderText(order: Order | undefined): string | undefined {
  return order && `${order.down ? '-' : ''}${order.by}`;
}

/** Up, then down, then as they came. */
export function nextOrder(order: Order | undefined, by: ColumnId): Order | undefined {
  if (order?.by !== by) return { by, down: false };
  return order.down ? undefined : { by, down: true };
}

const keys = new WeakMap<Row, string>();

/** Digits padded, so that img2 comes before img10; Intl.Collator would take ten times as long. */
function nameKey(row: Row): string {
  let key = keys.get(row);
  if (key === undefined) {
    key = row.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
    keys.set(row, key);
  }
  return key;
}

const VALUES: Readonly<Record<ColumnId, (row: Row) => string | number>> = {
  name: nameKey,
  dimension: (row) => row.dimension,
  modality: (row) => row.modality,
  anatomy: (row) => row.anatomy,
  // What was looked for in vain comes before what nobody looked at.
  features: (row) => row.features.join(' ') || (row.absent?.length ? '}' : '~'),
  size: (row) => sizeKey(row),
  dice: (row) => row.dice ?? NONE,
  confidence: (row) => row.confidence,
  files: (row) => row.files,
};

/** Smaller than anything that was measured. */
const NONE = -1;

/** By volume; areas, and then shares of the picture, below every volume: they cannot be compared. */
function sizeKey({ size }: Row): number {
  if (!size) return NONE;
  const { volumeMl, areaMm2, areaFraction } = size;
  if (volumeMl !== null) return 2 + volumeMl;
  return areaMm2 === null ? areaFraction : 1 + areaMm2 / (1 + areaMm2);
}

interface Keyed {
  readonly row: Row;
  readonly at: number;
  readonly key: string | number;
}

/** Rows sorted in one go; beyond, a sort would hold up the page (770 ms for 100,000 names on two busy cores). */
const RUN = 4000;

/** A sorted copy, made step by step: each `next` does a few milliseconds of work. Rows that are equal stay as they came. */
export function* ordering(rows: readonly Row[], order: Order): Generator<undefined, readonly Row[]> {
  const keyOf = VALUES[order.by];
  const sign = order.down ? -1 : 1;
  const before = (a: Keyed, b: Keyed): number => (a.key < b.key ? -sign : a.key > b.key ? sign : a.at - b.at);
  let runs: Keyed[][] = [];
  for (let start = 0; start < rows.length; start += RUN) {
    runs.push(
      rows
        .slice(start, start + RUN)
        .map((row, at) => ({ row, at: start + at, key: keyOf(row) }))
        .sort(before),
    );
    yield;
  }
  while (runs.length > 1) {
    const merged: Keyed[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merging(runs[at] ?? [], runs[at + 1] ?? [], before));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ row }) => row);
}

function* merging(left: readonly Keyed[], right: readonly Keyed[], before: (a: Keyed, b: Keyed) => number): Generator<undefined, Keyed[]> {
  const all: Keyed[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l]!, right[r]!];
    if (before(a, b) <= 0) {
      all.push(a);
      l += 1;
    } else {
      all.push(b);
      r += 1;
    }
    if (all.length % RUN === 0) yield;
  }
  for (; l < left.length; l += 1) all.push(left[l]!);
  for (; r < right.length; r += 1) all.push(right[r]!);
  return all;
}
