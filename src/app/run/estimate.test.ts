import { expect, test } from 'vitest';
import type { Progress, Stage } from '../../core/run.ts';
import { leftText, secondsLeft, shareDone } from './estimate.ts';

const progress = (...stages: Stage[]): Progress => ({
  stages,
  fetched: 0,
  requests: 0,
  held: null,
  files: 0,
  items: 0,
  unreadable: 0,
  skipped: 0,
});

test('no share while the list is still growing, or nothing is known', () => {
  expect(shareDone(progress({ id: 'list', done: 10 }, { id: 'headers', done: 5, of: 10 }))).toBeUndefined();
  expect(shareDone(progress({ id: 'list', done: 10, of: 10 }, { id: 'headers', done: 5 }))).toBeUndefined();
  expect(shareDone(progress())).toBeUndefined();
});

test('the share is over all stages that know their size', () => {
  const stages: Stage[] = [
    { id: 'list', done: 10, of: 10 },
    { id: 'headers', done: 10, of: 10 },
    { id: 'classify', done: 0, of: 10 },
  ];
  expect(shareDone(progress(...stages))).toBe(0.5);
});

test('nothing is said before five seconds, nor without progress', () => {
  expect(secondsLeft([])).toBeUndefined();
  expect(
    secondsLeft([
      { at: 0, share: 0 },
      { at: 4, share: 0.5 },
    ]),
  ).toBeUndefined();
  expect(
    secondsLeft([
      { at: 0, share: 0.5 },
      { at: 9, share: 0.5 },
    ]),
  ).toBeUndefined();
});

test('the range holds the straight estimate', () => {
  const [low, high] = secondsLeft([
    { at: 0, share: 0 },
    { at: 10, share: 0.25 },
  ]) ?? [0, 0];
  expect(low).toBeLessThan(30);
  expect(high).toBeGreaterThan(30);
});

test('a range reads as one', () => {
  expect(leftText([2, 5])).toBe('a few seconds left');
  expect(leftText([24, 42])).toBe('20–40 s left');
  expect(leftText([100, 200])).toBe('2–3 min left');
  expect(leftText([90, 92])).toBe('about 2 min left');
});
