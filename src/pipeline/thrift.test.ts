import { describe, expect, it } from 'vitest';
import type { Header } from '../core/header.ts';
import { createThrift } from './thrift.ts';

const header = (n: number): Header => ({
  format: 'dicom',
  role: 'image',
  series: '1.2.3',
  shape: { columns: 64, rows: 64, slices: 1, frames: 1, samples: 1, bits: 16 },
  geometry: { orientation: [1, 0, 0, 0, 1, 0], positions: [0, 0, n], spacingMm: [1, 1] },
  tags: { Modality: 'CT', ImageType: ['ORIGINAL', 'PRIMARY'], InstanceNumber: n, SOPInstanceUID: `1.2.3.${n}` },
});

describe('thrift', () => {
  it('answers equal headers, with optional fields absent where they were', () => {
    const thrift = createThrift();
    for (const n of [1, 2, 3]) expect(thrift(structuredClone(header(n)))).toEqual(header(n));
    const bare: Header = { format: 'png', role: 'image', tags: {} };
    expect(JSON.stringify(thrift(bare))).toBe(JSON.stringify(bare));
  });

  it('shares what is equal and keeps what is not', () => {
    const thrift = createThrift();
    const [one, two] = [thrift(structuredClone(header(1))), thrift(structuredClone(header(2)))];
    expect(two.shape).toBe(one.shape);
    expect(two.geometry?.orientation).toBe(one.geometry?.orientation);
    expect(two.tags.ImageType).toBe(one.tags.ImageType);
    expect(two.geometry?.positions).not.toBe(one.geometry?.positions);
  });

  it('does not mind a tag called like a member of every object', () => {
    const odd = { ...header(1), tags: JSON.parse('{"__proto__":"x","constructor":"y"}') };
    const told = createThrift()(odd);
    expect(told.tags.constructor).toBe('y');
    expect(Object.getPrototypeOf(told.tags)).toBe(Object.prototype);
  });
});
