// The frame of a chart: title, one sentence, the drawing, and its table twin.
import { memo, type ReactNode, useId, useState } from 'react';
import type { Chart, Counting, DrawProps, Tally } from '../../charts/chart.ts';
import { percent } from '../../charts/names.ts';
import { count } from '../numbers.ts';
import styles from './overview.module.css';

interface ChartCardProps extends DrawProps {
  readonly chart: Pick<Chart, 'title' | 'wide' | 'note' | 'summary' | 'Draw'>;
  /** Below it. */
  readonly children?: ReactNode;
}

export const ChartCard = memo(function ChartCard({ chart, children, ...props }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  const title = useId();
  const { data, counting } = props;
  return (
    <figure className={styles.card} aria-labelledby={title} data-wide={chart.wide || undefined}>
      <div className={styles.cardHead}>
        <h2 id={title}>{chart.title}</h2>
        <button type="button" className={styles.twin} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Show as table
        </button>
      </div>
      <p className={styles.summary}>{data.total === 0 ? `No ${counting} pass the filters.` : chart.summary(data, counting)}</p>
      <div className={styles.drawing}>
        {asTable ? <Twin title={chart.title} data={data} counting={counting} /> : data.total > 0 && <chart.Draw {...props} />}
      </div>
      {children}
      {chart.note && <p className={styles.note}>{chart.note}</p>}
    </figure>
  );
}, same);

/** A new function for onPick alone is no reason to draw again. */
function same(a: ChartCardProps, b: ChartCardProps): boolean {
  return a.data === b.data && a.picked === b.picked && a.counting === b.counting && a.chart === b.chart && a.children === b.children;
}

function Twin({ title, data, counting }: { title: string; data: Tally; counting: Counting }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{counting.charAt(0).toUpperCase() + counting.slice(1)}</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {data.slices.map((slice) => (
          <tr key={slice.value}>
            <th scope="row">{slice.name}</th>
            <td>{count(slice.count)}</td>
            <td>{percent(slice.count, data.total)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">In all</th>
          <td>{count(data.total)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
