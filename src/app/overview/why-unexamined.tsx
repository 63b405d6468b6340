// Below the chart of features: why items were not looked at for a kind, the most frequent reasons first.
import { useMemo } from 'react';
import { capital } from '../../charts/names.ts';
import { FEATURE_KINDS, type FeatureKind } from '../../core/evidence.ts';
import type { Row } from '../../core/row.ts';
import { counted } from '../numbers.ts';
import styles from './overview.module.css';

interface Reason {
  readonly why: string;
  readonly kinds: readonly FeatureKind[];
  readonly items: number;
}

const SHOWN = 6;

/** Sentences that hold for several kinds are told once, with the kinds; the most items first. */
export function reasonsOf(rows: readonly Row[]): readonly Reason[] {
  const byWhy = new Map<string, Map<FeatureKind, number>>();
  for (const { unexamined } of rows) {
    if (!unexamined) continue;
    for (const kind of FEATURE_KINDS) {
      const why = unexamined[kind];
      if (why === undefined) continue;
      const counts = byWhy.get(why) ?? new Map<FeatureKind, number>();
      byWhy.set(why, counts.set(kind, (counts.get(kind) ?? 0) + 1));
    }
  }
  return [...byWhy]
    .map(([why, counts]) => ({ why, kinds: FEATURE_KINDS.filter((kind) => counts.has(kind)), items: Math.max(...counts.values()) }))
    .sort((a, b) => b.items - a.items);
}

export function WhyUnexamined({ rows }: { rows: readonly Row[] }) {
  const reasons = useMemo(() => reasonsOf(rows), [rows]);
  if (!reasons.length) return null;
  const rest = reasons.length - SHOWN;
  return (
    <details className={styles.reasons}>
      <summary>Why some were not examined</summary>
      <ul>
        {reasons.slice(0, SHOWN).map(({ why, kinds, items }) => (
          <li key={why}>
            <strong>{counted(items, 'item')}</strong> ({kinds.map(capital).join(', ')}): {why}
          </li>
        ))}
        {rest > 0 && <li>{counted(rest, 'further reason')}; each item says its own.</li>}
      </ul>
    </details>
  );
}
