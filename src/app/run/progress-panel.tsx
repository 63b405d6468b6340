// How far a run is: one bar, a row for each stage, and pause, resume, stop. Folds away when the run has ended.
import { Progress as Bar, Button } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../../core/run.ts';
import { bytes, share } from '../numbers.ts';
import { useServices } from '../services.tsx';
import { Pause, Play, Stop } from '../shell/icons.tsx';
import { leftText, shareDone } from './estimate.ts';
import { STAGE_NAMES, stageCount } from './read-log.ts';
import { ReadLog } from './read-log.tsx';
import styles from './run.module.css';
import { type Activity, isOver } from './run-state.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

/** Beside the bar while nobody knows how much there is to do. */
const SO_FAR: Readonly<Partial<Record<Activity, string>>> = {
  paused: 'Paused',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  failed: 'Failed',
};

export function ProgressPanel({ run, activity, brief }: { run: Run; activity: Activity; brief: boolean }) {
  const [open, setOpen] = useState(false);
  const done = activity === 'done' ? 1 : shareDone(run.progress);
  const left = useSecondsLeft(run.progress, activity === 'running');
  if (isOver(activity) && !open) return <Ended activity={activity} run={run} onOpen={() => setOpen(true)} />;
  return (
    <section className={styles.progress} aria-label="Progress">
      <div className={styles.progressTop}>
        <Meter done={done} moving={activity === 'running'} />
        <span className={styles.share}>{done === undefined ? (SO_FAR[activity] ?? 'Listing…') : share(done)}</span>
        <Controls run={run} activity={activity} />
        {isOver(activity) && (
          <button type="button" className="m-quiet" onClick={() => setOpen(false)}>
            Hide
          </button>
        )}
      </div>
      {!brief && <Stages run={run} />}
      {left && !brief && <p className={styles.left}>{leftText(left)}. You may close this tab; what is read is kept.</p>}
      {(!brief || isOver(activity)) && <ReadLog run={run} />}
    </section>
  );
}

function Meter({ done, moving }: { done: number | undefined; moving: boolean }) {
  return (
    <Bar.Root size="md" radius="xl" className={styles.meter}>
      <Bar.Section
        value={(done ?? (moving ? 1 : 0)) * 100}
        striped={done === undefined && moving}
        aria-label="Analysis progress"
        aria-valuetext={done === undefined ? 'Listing files' : share(done)}
      />
    </Bar.Root>
  );
}

function Stages({ run }: { run: Run }) {
  const { stages, fetched, held } = run.progress;
  return (
    <ol className={styles.stages}>
      {stages.map((stage) => (
        <li key={stage.id} data-done={stage.of !== undefined && stage.done >= stage.of ? '' : undefined}>
          <span>{STAGE_NAMES[stage.id]}</span>
          <b>{stageCount(stage)}</b>
        </li>
      ))}
      {fetched > 0 && (
        <li>
          <span>Fetched</span>
          <b>{held ? `${bytes(fetched)} of ${bytes(held)}` : bytes(fetched)}</b>
        </li>
      )}
    </ol>
  );
}

function Controls({ run, activity }: { run: Run; activity: Activity }) {
  const { jobs } = useServices();
  const running = jobs.running(run.id);
  if (!running || isOver(activity)) return null;
  return (
    <span className={styles.controls}>
      {activity === 'paused' ? (
        <Button size="compact-sm" variant="light" leftSection={<Play />} onClick={() => running.resume()}>
          Resume
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" leftSection={<Pause />} onClick={() => running.pause()}>
          Pause
        </Button>
      )}
      <Button size="compact-sm" variant="default" leftSection={<Stop />} onClick={() => running.stop()}>
        Stop
      </Button>
    </span>
  );
}

function Ended({ run, activity, onOpen }: { run: Run; activity: Activity; onOpen(): void }) {
  if (activity === 'failed') return null;
  const took = run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : undefined;
  const word = activity === 'done' ? 'Complete' : 'Stopped';
  return (
    <p className={styles.ended}>
      <Meter done={activity === 'done' ? 1 : shareDone(run.progress)} moving={false} />
      {took === undefined || !Number.isFinite(took) ? word : `${word} in ${took < 10 ? took.toFixed(1) : Math.round(took)} s`} ·{' '}
      <button type="button" className="m-quiet" onClick={onOpen}>
        How it was read
      </button>
    </p>
  );
}
