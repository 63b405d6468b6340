import { describe, expect, it } from 'vitest';
import { edgesOf, FIT, flipsFor, imagePoint, pixelAspect, place, zoomed } from './stance.ts';

const AXIAL = [1, 0, 0, 0, 1, 0];
/** A NIfTI stored right-anterior-superior: columns run to the right of the patient … in LPS both signs turn. */
const RAS = [-1, 0, 0, 0, -1, 0];

describe('stance', () => {
  it('shows DICOM as stored and turns volume files to the radiological habit', () => {
    expect(flipsFor('dicom', RAS)).toEqual({ x: false, y: false });
    expect(flipsFor('nifti', AXIAL)).toEqual({ x: false, y: false });
    expect(flipsFor('nifti', RAS)).toEqual({ x: true, y: true });
    expect(flipsFor('nifti', [1, 0, 0, 0, 0, 1])).toEqual({ x: false, y: true });
    expect(flipsFor('nifti', [1, 0, 0, 0, 0, -1])).toEqual({ x: false, y: false });
    expect(flipsFor('nifti', undefined)).toEqual({ x: false, y: false });
    expect(flipsFor('png', [1, 2])).toEqual({ x: false, y: false });
  });

  it('names the edges: the patient’s left is on the right, the face is up', () => {
    const habit = { left: 'R', right: 'L', top: 'A', bottom: 'P' };
    expect(edgesOf(AXIAL, { x: false, y: false })).toEqual(habit);
    expect(edgesOf(RAS, flipsFor('nifti', RAS))).toEqual(habit);
    expect(edgesOf([1, 0, 0, 0, 0, 1], flipsFor('nifti', [1, 0, 0, 0, 0, 1]))).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' });
    expect(edgesOf([0, 1, 0, 0, 0, -1], { x: false, y: false })).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
    expect(edgesOf(undefined, { x: false, y: false })).toBeUndefined();
  });

  it('keeps the shape of pixels', () => {
    expect(pixelAspect([0.5, 0.5])).toEqual([1, 1]);
    expect(pixelAspect([1, 0.5])).toEqual([2, 1]);
    expect(pixelAspect([0.5, 1])).toEqual([1, 2]);
    expect(pixelAspect(null)).toEqual([1, 1]);
    expect(pixelAspect([0, 1])).toEqual([1, 1]);
    expect(pixelAspect([1000, 1])).toEqual([1, 1]);
  });

  it('fits the image into its box and centres it', () => {
    const size = { columns: 100, rows: 50 };
    expect(place(size, { box: { width: 400, height: 400 }, aspect: [1, 1], view: FIT })).toEqual({
      scaleX: 4,
      scaleY: 4,
      left: 0,
      top: 100,
    });
    expect(place(size, { box: { width: 400, height: 400 }, aspect: [1, 2], view: FIT })).toEqual({ scaleX: 4, scaleY: 8, left: 0, top: 0 });
  });

  it('zooms about the point under the finger', () => {
    const view = zoomed(FIT, { factor: 2, x: 30, y: -10 });
    expect(view).toEqual({ zoom: 2, panX: -30, panY: 10 });
    expect(zoomed(view, { factor: 0.5, x: 30, y: -10 })).toEqual(FIT);
    expect(zoomed(FIT, { factor: 1e6, x: 0, y: 0 }).zoom).toBe(32);
    expect(zoomed(FIT, { factor: 0, x: 0, y: 0 }).zoom).toBe(0.25);
  });

  it('finds the pixel under the pointer, flipped or not', () => {
    const size = { columns: 100, rows: 50 };
    const placement = place(size, { box: { width: 400, height: 400 }, aspect: [1, 1], view: FIT });
    expect(imagePoint({ x: 4, y: 104 }, { placement, size, flips: { x: false, y: false } })).toEqual({ x: 1, y: 1 });
    expect(imagePoint({ x: 4, y: 104 }, { placement, size, flips: { x: true, y: true } })).toEqual({ x: 99, y: 49 });
  });
});
