import { describe, expect, it } from 'vitest';
import type { Mask } from './mask.ts';
import { longestOf } from './mask-diameter.ts';
import { maskFrom } from './mask-grid.ts';
import { countsOf, diceOf, measureMask, overlapOf } from './mask-measure.ts';
import { outlineOf } from './outline.ts';

const about = { kind: 'tumour', label: 'polyp', by: 'outline', from: 'model', probability: 0.9 } as const;
const drawn = (rows: readonly string[], slices = 1): Mask => {
  const grid = { columns: rows[0]?.length ?? 0, rows: rows.length / slices, slices };
  return maskFrom(
    Uint8Array.from([...rows.join('')], (mark) => (mark === '#' ? 1 : 0)),
    { grid, about },
  );
};
const square = { dx: 1, dy: 1 };

describe('the largest diameter', () => {
  // Figures of skimage.measure.regionprops, feret_diameter_max.
  it.each([
    ['one pixel', ['.....', '.#...', '.....'], 1],
    ['a line', ['......', '.####.', '......'], 4],
    ['a diagonal', ['.....', '.#...', '..#..', '...#.', '.....'], 3.605551],
    ['an angle', ['......', '.####.', '.#....', '.#....', '......'], 4.472136],
    ['a disc', ['.......', '..###..', '.#####.', '.#####.', '..###..', '.......'], 5.09902],
  ])('of %s is that of skimage', (_, rows, expected) => expect(longestOf(drawn(rows), square)).toBeCloseTo(expected, 5));

  it('counts millimetres, not pixels', () => {
    expect(longestOf(drawn(['####', '....']), { dx: 0.5, dy: 0.1 })).toBe(2);
    expect(longestOf(drawn(['#...', '#...']), { dx: 0.5, dy: 3 })).toBe(6);
    expect(longestOf(drawn(['....']), square)).toBe(0);
  });

  it('takes the best slice, and only what hangs together in it', () => {
    expect(longestOf(drawn(['##......', '########', '#......#'], 3), square)).toBe(8);
    expect(longestOf(drawn(['#......#', '########'], 2), square)).toBe(8);
    expect(longestOf(drawn(['##....##']), square)).toBe(2);
  });

  it('takes a row with gaps from its first to its last pixel', () => {
    expect(longestOf(drawn(['#.....#', '#.....#', '#######']), square)).toBeCloseTo(Math.hypot(7, 2), 5);
  });
});

describe('measures', () => {
  const volume = drawn(['....', '....', '##..', '##..', '##.#', '##..'], 3);

  it('counts pixels of each slice', () => {
    expect([...countsOf(volume)]).toEqual([0, 4, 5]);
    expect([...countsOf(drawn(['####', '####', '####', '####'], 4))]).toEqual([4, 4, 4, 4]);
    expect([...countsOf(drawn(['....'], 1))]).toEqual([0]);
  });

  it('gives areas, volumes and pieces where spacings are known', () => {
    const found = measureMask(volume, { spacingMm: [0.5, 2, 10] });
    expect(found).toMatchObject({
      voxels: 9,
      areaFraction: 9 / 24,
      areaMm2: 5,
      volumeMl: 0.09,
      first: 1,
      last: 2,
      count: 2,
      largestMm: Math.hypot(0.5, 4),
    });
  });

  it.each([
    ['nothing', null, { areaMm2: null, volumeMl: null, largestMm: null }],
    ['the plane', [1, 1], { areaMm2: 5, volumeMl: null }],
    ['zeros', [0, 1, 1], { areaMm2: null, volumeMl: null, largestMm: null }],
    ['no numbers', [Number.NaN, 1, 1], { areaMm2: null, volumeMl: null, largestMm: null }],
  ])('does not guess where %s is known', (_, spacingMm, expected) => expect(measureMask(volume, { spacingMm })).toMatchObject(expected));

  it('has no volume for pictures and cines, and pieces of each frame', () => {
    expect(measureMask(drawn(['##', '##']), { spacingMm: [1, 1, 5] })).toMatchObject({ areaMm2: 4, volumeMl: null });
    expect(measureMask(volume, { spacingMm: [1, 1, 5], frames: true })).toMatchObject({ volumeMl: null, count: 3 });
  });

  it('finds nothing in an empty mask', () => {
    const empty = drawn(['....', '....']);
    expect(measureMask(empty, { spacingMm: [1, 1, 1] })).toMatchObject({ voxels: 0, first: -1, last: -1, count: 0, largestMm: null });
    expect(outlineOf(empty, { spacingMm: [1, 1, 1] })).toBeUndefined();
  });

  it('makes an outline of them', () => {
    expect(outlineOf(volume, { spacingMm: [1, 1, 5] })).toEqual({
      ...{ kind: 'tumour', label: 'polyp', by: 'outline', from: 'model', probability: 0.9 },
      ...{ areaFraction: 0.375, areaMm2: 5, volumeMl: 0.045, largestMm: Math.hypot(2, 1), count: 2, slices: [1, 2] },
    });
  });
});

describe('Dice', () => {
  const a = drawn(['##..', '##..']);

  it('is twice what is shared, of what is marked in both', () => {
    expect(diceOf(a, a)).toBe(1);
    expect(diceOf(a, drawn(['..##', '..##']))).toBe(0);
    expect(diceOf(a, drawn(['.##.', '.##.']))).toBe(0.5);
    expect(diceOf(a, drawn(['#...', '....']))).toBe(0.4);
    expect(overlapOf(a, drawn(['.##.', '.##.']))).toEqual({ both: 2, onlyA: 2, onlyB: 2 });
  });

  it('is 1 for two empty masks, 0 for one, and none for other grids', () => {
    const empty = drawn(['....', '....']);
    expect(diceOf(empty, empty)).toBe(1);
    expect(diceOf(a, empty)).toBe(0);
    expect(diceOf(a, drawn(['##..##..']))).toBeUndefined();
  });
});
