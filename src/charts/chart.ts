// A chart: a pure tally of rows, and a drawing of it. Frames, titles and table twins are the page's.
import type { ReactNode } from 'react';
import type { Row } from '../core/row.ts';
import type { FieldId } from './field.ts';

/** What is counted: images, items (series, volumes, single pictures) or files. */
export type Counting = 'items' | 'images' | 'files';

/** One class or one interval of a tally. */
export interface Slice {
  /** What a filter on this mark is written as. */
  readonly value: string;
  /** For a person. */
  readonly name: string;
  readonly count: number;
  /** CSS colour of the class; absent where marks have no colour of their own. */
  readonly colour?: string | undefined;
}

export interface Tally {
  /** In the order they are drawn. */
  readonly slices: readonly Slice[];
  /** All that was counted: more than the sum where some rows have no value, less where rows have several. */
  readonly total: number;
}

export interface DrawProps {
  readonly data: Tally;
  readonly counting: Counting;
  /** Values that are filtered for; the others are greyed. */
  readonly picked: ReadonlySet<string>;
  /** A mark was chosen: the filter on it is switched. */
  onPick(value: string): void;
}

export interface Chart {
  readonly id: FieldId;
  /** Also its accessible name. */
  readonly title: string;
  readonly order: number;
  /** Wider than the others. */
  readonly wide?: boolean;
  /** Left out where it would say nothing (no row has a value). */
  readonly optional?: boolean;
  /** Drawn even where it has one mark only; others then become a line of what all have in common. */
  readonly always?: boolean;
  /** A sentence that always stands below it. */
  readonly note?: string;
  /** Of its values, where they are numbers. */
  readonly unit?: string;
  tally(rows: readonly Row[], counting: Counting): Tally;
  /** One sentence of what is to be seen. */
  summary(data: Tally, counting: Counting): string;
  Draw(props: DrawProps): ReactNode;
}

/** How much a row weighs. */
export function weightOf(row: Row, counting: Counting): number {
  return counting === 'items' ? 1 : counting === 'images' ? row.images : row.files;
}

/** Counts by value; a row may have several values or none. The total counts every row once. */
export function tallyBy(
  rows: readonly Row[],
  options: { counting: Counting; valuesOf(row: Row): string | readonly string[] | undefined },
): {
  counts: Map<string, number>;
  total: number;
} {
  const counts = new Map<string, number>();
  let total = 0;
  for (const row of rows) {
    const weight = weightOf(row, options.counting);
    total += weight;
    const values = options.valuesOf(row);
    if (values === undefined) continue;
    if (typeof values === 'string') counts.set(values, (counts.get(values) ?? 0) + weight);
    else for (const value of values) counts.set(value, (counts.get(value) ?? 0) + weight);
  }
  return { counts, total };
}

/** Largest first; UNKNOWN always last; equals by name. */
export function ranked(
  counts: ReadonlyMap<string, number>,
  options: { nameOf(value: string): string; colourOf?(value: string): string },
): Slice[] {
  return [...counts]
    .map(([value, count]) => ({ value, count, name: options.nameOf(value), colour: options.colourOf?.(value) }))
    .sort((a, b) => Number(a.value === 'UNKNOWN') - Number(b.value === 'UNKNOWN') || b.count - a.count || a.name.localeCompare(b.name));
}
