// The overview: every chart, each filtered by the others and greyed by its own filters.
import { useDeferredValue, useMemo } from 'react';
import type { Counting } from '../../charts/chart.ts';
import type { Row } from '../../core/row.ts';
import type { Run } from '../../core/run.ts';
import { type Activity, isOver } from '../run/run-state.ts';
import { useRunSearch } from '../run/use-run-search.ts';
import { ChartCard } from './chart-card.tsx';
import { FileStatuses } from './file-statuses.tsx';
import styles from './overview.module.css';
import { Same } from './same.tsx';
import { type Tallied, useTallies } from './use-tallies.ts';
import { WhyUnexamined } from './why-unexamined.tsx';

interface OverviewProps {
  readonly run: Run;
  readonly rows: readonly Row[];
  readonly loaded: boolean;
  readonly activity: Activity;
}

export function Overview({ run, rows, loaded, activity }: OverviewProps) {
  const { search, filters } = useRunSearch();
  const asked = useDeferredValue(filters);
  const counting = search.count ?? 'items';
  const tallies = useTallies(rows, { filters: asked, counting });
  if (!rows.length) return <Nothing run={run} loaded={loaded} activity={activity} />;
  if (!tallies) return null;
  const alike = tallies.filter(({ chart, uniform }) => uniform && !chart.always);
  // A list of one is no list.
  const same = alike.length > 1 ? alike : [];
  const drawn = tallies.filter((one) => !same.includes(one));
  return (
    <div className={styles.grid}>
      {drawn.map((one) => (
        <CountedChart key={one.chart.id} {...one} counting={counting} rows={rows} />
      ))}
      {same.length > 0 && <Same tallies={same} amount={rows.length} />}
      <FileStatuses run={run} activity={activity} />
    </div>
  );
}

function CountedChart({ chart, data, counting, rows }: Tallied & { counting: Counting; rows: readonly Row[] }) {
  const { filters, toggle } = useRunSearch();
  const picked = useMemo(
    () => new Set(filters.filter((filter) => filter.field === chart.id).map((filter) => filter.value)),
    [chart, filters],
  );
  const below = useMemo(() => (chart.id === 'feature' ? <WhyUnexamined rows={rows} /> : undefined), [chart, rows]);
  if (chart.optional && !data.slices.length && !picked.size) return null;
  return (
    <ChartCard chart={chart} data={data} counting={counting} picked={picked} onPick={(value) => toggle({ field: chart.id, value })}>
      {below}
    </ChartCard>
  );
}

function Nothing({ run, loaded, activity }: { run: Run; loaded: boolean; activity: Activity }) {
  if (activity === 'failed') return null;
  if (!isOver(activity) || !loaded) return <p className={styles.nothing}>Charts appear here as soon as the first headers are read.</p>;
  const { files } = run.progress;
  return (
    <>
      <p className={styles.nothing}>{files ? 'None of the files is a medical image that can be read.' : 'There are no files in it.'}</p>
      <div className={styles.grid}>
        <FileStatuses run={run} activity={activity} />
      </div>
    </>
  );
}
