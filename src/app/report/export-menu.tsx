// Button *Export*: the table of items, the table of files, and the whole report as JSON.
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { standing } from '../../core/correction.ts';
import type { Store } from '../../core/store.ts';
import { useServices } from '../services.tsx';
import { filesCsv, itemsCsv } from './csv.ts';
import { download, fileStem } from './download.ts';
import { reportOf } from './stored-report.ts';

export interface ExportMenuProps {
  readonly runId: string;
  /** Tables hold only these items; the report always holds all. */
  readonly filter?: { readonly ids: ReadonlySet<string> } | undefined;
}

type Kind = 'items' | 'files' | 'report';

async function save(
  store: Store,
  { runId, kind, ids }: { runId: string; kind: Kind; ids?: ReadonlySet<string> | undefined },
): Promise<void> {
  const run = await store.load(runId);
  if (!run) throw new Error('This run is no longer here.');
  const stem = fileStem(run.name);
  if (kind === 'report') return download(reportOf(store, run), { name: `${stem}.report.json`, type: 'application/json' });
  const csv = { name: `${stem}.${kind}.csv`, type: 'text/csv;charset=utf-8' };
  if (kind === 'files') return download(filesCsv(store.files(runId), { ids }), csv);
  return download(itemsCsv(store.items(runId), { corrections: standing(await store.corrections(runId)), ids }), csv);
}

export function ExportMenu({ runId, filter }: ExportMenuProps) {
  const { store } = useServices();
  const [busy, setBusy] = useState(false);
  const ids = filter?.ids;
  const start = async (kind: Kind) => {
    setBusy(true);
    try {
      await save(store, { runId, kind, ids });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : 'The browser could not write the file.';
      notifications.show({ color: 'red', title: 'Nothing was exported', message });
    }
    setBusy(false);
  };
  const some = ids ? ` (${ids.size.toLocaleString('en')} shown)` : '';
  return (
    <Menu position="bottom-end" shadow="md" width={270} withinPortal>
      <Menu.Target>
        <Button variant="default" loading={busy}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void start('items')}>Items{some} as CSV</Menu.Item>
        <Menu.Item onClick={() => void start('files')}>Files{some} as CSV</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void start('report')}>Whole report as JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
