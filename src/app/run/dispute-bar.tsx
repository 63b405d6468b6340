// The notice that header and picture disagree on some items, and the filter behind it. Nothing where they do not.
import { useMemo } from 'react';
import type { Compared } from '../../core/agreement.ts';
import type { Row } from '../../core/row.ts';
import { count, counted } from '../numbers.ts';
import { Warn } from '../shell/icons.tsx';
import styles from './dispute-bar.module.css';
import { disputedIn, disputesOf, withDisputes } from './disputes.ts';
import { useRunSearch } from './use-run-search.ts';

const NAMES: Readonly<Record<Compared, string>> = { modality: 'Modality', anatomy: 'Anatomy' };

export function DisputeBar({ rows }: { rows: readonly Row[] }) {
  const { filters, setFilters } = useRunSearch();
  const disputes = useMemo(() => disputesOf(rows), [rows]);
  if (!disputes) return null;
  const asked = disputedIn(filters);
  const all = disputes.on.map(({ question }) => question);
  const allAsked = all.every((question) => asked.has(question));
  const show = (questions: Iterable<Compared>) => setFilters(withDisputes(filters, questions));
  return (
    <section className={styles.bar} aria-label="Header and picture disagree">
      <p className={styles.text}>
        <Warn />
        {counted(disputes.items, 'item')}: header and picture disagree.
      </p>
      <button type="button" className={styles.choice} aria-pressed={allAsked} onClick={() => show(allAsked ? [] : all)}>
        {allAsked ? 'Show everything' : disputes.items === 1 ? 'Show it' : 'Show them'}
      </button>
      {disputes.on.length > 1 &&
        disputes.on.map(({ question, items }) => {
          const only = asked.size === 1 && asked.has(question);
          return (
            <button key={question} type="button" className={styles.choice} aria-pressed={only} onClick={() => show(only ? [] : [question])}>
              {NAMES[question]} {count(items)}
            </button>
          );
        })}
    </section>
  );
}
