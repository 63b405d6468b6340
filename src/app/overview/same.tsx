// What all items have in common: a line each instead of a chart with one mark.
import { count } from '../numbers.ts';
import styles from './overview.module.css';
import type { Tallied } from './use-tallies.ts';

export function Same({ tallies, amount }: { tallies: readonly Tallied[]; amount: number }) {
  return (
    <section className={styles.card} aria-labelledby="same">
      <div className={styles.cardHead}>
        <h2 id="same">In common</h2>
      </div>
      <p className={styles.summary}>{amount === 1 ? 'Of the one item.' : `The same for all ${count(amount)} items.`}</p>
      <dl className={styles.same}>
        {tallies.map(({ chart, data }) => (
          <div key={chart.id}>
            <dt>{chart.title}</dt>
            <dd>
              {data.slices[0]?.name} {chart.unit}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
