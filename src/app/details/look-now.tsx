// Button *Look for outlines now*: for an item that the run has left out. Shows how far it is; leaving the item ends it.
import { Button, Progress } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Item } from '../../core/item.ts';
import { isOurs } from '../../core/mask.ts';
import { useOutlineCards } from '../models/cards.ts';
import { useServices } from '../services.tsx';
import css from './found.module.css';
import { whoMayLook } from './may-look.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly share: number }
  | { readonly kind: 'done'; readonly outlines: number }
  | { readonly kind: 'failed'; readonly because: string };

const IDLE: State = { kind: 'idle' };

function useLook({ runId, item }: { runId: string; item: Item }) {
  const { store, jobs } = useServices();
  const [state, setState] = useState<State>(IDLE);
  const control = useRef<AbortController>(undefined);
  useEffect(() => () => control.current?.abort(), []);
  const start = useCallback(() => {
    const mine = new AbortController();
    control.current = mine;
    setState({ kind: 'busy', share: 0 });
    const on = (done: number, of: number) => !mine.signal.aborted && setState({ kind: 'busy', share: of > 0 ? done / of : 0 });
    jobs.outline({ store, runId, item, on, signal: mine.signal }).then(
      // Masks that came with the data were there before.
      (found) => !mine.signal.aborted && setState({ kind: 'done', outlines: (found.outlines ?? []).filter(isOurs).length }),
      (thrown: unknown) => !mine.signal.aborted && setState({ kind: 'failed', because: sentenceOf(thrown) }),
    );
  }, [jobs, store, runId, item]);
  const stop = useCallback(() => {
    control.current?.abort();
    setState(IDLE);
  }, []);
  return { state, start, stop };
}

const sentenceOf = (thrown: unknown): string => {
  const { because, message } = (thrown ?? {}) as { because?: unknown; message?: unknown };
  const said = because ?? message;
  return typeof said === 'string' && said ? said : 'The picture could not be looked at.';
};

/** Nothing where everybody who may look has looked, or the run is still at it. */
export function LookNow({ runId, item }: { runId: string; item: Item }) {
  const { jobs } = useServices();
  const { data = [] } = useOutlineCards();
  const { state, start, stop } = useLook({ runId, item });
  const able = whoMayLook(
    item,
    data.flatMap(({ model }) => model?.card ?? []),
  );
  if (state.kind === 'busy') return <Busy share={state.share} onStop={stop} />;
  if (state.kind === 'done')
    return (
      <p role="status" className={css.told}>
        Looked just now: {state.outlines ? 'what was found is above.' : 'nothing to outline was found.'}
      </p>
    );
  if (!able.length || jobs.running(runId)) return null;
  return (
    <div className={css.look}>
      <Button size="xs" variant="default" onClick={start}>
        Look for outlines now
      </Button>
      {state.kind === 'failed' ? (
        <p role="alert" className={css.problem}>
          {state.because}
        </p>
      ) : (
        <p className={css.told}>The analysis has left this item out.</p>
      )}
    </div>
  );
}

function Busy({ share, onStop }: { share: number; onStop: () => void }) {
  const percent = Math.round(share * 100);
  return (
    <div className={css.look}>
      <Progress value={Math.max(3, percent)} className={css.progress} aria-label="Looking for outlines" />
      <p role="status" className={css.told}>
        Looking for outlines … {percent ? `${percent} %` : ''}
      </p>
      <Button size="xs" variant="default" onClick={onStop}>
        Cancel
      </Button>
    </div>
  );
}
