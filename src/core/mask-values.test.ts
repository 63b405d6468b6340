import { describe, expect, it } from 'vitest';
import type { Mask } from './mask.ts';
import { createLabelReader, fewer, MOST_LABELS } from './mask-values.ts';
import type { Samples } from './pixels.ts';

const read = (data: Samples, { slope = 1, intercept = 0 } = {}) => {
  const reader = createLabelReader(data.length);
  // In two pieces, as large volumes come.
  const half = data.length >> 1;
  for (const some of [data.subarray(0, half), data.subarray(half)])
    reader.add({ columns: some.length, rows: 1, frames: 1, samples: 1, data: some, photometric: 'MONOCHROME2', slope, intercept });
  return reader.done();
};

describe('createLabelReader', () => {
  it('numbers labels as they come; what is not above nought is background', () => {
    expect(read(Int16Array.of(0, 7, 7, -1, 2, 7))).toMatchObject({ values: [7, 2], marks: Uint8Array.of(0, 1, 1, 0, 2, 1), named: true });
    expect(read(BigInt64Array.of(0n, 4n))).toMatchObject({ values: [4] });
    expect(read(Float32Array.of(0, 1, 2.00001, Number.NaN))).toMatchObject({ values: [1, 2], marks: Uint8Array.of(0, 1, 2, 0) });
    expect(read(Uint8Array.of(0, 255, 128), { slope: 1 / 255 })).toMatchObject({ values: [1], marks: Uint8Array.of(0, 1, 1) });
  });
  it('cuts probabilities at half, also where they begin with whole numbers', () => {
    expect(read(Float32Array.of(0, 1, 1, 0.49, 0.5, 0.2))).toMatchObject({
      values: [1],
      marks: Uint8Array.of(0, 1, 1, 0, 1, 0),
      named: false,
    });
  });
  it('refuses what is neither', () => {
    expect(() => read(Float32Array.of(0, 1.5, 3))).toThrow('neither labels nor probabilities');
    expect(() => read(Uint16Array.from({ length: 2000 }, (_, i) => i))).toThrow('too many different values');
  });
  it('draws numbered objects as one, and the smallest of many labels too', () => {
    const objects = read(Uint16Array.from({ length: 6000 }, (_, i) => Math.floor(i / 20)));
    expect(objects).toMatchObject({ values: [1], named: false });
    expect(objects.marks.reduce((sum, mark) => sum + mark, 0)).toBe(5980);
    const labels = read(Uint8Array.from({ length: 5050 }, (_, i) => Math.ceil((Math.sqrt(8 * i + 9) - 1) / 2)));
    expect(labels.values).toHaveLength(MOST_LABELS);
    expect(labels.note).toBe('It has 100 labels; the 37 smallest are drawn as one.');
  });
});

describe('fewer', () => {
  const mask = (size: number, kind: Mask['kind']): Mask => ({
    kind,
    label: `${size}`,
    by: 'a.dcm',
    from: 'file',
    columns: 100,
    rows: 1,
    slices: 1,
    runs: Uint32Array.of(0, size, 100 - size),
    probability: null,
  });
  it('keeps findings and large organs', () => {
    const organs = Array.from({ length: 70 }, (_, i) => mask(i + 2, 'organ'));
    const { masks, note } = fewer([...organs, mask(1, 'tumour')]);
    expect(masks).toHaveLength(MOST_LABELS);
    expect(masks.some(({ kind }) => kind === 'tumour')).toBe(true);
    expect(masks.at(-1)).toMatchObject({ label: '8 further segments', runs: Uint32Array.of(0, 9, 91) });
    expect(note).toBe('It has 71 segments; 8 of them are drawn as one.');
  });
});
