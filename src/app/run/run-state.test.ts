import { expect, test } from 'vitest';
import type { Run, RunState } from '../../core/run.ts';
import { activityOf, isOver } from './run-state.ts';

const run = (state: RunState): Run => ({ state }) as Run;
const quiet = { here: false, elsewhere: false };

test('a run of this tab is what it says', () => {
  expect(activityOf(run('running'), { ...quiet, here: true })).toBe('running');
  expect(activityOf(run('paused'), { ...quiet, here: true })).toBe('paused');
});

test('a running run that nobody is heard of was interrupted', () => {
  expect(activityOf(run('running'), quiet)).toBe('interrupted');
  expect(activityOf(run('paused'), quiet)).toBe('interrupted');
});

test('one that another tab works on, or may work on, is no lost run', () => {
  expect(activityOf(run('running'), { here: false, elsewhere: true })).toBe('elsewhere');
  expect(activityOf(run('running'), { here: false, elsewhere: undefined })).toBe('elsewhere');
});

test('ended runs stay ended', () => {
  for (const state of ['done', 'failed', 'stopped', 'interrupted'] as const) expect(activityOf(run(state), quiet)).toBe(state);
  expect(isOver('done')).toBe(true);
  expect(isOver('interrupted')).toBe(false);
});
