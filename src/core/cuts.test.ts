import { describe, expect, it } from 'vitest';
import { cutsOf, windowOf } from './cuts.ts';
import type { Geometry, Header } from './header.ts';
import type { Pixels } from './pixels.ts';

const header = (geometry?: Geometry, format = 'nifti'): Header => ({
  format,
  role: 'image',
  tags: {},
  shape: { columns: 20, rows: 30, slices: 40, frames: 1, samples: 1, bits: 16 },
  ...(geometry ? { geometry } : {}),
});
const stack = (geometry?: Geometry, more = {}) => ({ columns: 20, rows: 30, count: 40, cine: false, header: header(geometry), ...more });

describe('cutsOf', () => {
  it('takes stored slices where nobody says how they lie', () => {
    expect(cutsOf(stack())).toMatchObject({
      plane: 'stored',
      columns: 20,
      rows: 30,
      count: 40,
      stance: { turned: false, mirror: false, over: false },
    });
    expect(cutsOf(stack(), { across: false }).at).toHaveLength(40);
  });

  it('takes axial slices, turned upright', () => {
    // As NIfTI files mostly lie: columns to the right, rows to the front.
    const geometry = { orientation: [-1, 0, 0, 0, -1, 0], through: [0, 0, 1] };
    expect(cutsOf(stack(geometry))).toMatchObject({ plane: 'stored', stance: { turned: false, mirror: true, over: true } });
    const onItsSide = { orientation: [0, 1, 0, 1, 0, 0], through: [0, 0, 1] };
    expect(cutsOf(stack(onItsSide)).stance).toEqual({ turned: true, mirror: false, over: false });
  });

  it('cuts sagittal and coronal volumes across, so that every picture is axial', () => {
    // Columns to the back, rows to the feet, slices to the left.
    const sagittal = { orientation: [0, 1, 0, 0, 0, -1], through: [1, 0, 0] };
    expect(cutsOf(stack(sagittal))).toMatchObject({
      plane: 'rows',
      columns: 20,
      rows: 40,
      count: 30,
      stance: { turned: true, mirror: false, over: false },
    });
    const standing = { orientation: [0, 0, 1, 1, 0, 0], through: [0, 1, 0] };
    expect(cutsOf(stack(standing))).toMatchObject({
      plane: 'columns',
      columns: 30,
      rows: 40,
      count: 20,
      stance: { turned: false, mirror: false, over: false },
    });
    expect(cutsOf(stack(sagittal), { across: false }).plane).toBe('stored');
  });

  it('sorts slices of a series along their normal, and knows many frames by their places', () => {
    const series = cutsOf({ ...stack(), header: header({ orientation: [0, 1, 0, 0, 0, -1] }, 'dicom') });
    // The normal runs to the right: left and right are exchanged.
    expect(series).toMatchObject({ plane: 'rows', stance: { turned: true, mirror: true, over: false } });
    const frames = { orientation: [0, 1, 0, 0, 0, -1], positions: [-40, 0, 0, 0, 0, 0, 40, 0, 0] };
    expect(cutsOf({ ...stack(), header: header(frames, 'dicom') }).stance).toEqual({ turned: true, mirror: false, over: false });
  });

  it('shows a few frames of a cine, and pictures as they are', () => {
    const cine = cutsOf(stack({ orientation: [0, 1, 0, 0, 0, -1] }, { cine: true, count: 100 }));
    expect([cine.plane, cine.at.length]).toEqual(['stored', 16]);
    expect(cutsOf({ ...stack(), count: 1, header: header({ orientation: [-1, 0, 0, 0, -1, 0] }, 'dicom') }).stance.mirror).toBe(false);
  });

  it('thins out what is long', () => {
    const { at } = cutsOf(stack(undefined, { count: 400 }));
    expect(at).toHaveLength(134);
    expect((at[1] as number) - (at[0] as number)).toBe(3);
  });
});

describe('windowOf', () => {
  const pixels = (values: ArrayLike<number>, more: Partial<Pixels> = {}): Pixels => ({
    columns: values.length,
    rows: 1,
    frames: 1,
    samples: 1,
    data: Int16Array.from(values),
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    ...more,
  });
  const asked = { center: 40, width: 400 };

  it('takes what is asked for where values are Hounsfield units', () => {
    const ct = pixels(Array.from({ length: 100 }, (_, i) => (i % 2 ? -1000 : 40)));
    expect(windowOf([ct], asked)).toEqual(asked);
    expect(windowOf([pixels([0, 500, 1000])], asked)).not.toEqual(asked);
  });

  it('is one for all slices: that of the file, or of all values', () => {
    expect(windowOf([pixels([0, 1]), pixels([0, 9], { windowCenter: 5, windowWidth: 7 }), pixels([3, 4])], null)).toEqual({
      center: 5,
      width: 7,
    });
    expect(windowOf([pixels([0, 0, 0]), pixels([100, 100, 100])], null)).toEqual({ center: 50, width: 100 });
    expect(windowOf([pixels([0, 0], { data: new Uint8Array([0, 0]) }), pixels([0, 0], { data: new Uint8Array([9, 200]) })], null)).toEqual({
      center: 127.5,
      width: 255,
    });
  });
});
