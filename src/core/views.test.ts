import { describe, expect, it } from 'vitest';
import type { Header } from './header.ts';
import type { Pixels } from './pixels.ts';
import { frameOf, spreadOver, viewsOf } from './views.ts';

const wishes = { slices: 5, across: 2 };
const headerOf = (more: Partial<Header> = {}): Header => ({ format: 'nifti', role: 'image', tags: {}, ...more });
const shapeOf = (columns: number, rows: number, slices: number) => ({ columns, rows, slices, frames: 1, samples: 1, bits: 16 });

/** Voxels from their place; values of a wide range, so that windows show them apart. */
function volume(
  size: readonly [number, number, number],
  value: (x: number, y: number, z: number) => number,
  more: Partial<Pixels> = {},
): Pixels {
  const [columns, rows, frames] = size;
  const data = new Int16Array(columns * rows * frames);
  for (let i = 0; i < data.length; i++) data[i] = value(i % columns, Math.floor(i / columns) % rows, Math.floor(i / columns / rows));
  return { columns, rows, frames, samples: 1, data, photometric: 'MONOCHROME2', slope: 1, intercept: 0, ...more };
}

const greyAt = ({ columns, rgba }: { columns: number; rgba: Uint8ClampedArray }, x: number, y: number): number =>
  rgba[4 * (y * columns + x)] ?? -1;

describe('spreadOver', () => {
  it.each([
    [100, 5, [20, 35, 50, 64, 79]],
    [2, 5, [0, 1]],
    [1, 5, [0]],
    [0, 5, []],
    [11, 1, [5]],
  ])('of %i images takes %i', (images, count, expected) => {
    expect(spreadOver(images, count)).toEqual(expected);
  });
});

it('takes one frame of several without its neighbours', () => {
  const pixels = volume([2, 2, 3], (x, y, z) => 100 * z + 10 * y + x);
  expect([...(frameOf(pixels, 2).data as Int16Array)]).toEqual([200, 201, 210, 211]);
});

