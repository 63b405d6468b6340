// The question about a folder of numbered pictures: one volume, or single images? Asked once; the answer can be changed.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import type { Notice } from '../../core/source.ts';
import { useServices } from '../services.tsx';
import styles from './run.module.css';
import { answerFor, answerStack, type StackAnswer } from './stack-answer.ts';
import { useFresh } from './use-fresh.ts';

/** One box for a folder; `notices` are those about it. */
export function AskStack({ runId, folder, notices }: { runId: string; folder: string; notices: readonly Notice[] }) {
  const { store } = useServices();
  const corrections = useFresh(
    useMemo(
      () => ({
        load: () => store.corrections(runId),
        watch: (on: () => void) => store.watch(runId, ({ kind }) => kind === 'correction' && on()),
      }),
      [store, runId],
    ),
  );
  const [busy, setBusy] = useState<StackAnswer | 'change'>();
  if (!corrections) return null;
  const answer = answerFor(corrections, folder);
  const say = async (next: StackAnswer | undefined) => {
    setBusy(next ?? 'change');
    await answerStack(store, { runId, folder, answer: next }).catch(() =>
      notifications.show({ color: 'red', message: 'This could not be kept: the storage of this browser may be full.' }),
    );
    setBusy(undefined);
  };
  const where = folder ? `The numbered pictures in ${folder}` : 'The numbered pictures';
  if (answer)
    return (
      <p className={styles.asked}>
        {where} {answer === 'volume' ? 'are now one volume.' : 'stay single images.'}{' '}
        <button type="button" className="m-quiet" disabled={busy !== undefined} onClick={() => void say(undefined)}>
          {answer === 'volume' ? 'Undo' : 'Change'}
        </button>
      </p>
    );
  return (
    <>
      {notices.map((notice) => (
        <p key={notice.because}>{notice.because}</p>
      ))}
      <p className={styles.choice}>
        <Button size="compact-sm" loading={busy === 'volume'} disabled={busy === 'single'} onClick={() => void say('volume')}>
          Treat as one volume
        </Button>
        <Button size="compact-sm" variant="default" disabled={busy !== undefined} onClick={() => void say('single')}>
          Keep as single images
        </Button>
      </p>
    </>
  );
}
