import { describe, expect, it } from 'vitest';
import { autoWindow, fit, render, resize, thumbnailOf } from './display.ts';
import type { Pixels } from './pixels.ts';

const grey = (data: Pixels['data'], more: Partial<Pixels> = {}): Pixels => ({
  columns: data.length,
  rows: 1,
  frames: 1,
  samples: 1,
  data,
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  ...more,
});
const reds = ({ rgba }: { rgba: Uint8ClampedArray }): number[] => [...rgba].filter((_, i) => i % 4 === 0);

describe('render', () => {
  it('maps a window to black and white and cuts what lies outside', () => {
    const pixels = grey(Int16Array.of(-100, 0, 50, 100, 900));
    expect(reds(render({ pixels, frame: 0, center: 50, width: 100 }))).toEqual([0, 0, 127, 255, 255]);
  });
  it('applies slope and intercept before the window', () => {
    const pixels = grey(Uint16Array.of(0, 1024, 2048), { slope: 1, intercept: -1024 });
    expect(reds(render({ pixels, frame: 0, center: 0, width: 2048 }))).toEqual([0, 128, 255]);
  });
  it('inverts MONOCHROME1, and once more when asked', () => {
    const pixels = grey(Uint8Array.of(0, 255), { photometric: 'MONOCHROME1' });
    expect(reds(render({ pixels, frame: 0, center: 127.5, width: 255 }))).toEqual([255, 0]);
    expect(reds(render({ pixels, frame: 0, center: 127.5, width: 255, invert: true }))).toEqual([0, 255]);
  });
  it('keeps alpha opaque when inverting', () => {
    const { rgba } = render({ pixels: grey(Uint8Array.of(7)), frame: 0, center: 127.5, width: 255, invert: true });
    expect([...rgba]).toEqual([248, 248, 248, 255]);
  });
  it('looks palettes up, and draws unknown indices black', () => {
    const pixels = grey(Uint8Array.of(1, 0, 9), { photometric: 'PALETTE', palette: Uint8Array.of(1, 2, 3, 40, 50, 60) });
    expect([...render({ pixels, frame: 0, center: 0, width: 1 }).rgba]).toEqual([40, 50, 60, 255, 1, 2, 3, 255, 0, 0, 0, 255]);
  });
  it('passes 8-bit colour through and scales 16-bit colour', () => {
    const eight = grey(Uint8Array.of(10, 20, 30), { columns: 1, samples: 3, photometric: 'RGB' });
    expect([...render({ pixels: eight, frame: 0, ...autoWindow(eight) }).rgba]).toEqual([10, 20, 30, 255]);
    const sixteen = grey(Uint16Array.of(0, 32768, 65535), { columns: 1, samples: 3, photometric: 'RGB' });
    expect([...render({ pixels: sixteen, frame: 0, ...autoWindow(sixteen) }).rgba]).toEqual([0, 128, 255, 255]);
    const half = 2 ** 31;
    const wide = grey(Uint32Array.of(0, half, 2 ** 32 - 1), { columns: 1, samples: 3, photometric: 'RGB' });
    expect([...render({ pixels: wide, frame: 0, ...autoWindow(wide) }).rgba]).toEqual([0, 128, 255, 255]);
  });
  it('keeps real transparency', () => {
    const pixels = grey(Uint8Array.of(10, 20, 30, 40), { columns: 1, samples: 4, photometric: 'RGB' });
    expect([...render({ pixels, frame: 0, ...autoWindow(pixels) }).rgba]).toEqual([10, 20, 30, 40]);
  });
  it('draws the frame that was asked for', () => {
    const pixels = grey(Uint8Array.of(1, 2, 3, 4), { columns: 2, frames: 2 });
    expect(reds(render({ pixels, frame: 1, center: 127.5, width: 255 }))).toEqual([3, 4]);
  });
  it('shows NaN black, infinities saturated, 64-bit integers and complex magnitudes', () => {
    const odd = grey(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1));
    expect(reds(render({ pixels: odd, frame: 0, center: 0.5, width: 1 }))).toEqual([0, 255, 0, 255]);
    expect(reds(render({ pixels: grey(BigInt64Array.of(0n, 100n)), frame: 0, center: 50, width: 100 }))).toEqual([0, 255]);
    const complex = grey(Float32Array.of(3, 4, 0, 0), { columns: 2, samples: 2 });
    expect(reds(render({ pixels: complex, frame: 0, center: 2.5, width: 5 }))).toEqual([255, 0]);
  });
});

describe('autoWindow', () => {
  it("takes the file's own window", () => {
    expect(autoWindow(grey(Uint8Array.of(0, 255), { windowCenter: 40, windowWidth: 400 }))).toEqual({ center: 40, width: 400 });
  });
  it('ignores a few outliers', () => {
    const data = Int16Array.from({ length: 1000 }, (_, i) => (i === 0 ? 30000 : i % 100));
    const { center, width } = autoWindow(grey(data, { columns: 100, rows: 10 }));
    expect(Math.abs(center - 49.5)).toBeLessThan(2);
    expect(width).toBeLessThan(120);
  });
  it('answers in rescaled units', () => {
    expect(autoWindow(grey(Uint8Array.of(0, 100), { slope: 2, intercept: -50 }))).toEqual({ center: 50, width: 200 });
  });
  it('is finite for NaN, empty range and sparse masks', () => {
    expect(autoWindow(grey(Float32Array.of(Number.NaN, Number.NaN)))).toEqual({ center: 0, width: 1 });
    expect(autoWindow(grey(Uint8Array.of(7, 7)))).toEqual({ center: 7, width: 1 });
    const mask = new Uint8Array(1000);
    mask[500] = 1;
    expect(autoWindow(grey(mask))).toEqual({ center: 0.5, width: 1 });
  });
});

describe('thumbnails', () => {
  it('fits by the longer side, true to the spacing, never larger', () => {
    expect(fit({ columns: 512, rows: 256, max: 64 })).toEqual({ columns: 64, rows: 32 });
    expect(fit({ columns: 100, rows: 100, max: 64, spacing: [1, 2] })).toEqual({ columns: 32, rows: 64 });
    expect(fit({ columns: 10, rows: 10, max: 64 })).toEqual({ columns: 10, rows: 10 });
    expect(fit({ columns: 4000, rows: 1, max: 64, spacing: [Number.NaN, 0] })).toEqual({ columns: 64, rows: 1 });
  });
  it('takes means when shrinking and repeats when growing', () => {
    const two = { columns: 2, rows: 1, rgba: Uint8ClampedArray.of(0, 0, 0, 255, 100, 100, 100, 255) };
    expect([...resize(two, { columns: 1, rows: 1 }).rgba]).toEqual([50, 50, 50, 255]);
    expect(reds(resize(two, { columns: 4, rows: 1 }))).toEqual([0, 0, 100, 100]);
  });
  it('draws the middle frame', () => {
    const pixels = grey(Uint8Array.of(0, 0, 0, 255, 0, 0), { columns: 2, frames: 3 });
    const picture = thumbnailOf(pixels, 64);
    expect(picture.columns).toBe(2);
    expect(reds(picture)).toEqual([0, 255]);
  });
});
