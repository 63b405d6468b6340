// What keys do in the picture.
import type { KeyboardEvent } from 'react';

export interface Actions {
  readonly step: (by: number) => void;
  readonly time: (by: number) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly reset: () => void;
  readonly invert: () => void;
  readonly play: () => void;
  /** 0-based. */
  readonly preset: (number: number) => void;
  /** All outlines on or off. */
  readonly outlines: () => void;
  /** To the next marked slice, or back. */
  readonly marked: (by: 1 | -1) => void;
}

const KEYS: Readonly<Record<string, (act: Actions) => void>> = {
  ArrowUp: (act) => act.step(-1),
  ArrowDown: (act) => act.step(1),
  PageUp: (act) => act.step(-10),
  PageDown: (act) => act.step(10),
  Home: (act) => act.step(Number.NEGATIVE_INFINITY),
  End: (act) => act.step(Number.POSITIVE_INFINITY),
  ArrowLeft: (act) => act.time(-1),
  ArrowRight: (act) => act.time(1),
  '+': (act) => act.zoom(1.3),
  '-': (act) => act.zoom(1 / 1.3),
  '=': (act) => act.fit(),
  r: (act) => act.reset(),
  i: (act) => act.invert(),
  ' ': (act) => act.play(),
  m: (act) => act.outlines(),
  n: (act) => act.marked(1),
  N: (act) => act.marked(-1),
};

/** Keys of the picture; they stop here, so that single letters of the page stay quiet meanwhile. */
export function press(event: KeyboardEvent, act: Actions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
  const key = KEYS[event.key];
  if (!key && !digit) return;
  event.preventDefault();
  event.stopPropagation();
  if (key) key(act);
  else act.preset(digit - 1);
}