describe('viewsOf', () => {
  it('draws a single picture once, by its own window', () => {
    const pixels = volume([4, 2, 1], (x) => x * 10, { windowCenter: 15, windowWidth: 30 });
    const [view, ...none] = viewsOf([pixels], { header: headerOf({ format: 'dicom' }), wishes });
    expect(none).toEqual([]);
    expect([0, 1, 2, 3].map((x) => greyAt(view!.picture, x, 0))).toEqual([0, 85, 170, 255]);
    expect(view?.across).toBe(false);
  });

  it('shows a single slice of a volume format both ways round, upright where the file says how it lies', () => {
    const pixels = volume([4, 2, 1], (x, y) => x * 10 + y * 100, { windowCenter: 65, windowWidth: 130 });
    const views = viewsOf([pixels], { header: headerOf({ shape: shapeOf(4, 2, 1) }), wishes });
    expect(views.map(({ picture: { columns, rows } }) => [columns, rows])).toEqual([
      [4, 2],
      [2, 4],
    ]);
    expect(greyAt(views[1]!.picture, 1, 2)).toBe(greyAt(views[0]!.picture, 2, 1));
    // Columns run to the right hand, rows to the front: turned round.
    const geometry = { spacingMm: [1, 1], orientation: [-1, 0, 0, 0, -1, 0] };
    const [turned] = viewsOf([pixels], { header: headerOf({ shape: shapeOf(4, 2, 1), geometry }), wishes });
    expect(greyAt(turned!.picture, 0, 0)).toBe(greyAt(views[0]!.picture, 3, 1));
  });

  it('shows bytes that use their range as they are, and stretches dark ones', () => {
    const bytes = (most: number): Pixels => ({ ...volume([4, 1, 1], (x) => x), data: Uint8Array.of(0, most / 4, most / 2, most) });
    const drawn = (most: number) => greyAt(viewsOf([bytes(most)], { header: headerOf({ format: 'dicom' }), wishes })[0]!.picture, 2, 0);
    expect(drawn(200)).toBe(100);
    expect(drawn(40)).toBeGreaterThan(110);
  });

  it('cuts a whole volume in three planes, true to its spacing', () => {
    const header = headerOf({ shape: shapeOf(8, 6, 10), geometry: { spacingMm: [1, 1, 2] } });
    const views = viewsOf([volume([8, 6, 10], (x, y, z) => 1000 * z + 10 * y + x)], { header, wishes });
    expect(views.map(({ picture, across }) => [picture.columns, picture.rows, across])).toEqual([
      ...Array(5).fill([8, 6, false]),
      ...Array(2).fill([8, 20, true]),
      ...Array(2).fill([6, 20, true]),
    ]);
  });

  it('holds no drawing: each is made when it is asked for', () => {
    const [view] = viewsOf([volume([4, 2, 1], (x) => x)], { header: headerOf(), wishes });
    expect(view?.picture).toEqual(view?.picture);
    expect(view?.picture).not.toBe(view?.picture);
  });

  it('shows a CT in several windows, once', () => {
    const ct = (z: number): Pixels => volume([40, 40, 1], (x) => (x < 10 ? -1000 : x < 30 ? 40 + z : 900));
    const views = viewsOf([ct(0), ct(1), ct(2)], { header: headerOf({ format: 'dicom' }), wishes });
    expect(views).toHaveLength(6);
    // Soft tissue in the middle of its window, air black and bone white.
    expect([0, 20, 35].map((x) => greyAt(views[0]!.picture, x, 0))).toEqual([0, 128, 255]);
    // The lung's window shows soft tissue bright.
    expect(greyAt(views[2]!.picture, 20, 0)).toBeGreaterThan(230);
  });

  it('takes a mosaic apart', () => {
    const pixels = volume([32, 32, 1], (x, y) => (Math.floor(x / 16) + 2 * Math.floor(y / 16)) * 100 + (x % 16));
    const views = viewsOf([pixels], { header: headerOf({ format: 'dicom', tags: { MosaicImages: 4 } }), wishes });
    expect(views.map(({ picture }) => [picture.columns, picture.rows])).toEqual(Array(views.length).fill([16, 16]));
    expect(views.length).toBeGreaterThan(1);
  });

  it('turns volumes upright: left to the right, head up', () => {
    // Stored as RAS: columns run to the right of the patient, rows to the front; bright where it is left, back and head.
    const header = headerOf({ shape: shapeOf(10, 10, 10), geometry: { orientation: [-1, 0, 0, 0, -1, 0], spacingMm: [1, 1, 1] } });
    const bright = volume([10, 10, 10], (x, y, z) => (x === 0 ? 500 : 0) + (y === 0 ? 200 : 0) + (z === 9 ? 300 : 0));
    const views = viewsOf([bright], { header, wishes: { slices: 1, across: 1 } });
    const [axial, coronal, sagittal] = views.map(({ picture }) => picture);
    expect(greyAt(axial!, 9, 5)).toBeGreaterThan(greyAt(axial!, 0, 5));
    expect(greyAt(axial!, 5, 9)).toBeGreaterThan(greyAt(axial!, 5, 0));
    expect(greyAt(coronal!, 9, 5)).toBeGreaterThan(greyAt(coronal!, 0, 5));
    expect(greyAt(coronal!, 4, 0)).toBeGreaterThan(greyAt(coronal!, 4, 9));
    expect(greyAt(sagittal!, 9, 5)).toBeGreaterThan(greyAt(sagittal!, 0, 5));
    expect(greyAt(sagittal!, 4, 0)).toBeGreaterThan(greyAt(sagittal!, 4, 9));
  });

  it('turns slices that were stored on their side', () => {
    // Columns run to the feet, rows to the back: a sagittal slice on its side.
    const header = headerOf({ shape: shapeOf(6, 4, 2), geometry: { orientation: [0, 0, -1, 0, 1, 0] } });
    const [view] = viewsOf([volume([6, 4, 2], (x) => (x === 0 ? 900 : 0))], { header, wishes: { slices: 1, across: 0 } });
    expect([view?.picture.columns, view?.picture.rows]).toEqual([4, 6]);
    expect(greyAt(view!.picture, 1, 0)).toBeGreaterThan(greyAt(view!.picture, 1, 5));
  });
});
