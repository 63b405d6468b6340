import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStepper } from './steps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Every step takes 3 ms of the fake clock. */
function* counting(name: string, steps: number): Generator<undefined, string> {
  for (let at = 0; at < steps; at += 1) {
    vi.setSystemTime(Date.now() + 3);
    vi.advanceTimersByTime(3);
    yield;
  }
  return name;
}

test('finishes what it has begun, then does the last that was asked', async () => {
  const results: string[] = [];
  const stepper = createStepper<string>((result) => results.push(result));
  let thirdAsked = false;
  stepper.ask(function* () {
    for (let at = 0; at < 5; at += 1) {
      if (at === 2) {
        stepper.ask(() => counting('second', 1));
        stepper.ask(() => counting('third', 1));
        thirdAsked = true;
      }
      yield;
    }
    return 'first';
  });
  await vi.runAllTimersAsync();
  expect(thirdAsked).toBe(true);
  expect(results).toEqual(['first', 'third']);
});

test('works in slices, and not at all before the caller is done', () => {
  const results: string[] = [];
  let steps = 0;
  const stepper = createStepper<string>((result) => results.push(result));
  stepper.ask(function* () {
    for (; steps < 40; steps += 1) {
      const end = performance.now() + 3;
      vi.advanceTimersByTime(end - performance.now());
      yield;
    }
    return 'done';
  });
  expect(steps).toBe(0);
  vi.advanceTimersToNextTimer();
  expect(steps).toBeGreaterThan(0);
  vi.runAllTimers();
  expect(results).toEqual(['done']);
});

test('stops for good', async () => {
  const results: string[] = [];
  const stepper = createStepper<string>((result) => results.push(result));
  stepper.ask(() => counting('never', 3));
  stepper.stop();
  await vi.runAllTimersAsync();
  expect(results).toEqual([]);
});
