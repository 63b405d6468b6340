// What was odd about a run, as sentences: how it was fetched, what could not be read, why it failed, how to go on.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '../../core/run.ts';
import type { Notice } from '../../core/source.ts';
import { count } from '../numbers.ts';
import { useAnalyse } from '../start/use-analyse.ts';
import { advice } from './advice.ts';
import { AskStack } from './ask-stack.tsx';
import { Continue } from './continue.tsx';
import { ReadLog } from './read-log.tsx';
import styles from './run.module.css';
import type { Activity } from './run-state.ts';

/** Notices of one code beyond these are counted, not listed. */
const SHOWN = 3;

export function Notices({ run, activity, brief }: { run: Run; activity: Activity; brief: boolean }) {
  return (
    <div className={styles.notices}>
      {activity === 'failed' && <Failed run={run} />}
      {activity === 'interrupted' && <Interrupted run={run} />}
      {activity === 'stopped' && <Interrupted run={run} stopped />}
      {activity === 'elsewhere' && <Box>Another tab is reading this. What it finds appears here, too.</Box>}
      {!brief && <Said run={run} />}
      {!brief && <Unread run={run} over={activity === 'done' || activity === 'stopped'} />}
    </div>
  );
}

function Box({ tone = 'plain', children }: { tone?: 'plain' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div className={styles.notice} data-tone={tone}>
      {children}
    </div>
  );
}

function Failed({ run }: { run: Run }) {
  const analyse = useAnalyse();
  return (
    <Box tone="bad">
      <p>
        <strong>{run.because ?? 'The analysis could not go on.'}</strong> {run.code && <code>{run.code}</code>}
      </p>
      <p>
        {advice(run.code)} {run.code === 'E-FULL' && <Link to="/settings">Open the settings</Link>}
      </p>
      {run.progress.files > 0 ? (
        <Continue run={run} what="" />
      ) : (
        <p className={styles.choice}>
          {run.given.length > 0 && (
            <Button size="compact-sm" onClick={() => analyse(run.given.map((url) => ({ kind: 'url', url })))}>
              Try again
            </Button>
          )}
          <Button size="compact-sm" variant="default" component={Link} to="/">
            Start with another source
          </Button>
        </p>
      )}
      <ReadLog run={run} />
    </Box>
  );
}

function Interrupted({ run, stopped }: { run: Run; stopped?: boolean }) {
  const what = stopped ? 'This run was stopped before its end.' : 'This run was interrupted, perhaps because its tab was closed.';
  return (
    <Box tone="warn">
      <Continue run={run} what={what} />
    </Box>
  );
}

const ASKED = 'ASK-STACK';

function Said({ run }: { run: Run }) {
  const byCode = new Map<string, Notice[]>();
  for (const notice of run.notices) {
    // A question is about one folder; other notices of a kind share a box.
    const key = notice.code === ASKED ? `${ASKED} ${notice.path ?? ''}` : notice.code;
    byCode.set(key, [...(byCode.get(key) ?? []), notice]);
  }
  return [...byCode].map(([key, notices]) => {
    const [{ code, path = '' }] = notices as [Notice];
    return (
      <Box key={key} tone={code === 'E-FULL' || code === 'E-QUOTA' ? 'bad' : 'plain'}>
        {code === ASKED ? <AskStack runId={run.id} folder={path} notices={notices} /> : <Sentences code={code} notices={notices} />}
      </Box>
    );
  });
}

function Sentences({ code, notices }: { code: string; notices: readonly Notice[] }) {
  return (
    <>
      {notices.slice(0, SHOWN).map((notice) => (
        <p key={`${notice.path}${notice.because}`}>
          {notice.because} {code.startsWith('E-') && <code>{code}</code>}
          {code === 'PROXY' && (
            <Link to="/settings" hash="relay">
              What the relay sees
            </Link>
          )}
        </p>
      ))}
      {notices.length > SHOWN && <p>… and {count(notices.length - SHOWN)} more like this.</p>}
    </>
  );
}

function Unread({ run, over }: { run: Run; over: boolean }) {
  const { unreadable, skipped, files } = run.progress;
  const search = (status: string) => ({ view: 'files' as const, status });
  return (
    <>
      {unreadable > 0 && (
        <Box tone="warn">
          <p>
            {count(unreadable)} of {count(files)} files could not be read. {over ? 'The rest is complete.' : 'The others go on.'}{' '}
            <Link to="/r/$runId" params={{ runId: run.id }} search={search('unreadable')}>
              Show them
            </Link>
          </p>
        </Box>
      )}
      {skipped > 0 && (
        <Box>
          <p>
            {count(skipped)} of {count(files)} files were skipped.{' '}
            <Link to="/r/$runId" params={{ runId: run.id }} search={search('skipped')}>
              Show them
            </Link>
          </p>
        </Box>
      )}
    </>
  );
}
