// One mark as a button, pressed while it is filtered for. What it says and its looks are up to the chart around it.
import type { CSSProperties, ReactNode } from 'react';
import type { DrawProps, Slice } from '../chart.ts';

const COUNT = new Intl.NumberFormat('en');

export interface MarkProps extends DrawProps {
  readonly slice: Slice;
  readonly first: boolean;
  readonly className: string | undefined;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

export function Mark({ slice, first, className, style, picked, onPick, children }: MarkProps) {
  const on = picked.has(slice.value);
  return (
    <button
      type="button"
      data-mark={slice.value}
      className={className}
      style={style}
      tabIndex={first ? 0 : -1}
      aria-pressed={on}
      data-dim={picked.size > 0 && !on ? '' : undefined}
      onClick={() => onPick(slice.value)}
    >
      {children}
    </button>
  );
}

export const countText = (value: number): string => COUNT.format(value);
