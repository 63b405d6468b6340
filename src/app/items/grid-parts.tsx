// Head and rows of the items grid. The grid itself holds the focus and takes the keys (aria-activedescendant).
import type { useTable } from '@tanstack/react-table';
import type { Row } from '../../core/row.ts';
import { Down, Up } from '../shell/icons.tsx';
import type { features } from './columns.tsx';
import styles from './items.module.css';
import { type ColumnId, nextOrder, type Order } from './order.ts';

type GridTable = ReturnType<typeof useTable<typeof features, Row>>;
type TableRow = ReturnType<GridTable['getRowModel']>['rows'][number];

interface GridHeadProps {
  readonly table: GridTable;
  readonly order: Order | undefined;
  onOrder(order: Order | undefined): void;
}

export function GridHead({ table, order, onOrder }: GridHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are */}
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {table.getFlatHeaders().map((header) => {
          const mine = order?.by === header.id ? order : undefined;
          const sorted = mine ? (mine.down ? 'descending' : 'ascending') : 'none';
          return (
            // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
            // biome-ignore lint/a11y/useFocusableInteractive: its button is
            <div key={header.id} role="columnheader" aria-sort={sorted} data-column={header.id} className={styles.headCell}>
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

interface GridRowProps {
  readonly table: GridTable;
  readonly row: TableRow;
  readonly place: { readonly index: number; readonly height: number };
  readonly active: boolean;
  readonly open: boolean;
  onOpen(id: string): void;
}

export function GridRow({ table, row, place, active, open, onOpen }: GridRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={`item-${row.id}`}
      role="row"
      aria-rowindex={place.index + 2}
      aria-selected={open}
      data-active={active || undefined}
      className={styles.row}
      style={{ height: place.height, transform: `translateY(${place.index * place.height}px)` }}
      onClick={() => onOpen(row.id)}
    >
      {row.getAllCells().map((cell) => (
        // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
        <div key={cell.id} role="gridcell" data-column={cell.column.id} className={styles.cell}>
          <table.FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}
