// Which optional columns the table has. They are part of the address.
import { Button, Menu } from '@mantine/core';
import { COLUMN_NAMES, OPTIONAL_COLUMNS, type OptionalColumn } from './order.ts';

interface ColumnsMenuProps {
  readonly shown: readonly OptionalColumn[];
  onChange(shown: readonly OptionalColumn[]): void;
}

const HINTS: Readonly<Record<OptionalColumn, string>> = {
  size: 'volume, area or share of the largest finding',
  dice: 'overlap with the mask in the data',
};

export function ColumnsMenu({ shown, onChange }: ColumnsMenuProps) {
  const toggle = (column: OptionalColumn) => onChange(OPTIONAL_COLUMNS.filter((one) => shown.includes(one) !== (one === column)));
  return (
    <Menu position="bottom-end" shadow="md" width={290} closeOnItemClick={false} withinPortal>
      <Menu.Target>
        <Button variant="default">Columns</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {OPTIONAL_COLUMNS.map((column) => (
          <Menu.CheckboxItem key={column} checked={shown.includes(column)} onChange={() => toggle(column)}>
            {COLUMN_NAMES[column]} – {HINTS[column]}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
