import { describe, expect, it } from 'vitest';
import { createAligner, type Target } from './mask-align.ts';
import { moved, type Plane, planeAt, planesOf } from './planes.ts';

const plane = (z: number, { step = 1, x = 0 } = {}): Plane => ({
  origin: [x, 0, z],
  across: [1, 0, 0],
  down: [0, 1, 0],
  step: [step, step],
});
const draw = (
  aligner: ReturnType<typeof createAligner>,
  slice: number,
  images: readonly (Uint8Array | undefined)[],
  size: number,
): string => {
  const into = new Uint8Array(size);
  aligner.slice(slice, { valuesOf: (image) => images[image], into });
  return into.join('');
};

describe('createAligner', () => {
  const target: Target = { columns: 4, rows: 2, planes: [plane(0), plane(2), plane(4)] };
  it('puts each image on the slice where it lies, in any order', () => {
    const images = [Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), undefined, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 3)];
    const aligner = createAligner({ columns: 4, rows: 2, planes: [plane(4), plane(2), plane(0)] }, target);
    expect([0, 1, 2].map((slice) => draw(aligner, slice, images, 8))).toEqual(['00000003', '00000000', '10000000']);
  });
  it('takes the nearest pixel of a coarser grid and of one that is shifted', () => {
    const coarse = createAligner(
      { columns: 2, rows: 1, planes: [{ ...plane(0, { step: 2 }), origin: [0.5, 0.5, 0] }] },
      { ...target, planes: [plane(0)] },
    );
    expect(draw(coarse, 0, [Uint8Array.of(1, 2)], 8)).toBe('11221122');
    const shifted = createAligner({ columns: 4, rows: 2, planes: [plane(0, { x: 1.2 })] }, { ...target, planes: [plane(0)] });
    expect(draw(shifted, 0, [Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0)], 8)).toBe('01230000');
  });
  it('reaches half a gap and no further', () => {
    const source = { columns: 4, rows: 2, planes: [plane(0.9)], gapMm: 2 };
    const aligner = createAligner(source, target);
    expect([0, 1, 2].map((slice) => aligner.touches(slice))).toEqual([true, false, false]);
  });
  it('cuts through images that stand across its slices', () => {
    // Sagittal images at x = 0 and 1, their rows along z.
    const side = (x: number): Plane => ({ origin: [x, 0, 0], across: [0, 1, 0], down: [0, 0, 1], step: [1, 2] });
    const aligner = createAligner({ columns: 2, rows: 3, planes: [side(0), side(1)] }, { ...target, columns: 2 });
    const images = [Uint8Array.of(1, 0, 0, 0, 0, 0), Uint8Array.of(0, 0, 5, 6, 0, 0)];
    expect([0, 1, 2].map((slice) => draw(aligner, slice, images, 4))).toEqual(['1000', '0506', '0000']);
  });
});

describe('planes of a header', () => {
  const shape = { columns: 4, rows: 2, slices: 3, frames: 2, samples: 1, bits: 8 };
  const geometry = { orientation: [1, 0, 0, 0, 1, 0], positions: [1, 2, 3], spacingMm: [1, 1, 5], through: [0, 0, -1] };
  it('follow the way from slice to slice', () => {
    const header = { format: 'nifti', role: 'mask' as const, tags: {}, shape, geometry };
    expect(planesOf(header)?.map(({ origin }) => origin[2])).toEqual([3, -2, -7]);
    expect(planeAt(header, 4)?.origin[2]).toBe(-2);
    expect(planesOf({ ...header, geometry: { ...geometry, through: undefined } })).toBeUndefined();
    expect(planesOf({ ...header, geometry: { ...geometry, orientation: [1, 0, 0, 1, 0, 0] } })).toBeUndefined();
    expect(moved([1, 1, 1], [0, 0, 1], 2)).toEqual([1, 1, 3]);
  });
});
