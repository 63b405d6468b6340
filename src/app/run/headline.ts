// The answer in one sentence: how much, mostly what, mostly where.
import { tallyBy } from '../../charts/chart.ts';
import { FIELDS } from '../../charts/field.ts';
import { anatomyName } from '../../charts/names.ts';
import type { Row } from '../../core/row.ts';
import { counted, share } from '../numbers.ts';

/** Undefined while nothing is counted. */
export function headline(rows: readonly Row[]): string | undefined {
  if (!rows.length) return undefined;
  const modality = top(rows, (row) => (row.modality === 'UNKNOWN' ? undefined : String(FIELDS.modality(row))));
  const anatomy = top(rows, (row) => (row.anatomy === 'UNKNOWN' ? undefined : row.anatomy));
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const amount = images === rows.length ? counted(images, 'image') : `${counted(rows.length, 'item')} of ${counted(images, 'image')}`;
  const parts = [
    modality && `${portion(modality.share)} ${modality.value}`,
    anatomy && `${portion(anatomy.share)} ${anatomyName(anatomy.value).toLowerCase()}`,
  ];
  const what = parts.filter(Boolean).join(', ');
  return what ? `${amount}: ${what}.` : `${amount}.`;
}

function portion(part: number): string {
  return part === 1 ? 'all' : part > 0.5 ? `mostly (${share(part)})` : `most often (${share(part)})`;
}

function top(rows: readonly Row[], valuesOf: (row: Row) => string | undefined): { value: string; share: number } | undefined {
  const { counts, total } = tallyBy(rows, { counting: 'items', valuesOf });
  let best: { value: string; share: number } | undefined;
  for (const [value, count] of counts) if (!best || count / total > best.share) best = { value, share: count / total };
  return best;
}
