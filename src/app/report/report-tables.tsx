// Tables and lists of the report: counts with shares, features, and reasons with examples.
import type { ReactNode } from 'react';
import type { FeatureKind } from '../../core/evidence.ts';
import { NOTICE } from '../details/feature-words.ts';
import { QUESTION_NAMES } from '../details/words.ts';
import { count, counted, share } from '../numbers.ts';
import css from './report.module.css';
import { type Counted, type FeatureCount, type Reason, ranked } from './summary.ts';

export interface CountTableProps {
  readonly title: string;
  readonly counts: ReadonlyMap<string, Counted>;
  readonly nameOf: (value: string) => string;
  /** All items, for the shares. */
  readonly total: number;
}

/** Nothing where nothing was counted. */
export function CountTable({ title, counts, nameOf, total }: CountTableProps) {
  if (counts.size === 0) return null;
  return (
    <section className={css.section}>
      <h3 id={idOf(title)}>{title}</h3>
      <table className={css.table} aria-labelledby={idOf(title)}>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Items</th>
            <th scope="col">Share</th>
            <th scope="col">Images</th>
          </tr>
        </thead>
        <tbody>
          {ranked(counts).map(([value, one]) => (
            <tr key={value}>
              <th scope="row">
                {nameOf(value)}
                <span className={css.bar} style={{ width: `${(100 * one.items) / Math.max(1, total)}%` }} />
              </th>
              <td>{count(one.items)}</td>
              <td>{share(one.items / Math.max(1, total))}</td>
              <td>{count(one.images)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const idOf = (title: string): string => `report-${title.toLowerCase().replaceAll(' ', '-')}`;

export function FeatureTable({ features, outlined }: { features: ReadonlyMap<FeatureKind, FeatureCount>; outlined: number }) {
  const unsure = [...features.values()].some((one) => one.unsure > 0);
  return (
    <section className={css.section}>
      <h3 id="report-features">Features</h3>
      <table className={css.table} aria-labelledby="report-features">
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Present</th>
            <th scope="col">Not found</th>
            {unsure && <th scope="col">Not sure</th>}
            <th scope="col">Not examined</th>
          </tr>
        </thead>
        <tbody>
          {[...features].map(([kind, one]) => (
            <tr key={kind}>
              <th scope="row">{QUESTION_NAMES[kind]}</th>
              <td>{count(one.present)}</td>
              <td>{count(one.absent)}</td>
              {unsure && <td>{count(one.unsure)}</td>}
              <td>{count(one.unexamined)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.small}>
        {outlined ? `Findings are outlined in ${counted(outlined, 'item')}. ` : ''}
        <strong>{NOTICE}</strong>
      </p>
    </section>
  );
}

export interface ReasonsProps {
  readonly title: string;
  /** What is counted: file, item. */
  readonly what: string;
  readonly reasons: ReadonlyMap<string, Reason>;
  /** What to say where there are none. */
  readonly none: string;
  /** Further lines, before the reasons. */
  readonly children?: ReactNode;
}

export function Reasons({ title, what, reasons, none, children }: ReasonsProps) {
  return (
    <section className={css.section}>
      <h3>{title}</h3>
      {children || reasons.size ? (
        <ul className={css.list}>
          {children}
          {ranked(reasons).map(([because, one]) => (
            <li key={because}>
              {because} <strong>{counted(one.count, what)}</strong>
              <span className={css.examples}>
                {one.examples.join(', ')}
                {one.count > one.examples.length ? ', …' : ''}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {reasons.size === 0 && none ? <p>{none}</p> : null}
    </section>
  );
}
