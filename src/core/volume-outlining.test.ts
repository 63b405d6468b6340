import { describe, expect, it } from 'vitest';
import { logistic } from './log-odds.ts';
import type { OutlineTask } from './outline-card.ts';
import { createVolumeOutliner, examinedFrames, examinedSlices, presenceOfPlanes, type VolumeOutlining } from './volume-outlining.ts';

const TASK = { maskFrom: 0.5, presence: { bias: 0, logit: 1, peak: 0, area: 0 } } as OutlineTask;

/** Which of the planes are marked when every pixel of the examined ones has this logit. */
function run(logits: readonly number[], options: Partial<VolumeOutlining> = {}): { marked: number[]; probability: number; at: number[] } {
  const [marked, at]: [number[], number[]] = [[], []];
  const { planes = logits.length, examined = logits.map((_, i) => i) } = options;
  const emit = (n: number, bits: Uint8Array | undefined): void => {
    at.push(n);
    if (bits?.every((bit) => bit === 1)) marked.push(n);
  };
  const outliner = createVolumeOutliner({ task: TASK, plane: { columns: 4, rows: 4 }, planes, examined, emit, ...options });
  for (const value of logits) {
    const plane = new Float32Array(4).fill(value);
    outliner.add({ logits: plane, grid: { columns: 2, rows: 2 }, presence: value });
    plane.fill(Number.NaN);
  }
  return { marked, probability: outliner.finish(), at };
}

describe('which planes are examined', () => {
  it('is all of them up to the most', () => {
    expect(examinedSlices(3)).toEqual([0, 1, 2]);
    expect(examinedSlices(160)).toHaveLength(160);
    expect(examinedSlices(0)).toEqual([]);
  });

  it.each([161, 200, 319, 320, 512, 1000])('is every n-th of %d, centred', (count) => {
    const at = examinedSlices(count);
    const step = Math.ceil(count / 160);
    expect(at.length).toBeLessThanOrEqual(160);
    expect(at.every((one, i) => one === (at[0] as number) + i * step)).toBe(true);
    const [before, after] = [at[0] as number, count - 1 - (at.at(-1) as number)];
    expect(before).toBeGreaterThanOrEqual(0);
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after - before).toBeLessThanOrEqual(1);
  });

  it('is up to 16 frames of a cine, evenly', () => {
    expect(examinedFrames(5)).toEqual([0, 1, 2, 3, 4]);
    expect(examinedFrames(32)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31]);
    expect(new Set(examinedFrames(17)).size).toBe(16);
  });
});

describe('presence of a volume', () => {
  it('is the mean of the three strongest neighbours', () => {
    expect(presenceOfPlanes([-5, -5, 3, 6, 3, -5])).toBe(4);
    // One plane alone is no finding.
    expect(presenceOfPlanes([-5, 9, -5, -5])).toBeCloseTo(-1 / 3, 9);
    expect(presenceOfPlanes([2, 4])).toBe(3);
    expect(presenceOfPlanes([2])).toBe(2);
    expect(presenceOfPlanes([])).toBeNaN();
    expect(presenceOfPlanes(Array.from({ length: 24 }, () => 3))).toBeCloseTo(3 - Math.log(2), 9);
  });

  it('passes over planes without numbers', () => expect(presenceOfPlanes([Number.NaN, 1, 1, 1])).toBe(1));
});

describe('createVolumeOutliner', () => {
  it('emits every plane once, in order', () => {
    expect(run([1, 1, 1, 1]).at).toEqual([0, 1, 2, 3]);
    expect(run([1, 1], { planes: 9, examined: [2, 6] }).at).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(run([1]).at).toEqual([0]);
    expect(run([], { planes: 2 })).toEqual({ marked: [], probability: Number.NaN, at: [0, 1] });
  });

  it('smooths with [1 2 1] / 4, ends counted twice', () => {
    expect(run([-1, -1, 3.1, -1, -1]).marked).toEqual([1, 2, 3]);
    expect(run([-1, -1, 2.9, -1, -1]).marked).toEqual([2]);
    expect(run([-1, -1, 0.9, -1, -1]).marked).toEqual([]);
    expect(run([1, 1, -0.9, 1, 1]).marked).toEqual([0, 1, 2, 3, 4]);
    expect(run([1, -2.9]).marked).toEqual([0]);
    expect(run([1, -3.1]).marked).toEqual([]);
    expect(run([-3.1, 1]).marked).toEqual([]);
    expect(run([0.5]).marked).toEqual([0]);
  });

  it('fills in planes that were not examined, and carries the ends on', () => {
    // Smoothed: 4, 0, -4 at planes 1, 5 and 9.
    const { marked } = run([16 / 3, 0, -16 / 3], { planes: 11, examined: [1, 5, 9] });
    expect(marked).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('leaves frames of a cine as they are, and those between empty', () => {
    expect(run([1, -1, 1], { planes: 6, examined: [1, 3, 4], frames: true })).toMatchObject({ marked: [1, 4], at: [0, 1, 2, 3, 4, 5] });
  });

  it('answers the probability of the whole', () => {
    expect(run([-4, 1, 2, 3, -4]).probability).toBeCloseTo(logistic(2), 9);
    expect(run([Number.NaN, Number.NaN]).probability).toBeNaN();
  });
});
