// One mark as a button: what it is, how many, whether it is filtered for. Looks are up to the chart around it.
import type { CSSProperties, ReactNode } from 'react';
import type { DrawProps, Slice } from '../chart.ts';
import { percent } from '../names.ts';

const COUNT = new Intl.NumberFormat('en');

export interface MarkProps extends DrawProps {
  readonly slice: Slice;
  readonly first: boolean;
  readonly className: string | undefined;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

export function Mark({ slice, first, className, style, data, picked, onPick, children }: MarkProps) {
  const on = picked.has(slice.value);
  return (
    <button
      type="button"
      data-mark={slice.value}
      className={className}
      style={style}
      tabIndex={first ? 0 : -1}
      aria-pressed={on}
      aria-label={`${slice.name}: ${COUNT.format(slice.count)}, ${percent(slice.count, data.total)}`}
      data-dim={picked.size > 0 && !on ? '' : undefined}
      onClick={() => onPick(slice.value)}
    >
      {children}
    </button>
  );
}

export const countText = (value: number): string => COUNT.format(value);
