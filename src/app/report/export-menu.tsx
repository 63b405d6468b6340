// Button *Export*: the tables of items and files, measurements and masks of what is outlined, and the whole report as JSON.
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { standing } from '../../core/correction.ts';
import { NOTE } from '../exports/note.ts';
import type { DatasetExport } from '../exports/save-dataset.ts';
import { counted } from '../numbers.ts';
import { type Services, useServices } from '../services.tsx';
import { filesCsv, itemsCsv } from './csv.ts';
import { download, fileStem } from './download.ts';
import css from './export-menu.module.css';
import { measurementsCsv } from './measurements-csv.ts';
import { reportOf } from './stored-report.ts';

export interface ExportMenuProps {
  readonly runId: string;
  /** Tables and masks are of these items only; the report always holds all. Absent: all. */
  readonly shown?: readonly { readonly id: string }[] | undefined;
}

type Kind = 'items' | 'files' | 'report' | 'measurements' | 'masks';

interface Wish {
  readonly runId: string;
  readonly kind: Kind;
  readonly ids?: ReadonlySet<string> | undefined;
}

/** What is to be told when it is done; undefined: nothing. */
async function save({ store, jobs }: Pick<Services, 'store' | 'jobs'>, { runId, kind, ids }: Wish): Promise<string | undefined> {
  const run = await store.load(runId);
  if (!run) throw new Error('This run is no longer here.');
  const stem = fileStem(run.name);
  if (kind === 'masks') return saveMasks({ within: { store, jobs, runId }, ids, stem });
  if (kind === 'report') {
    await download(reportOf(store, run), { name: `${stem}.report.json`, type: 'application/json' });
    return undefined;
  }
  const corrections = standing(await store.corrections(runId));
  const pieces =
    kind === 'files'
      ? filesCsv(store.files(runId), { ids })
      : (kind === 'items' ? itemsCsv : measurementsCsv)(store.items(runId), { corrections, ids });
  await download(pieces, { name: `${stem}.${kind}.csv`, type: 'text/csv;charset=utf-8' });
  return undefined;
}

async function saveMasks(wish: DatasetExport): Promise<string | undefined> {
  const { saveDataset } = await import('../exports/save-dataset.ts');
  const { files, failed } = await saveDataset(wish);
  const [first] = failed;
  if (!first) return undefined;
  return `${counted(files, 'mask')} saved, ${failed.length} not: ${first.because}`;
}

export function ExportMenu({ runId, shown }: ExportMenuProps) {
  const { store, jobs } = useServices();
  const [busy, setBusy] = useState(false);
  const start = async (kind: Kind) => {
    setBusy(true);
    try {
      const ids = shown && new Set(shown.map(({ id }) => id));
      const told = await save({ store, jobs }, { runId, kind, ids });
      if (told) notifications.show({ color: 'yellow', title: 'Not everything was exported', message: told });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : 'The browser could not write the file.';
      notifications.show({ color: 'red', title: 'Nothing was exported', message });
    }
    setBusy(false);
  };
  const some = shown ? ` (${shown.length.toLocaleString('en')} shown)` : '';
  return (
    <Menu position="bottom-end" shadow="md" width={280} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" loading={busy}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void start('items')}>Items{some} as CSV</Menu.Item>
        <Menu.Item onClick={() => void start('files')}>Files{some} as CSV</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void start('measurements')}>Measurements{some} as CSV</Menu.Item>
        <Menu.Item onClick={() => void start('masks')}>Masks{some} as zip</Menu.Item>
        <Menu.Label className={css.note}>{NOTE}</Menu.Label>
        <Menu.Divider />
        <Menu.Item onClick={() => void start('report')}>Whole report as JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
