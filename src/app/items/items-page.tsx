// The Items tab: search, how many, and the grid.
import { NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import type { Row } from '../../core/row.ts';
import type { Run } from '../../core/run.ts';
import { count } from '../numbers.ts';
import { useRunSearch } from '../run/use-run-search.ts';
import { useServices } from '../services.tsx';
import { Search } from '../shell/icons.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import styles from './items.module.css';
import { ItemsGrid } from './items-grid.tsx';
import { COLUMN_NAMES, COLUMNS, OPTIONAL_COLUMNS, orderOf, orderText } from './order.ts';
import { Thumbnails } from './thumbnails.ts';
import type { Walk } from './use-shown.ts';

interface ItemsPageProps {
  readonly run: Run;
  /** Those that pass filters and search, in order. */
  readonly shown: readonly Row[];
  readonly walk: Walk;
  readonly of: number;
  readonly loaded: boolean;
  readonly itemId: string | undefined;
}

export function ItemsPage({ run, shown, walk, of, loaded, itemId }: ItemsPageProps) {
  const services = useServices();
  const { search, change } = useRunSearch();
  const grid = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const pictures = useMemo(() => new Thumbnails(services, { runId: run.id }), [services, run.id]);
  const order = useMemo(() => orderOf(search.sort), [search.sort]);
  const cols = search.cols?.join() ?? '';
  const extra = useMemo(() => OPTIONAL_COLUMNS.filter((column) => cols.split(',').includes(column)), [cols]);
  useKeys({
    j: walk.next,
    k: walk.previous,
    f: () => box.current?.focus(),
    Escape: itemId
      ? () => {
          walk.open(undefined);
          grid.current?.focus();
        }
      : undefined,
  });
  if (!of)
    return (
      <p className={styles.empty}>
        {loaded && run.state !== 'running' ? 'There are no items in this run.' : 'Items appear here as soon as the first headers are read.'}
      </p>
    );
  return (
    <section className={styles.page} aria-label="Items of this run">
      <div className={styles.tools}>
        <TextInput
          ref={box}
          className={styles.search}
          aria-label="Search items"
          placeholder="Search names and paths"
          leftSection={<Search />}
          value={search.q ?? ''}
          onChange={(event) => change({ q: event.currentTarget.value || undefined })}
        />
        {narrow && (
          <NativeSelect
            aria-label="Sort by"
            value={order?.by ?? ''}
            onChange={(event) => change({ sort: event.currentTarget.value || undefined })}
            data={[{ value: '', label: 'As found' }, ...COLUMNS.map((column) => ({ value: column, label: COLUMN_NAMES[column] }))]}
          />
        )}
        {!narrow && <ColumnsMenu shown={extra} onChange={(next) => change({ cols: next.length ? next : undefined })} />}
        <span className={styles.amount}>{shown.length === of ? count(of) : `${count(shown.length)} of ${count(of)}`}</span>
      </div>
      {shown.length === 0 && <Nothing />}
      <ItemsGrid
        key={narrow ? 'cards' : 'table'}
        rows={shown}
        order={order}
        pictures={pictures}
        openId={itemId}
        narrow={narrow}
        extra={extra}
        grid={grid}
        onOrder={(next) => change({ sort: orderText(next) })}
        onOpen={walk.open}
      />
    </section>
  );
}

/** A search without a hit; filters without one say so themselves. */
function Nothing() {
  const { search, change } = useRunSearch();
  if (!search.q) return null;
  return (
    <p className={styles.empty}>
      No name or path here holds “{search.q}”.{' '}
      <button type="button" className="m-quiet" onClick={() => change({ q: undefined })}>
        Clear the search
      </button>
    </p>
  );
}
