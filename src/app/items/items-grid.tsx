// The grid of items: only what is on screen is drawn, whatever the number of rows. Cards on phones, by CSS alone.
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '../../core/row.ts';
import { columnsOf, features } from './columns.tsx';
import { GridHead, GridRow } from './grid-parts.tsx';
import styles from './items.module.css';
import type { OptionalColumn, Order } from './order.ts';
import type { Thumbnails } from './thumbnails.ts';

interface ItemsGridProps {
  readonly rows: readonly Row[];
  readonly order: Order | undefined;
  readonly pictures: Thumbnails;
  readonly openId: string | undefined;
  readonly narrow: boolean;
  /** Optional columns that are asked for. */
  readonly extra: readonly OptionalColumn[];
  readonly grid: RefObject<HTMLDivElement | null>;
  onOrder(order: Order | undefined): void;
  onOpen(id: string): void;
}

const ROW_PX = 60;
const CARD_PX = 84;
const HEAD_PX = 43;

export function ItemsGrid({ rows, order, pictures, openId, narrow, extra, grid, onOrder, onOpen }: ItemsGridProps) {
  const columns = useMemo(() => columnsOf(pictures, extra), [pictures, extra]);
  const height = narrow ? CARD_PX : ROW_PX;
  const { first, length, total, scrollTo } = useSpan({ count: rows.length, height, grid, head: narrow ? 0 : HEAD_PX });
  const [active, setActive] = useActive({ rows, openId, scrollTo });
  // Filtered and ordered before: the table sees only the rows on screen, like pages from a server.
  const data = useMemo(() => rows.slice(first, first + length), [rows, first, length]);
  const table = useTable({ features, columns, data, getRowId: (row) => row.id });
  const current = rows[active];

  function press(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && current) onOpen(current.id);
    const to = moved(event.key, { active, page: pageOf(grid, height), last: rows.length - 1 });
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
    scrollTo(to);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
    <div
      ref={grid}
      role="grid"
      aria-label="Items"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current && data.includes(current) ? `item-${current.id}` : undefined}
      tabIndex={0}
      className={styles.grid}
      data-extra={extra.length || undefined}
      style={{ maxHeight: total + HEAD_PX + 2 }}
      onKeyDown={press}
    >
      <GridHead table={table} order={order} onOrder={onOrder} />
      {/* biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element */}
      <div role="rowgroup" className={styles.body} style={{ height: total }}>
        {table.getRowModel().rows.map((row, at) => (
          <GridRow
            key={row.id}
            table={table}
            row={row}
            place={{ index: first + at, height }}
            active={first + at === active}
            open={row.id === openId}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

/** The span of rows that is on screen. */
function useSpan({ count, height, grid, head }: { count: number; height: number; grid: RefObject<HTMLDivElement | null>; head: number }) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    overscan: 6,
    scrollPaddingStart: head,
  });
  const shown = virtual.getVirtualItems();
  const scrollTo = (at: number) => virtual.scrollToIndex(at);
  return { first: shown[0]?.index ?? 0, length: shown.length, total: virtual.getTotalSize(), scrollTo };
}

/** The row that the keys are on. Follows what is open, also when a link or j and k opened it. */
function useActive(options: { rows: readonly Row[]; openId: string | undefined; scrollTo(at: number): void }) {
  const [active, setActive] = useState(0);
  const latest = useRef(options);
  latest.current = options;
  const { openId, rows } = options;
  const known = rows.length > 0;
  useEffect(() => {
    if (!openId || !known) return;
    const at = latest.current.rows.findIndex((row) => row.id === openId);
    if (at < 0) return;
    setActive(at);
    latest.current.scrollTo(at);
  }, [openId, known]);
  return [Math.max(0, Math.min(active, rows.length - 1)), setActive] as const;
}

const pageOf = (grid: RefObject<HTMLDivElement | null>, height: number): number =>
  Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / height) - 1);

function moved(key: string, { active, page, last }: { active: number; page: number; last: number }): number | undefined {
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: last }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}
