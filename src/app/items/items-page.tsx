// The Items tab: search, how many, and the grid.
import { NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef } from 'react';
import type { Row } from '../../core/row.ts';
import type { Run } from '../../core/run.ts';
import { count } from '../numbers.ts';
import { passing } from '../run/filters.ts';
import { useRunSearch } from '../run/use-run-search.ts';
import { useServices } from '../services.tsx';
import { Search } from '../shell/icons.tsx';
import { useKeys } from '../shell/use-keys.ts';
import styles from './items.module.css';
import { ItemsGrid } from './items-grid.tsx';
import { COLUMNS, orderOf, orderText } from './order.ts';
import { Thumbnails } from './thumbnails.ts';
import { useOrdered } from './use-ordered.ts';

interface ItemsPageProps {
  readonly run: Run;
  /** Those that pass the filters. */
  readonly rows: readonly Row[];
  readonly of: number;
  readonly loaded: boolean;
  readonly itemId: string | undefined;
}

export function ItemsPage({ run, rows, of, loaded, itemId }: ItemsPageProps) {
  const services = useServices();
  const { search, change } = useRunSearch();
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const pictures = useMemo(() => new Thumbnails(services, { runId: run.id }), [services, run.id]);
  const text = useDeferredValue(search.q);
  const order = useMemo(() => orderOf(search.sort), [search.sort]);
  const found = useMemo(() => passing(rows, { filters: [], text }), [rows, text]);
  const shown = useOrdered(found, order);
  const open = (id: string | undefined) => {
    const next = { ...search, view: 'items' as const };
    if (id)
      void navigate({
        to: '/r/$runId/i/$itemId',
        params: { runId: run.id, itemId: id },
        search: next,
        replace: itemId !== undefined,
        resetScroll: narrow,
      });
    else void navigate({ to: '/r/$runId', params: { runId: run.id }, search: next, resetScroll: false });
  };
  const step = (by: number) => {
    const at = shown.findIndex((row) => row.id === itemId);
    const next = shown[at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + by))];
    if (next) open(next.id);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    f: () => box.current?.focus(),
    Escape: itemId
      ? () => {
          open(undefined);
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
            data={[
              { value: '', label: 'As found' },
              ...COLUMNS.map((column) => ({ value: column, label: column.charAt(0).toUpperCase() + column.slice(1) })),
            ]}
          />
        )}
        <span className={styles.amount}>{shown.length === of ? count(of) : `${count(shown.length)} of ${count(of)}`}</span>
      </div>
      {shown.length === 0 && (
        <p className={styles.empty}>
          No item matches.{' '}
          {search.q && (
            <button type="button" className="m-quiet" onClick={() => change({ q: undefined })}>
              Remove “{search.q}”
            </button>
          )}
        </p>
      )}
      <ItemsGrid
        key={narrow ? 'cards' : 'table'}
        rows={shown}
        order={order}
        pictures={pictures}
        openId={itemId}
        narrow={narrow}
        grid={grid}
        onOrder={(next) => change({ sort: orderText(next) })}
        onOpen={open}
      />
    </section>
  );
}
