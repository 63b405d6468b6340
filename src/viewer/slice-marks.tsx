// Where on a slider the masks are: a strip above it, a row for each layer. A click jumps; keys and a button do the same ("next marked slice").
import type { PointerEvent } from 'react';
import { type Layer, stretchesOf } from './layers.ts';
import css from './slice-view.module.css';

interface SliceMarksProps {
  readonly layers: readonly Layer[];
  /** Slices, or frames of a cine. */
  readonly count: number;
  readonly onJump: (slice: number) => void;
}

/** More rows would be a wall; the others share the last. */
const ROWS = 4;

export function SliceMarks({ layers, count, onJump }: SliceMarksProps) {
  const marked = layers.filter(({ mask }) => mask.slices === count).toReversed();
  if (count < 2 || !marked.length) return null;
  const rows = Math.min(ROWS, marked.length);
  const jump = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / Math.max(1, box.width)) * count;
    onJump(nearestMarked(marked, { at, reach: (SNAP_PX / Math.max(1, box.width)) * count, count }));
  };
  return (
    <svg
      className={css.marks}
      style={{ height: rows * 5 + 3 }}
      viewBox={`0 0 ${count} ${rows}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={jump}
    >
      {marked.flatMap((layer, at) =>
        stretchesOf(layer.counts).map(([first, last]) => (
          <rect
            key={`${layer.id} ${first}`}
            x={first}
            y={Math.min(at, ROWS - 1) + 0.1}
            width={Math.max(last - first + 1, count / 250)}
            height={0.8}
            style={{ fill: layer.onPage }}
            fillOpacity={layer.mask.from === 'file' ? 0.5 : 1}
          />
        )),
      )}
    </svg>
  );
}

/** A finger is broader than a slice of many. */
const SNAP_PX = 8;

/** The slice under the finger, or the nearest marked one within reach. */
export function nearestMarked(
  layers: readonly Pick<Layer, 'counts'>[],
  { at, reach, count }: { at: number; reach: number; count: number },
): number {
  const slice = Math.min(count - 1, Math.max(0, Math.floor(at)));
  const isMarked = (one: number): boolean => layers.some(({ counts }) => counts[one]);
  for (let away = 0; away <= reach; away++) {
    if (isMarked(slice - away)) return slice - away;
    if (isMarked(slice + away)) return slice + away;
  }
  return slice;
}
