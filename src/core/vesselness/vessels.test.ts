import { describe, expect, it } from 'vitest';
import { bitsOf, createMaskBuilder } from '../mask-grid.ts';
import type { SpacedGrid } from './grid.ts';
import { drawn, inside, readerOf, type Tube, treeOf, wallOf } from './phantoms.ts';
import { vesselOdds } from './presence.ts';
import { addMarks, vesselsOf } from './vessels.ts';

const SIZE = 48;
const cube = (spacingMm: readonly [number, number, number], slices = SIZE): SpacedGrid => ({
  columns: SIZE,
  rows: SIZE,
  slices,
  spacingMm,
});
const ONE = cube([1, 1, 1]);

/** A body (a round column of soft tissue) in air, with what `bright` adds to it. */
function body(grid: SpacedGrid, bright: (point: readonly [number, number, number]) => number, noise = 8) {
  const [cx, cy] = [(grid.columns * grid.spacingMm[0]) / 2, (grid.rows * grid.spacingMm[1]) / 2];
  const radius = 0.47 * Math.min(grid.columns * grid.spacingMm[0], grid.rows * grid.spacingMm[1]);
  return drawn(grid, (p) => (Math.hypot(p[0] - cx, p[1] - cy) < radius ? 40 + bright(p) : -1000), { noise });
}

const find = (grid: SpacedGrid, values: Float32Array) => vesselsOf(readerOf(grid, values), { kind: 'ct', rimMm: 3 });

/** Dice of the marks with what lies inside the walls. */
function dice(marks: Uint8Array, grid: SpacedGrid, tubes: readonly Tube[]): number {
  const wall = wallOf(tubes);
  const truth = drawn(grid, (p) => (wall(p) <= 0 ? 1 : 0));
  let [both, all] = [0, 0];
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] && truth[i]) both++;
    all += (marks[i] ? 1 : 0) + (truth[i] ? 1 : 0);
  }
  return (2 * both) / all;
}

const tubesIn = (grid: SpacedGrid, tubes: readonly Tube[], noise?: number) => {
  const wall = wallOf(tubes);
  return body(grid, (p) => 260 * inside(wall(p), 1), noise);
};

