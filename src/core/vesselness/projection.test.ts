import { describe, expect, it } from 'vitest';
import { createProjecting } from './projection.ts';

const grid = { columns: 3, rows: 2, slices: 2, spacingMm: [1, 2, 3] as const };
const window = { center: 127.5, width: 255 };

describe('createProjecting', () => {
  it('keeps the brightest value along each axis', () => {
    const projecting = createProjecting(grid);
    projecting.add(1, Float32Array.of(1, 2, 3, 4, 5, 6));
    projecting.add(0, Float32Array.of(6, 5, 4, 3, 2, 1));
    expect(projecting.picture('slices', window)).toMatchObject({
      columns: 3,
      rows: 2,
      spacingMm: [1, 2],
      grey: Uint8Array.of(6, 5, 4, 4, 5, 6),
    });
    expect(projecting.picture('rows', window)).toMatchObject({
      columns: 3,
      rows: 2,
      spacingMm: [1, 3],
      grey: Uint8Array.of(6, 5, 4, 4, 5, 6),
    });
    expect(projecting.picture('columns', window)).toMatchObject({
      columns: 2,
      rows: 2,
      spacingMm: [2, 3],
      grey: Uint8Array.of(6, 3, 3, 6),
    });
  });

  it('counts only what is marked, and leaves the rest black', () => {
    const projecting = createProjecting(grid);
    projecting.add(0, Float32Array.of(9, 9, 9, 9, 9, 200), Uint8Array.of(0, 0, 0, 0, 1, 1));
    expect([...projecting.picture('slices', window).grey]).toEqual([0, 0, 0, 0, 9, 200]);
  });

  it('finds a window of its own', () => {
    const projecting = createProjecting(grid);
    projecting.add(0, Float32Array.of(-1000, 0, 0, 0, 500, 1000));
    projecting.add(1, new Float32Array(6).fill(-1000));
    const { grey } = projecting.picture('slices');
    expect([grey[0], grey[5]]).toEqual([0, 255]);
  });
});
