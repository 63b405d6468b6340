import { expect, it } from 'vitest';
import { madeUp } from './made-up.ts';

it('makes opaque grey pictures that differ, the same ones every time', () => {
  const { columns, rows, rgba } = madeUp(3);
  expect(rgba.length).toBe(columns * rows * 4);
  const isLike = (seed: number): boolean => {
    const other = madeUp(seed).rgba;
    return rgba.every((value, at) => value === other[at]);
  };
  expect([isLike(3), isLike(4)]).toEqual([true, false]);
  const greys = new Set<number>();
  let odd = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2] || rgba[at + 3] !== 255) odd++;
    greys.add(rgba[at] ?? 0);
  }
  expect(odd).toBe(0);
  expect(greys.size).toBeGreaterThan(100);
});
