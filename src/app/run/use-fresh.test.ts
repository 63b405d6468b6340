import { expect, test, vi } from 'vitest';
import { keepFresh } from './use-fresh.ts';

test('a change during a read is read again; the last value is always told', async () => {
  let stored = 1;
  let change = () => {};
  let release = () => {};
  const load = vi.fn(async () => {
    const value = stored;
    await new Promise<void>((done) => {
      release = done;
    });
    return value;
  });
  const told: number[] = [];
  const unwatch = vi.fn();
  const watch = (on: () => void) => {
    change = on;
    return unwatch;
  };
  const close = keepFresh({ load, watch }, (value) => told.push(value));
  stored = 2;
  change();
  change();
  release();
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  release();
  await vi.waitFor(() => expect(told).toEqual([1, 2]));
  close();
  expect(unwatch).toHaveBeenCalledOnce();
});
