// A run: what is read, how far, and what is in it. One screen while it reads and after; the item's page takes its place on phones.
import { Button } from '@mantine/core';
import { useDocumentTitle, useMediaQuery } from '@mantine/hooks';
import { Link, useMatch } from '@tanstack/react-router';
import { Suspense, useDeferredValue, useMemo } from 'react';
import type { Run } from '../../core/run.ts';
import { useShown, useWalk } from '../items/use-shown.ts';
import { share } from '../numbers.ts';
import { useServices } from '../services.tsx';
import shell from '../shell/shell.module.css';
import { useKeys } from '../shell/use-keys.ts';
import { UrlBar } from '../start/url-bar.tsx';
import { shareDone } from './estimate.ts';
import { passing } from './filters.ts';
import { ItemDetails } from './lazy-parts.tsx';
import styles from './run.module.css';
import { RunHeader } from './run-header.tsx';
import type { Activity } from './run-state.ts';
import { RunTabs } from './run-tabs.tsx';
import { useActivity } from './use-activity.ts';
import { useRows } from './use-rows.ts';
import { useRunSearch } from './use-run-search.ts';
import { useRun } from './use-runs.ts';

export function RunPage() {
  const { runId } = useRunSearch();
  const { jobs } = useServices();
  const run = useRun(runId);
  // A run that has just begun may not be in the store yet.
  if (run === undefined || (run === null && jobs.running(runId))) return null;
  if (run === null) return <NoRun />;
  return <OpenRun key={run.id} run={run} />;
}

function OpenRun({ run }: { run: Run }) {
  const rows = useRows(run.id);
  const activity = useActivity(run);
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const itemId = useMatch({ from: '/r/$runId/i/$itemId', shouldThrow: false, select: (match) => match.params.itemId });
  const { search, filters } = useRunSearch();
  const all = useDeferredValue(rows.rows);
  const asked = useDeferredValue(filters);
  const passed = useMemo(() => passing(all, { filters: asked }), [all, asked]);
  const shown = useShown(passed, itemId !== undefined || search.view === 'items');
  const walk = useWalk(shown, { itemId, narrow });
  useDocumentTitle(titleOf(run, activity));
  const close = () => walk.open(undefined);
  const details = itemId && (
    <Suspense>
      <ItemDetails runId={run.id} itemId={itemId} onClose={close} onPrev={walk.previous} onNext={walk.next} />
    </Suspense>
  );
  useKeys(itemId && narrow ? { Escape: close, j: walk.next, k: walk.previous } : {});
  if (details && narrow) {
    return (
      <div className={styles.itemPage}>
        <h1 className="m-hidden">{run.name}</h1>
        {details}
      </div>
    );
  }
  const hopeless = activity === 'failed' && run.progress.files === 0;
  return (
    <>
      <div className={styles.top}>
        <UrlBar
          size="md"
          initial={run.given.join(' ')}
          placeholder={`${run.name} (a folder of this computer) – paste a link to analyse another`}
        />
      </div>
      <RunHeader
        run={run}
        rows={rows.rows}
        shown={shown.length < all.length ? shown : undefined}
        activity={activity}
        brief={Boolean(itemId ?? search.view)}
      />
      {!hopeless && (
        <RunTabs
          run={run}
          all={all}
          loaded={rows.loaded}
          passed={passed.length}
          shown={shown}
          walk={walk}
          activity={activity}
          itemId={itemId}
          details={details || undefined}
        />
      )}
    </>
  );
}

function titleOf(run: Run, activity: Activity): string {
  const done = activity === 'running' ? shareDone(run.progress) : undefined;
  return done === undefined ? `${run.name} – Medley` : `${share(done)} ${run.name}`;
}

function NoRun() {
  return (
    <section className={shell.lost}>
      <h1>This run is not on this device</h1>
      <p>It was deleted, or it was made in another browser. Runs stay where they were made.</p>
      <Button component={Link} to="/">
        Start a new one
      </Button>
    </section>
  );
}
