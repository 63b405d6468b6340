// Stored tensors made by the Python twin, and the rules by themselves.
import { describe, expect, it } from 'vitest';
import type { Picture } from './display.ts';
import fixture from './tensor.fixture.json' with { type: 'json' };
import { intoTensor, squared, type TensorInput, tapsOf, tensorLength } from './tensor.ts';

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const plainInput = (columns: number, rows: number, more: Partial<TensorInput> = {}): TensorInput => ({
  columns,
  rows,
  channels: 3,
  layout: 'NCHW',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  ...more,
});

/** A picture from red, green and blue of each pixel. */
function pictureOf(columns: number, rows: number, rgb: (x: number, y: number) => readonly number[]): Picture {
  const rgba = new Uint8ClampedArray(columns * rows * 4);
  for (let i = 0; i < columns * rows; i++) rgba.set([...rgb(i % columns, Math.floor(i / columns)), 17], 4 * i);
  return { columns, rows, rgba };
}

function tensorOf(picture: Picture, input: TensorInput): Float32Array {
  const into = new Float32Array(tensorLength(input));
  intoTensor(picture, { input, into });
  return into;
}

describe('stored tensors', () => {
  it.each(fixture.cases)('$name: $width × $height → $size', ({ width, height, rgba, size, expected }) => {
    const picture: Picture = { columns: width, rows: height, rgba: new Uint8ClampedArray(bytes(rgba).buffer) };
    const tensor = tensorOf(picture, plainInput(size, size, { scale: 255, mean: fixture.mean, std: fixture.std }));
    const wanted = new Float32Array(bytes(expected).buffer);
    expect(tensor.length).toBe(wanted.length);
    const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (tensor[i] ?? Number.NaN))), 0);
    expect(worst).toBeLessThan(1e-3);
  });
});

describe('tapsOf', () => {
  it.each([
    [512, 128],
    [100, 33],
    [33, 100],
    [1, 9],
    [9, 1],
    [2, 2],
    [1000, 999],
  ])('weighs %i pixels into %i with shares that add up to 1 and stay inside', (from, to) => {
    const { from: first, count, weights, width } = tapsOf(from, to);
    for (let i = 0; i < to; i++) {
      const share = weights.subarray(i * width, i * width + (count[i] ?? 0)).reduce((sum, weight) => sum + weight, 0);
      expect(share).toBeCloseTo(1, 9);
      expect((first[i] ?? -1) >= 0 && (first[i] ?? 0) + (count[i] ?? 0) <= from).toBe(true);
    }
  });

  it('gives every source pixel the same say when it shrinks', () => {
    const { from: first, count, weights, width } = tapsOf(10, 4);
    const say = new Float64Array(10);
    for (let i = 0; i < 4; i++) for (let j = 0; j < (count[i] ?? 0); j++) say[(first[i] ?? 0) + j]! += weights[i * width + j] ?? 0;
    for (const one of say) expect(one).toBeCloseTo(0.4, 9);
  });
});

describe('intoTensor', () => {
  it('averages areas, with fractions of pixels at the edges', () => {
    const picture = pictureOf(3, 1, (x) => [x * 30, x * 30, x * 30]);
    expect([...tensorOf(picture, plainInput(2, 1))].slice(0, 2).map(Math.fround)).toEqual([10, 50].map(Math.fround));
  });

  it('keeps colours apart, and orders them as the network wants', () => {
    const picture = pictureOf(2, 2, () => [10, 20, 30]);
    expect([...tensorOf(picture, plainInput(1, 1))]).toEqual([10, 20, 30]);
    expect([...tensorOf(picture, plainInput(2, 1))]).toEqual([10, 10, 20, 20, 30, 30]);
    expect([...tensorOf(picture, plainInput(2, 1, { layout: 'NHWC' }))]).toEqual([10, 20, 30, 10, 20, 30]);
  });

  it('makes one grey channel of three', () => {
    const input = plainInput(1, 1, { channels: 1 });
    expect(
      tensorOf(
        pictureOf(1, 1, () => [100, 100, 100]),
        input,
      )[0],
    ).toBeCloseTo(100, 4);
    expect(
      tensorOf(
        pictureOf(1, 1, () => [255, 0, 0]),
        input,
      )[0],
    ).toBeCloseTo(76.245, 3);
  });

  it('writes into its own slice of the batch only', () => {
    const input = plainInput(2, 2, { scale: 255 });
    const into = new Float32Array(3 * tensorLength(input)).fill(-1);
    intoTensor(
      pictureOf(5, 3, () => [255, 255, 255]),
      { input, into, index: 1 },
    );
    expect([...into.subarray(0, 12)].every((value) => value === -1)).toBe(true);
    expect([...into.subarray(12, 24)].every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
    expect([...into.subarray(24)].every((value) => value === -1)).toBe(true);
  });

  it('takes an empty picture as black', () => {
    expect([...tensorOf({ columns: 0, rows: 0, rgba: new Uint8ClampedArray(0) }, plainInput(1, 1))]).toEqual([0, 0, 0]);
  });
});

describe('squared', () => {
  const picture = pictureOf(4, 2, (x, y) => [x, y, 0]);

  it('stretches the axis with the wider pixels', () => {
    const high = squared(picture, [1, 3]);
    expect([high.columns, high.rows]).toEqual([4, 6]);
    expect([0, 1, 2, 3, 4, 5].map((y) => high.rgba[4 * 4 * y + 1])).toEqual([0, 0, 0, 1, 1, 1]);
    const wide = squared(picture, [2, 1]);
    expect([wide.columns, wide.rows]).toEqual([8, 2]);
    expect([...Array(8).keys()].map((x) => wide.rgba[4 * x])).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('leaves squares, and spacings that say nothing, as they are', () => {
    for (const spacing of [[1, 1], [0.7, 0.7], [0, 1], [1, 0], [Number.NaN, 1], [], null, undefined])
      expect(squared(picture, spacing)).toBe(picture);
  });

  it('does not grow without end', () => {
    expect(squared(picture, [1, 1e9]).rows).toBe(1024);
  });
});
