// Tallies over fixed intervals, and the sentence about them.
import type { Row } from '../../core/row.ts';
import { type Counting, type Slice, type Tally, tallyBy } from '../chart.ts';
import { capital, portion } from '../names.ts';
import { spanName } from '../span.ts';

export interface BinOptions {
  readonly counting: Counting;
  readonly edges: readonly number[];
  /** Whole numbers: intervals read 50–99, not 50–100. */
  readonly whole: boolean;
  valuesOf(row: Row): string | undefined;
}

/** Slices from the first interval with something in it to the last. */
export function binned(rows: readonly Row[], options: BinOptions): Tally {
  const { counts, total } = tallyBy(rows, options);
  const bins: Slice[] = options.edges.map((edge) => {
    const value = String(edge);
    return { value, name: spanName(value, options), count: counts.get(value) ?? 0 };
  });
  const first = bins.findIndex((bin) => bin.count > 0);
  const last = bins.findLastIndex((bin) => bin.count > 0);
  return { slices: first < 0 ? [] : bins.slice(first, last + 1), total };
}

/** "62 % of the items have 100–199 slices." */
export function mostIn(data: Tally, options: { counting: Counting; what: string }): string {
  const most = data.slices.reduce<Slice | undefined>((best, slice) => (best && best.count >= slice.count ? best : slice), undefined);
  if (!most) return 'No header says.';
  return `${capital(portion(most.count, { whole: data.total, counting: options.counting }))} have ${most.name} ${most.name === '1' ? options.what.replace(/^slices/, 'slice') : options.what}.`;
}
