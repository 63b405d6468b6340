import { describe, expect, it, vi } from 'vitest';
import type { Pixels } from '../core/pixels.ts';
import { createFrames, failureOf } from './frames.ts';

const pixels = (first: number, count: number, size = 100): Pixels => ({
  columns: size,
  rows: 1,
  frames: count,
  samples: 1,
  data: new Uint8Array(size * count).fill(first),
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
});

interface Asked {
  first: number;
  count: number;
  signal: AbortSignal;
  answer: (pixels?: Pixels) => void;
  refuse: (thrown: unknown) => void;
}

/** A loader that answers when told to. */
function byHand() {
  const asked: Asked[] = [];
  const load = ({ first, count, signal }: { first: number; count: number; signal: AbortSignal }) =>
    new Promise<Pixels>((resolve, reject) => {
      asked.push({ first, count, signal, answer: (given = pixels(first, count)) => resolve(given), refuse: reject });
    });
  return { asked, load };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('frames', () => {
  it('asks for the most urgent first, two at a time', async () => {
    const { asked, load } = byHand();
    const frames = createFrames({ load, total: 10, chunk: 1, budget: 1e6 });
    frames.want([5, 6, 7]);
    expect(asked.map(({ first }) => first)).toEqual([5, 6]);
    asked[0]?.answer();
    await settled();
    expect(asked.map(({ first }) => first)).toEqual([5, 6, 7]);
    expect(frames.peek(5)?.pixels.data[0]).toBe(5);
    expect(frames.peek(6)).toBeUndefined();
  });

  it('fetches images of one file in chunks and finds each in its chunk', async () => {
    const { asked, load } = byHand();
    const frames = createFrames({ load, total: 10, chunk: 4, budget: 1e6 });
    frames.want([9, 5]);
    expect(asked.map(({ first, count }) => [first, count])).toEqual([
      [8, 2],
      [4, 4],
    ]);
    for (const one of asked) one.answer();
    await settled();
    expect(frames.peek(9)).toMatchObject({ frame: 1 });
    expect(frames.peek(4)).toMatchObject({ frame: 0 });
    expect(frames.peek(3)).toBeUndefined();
  });

  it('aborts what is no longer wanted and ignores its late answer', async () => {
    const { asked, load } = byHand();
    const frames = createFrames({ load, total: 100, chunk: 1, budget: 1e6 });
    const arrived = vi.fn();
    frames.watch(arrived);
    frames.want([1]);
    frames.want([50]);
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer();
    await settled();
    expect(frames.peek(1)).toBeUndefined();
    expect(arrived).not.toHaveBeenCalled();
    asked[1]?.answer();
    await settled();
    expect(frames.peek(50)).toBeDefined();
    expect(arrived).toHaveBeenCalledTimes(1);
    expect(frames.version()).toBe(1);
  });

  it('keeps no more bytes than its budget, but always the image in sight', async () => {
    const frames = createFrames({ load: async ({ first, count }) => pixels(first, count), total: 100, chunk: 1, budget: 350 });
    for (const index of [0, 1, 2]) {
      frames.want([index]);
      await settled();
    }
    frames.peek(0);
    frames.want([3]);
    await settled();
    expect([0, 1, 2, 3].map((index) => frames.peek(index) !== undefined)).toEqual([true, false, true, true]);
    const small = createFrames({ load: async ({ first, count }) => pixels(first, count), total: 9, chunk: 1, budget: 10 });
    small.want([4]);
    await settled();
    expect(small.peek(4)).toBeDefined();
  });

  it('does not read ahead in circles when the budget is small', async () => {
    const load = vi.fn(async ({ first, count }: { first: number; count: number }) => pixels(first, count));
    const frames = createFrames({ load, total: 20, chunk: 1, budget: 250 });
    frames.want([0, 1, 2, 3, 4, 5]);
    for (let i = 0; i < 20; i++) await settled();
    expect(load.mock.calls.length).toBeLessThanOrEqual(6);
    expect(frames.peek(0)).toBeDefined();
  });

  it('remembers a failure as a sentence until it is tried again', async () => {
    const { asked, load } = byHand();
    const frames = createFrames({ load, total: 2, chunk: 1, budget: 1e6 });
    frames.want([0]);
    asked[0]?.refuse({ because: 'The file is gone.', code: 'E-GONE' });
    await settled();
    expect(frames.failure(0)).toEqual({ because: 'The file is gone.', code: 'E-GONE' });
    frames.want([0]);
    expect(asked).toHaveLength(1);
    frames.retry();
    expect(asked).toHaveLength(2);
    expect(frames.failure(0)).toBeUndefined();
  });

  it('aborts everything when closed and can be used again', () => {
    const { asked, load } = byHand();
    const frames = createFrames({ load, total: 9, chunk: 1, budget: 1e6 });
    frames.want([1, 2]);
    frames.close();
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    frames.want([1]);
    expect(asked).toHaveLength(3);
  });

  it('asks for nothing outside of the item', () => {
    const { asked, load } = byHand();
    createFrames({ load, total: 3, chunk: 1, budget: 1e6 }).want([-1, 3, 2]);
    expect(asked.map(({ first }) => first)).toEqual([2]);
  });

  it('has a sentence for whatever was thrown', () => {
    expect(failureOf('no').because).toMatch(/\.$/);
    expect(failureOf(undefined).code).toBeUndefined();
    expect(failureOf({ because: 'Because.' })).toEqual({ because: 'Because.', code: undefined });
  });
});
