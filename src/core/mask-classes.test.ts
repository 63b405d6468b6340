import { describe, expect, it } from 'vitest';
import { classesOf } from './mask-classes.ts';
import type { Pixels, Samples } from './pixels.ts';

const picture = (data: Samples, about: Partial<Pixels> = {}): Pixels => ({
  columns: data.length / (about.samples ?? 1),
  rows: 1,
  frames: 1,
  samples: 1,
  data,
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  ...about,
});
const many = (...runs: readonly (readonly [number, number])[]): Uint8Array =>
  Uint8Array.from(runs.flatMap(([value, times]) => Array(times).fill(value)));
const counts = (marks: Uint8Array): number[] => {
  const out: number[] = [];
  for (const mark of marks) out[mark] = (out[mark] ?? 0) + 1;
  return Array.from(out, (count) => count ?? 0);
};
const exact = { bits: 8, lossy: false };

describe('classesOf', () => {
  it('takes any value for a mark where there is only one', () => {
    expect(counts(classesOf(picture(many([0, 70], [1, 30])), exact).marks)).toEqual([70, 30]);
    expect(classesOf(picture(many([0, 70], [255, 30])), exact).classes).toEqual([{ name: undefined, number: 1 }]);
  });
  it('cuts soft edges at half', () => {
    const { marks, classes } = classesOf(picture(many([0, 1000], [60, 5], [127, 5], [128, 5], [200, 5], [255, 1000])), exact);
    expect(classes).toHaveLength(1);
    expect(counts(marks)).toEqual([1010, 1010]);
  });
  it('cuts the noise of lossy pictures', () => {
    const noisy = many([0, 500], [3, 60], [9, 40], [240, 50], [252, 150], [255, 300]);
    expect(counts(classesOf(picture(noisy), { bits: 8, lossy: true }).marks)).toEqual([600, 500]);
  });
  it('tells grey levels and colours apart, black is background', () => {
    const levels = classesOf(picture(many([0, 50], [1, 30], [2, 20])), exact);
    expect(levels.classes.map(({ name }) => name)).toEqual(['level 1', 'level 2']);
    expect(counts(levels.marks)).toEqual([50, 30, 20]);
    const rgb = Uint8Array.from([...Array(40).fill([0, 0, 0]), ...Array(30).fill([255, 0, 0]), ...Array(20).fill([0, 255, 0])].flat());
    const colours = classesOf(picture(rgb, { samples: 3, photometric: 'RGB' }), exact);
    expect(colours.classes.map(({ name }) => name)).toEqual(['colour #00ff00', 'colour #ff0000']);
    expect(counts(colours.marks)).toEqual([40, 20, 30]);
  });
  it('reads palettes by their colours and inverted pictures by what is seen', () => {
    const palette = Uint8Array.of(255, 255, 255, 0, 0, 0);
    expect(counts(classesOf(picture(many([0, 30], [1, 70]), { photometric: 'PALETTE', palette }), exact).marks)).toEqual([70, 30]);
    const inverted = classesOf(picture(many([0, 30], [1, 70]), { photometric: 'MONOCHROME1' }), { bits: 1, lossy: false });
    expect(counts(inverted.marks)).toEqual([70, 30]);
  });
  it('takes what is transparent for nothing', () => {
    const rgba = Uint8Array.from([...Array(20).fill([255, 255, 255, 0]), ...Array(20).fill([255, 255, 255, 255])].flat());
    expect(counts(classesOf(picture(rgba, { samples: 4, photometric: 'RGB' }), exact).marks)).toEqual([20, 20]);
  });
  it('draws numbered objects as one, and cuts probabilities at half', () => {
    const objects = Uint16Array.from({ length: 4000 }, (_, i) => (i < 1000 ? 0 : Math.floor(i / 30)));
    const numbered = classesOf(picture(objects), { bits: 16, lossy: false });
    expect(counts(numbered.marks)).toEqual([1000, 3000]);
    expect(numbered.note).toContain('drawn as one');
    const ramp = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(counts(classesOf(picture(ramp), exact).marks)).toEqual([128, 128]);
  });
  it('finds an empty picture empty', () => {
    expect(classesOf(picture(new Uint8Array(50)), exact)).toMatchObject({ classes: [{ number: 1 }], marks: new Uint8Array(50) });
  });
});