// On a busy machine a volume takes seconds.
describe('vesselsOf', { timeout: 120_000 }, () => {
  const ends = {
    'along the slices’ normal': [
      [24, 24, 2],
      [24, 24, 46],
    ],
    'along a row': [
      [8, 24, 24],
      [40, 24, 24],
    ],
    slanting: [
      [14, 15, 7],
      [35, 33, 41],
    ],
  } as const;
  for (const [name, [from, to]] of Object.entries(ends)) {
    for (const radiusMm of name === 'slanting' ? [1.5, 3, 4.5] : [3]) {
      it(`marks a tube of ${radiusMm} mm ${name}`, async () => {
        const tubes = [{ from, to, radiusMm }];
        const { marks, found } = await find(ONE, tubesIn(ONE, tubes));
        expect(found).toMatchObject({ hounsfield: true, pieces: 1 });
        expect(dice(marks, ONE, tubes)).toBeGreaterThan(0.8);
      });
    }
  }

  it('counts in millimetres where voxels are long', async () => {
    const grid = cube([0.8, 0.8, 2], 24);
    const tubes: Tube[] = [{ from: [12, 13, 4], to: [27, 25, 44], radiusMm: 2.5 }];
    const { marks, found } = await find(grid, tubesIn(grid, tubes));
    expect(dice(marks, grid, tubes)).toBeGreaterThan(0.75);
    expect(found.largestReachMm).toBeGreaterThan(35);
  });

  it('marks a tree', async () => {
    const tubes = treeOf({ root: [24, 24, 3], heightMm: 42, radiusMm: 3.5, forks: 2 });
    const { marks, found } = await find(ONE, tubesIn(ONE, tubes, 15));
    const got = dice(marks, ONE, tubes);
    expect(got).toBeGreaterThan(0.8);
    expect(vesselOdds(found)).toBeGreaterThan(0.5);
  });

  it('is silent about plates, balls and noise', async () => {
    const plate = body(ONE, ([x, y]) => (Math.abs(x + y - 48) < 3 ? 260 : 0));
    const ball = body(ONE, ([x, y, z]) => 260 * inside(Math.hypot(x - 24, y - 24, z - 24) - 7, 1));
    const noise = body(ONE, () => 0, 40);
    for (const [name, values] of Object.entries({ plate, ball, noise })) {
      const { found } = await find(ONE, values);
      expect({ name, pieces: found.pieces }).toEqual({ name, pieces: 0 });
      expect(vesselOdds(found)).toBeLessThan(-2);
    }
  });

  it('is silent about plain tissue in MR, and finds blood that is brighter', async () => {
    const tubes = treeOf({ root: [24, 24, 3], heightMm: 42, radiusMm: 3, forks: 2 });
    const wall = wallOf(tubes);
    const head = (blood: number) =>
      drawn(ONE, (p) => (Math.hypot(p[0] - 24, p[1] - 24) < 23 ? 100 + blood * inside(wall(p), 1) : 2), { noise: 10 });
    const run = (values: Float32Array) => vesselsOf(readerOf(ONE, values), { kind: 'mr', rimMm: 3 });
    expect((await run(head(0))).found.pieces).toBe(0);
    const { marks, found } = await run(head(150));
    expect(found.hounsfield).toBe(false);
    expect(dice(marks, ONE, tubes)).toBeGreaterThan(0.75);
  });

  it('leaves bone out', async () => {
    const rib: Tube = { from: [24, 13, 2], to: [24, 13, 46], radiusMm: 5 };
    const vessel: Tube = { from: [24, 33, 2], to: [24, 33, 46], radiusMm: 3 };
    const [boneWall, vesselWall] = [wallOf([rib]), wallOf([vessel])];
    // A shell of dense bone around marrow that is as bright as blood.
    const values = body(ONE, (p) => {
      const depth = -boneWall(p);
      return depth > 0 ? (depth < 2.5 ? 860 : 200) : 260 * inside(vesselWall(p), 1);
    });
    const { marks, found } = await find(ONE, values);
    expect(found.pieces).toBe(1);
    expect(dice(marks, ONE, [vessel])).toBeGreaterThan(0.8);
  });

  it('takes a volume of nothing but vessels as it is', async () => {
    const tubes = treeOf({ root: [24, 24, 3], heightMm: 42, radiusMm: 3, forks: 2 });
    const wall = wallOf(tubes);
    const values = drawn(ONE, (p) => (wall(p) < 0 ? 200 - 20 * wall(p) : 0));
    const { marks, found } = await find(ONE, values);
    expect(found).toMatchObject({ cutOut: true, hounsfield: false });
    expect(dice(marks, ONE, tubes)).toBeGreaterThan(0.85);
  });

  it('ends when its progress throws', async () => {
    const stop = () => {
      throw new Error('stopped');
    };
    await expect(vesselsOf(readerOf(ONE, new Float32Array(SIZE ** 3)), { kind: 'ct', rimMm: 3, onProgress: stop })).rejects.toThrow(
      'stopped',
    );
  });

  it('answers for a volume without a body', async () => {
    const { found } = await find(ONE, new Float32Array(SIZE ** 3).fill(-1000));
    expect(found).toMatchObject({ pieces: 0, reachMm: 0 });
  });
});

describe('addMarks', () => {
  it('gives each voxel of a coarser grid to those that it was made of', () => {
    const item = { columns: 5, rows: 4, slices: 3 };
    const builder = createMaskBuilder(item);
    const grid = {
      columns: 2,
      rows: 2,
      slices: 1,
      spacingMm: [2, 2, 2] as const,
      factors: [2, 2, 2] as const,
      values: new Float32Array(4),
    };
    addMarks(builder, { marks: Uint8Array.of(0, 1, 0, 0), grid }, item);
    const bits = bitsOf(builder.mask({ kind: 'vessels', label: 'Vessels', by: 'vesselness', from: 'classical', probability: 0.9 }));
    expect([...bits.subarray(0, 20)]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...bits.subarray(20, 40)]).toEqual([...bits.subarray(0, 20)]);
    expect(bits.subarray(40).some((bit) => bit > 0)).toBe(false);
  });
});
