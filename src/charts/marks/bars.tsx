// Horizontal bars, largest first, labelled in place. Long tails fold behind one button.
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import type { DrawProps, Slice } from '../chart.ts';
import { percent } from '../names.ts';
import { countText, Mark } from './mark.tsx';
import styles from './marks.module.css';
import { walkMarks } from './walk.ts';

const SHOWN = 8;
/** Values that say that nothing is known: they step back. */
const SILENT: ReadonlySet<string> = new Set(['UNKNOWN', 'none']);

/** The largest, and what is unknown: it may be more than all of them. */
function folded(slices: readonly Slice[]): readonly Slice[] {
  return [...slices.slice(0, SHOWN), ...slices.slice(SHOWN).filter((slice) => slice.value === 'UNKNOWN')];
}

export function Bars(props: DrawProps) {
  const { slices, total } = props.data;
  const [all, setAll] = useState(false);
  const width = scaleLinear()
    .domain([0, max(slices, (slice) => slice.count) ?? 1])
    .range([0, 100]);
  const folds = slices.length > SHOWN + 1;
  const shown = all || !folds ? slices : folded(slices);
  return (
    <div>
      <ul className={styles.bars} onKeyDown={walkMarks}>
        {shown.map((slice, at) => (
          <li key={slice.value}>
            <Mark {...props} slice={slice} first={at === 0} className={styles.bar}>
              <span className={styles.barName}>{slice.name}</span>
              <span className={styles.barTrack}>
                <span
                  className={styles.barFill}
                  data-silent={SILENT.has(slice.value) || undefined}
                  style={{ width: `${width(slice.count)}%`, background: slice.colour }}
                />
              </span>
              <span className={styles.barCount}>{countText(slice.count)}</span>
              <span className={styles.barShare}>{percent(slice.count, total)}</span>
            </Mark>
          </li>
        ))}
      </ul>
      {folds && (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${slices.length - shown.length} more`}
        </button>
      )}
    </div>
  );
}
