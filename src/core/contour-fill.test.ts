import { describe, expect, it } from 'vitest';
import { fillLoops, type Loop } from './contour-fill.ts';
import type { Place } from './planes.ts';

const SIDE = 8;
const place: Place = {
  columns: SIDE,
  rows: SIDE,
  slices: 3,
  planes: [0, 3, 6].map((z) => ({ origin: [10, 20, z], across: [1, 0, 0], down: [0, 1, 0], step: [2, 2] })),
};
/** From columns and rows of the picture to millimetres. */
const loop = (points: readonly (readonly [number, number])[], z = 3): Loop =>
  Float64Array.from(points.flatMap(([u, v]) => [10 + 2 * u, 20 + 2 * v, z]));
const square = (low: number, high: number, z?: number): Loop =>
  loop(
    [
      [low, low],
      [high, low],
      [high, high],
      [low, high],
    ],
    z,
  );
const picture = (loops: readonly Loop[], slice = 1): string[] => {
  const { runs } = fillLoops(loops, place);
  const bits: number[] = [];
  for (const [i, run] of runs.entries()) for (let n = 0; n < run; n++) bits.push(i % 2);
  expect(bits).toHaveLength(SIDE * SIDE * 3);
  return Array.from({ length: SIDE }, (_, row) => bits.slice((slice * SIDE + row) * SIDE, (slice * SIDE + row + 1) * SIDE).join(''));
};

describe('fillLoops', () => {
  it('marks pixels whose centre is inside', () => {
    expect(picture([square(1.5, 4.5)])).toEqual([
      '00000000',
      '00000000',
      '00111000',
      '00111000',
      '00111000',
      '00000000',
      '00000000',
      '00000000',
    ]);
    expect(picture([square(1.5, 4.5)], 0).join('')).not.toContain('1');
  });
  it('gives a centre on the edge to the left and upper side', () => {
    expect(picture([square(2, 4)])[2]).toBe('00110000');
    expect(picture([square(2, 4), square(4, 6)]).map((row) => row.replaceAll('0', '.'))).toEqual([
      '........',
      '........',
      '..11....',
      '..11....',
      '....11..',
      '....11..',
      '........',
      '........',
    ]);
  });
  it('leaves inner contours out, and counts a contour that is drawn twice once', () => {
    expect(picture([square(0.5, 6.5), square(2.5, 4.5)])[3]).toBe('01100110');
    expect(picture([square(0.5, 6.5), square(0.5, 6.5)])[3]).toBe('01111110');
  });
  it('clips what reaches beyond the picture', () => {
    expect(picture([square(-50, 1.5)])[0]).toBe('11000000');
  });
  it('drops contours that lie on no slice, across slices, or are none', () => {
    const across = loop([
      [1, 1],
      [5, 1],
      [5, 5],
    ]);
    across[2] = -20;
    const none = Float64Array.of(Number.NaN, 0, 3, 1, 1, 3, 2, 2, 3);
    expect(fillLoops([square(1, 5, 40), across, none, square(1, 5)], place).dropped).toBe(3);
    expect(fillLoops([square(1, 5)], { ...place, planes: undefined })).toMatchObject({ dropped: 1 });
  });
  it('refuses what is tangled without end', () => {
    // 4,000 rows, crossed by each of 6,000 edges.
    const zigzag = Float64Array.from({ length: 6000 * 3 }, (_, i) => (i % 3 === 2 ? 3 : i % 3 === 1 ? (i % 2) * 9000 : 10 + (i % 14)));
    expect(() => fillLoops([zigzag], { ...place, rows: 4000 })).toThrow('more tangled');
  });
});
