// Settings: looks, keys, models, what is kept on this device, and what the relay sees.
import { Button, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteEverything } from '../../stores/delete-everything.ts';
import { useOwnModels } from '../models/choices.ts';
import { bytes, counted } from '../numbers.ts';
import { useRuns } from '../run/use-runs.ts';
import { useServices } from '../services.tsx';
import { useSingleKeys } from '../shell/use-keys.ts';
import { ModelSettings } from './model-settings.tsx';
import styles from './settings.module.css';

export function SettingsPage() {
  useDocumentTitle('Settings – Medley');
  return (
    <div className={styles.page}>
      <h1>Settings</h1>
      <Looks />
      <ModelSettings />
      <Storage />
      <section>
        <h2 id="relay">The relay</h2>
        <p>
          Some hosts do not let other sites read their files. Only then, what you asked for is read through the relay of this site. It sees
          the address of the file and passes the bytes on; it keeps nothing, adds nothing, and no file of your computer ever goes through
          it. A run that used it says so.
        </p>
      </section>
    </div>
  );
}

function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [single, setSingle] = useSingleKeys();
  return (
    <section>
      <h2>Looks and keys</h2>
      <SegmentedControl
        aria-label="Theme"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <Switch
        mt="md"
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
        label="Single-key shortcuts"
        description="Switch off if you use speech input or a key is pressed by accident."
      />
    </section>
  );
}

function Storage() {
  const runs = useRuns();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['storage'], queryFn: measured, refetchOnMount: 'always' });
  const persist = async () => {
    await navigator.storage.persist();
    await queries.invalidateQueries({ queryKey: ['storage'] });
  };
  return (
    <section>
      <h2>On this device</h2>
      <p>
        {counted(runs.length, 'run')} kept
        {data?.used !== undefined && `, ${bytes(data.used)} of ${bytes(data.quota ?? 0)} that the browser allows`}. They hold headers,
        labels and small parts of files, never whole datasets, and stay on this device.
      </p>
      {data?.persisted === false && (
        <p>
          The browser may clear them when the disk is nearly full.{' '}
          <button type="button" className="m-quiet" onClick={persist}>
            Ask it to keep them
          </button>
        </p>
      )}
      {data?.persisted && <p>The browser keeps them until you delete them.</p>}
      <DeleteAll />
    </section>
  );
}

async function measured() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  return { used: usage, quota, persisted: await navigator.storage?.persisted?.() };
}

function DeleteAll() {
  const { store, jobs } = useServices();
  const runs = useRuns();
  const queries = useQueryClient();
  const [, setOwnModels] = useOwnModels();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = async () => {
    setBusy(true);
    for (const run of runs) {
      const running = jobs.running(run.id);
      running?.stop();
      await running?.ended;
    }
    await deleteEverything(store).catch((thrown: unknown) => setProblem(thrown instanceof Error ? thrown.message : String(thrown)));
    setBusy(false);
    setAsked(false);
    setOwnModels([]);
    await queries.invalidateQueries({ queryKey: ['storage'] });
  };
  if (!asked) {
    return (
      <>
        {problem && <p role="alert">Not everything could be deleted: {problem}</p>}
        <Button variant="default" onClick={() => setAsked(true)}>
          Delete everything
        </Button>
      </>
    );
  }
  return (
    <div className={styles.sure}>
      <p>
        This deletes {counted(runs.length, 'run')} with all corrections made in them, your own models, and the copy of the app and its
        models that is kept for offline use. It cannot be undone.
      </p>
      <Button color="red" loading={busy} onClick={remove}>
        Delete everything now
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        Keep
      </Button>
    </div>
  );
}
