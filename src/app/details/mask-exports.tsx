// Button *Save masks* of one item: PNG, NIfTI, DICOM SEG and measurements. Where masks of many items are saved, see the Export menu of the run.
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type RefObject, useState } from 'react';
import type { Item } from '../../core/item.ts';
import { gridOf } from '../../core/item-grid.ts';
import { NOTE } from '../exports/note.ts';
import type { Kind } from '../exports/save.ts';
import { useServices } from '../services.tsx';
import css from './mask-exports.module.css';

export interface MaskExportsProps {
  readonly runId: string;
  readonly item: Item;
  /** The slice that the viewer shows, from 0; nothing yet: the middle of the first outline. */
  readonly seen: Readonly<RefObject<number | undefined>>;
}

/** Nothing where the item has no outline. */
export function MaskExports({ runId, item, seen }: MaskExportsProps) {
  const { store, jobs } = useServices();
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState<number>();
  const [first] = item.outlines ?? [];
  if (!first) return null;
  const stacked = gridOf(item).slices > 1;
  const slice = at ?? (first.slices[0] + first.slices[1]) >> 1;
  const save = async (kind: Kind) => {
    setBusy(true);
    try {
      const { saveItem } = await import('../exports/save.ts');
      const notes = await saveItem({ within: { store, jobs, runId }, itemId: item.id, kind, slice });
      if (notes.length) notifications.show({ title: 'Saved', message: notes.join(' ') });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : 'The browser could not write the file.';
      notifications.show({ color: 'red', title: 'Nothing was saved', message });
    }
    setBusy(false);
  };
  return (
    <Menu
      position="bottom-start"
      shadow="md"
      width={290}
      withinPortal
      onOpen={() => setAt(seen.current)}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button variant="default" size="xs" loading={busy}>
          Save masks
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('slice')}>{stacked ? `Slice ${slice + 1} as PNG` : 'Mask as PNG'}</Menu.Item>
        {stacked && <Menu.Item onClick={() => void save('slices')}>All slices as PNG (zip)</Menu.Item>}
        <Menu.Item onClick={() => void save('volume')}>{stacked ? 'Volume as NIfTI' : 'Mask as NIfTI'}</Menu.Item>
        <Menu.Item onClick={() => void save('seg')}>DICOM segmentation</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void save('csv')}>Measurements as CSV</Menu.Item>
        <Menu.Label className={css.note}>{NOTE}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
