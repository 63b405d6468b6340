// The answer in one sentence: how much, of what, of where.
import { tallyBy } from '../../charts/chart.ts';
import { groupOf } from '../../charts/field.ts';
import { anatomyName } from '../../charts/names.ts';
import type { Row } from '../../core/row.ts';
import { counted, share } from '../numbers.ts';

/** "1,204 items, 96,910 images: CT 62 %, MRI 20 %; chest 34 %, liver 12 %." Undefined while nothing is counted. */
export function headline(rows: readonly Row[]): string | undefined {
  if (!rows.length) return undefined;
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const amount = images === rows.length ? counted(images, 'image') : `${counted(rows.length, 'item')}, ${counted(images, 'image')}`;
  const modality = leading(rows, (row) => (row.modality === 'UNKNOWN' ? undefined : groupOf(row.modality)));
  const anatomy = leading(rows, (row) => (row.anatomy === 'UNKNOWN' ? undefined : anatomyName(row.anatomy).toLowerCase()));
  const what = [modality, anatomy].filter(Boolean).join('; ');
  return what ? `${amount}: ${what}.` : `${amount}.`;
}

const NAMED = 2;

function leading(rows: readonly Row[], value: (row: Row) => string | undefined): string {
  const { counts, total } = tallyBy(rows, { counting: 'items', valuesOf: value });
  const best = [...counts].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  if (best[0]?.[1] === total) return `all ${best[0][0]}`;
  return best.map(([value, count]) => `${value} ${share(count / total)}`).join(', ');
}
