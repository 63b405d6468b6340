import { describe, expect, it } from 'vitest';
import type { Mask } from './mask.ts';
import { bitsOf, createMaskBuilder, isEmpty, maskFrom, packRuns, sameGrid, sliceBits, union, unpackRuns } from './mask-grid.ts';

const about = { kind: 'tumour', label: 'polyp', by: 'outline', from: 'model', probability: 0.9 } as const;
const grid = { columns: 4, rows: 2, slices: 3 };
const drawn = (text: string, shape = grid): Mask =>
  maskFrom(
    Uint8Array.from([...text.replace(/\s/g, '')], (mark) => (mark === '#' ? 1 : 0)),
    { grid: shape, about },
  );

/** Reproducible numbers from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('masks as runs', () => {
  it('packs unmarked and marked in turns, unmarked first, all pixels in sum', () => {
    expect([...drawn('.##. ...# #... .... .... ...#').runs]).toEqual([1, 2, 4, 2, 14, 1]);
    expect([...drawn('#### #### #### #### #### ####').runs]).toEqual([0, 24]);
    expect([...drawn('.... .... .... .... .... ....').runs]).toEqual([24]);
  });

  it.each([0.001, 0.2, 0.5, 0.9, 1])('gives back what was packed, %d marked', (share) => {
    const next = random(7);
    const bits = Uint8Array.from({ length: 9 * 7 * 5 }, () => (next() < share ? 1 : 0));
    const mask = maskFrom(bits, { grid: { columns: 9, rows: 7, slices: 5 }, about });
    expect(bitsOf(mask)).toEqual(bits);
    expect(mask.runs.reduce((a, b) => a + b, 0)).toBe(bits.length);
    for (let slice = 0; slice < 5; slice++) expect(sliceBits(mask, slice)).toEqual(bits.subarray(slice * 63, slice * 63 + 63));
    expect(unpackRuns(packRuns(mask.runs))).toEqual(mask.runs);
  });

  it('takes any byte but 0 for a mark, and refuses what does not fit the grid', () => {
    expect([...maskFrom(Uint8Array.of(0, 255, 7, 0), { grid: { columns: 4, rows: 1, slices: 1 }, about }).runs]).toEqual([1, 2, 1]);
    expect(() => maskFrom(new Uint8Array(3), { grid, about })).toThrow(RangeError);
  });

  it('unpacks one slice into room that was used before, and nothing past the end', () => {
    const mask = drawn('.... .... #### #### .... ....');
    const room = new Uint8Array(8).fill(9);
    expect(sliceBits(mask, 1, room)).toBe(room);
    expect([...room]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...sliceBits(mask, 2, room)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...sliceBits(mask, 3)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('unpacks a mask that ends early as empty from there on', () => {
    const mask: Mask = { ...about, ...grid, runs: Uint32Array.of(2, 3) };
    expect([...sliceBits(mask, 0)]).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
    expect([...sliceBits(mask, 2)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('knows empty masks, also those with empty runs', () => {
    expect(isEmpty({ runs: Uint32Array.of(24) })).toBe(true);
    expect(isEmpty({ runs: Uint32Array.of(3, 0, 21) })).toBe(true);
    expect(isEmpty(drawn('.... .... .... .... .... ...#'))).toBe(false);
  });
});

describe('the builder', () => {
  it('makes the same mask slice by slice', () => {
    const whole = drawn('.##. ...# .... .... #..# ####');
    const builder = createMaskBuilder(grid);
    builder.add(sliceBits(whole, 0));
    builder.skip(1);
    builder.add(sliceBits(whole, 2));
    expect(builder.mask(about)).toEqual(whole);
  });

  it('leaves slices empty that were not added, and can be asked again', () => {
    const builder = createMaskBuilder(grid);
    expect([...builder.runs()]).toEqual([24]);
    builder.add(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1));
    expect([...builder.runs()]).toEqual([7, 1, 16]);
    builder.add(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0));
    expect([...builder.runs()]).toEqual([7, 2, 15]);
  });

  it('refuses slices of another size and one too many', () => {
    const builder = createMaskBuilder(grid);
    expect(() => builder.add(new Uint8Array(7))).toThrow(RangeError);
    builder.skip(3);
    expect(() => builder.add(new Uint8Array(8))).toThrow(RangeError);
  });

  it('holds 512 × 512 × 512 without all of its pixels', () => {
    const builder = createMaskBuilder({ columns: 512, rows: 512, slices: 512 });
    const bits = new Uint8Array(512 * 512);
    for (let y = 200; y < 300; y++) bits.fill(1, y * 512 + 100, y * 512 + 200);
    for (let n = 0; n < 8; n++) {
      builder.skip(63);
      builder.add(bits);
    }
    const mask = builder.mask(about);
    expect(mask.runs).toHaveLength(8 * 100 * 2 + 1);
    expect(mask.runs.reduce((a, b) => a + b, 0)).toBe(512 ** 3);
    expect(Buffer.compare(sliceBits(mask, 511), bits)).toBe(0);
    expect(sliceBits(mask, 510).includes(1)).toBe(false);
  });
});

describe('union', () => {
  it('marks what is marked in any', () => {
    const [a, b, c] = [
      drawn('##.. .... #... .... .... ....'),
      drawn('.##. .... .... .... .... ####'),
      drawn('.... #... .... .... .... ....'),
    ];
    expect(union([a, b, c])).toEqual(drawn('###. #... #... .... .... ####'));
    expect(union([a])).toEqual(a);
    expect(a).toEqual(drawn('##.. .... #... .... .... ....'));
  });

  it('refuses none, and other grids', () => {
    expect(() => union([])).toThrow(RangeError);
    const other = drawn('.... .... .... .... .... ....', { columns: 8, rows: 3, slices: 1 });
    expect(sameGrid(grid, other)).toBe(false);
    expect(() => union([drawn('#... .... .... .... .... ....'), other])).toThrow(RangeError);
  });
});

describe('packed runs', () => {
  it('takes a byte for each seven bits', () => {
    const runs = Uint32Array.of(0, 127, 128, 16_383, 16_384, 2 ** 21, 2 ** 28, 2 ** 32 - 1);
    const bytes = packRuns(runs);
    expect(bytes).toHaveLength(1 + 1 + 2 + 2 + 3 + 4 + 5 + 5);
    expect(unpackRuns(bytes)).toEqual(runs);
    expect(unpackRuns(new Uint8Array())).toHaveLength(0);
  });
});
