// Runs kept on this device: open again, delete.
import { ActionIcon, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../core/run.ts';
import { ago, counted } from '../numbers.ts';
import { useRuns } from '../run/use-runs.ts';
import { useServices } from '../services.tsx';
import { Bin } from '../shell/icons.tsx';
import styles from './start.module.css';

const STATES: Readonly<Record<Run['state'], string>> = {
  running: 'reading',
  paused: 'paused',
  interrupted: 'interrupted',
  stopped: 'stopped',
  done: '',
  failed: 'not finished',
};

export function Recent() {
  const runs = useRuns();
  if (!runs.length) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent">Recent</h2>
      <ul>
        {runs.slice(0, 12).map((run) => (
          <RecentRun key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function RecentRun({ run }: { run: Run }) {
  const { store, jobs } = useServices();
  const remove = async () => {
    const running = jobs.running(run.id);
    running?.stop();
    await running?.ended;
    await store.remove(run.id);
    notifications.show({ message: `“${run.name}” was deleted from this device.` });
  };
  return (
    <li>
      <Link to="/r/$runId" params={{ runId: run.id }} className={styles.run}>
        <strong>{run.name}</strong>
        <span>{[counted(run.progress.items, 'item'), STATES[run.state], ago(run.startedAt, Date.now())].filter(Boolean).join(' · ')}</span>
      </Link>
      <Tooltip label="Delete from this device">
        <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${run.name}`} onClick={remove}>
          <Bin />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
