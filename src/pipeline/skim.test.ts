import { describe, expect, it } from 'vitest';
import type { Entry } from '../core/entry.ts';
import type { Header } from '../core/header.ts';
import { findLongRuns, firstWave, STRIDE, settle } from './skim.ts';

const entry = (path: string, size: number | undefined = 500_000): Entry => ({ path, size, place: { source: 'zip', at: null } });
const slice = (n: number, change: Partial<Header> = {}): Header => ({
  format: 'dicom',
  role: 'image',
  series: '1.2',
  shape: { columns: 512, rows: 512, slices: 1, frames: 1, samples: 1, bits: 16 },
  geometry: { orientation: [1, 0, 0, 0, 1, 0], positions: [0, 0, n * 2.5], spacingMm: [1, 1] },
  tags: { InstanceNumber: n + 1, SOPInstanceUID: `u${n}`, SliceThickness: 2.5, Modality: 'CT' },
  ...change,
});
const wave = (length: number, header: (n: number) => Header) => new Map(firstWave(length).map((n) => [n, header(n)]));

describe('findLongRuns', () => {
  it('finds consecutive names of one size', () => {
    const { runs, others } = findLongRuns([...Array.from({ length: 100 }, (_, i) => entry(`a/IM${i}.dcm`)), entry('a/readme.txt')]);
    expect(runs.map((run) => run.length)).toEqual([100]);
    expect(others.map((one) => one.path)).toEqual(['a/readme.txt']);
  });
  it('breaks where a number or a size is off, and reads short runs one by one', () => {
    const entries = Array.from({ length: 60 }, (_, i) => entry(`a/IM${i + (i > 50 ? 1 : 0)}.dcm`, i === 20 ? 400_000 : 500_000));
    const { runs, others } = findLongRuns(entries);
    expect(runs).toEqual([]);
    expect(others).toHaveLength(60);
  });
  it('never skims where sizes are unknown', () => {
    expect(findLongRuns(Array.from({ length: 100 }, (_, i) => ({ path: `IM${i}`, place: { source: 'file', at: null } }))).runs).toEqual([]);
  });
});

describe('settle', () => {
  it('infers what lines up, position and instance number included', () => {
    const { inferred, unread } = settle(100, wave(100, slice));
    expect(unread).toEqual([]);
    expect(inferred.size).toBe(100 - firstWave(100).length);
    expect(inferred.get(5)?.geometry?.positions).toEqual([0, 0, 12.5]);
    expect(inferred.get(5)?.tags).toMatchObject({ InstanceNumber: 6, Modality: 'CT' });
    expect(inferred.get(5)?.tags.SOPInstanceUID).toBeUndefined();
  });
  it('reads everything between two series', () => {
    const { unread } = settle(
      64,
      wave(64, (n) => slice(n, { series: n < 20 ? 'a' : 'b' })),
    );
    expect(unread).toEqual(Array.from({ length: STRIDE - 1 }, (_, i) => STRIDE + 1 + i));
  });
  it('reads everything where two series are interleaved', () => {
    const { inferred } = settle(
      64,
      wave(64, (n) => slice(n, { tags: { ...slice(n).tags, InstanceNumber: Math.floor(n / 2) } })),
    );
    expect(inferred.size).toBe(0);
  });
  it('reads everything where positions jump', () => {
    const { inferred } = settle(
      64,
      wave(64, (n) => slice(n, { geometry: { ...slice(n).geometry, positions: [0, 0, n * 7] } })),
    );
    expect(inferred.size).toBe(0);
  });
  it('reads the neighbours of a header that could not be read', () => {
    const read = wave(64, slice);
    read.delete(32);
    expect(settle(64, read).unread).toEqual([
      ...Array.from({ length: 15 }, (_, i) => 17 + i),
      ...Array.from({ length: 15 }, (_, i) => 33 + i),
    ]);
  });
});
