// The answer in one sentence: how much, of what, of where.
import { tallyBy } from '../../charts/chart.ts';
import { groupOf } from '../../charts/field.ts';
import { anatomyName, modalityName } from '../../charts/names.ts';
import type { Row } from '../../core/row.ts';
import { counted, share } from '../numbers.ts';

/** "1,204 items, 96,910 images: CT 62 %, MRI 20 %; chest 34 %, liver 12 %." Undefined while nothing is counted. */
export function headline(rows: readonly Row[]): string | undefined {
  if (!rows.length) return undefined;
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const amount = images === rows.length ? counted(images, 'image') : `${counted(rows.length, 'item')}, ${counted(images, 'image')}`;
  const modality = leading(rows, (row) => (row.modality === 'UNKNOWN' ? undefined : modalityName(groupOf(row.modality))));
  const anatomy = leading(rows, (row) => (row.anatomy === 'UNKNOWN' ? undefined : anatomyName(row.anatomy).toLowerCase()));
  const what = [modality, anatomy].filter(Boolean).join('; ');
  return what ? `${amount}: ${what}.` : `${amount}.`;
}

const NAMED = 2;
/** Below this share nothing leads: what there is, is named without figures. */
const LEADS = 0.3;

function leading(rows: readonly Row[], named: (row: Row) => string | undefined): string {
  const { counts, total } = tallyBy(rows, { counting: 'items', valuesOf: named });
  const best = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const first = best[0];
  if (!first) return '';
  if (first[1] === total) return `all ${first[0]}`;
  if (first[1] / total >= LEADS)
    return best
      .slice(0, NAMED)
      .map(([value, count]) => `${value} ${share(count / total)}`)
      .join(', ');
  return listed(best.map(([value]) => value));
}

/** "CT, MRI, X-ray and 3 more". */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : [...names];
  const last = shown.pop();
  return shown.length ? `${shown.join(', ')} and ${last}` : (last ?? '');
}
