// Keyboard walk over the marks of a chart: one tab stop, arrows between marks, Enter or Space switches the filter (buttons do that).
import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** For the element around the marks; marks carry `data-mark`. Moves the one tab stop along. */
export function walkMarks(event: KeyboardEvent<HTMLElement>): void {
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-mark]')];
  const at = marks.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const step = STEPS[event.key];
  const to = step ? at + step : event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1 : undefined;
  if (to === undefined) return;
  event.preventDefault();
  const next = marks[Math.max(0, Math.min(marks.length - 1, to))];
  if (!next) return;
  for (const mark of marks) mark.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
