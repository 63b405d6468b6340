import { expect, it } from 'vitest';
import { type Contour, contourOf } from './contour.ts';

const drawn = (...lines: string[]): Contour => {
  const columns = lines[0]?.length ?? 0;
  const plane = Uint8Array.from(lines.join(''), (letter) => Number(letter === '#'));
  return contourOf(plane, { columns, rows: lines.length });
};

/** Signed area by the shoelace formula: positive with the marked side on the right in y-down coordinates. */
const area = (loop: Int32Array): number => {
  let twice = 0;
  for (let at = 0; at < loop.length; at += 2) {
    const next = (at + 2) % loop.length;
    twice += loop[at]! * loop[next + 1]! - loop[next]! * loop[at + 1]!;
  }
  return twice / 2;
};

it('goes once around a piece and keeps corners only', () => {
  const { loops, corners, top } = drawn('....', '.##.', '.##.');
  expect(loops.map((loop) => [...loop])).toEqual([[3, 1, 3, 3, 1, 3, 1, 1]]);
  expect(corners).toBe(4);
  expect(top).toEqual({ x: 1.5, y: 1 });
});

it('goes around holes the other way', () => {
  const { loops } = drawn('###', '#.#', '###');
  expect(loops.map(area).sort()).toEqual([-1, 9]);
});

it('joins pixels that touch at a corner', () => {
  expect(drawn('#.', '.#').loops).toHaveLength(1);
  expect(drawn('.#', '#.').loops).toHaveLength(1);
  expect(drawn('#..', '..#').loops).toHaveLength(2);
});

it('reaches the edges of the picture, and answers nothing for nothing', () => {
  expect(drawn('##', '##').loops.map(area)).toEqual([4]);
  expect(drawn('..', '..')).toMatchObject({ loops: [], corners: 0 });
});

it('encloses exactly what is marked, whatever its shape', () => {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let round = 0; round < 20; round++) {
    const plane = Uint8Array.from({ length: 15 * 11 }, () => Number(random() < 0.5));
    const { loops } = contourOf(plane, { columns: 15, rows: 11 });
    expect(loops.reduce((sum, loop) => sum + area(loop), 0)).toBe(plane.reduce((sum, one) => sum + one, 0));
  }
});
