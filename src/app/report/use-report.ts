// The run and its summary for the report page; counted again while the run goes on, at most every few seconds.
import { useEffect, useState } from 'react';
import { standing } from '../../core/correction.ts';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { type Summary, summarise } from './summary.ts';

export interface Report {
  readonly run: Run;
  readonly summary: Summary;
}

const PAUSE_MS = 4000;

async function read(store: Store, { runId, signal }: { runId: string; signal: AbortSignal }): Promise<Report | undefined> {
  const [run, corrections] = await Promise.all([store.load(runId), store.corrections(runId)]);
  const summary = await summarise({ items: store.items(runId), files: store.files(runId), corrections: standing(corrections), signal });
  return run && summary ? { run, summary } : undefined;
}

/** undefined while counting for the first time; null where the run cannot be read. */
export function useReport(store: Store, runId: string): Report | null | undefined {
  const [report, setReport] = useState<Report | null>();
  useEffect(() => {
    const control = new AbortController();
    const { signal } = control;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = async () => {
      const found = await read(store, { runId, signal }).catch(() => undefined);
      if (!signal.aborted) setReport(found ?? null);
      timer = undefined;
    };
    const off = store.watch(runId, () => {
      timer ??= setTimeout(() => void count(), PAUSE_MS);
    });
    void count();
    return () => {
      control.abort();
      clearTimeout(timer);
      off();
    };
  }, [store, runId]);
  return report;
}
