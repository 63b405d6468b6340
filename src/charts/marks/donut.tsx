// The pie, with a hole for the total, and its legend. The legend holds the marks for keyboards; the ring answers the mouse.
import { arc, pie } from 'd3-shape';
import type { DrawProps, Slice } from '../chart.ts';
import { percent } from '../names.ts';
import { countText, Mark } from './mark.tsx';
import styles from './marks.module.css';
import { walkMarks } from './walk.ts';

const RADIUS = 100;
const HOLE = 62;
/** Share above which a slice is named on the ring itself, so that colour is never alone. */
const NAMED = 0.09;

const ring = pie<Slice>()
  .sort(null)
  .value((slice) => slice.count)
  .padAngle(0.012);
const shape = arc<{ startAngle: number; endAngle: number; padAngle: number }>().innerRadius(HOLE).outerRadius(RADIUS).cornerRadius(2.5);

export function Donut(props: DrawProps) {
  const { slices, total } = props.data;
  return (
    <div className={styles.donut}>
      <Ring {...props} />
      <ul className={styles.legend} onKeyDown={walkMarks}>
        {slices.map((slice, at) => (
          <li key={slice.value}>
            <Mark {...props} slice={slice} first={at === 0} className={styles.key}>
              <span className={styles.swatch} style={{ background: slice.colour }} />
              <span className={styles.keyName}>{slice.name}</span>
              <span className={styles.keyCount}>{countText(slice.count)}</span>
              <span className={styles.keyShare}>{percent(slice.count, total)}</span>
            </Mark>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ring({ data, picked, onPick, counting }: DrawProps) {
  return (
    <svg viewBox="-104 -104 208 208" className={styles.ring} aria-hidden="true">
      {ring([...data.slices]).map((piece) => {
        const { value, name, count, colour } = piece.data;
        const [x, y] = shape.centroid(piece);
        const dim = picked.size > 0 && !picked.has(value);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: hidden from assistive technology; the legend's buttons do the same
          <g key={value} className={styles.piece} data-dim={dim ? '' : undefined} onClick={() => onPick(value)}>
            <path d={shape(piece) ?? ''} style={{ fill: colour }}>
              <title>{`${name}: ${countText(count)} (${percent(count, data.total)})`}</title>
            </path>
            {count / data.total >= NAMED && name.length <= 5 && value !== 'UNKNOWN' && count / data.total < 1 && (
              <text x={x} y={y} className={styles.pieceName}>
                {name}
              </text>
            )}
          </g>
        );
      })}
      <text y="-2" className={styles.total}>
        {countText(data.total)}
      </text>
      <text y="20" className={styles.unit}>
        {counting}
      </text>
    </svg>
  );
}
