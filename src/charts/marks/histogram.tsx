// Upright bars over fixed intervals, in the order of the numbers. Empty intervals between others stay, so that gaps are seen.
import { max } from 'd3-array';
import { scaleSqrt } from 'd3-scale';
import type { DrawProps } from '../chart.ts';
import { countText, Mark } from './mark.tsx';
import styles from './marks.module.css';
import { walkMarks } from './walk.ts';

const HEIGHT = 104;
const NAMED = 5;

export function Histogram(props: DrawProps) {
  const { slices } = props.data;
  // Square root, so that a handful beside thousands can still be seen and hit; counts are written above.
  const height = scaleSqrt()
    .domain([0, max(slices, (slice) => slice.count) ?? 1])
    .range([0, HEIGHT]);
  // Where names would touch, each bar is marked with its lower edge, as on an axis.
  const ticks = slices.length > NAMED;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are the controls; this only moves the focus between them
    <div className={styles.histogram} data-ticks={ticks || undefined} onKeyDown={walkMarks}>
      {slices.map((slice, at) => (
        <Mark key={slice.value} {...props} slice={slice} first={at === 0} className={styles.bin}>
          <span className={styles.binName}>{ticks ? slice.value : slice.name}</span>
          <span className={styles.binCount}>{slice.count ? countText(slice.count) : ''}</span>
          <span className={styles.binFill} style={{ height: slice.count ? Math.max(2, height(slice.count)) : 0 }} />
        </Mark>
      ))}
    </div>
  );
}
