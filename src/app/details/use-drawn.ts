// Masks that came with the data and were spared by the run: read when their item is opened.
import { useEffect, useState } from 'react';
import type { Item } from '../../core/item.ts';
import { useServices } from '../services.tsx';

export type Drawn = { readonly state: 'none' | 'reading' } | { readonly state: 'failed'; readonly because: string };

const NONE: Drawn = { state: 'none' };

/** Asks once for each item that is opened. The item comes back from the store with its new outlines. */
export function useDrawn(runId: string, item: Item | undefined): Drawn {
  const { store, jobs } = useServices();
  const [drawn, setDrawn] = useState<Drawn>(NONE);
  const spared = item !== undefined && item.masks.length > 0 && !item.outlines?.some(({ from }) => from === 'file');
  const id = item?.id;
  useEffect(() => {
    setDrawn(NONE);
    if (!spared || id === undefined || jobs.running(runId)) return;
    const control = new AbortController();
    const read = async () => {
      const whole = await store.item(runId, id);
      if (!whole || control.signal.aborted) return;
      setDrawn({ state: 'reading' });
      await jobs.drawn({ store, runId, item: whole, signal: control.signal });
      if (!control.signal.aborted) setDrawn(NONE);
    };
    read().catch((thrown: { because?: unknown; message?: unknown }) => {
      if (control.signal.aborted) return;
      const said = thrown.because ?? thrown.message;
      setDrawn({ state: 'failed', because: typeof said === 'string' ? said : 'They could not be read.' });
    });
    return () => control.abort();
  }, [jobs, store, runId, id, spared]);
  return drawn;
}
