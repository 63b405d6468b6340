// The grid of items: only what is on screen is drawn, whatever the number of rows. Cards on phones, by CSS alone.
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '../../core/row.ts';
import { Down, Up } from '../shell/icons.tsx';
import { columnsOf, features } from './columns.tsx';
import styles from './items.module.css';
import { type ColumnId, nextOrder, type Order } from './order.ts';
import type { Thumbnails } from './thumbnails.ts';

interface ItemsGridProps {
  readonly rows: readonly Row[];
  readonly order: Order | undefined;
  readonly pictures: Thumbnails;
  readonly openId: string | undefined;
  readonly narrow: boolean;
  readonly grid: RefObject<HTMLDivElement | null>;
  onOrder(order: Order | undefined): void;
  onOpen(id: string): void;
}

const ROW_PX = 60;
const CARD_PX = 84;
const rowDomId = (id: string): string => `item-${id}`;

export function ItemsGrid({ rows, order, pictures, openId, narrow, grid, onOrder, onOpen }: ItemsGridProps) {
  const columns = useMemo(() => columnsOf(pictures), [pictures]);
  const [active, setActive] = useState(0);
  const rowPx = narrow ? CARD_PX : ROW_PX;
  const window = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowPx,
    overscan: 6,
    scrollPaddingStart: narrow ? 0 : 44,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the layout only
  useEffect(() => window.measure(), [rowPx]);
  const shown = window.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const length = shown.length;
  // Filtered and ordered before: the table sees only the rows on screen, like pages from a server.
  const data = useMemo(() => rows.slice(first, first + length), [rows, first, length]);
  const table = useTable({ features, columns, data: data as Row[], getRowId: (row) => row.id });
  useFollow({ rows, openId, setActive, scrollTo: (at) => window.scrollToIndex(at) });

  function press(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return;
    const row = rows[active];
    if (event.key === 'Enter' && row) onOpen(row.id);
    const to = moved(event.key, { active, page: Math.max(1, length - 12), last: rows.length - 1 });
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
    window.scrollToIndex(to);
  }

  const current = rows[Math.min(active, rows.length - 1)];
  const onScreen = current && data.includes(current);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
    <div
      ref={grid}
      role="grid"
      aria-label="Items"
      aria-rowcount={rows.length + 1}
      aria-colcount={7}
      aria-activedescendant={onScreen ? rowDomId(current.id) : undefined}
      tabIndex={0}
      className={styles.grid}
      onKeyDown={press}
    >
      <HeaderRow table={table} order={order} onOrder={onOrder} />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className={styles.body} style={{ height: window.getTotalSize() }}>
        {table.getRowModel().rows.map((row, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys (aria-activedescendant)
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
          <div
            key={row.id}
            id={rowDomId(row.id)}
            role="row"
            aria-rowindex={first + at + 2}
            aria-selected={row.id === openId}
            data-active={first + at === active || undefined}
            className={styles.row}
            style={{ height: rowPx, transform: `translateY(${(first + at) * rowPx}px)` }}
            onClick={() => {
              setActive(first + at);
              onOpen(row.id);
            }}
          >
            {row.getAllCells().map((cell) => (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useFocusableInteractive: see above
              <div key={cell.id} role="gridcell" data-column={cell.column.id} className={styles.cell}>
                <table.FlexRender cell={cell} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Keeps the active row on the one that is open, also when it was opened by a link or by j and k. */
function useFollow(options: {
  rows: readonly Row[];
  openId: string | undefined;
  setActive(at: number): void;
  scrollTo(at: number): void;
}): void {
  const latest = useRef(options);
  latest.current = options;
  const { openId } = options;
  const known = options.rows.length > 0;
  useEffect(() => {
    if (!openId || !known) return;
    const at = latest.current.rows.findIndex((row) => row.id === openId);
    if (at < 0) return;
    latest.current.setActive(at);
    latest.current.scrollTo(at);
  }, [openId, known]);
}

function moved(key: string, { active, page, last }: { active: number; page: number; last: number }): number | undefined {
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: last }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

type GridTable = ReturnType<typeof useTable<typeof features, Row>>;

function HeaderRow({ table, order, onOrder }: { table: GridTable; order: Order | undefined; onOrder(order: Order | undefined): void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are */}
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {table.getFlatHeaders().map((header) => {
          const mine = order?.by === header.id ? order : undefined;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button is
            <div
              key={header.id}
              role="columnheader"
              aria-sort={mine ? (mine.down ? 'descending' : 'ascending') : 'none'}
              data-column={header.id}
              className={styles.headCell}
            >
              <button type="button" className={styles.sort} onClick={() => onOrder(nextOrder(order, header.id as ColumnId))}>
                <table.FlexRender header={header} />
                {mine && (mine.down ? <Down /> : <Up />)}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
