// What became of every file, counted when the run has ended: the store holds them, and counting 100,000 while reading would cost the reading.
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Bars } from '../../charts/marks/bars.tsx';
import { capital, portion } from '../../charts/names.ts';
import type { Run } from '../../core/run.ts';
import { STATUS_NAMES, useFiles } from '../files/use-files.ts';
import { type Activity, isOver } from '../run/run-state.ts';
import { ChartCard } from './chart-card.tsx';

const NONE: ReadonlySet<string> = new Set();

const STATUSES = {
  title: 'File statuses',
  summary: ({ slices, total }: { slices: readonly { value: string; count: number }[]; total: number }) => {
    const images = slices.find((slice) => slice.value === 'image')?.count ?? 0;
    return `${capital(portion(images, { whole: total, counting: 'files' }))} hold images. A bar opens the list of its files.`;
  },
  Draw: Bars,
};

export function FileStatuses({ run, activity }: { run: Run; activity: Activity }) {
  const over = isOver(activity) || activity === 'interrupted';
  const { data } = useFiles(run, over);
  const navigate = useNavigate();
  const tally = useMemo(() => {
    if (!data) return undefined;
    const slices = [...data.counts]
      .map(([value, count]) => ({ value, count, name: STATUS_NAMES[value] }))
      .sort((a, b) => b.count - a.count);
    return { slices, total: data.files.length };
  }, [data]);
  if (!tally?.total) return null;
  const open = (status: string) => void navigate({ to: '/r/$runId', params: { runId: run.id }, search: { view: 'files', status } });
  return <ChartCard chart={STATUSES} data={tally} counting="files" picked={NONE} onPick={open} />;
}
