// The filters that hold, as chips; how much passes; and, where nothing passes, which filter is to blame.
import { useMemo } from 'react';
import type { FieldId } from '../../charts/field.ts';
import { charts } from '../../charts/index.ts';
import type { Row } from '../../core/row.ts';
import { count } from '../numbers.ts';
import { Cross } from '../shell/icons.tsx';
import { type Filter, passing, textOf } from './filters.ts';
import styles from './run.module.css';
import { useRunSearch } from './use-run-search.ts';
import { valueName } from './value-name.ts';

const fieldName = (field: FieldId): string => charts.find((chart) => chart.id === field)?.title.toLowerCase() ?? field;

/** `counted`: says how many pass, where the screen does not say it anyway. */
export function FilterBar({ rows, shown, counted }: { rows: readonly Row[]; shown: number; counted: boolean }) {
  const { filters, setFilters, toggle } = useRunSearch();
  if (!filters.length) return null;
  return (
    <div className={styles.filters}>
      <span>Filters:</span>
      {filters.map((filter) => (
        <button
          key={textOf(filter)}
          type="button"
          className={styles.chip}
          aria-label={`Remove filter ${chipText(filter)}`}
          onClick={() => toggle(filter)}
        >
          {chipText(filter)}
          <Cross />
        </button>
      ))}
      <button type="button" className="m-quiet" onClick={() => setFilters([])}>
        clear
      </button>
      {counted && (
        <span className={styles.passing}>
          {count(shown)} of {count(rows.length)}
        </span>
      )}
      {shown === 0 && rows.length > 0 && <Blame rows={rows} filters={filters} onRemove={toggle} onClear={() => setFilters([])} />}
    </div>
  );
}

const chipText = (filter: Filter): string =>
  filter.field === 'agreement'
    ? `header and picture ${valueName('agreement', filter.value).toLowerCase()}`
    : `${fieldName(filter.field)} = ${valueName(filter.field, filter.value)}`;

interface BlameProps {
  readonly rows: readonly Row[];
  readonly filters: readonly Filter[];
  onRemove(filter: Filter): void;
  onClear(): void;
}

function Blame({ rows, filters, onRemove, onClear }: BlameProps) {
  const culprit = useMemo(() => filters.find(({ field }) => passing(rows, { filters, except: field }).length > 0), [rows, filters]);
  return (
    <p className={styles.blame}>
      Nothing passes all of these filters.{' '}
      {culprit ? (
        <button type="button" className="m-quiet" onClick={() => onRemove(culprit)}>
          Remove {chipText(culprit)}
        </button>
      ) : (
        <button type="button" className="m-quiet" onClick={onClear}>
          Clear them all
        </button>
      )}
    </p>
  );
}
