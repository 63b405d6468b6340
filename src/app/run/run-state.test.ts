import { expect, test } from 'vitest';
import type { Run, RunState } from '../../core/run.ts';
import { activityOf, isOver } from './run-state.ts';

const run = (state: RunState): Run => ({ state }) as Run;
const quiet = { here: false, changedAt: undefined, now: 100_000 };

test('a run of this tab is what it says', () => {
  expect(activityOf(run('running'), { ...quiet, here: true })).toBe('running');
  expect(activityOf(run('paused'), { ...quiet, here: true })).toBe('paused');
});

test('a running run that nobody is heard of was interrupted', () => {
  expect(activityOf(run('running'), quiet)).toBe('interrupted');
  expect(activityOf(run('running'), { ...quiet, changedAt: 80_000 })).toBe('interrupted');
});

test('one that changes without us is read by another tab', () => {
  expect(activityOf(run('running'), { ...quiet, changedAt: 99_000 })).toBe('elsewhere');
});

test('ended runs stay ended', () => {
  for (const state of ['done', 'failed', 'stopped', 'interrupted'] as const) expect(activityOf(run(state), quiet)).toBe(state);
  expect(isOver('done')).toBe(true);
  expect(isOver('interrupted')).toBe(false);
});
