// Head of a run: its name, the answer in one sentence, where it came from, how far it is, and what was odd.
import { Suspense, useDeferredValue, useMemo } from 'react';
import type { Row } from '../../core/row.ts';
import type { Run } from '../../core/run.ts';
import { Announcer } from './announcer.tsx';
import { headline } from './headline.ts';
import { ExportMenu } from './lazy-parts.tsx';
import { Notices } from './notices.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import styles from './run.module.css';
import type { Activity } from './run-state.ts';
import { SourceLine } from './source-line.tsx';

interface RunHeaderProps {
  readonly run: Run;
  readonly rows: readonly Row[];
  /** What passes filters and search, where that is not all. */
  readonly shown?: readonly Row[] | undefined;
  readonly activity: Activity;
  /** Beside a table: only what cannot wait. */
  readonly brief: boolean;
}

export function RunHeader({ run, rows, shown, activity, brief }: RunHeaderProps) {
  const counted = useDeferredValue(rows);
  const sentence = useMemo(() => headline(counted), [counted]);
  return (
    <div className={styles.head} data-brief={brief || undefined}>
      <div className={styles.titleRow}>
        <div className={styles.titles}>
          <h1>{run.name}</h1>
          {sentence && <p className={styles.headline}>{sentence}</p>}
        </div>
        <div className={styles.actions}>
          {rows.length + run.progress.files > 0 && (
            <Suspense>
              <ExportMenu runId={run.id} shown={shown} />
            </Suspense>
          )}
        </div>
      </div>
      <div className={styles.facts}>
        {!brief && <SourceLine run={run} />}
        <ProgressPanel run={run} activity={activity} brief={brief} />
      </div>
      <Notices run={run} activity={activity} brief={brief} />
      <Announcer run={run} activity={activity} />
    </div>
  );
}
