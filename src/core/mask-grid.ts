// Masks as grids of pixels: packing and unpacking run lengths, slice by slice, so that no volume is ever whole in memory. Counts and measures are not here.
import type { Mask } from './mask.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
}

/** What a mask is, beside its pixels. */
export type MaskAbout = Pick<Mask, 'kind' | 'label' | 'by' | 'from' | 'probability'>;

export interface MaskBuilder {
  /** The next slice: columns × rows bytes, 0 for unmarked. Slices come in stored order. Throws RangeError for another length or one slice too many. */
  add(bits: Uint8Array): void;
  /** The next `slices` slices are empty. */
  skip(slices: number): void;
  /** The runs so far; slices that were not added are empty. */
  runs(): Uint32Array;
  mask(about: MaskAbout): Mask;
}

/** Builds a mask slice by slice; memory grows with its runs only. */
export function createMaskBuilder(grid: Grid): MaskBuilder {
  const { columns, rows, slices } = grid;
  const size = columns * rows;
  const total = size * slices;
  const runs = createRunList();
  let at = 0;
  const room = (pixels: number): void => {
    if (at + pixels > total) throw new RangeError(`A mask of ${slices} slices was given more.`);
    at += pixels;
  };
  const finished = (): Uint32Array => runs.cut(total - at);
  return {
    add(bits) {
      if (bits.length !== size) throw new RangeError(`A slice of ${columns} × ${rows} pixels was given ${bits.length}.`);
      room(size);
      runs.addBits(bits);
    },
    skip(count) {
      room(size * count);
      runs.add(0, size * count);
    },
    runs: finished,
    mask: (about) => ({ ...about, columns, rows, slices, runs: finished() }),
  };
}

export interface RunList {
  /** `length` more pixels that are marked (1) or not (0). */
  add(value: 0 | 1, length: number): void;
  addBits(bits: Uint8Array): void;
  /** Its runs, with so many unmarked pixels at their end. */
  cut(unmarked: number): Uint32Array;
}

/** Run lengths that grow; alike neighbours become one run. */
export function createRunList(): RunList {
  let list = new Uint32Array(1024);
  let used = 1;
  let now: 0 | 1 = 0;
  const begin = (): void => {
    if (used === list.length) {
      const larger = new Uint32Array(list.length * 2);
      larger.set(list);
      list = larger;
    }
    list[used++] = 0;
    now = now === 0 ? 1 : 0;
  };
  const add = (value: 0 | 1, length: number): void => {
    if (length <= 0) return;
    if (value !== now) begin();
    list[used - 1] = (list[used - 1] as number) + length;
  };
  return {
    add,
    addBits(bits) {
      for (let i = 0; i < bits.length; ) {
        const start = i;
        if (bits[i]) while (i < bits.length && bits[i]) i++;
        else while (i < bits.length && !bits[i]) i++;
        add(bits[start] ? 1 : 0, i - start);
      }
    },
    cut(unmarked) {
      const runs = list.slice(0, used + (unmarked > 0 && now === 1 ? 1 : 0));
      if (unmarked > 0) runs[runs.length - 1] = (runs[runs.length - 1] as number) + unmarked;
      return runs;
    },
  };
}

/** A mask from all of its pixels at once, one byte each, 0 for unmarked; order: slice, row, column. */
export function maskFrom(bits: Uint8Array, { grid, about }: { grid: Grid; about: MaskAbout }): Mask {
  const { columns, rows, slices } = grid;
  if (bits.length !== columns * rows * slices) throw new RangeError(`${columns} × ${rows} × ${slices} pixels were given ${bits.length}.`);
  const runs = createRunList();
  runs.addBits(bits);
  return { ...about, columns, rows, slices, runs: runs.cut(0) };
}

/** All pixels, one byte each, 1 for marked. For pictures and small volumes: it takes columns × rows × slices bytes. */
export function bitsOf(mask: Mask): Uint8Array {
  const bits = new Uint8Array(mask.columns * mask.rows * mask.slices);
  for (let i = 1, at = mask.runs[0] ?? 0; i < mask.runs.length; i += 2) {
    const end = at + (mask.runs[i] as number);
    bits.fill(1, at, end);
    at = end + (mask.runs[i + 1] ?? 0);
  }
  return bits;
}

/** For each slice the run in which it begins, and the pixel at which that run begins. */
interface Starts {
  readonly run: Uint32Array;
  readonly pixel: Float64Array;
}

const known = new WeakMap<Uint32Array, Starts>();

function startsOf({ runs, columns, rows, slices }: Mask): Starts {
  const before = known.get(runs);
  if (before?.run.length === slices) return before;
  const starts: Starts = { run: new Uint32Array(slices), pixel: new Float64Array(slices) };
  const size = columns * rows;
  for (let i = 0, at = 0, slice = 0; i < runs.length && slice < slices; i++) {
    const end = at + (runs[i] as number);
    for (; slice < slices && slice * size < end; slice++) {
      starts.run[slice] = i;
      starts.pixel[slice] = at;
    }
    at = end;
  }
  known.set(runs, starts);
  return starts;
}

/** Pixels of one slice, columns × rows bytes, 1 for marked; the others are not unpacked. `into` is cleared and used where it is given. */
export function sliceBits(mask: Mask, slice: number, into?: Uint8Array): Uint8Array {
  const size = mask.columns * mask.rows;
  const bits = into ?? new Uint8Array(size);
  if (into) bits.fill(0);
  if (!(slice >= 0 && slice < mask.slices)) return bits;
  const { run, pixel } = startsOf(mask);
  const [low, high] = [slice * size, (slice + 1) * size];
  let at = pixel[slice] as number;
  for (let i = run[slice] as number; i < mask.runs.length && at < high; i++) {
    const end = at + (mask.runs[i] as number);
    if (i % 2 === 1) bits.fill(1, Math.max(at, low) - low, Math.min(end, high) - low);
    at = end;
  }
  return bits;
}

/** Whether nothing is marked. */
export function isEmpty({ runs }: Pick<Mask, 'runs'>): boolean {
  for (let i = 1; i < runs.length; i += 2) if ((runs[i] as number) > 0) return false;
  return true;
}

/** Whether two masks lie on one grid. */
export const sameGrid = (a: Grid, b: Grid): boolean => a.columns === b.columns && a.rows === b.rows && a.slices === b.slices;

/** What is marked in any of them, on one grid. The first says what it is. Throws RangeError where there is none, or grids differ. */
export function union(masks: readonly Mask[]): Mask {
  const [first, ...rest] = masks;
  if (!first) throw new RangeError('A union of no masks was asked for.');
  let all = first;
  for (const one of rest) all = { ...first, runs: either(all, one) };
  return all;
}

function either(a: Mask, b: Mask): Uint32Array {
  if (!sameGrid(a, b)) throw new RangeError('Two masks of different grids were joined.');
  const list = createRunList();
  const left = createPair(a.runs, b.runs);
  while (left.next()) list.add(left.a || left.b ? 1 : 0, left.length);
  return list.cut(0);
}

export interface Pair {
  /** Whether the stretch is marked in the first, and in the second. */
  a: boolean;
  b: boolean;
  length: number;
  /** Goes to the next stretch in which neither changes; false past the end. */
  next(): boolean;
}

/** Walks two run lists of one grid side by side. */
export function createPair(a: Uint32Array, b: Uint32Array): Pair {
  let [i, j] = [-1, -1];
  let [inA, inB] = [0, 0];
  return {
    a: false,
    b: false,
    length: 0,
    next() {
      while (inA === 0 && ++i < a.length) inA = a[i] as number;
      while (inB === 0 && ++j < b.length) inB = b[j] as number;
      if (inA === 0 || inB === 0) return false;
      this.a = i % 2 === 1;
      this.b = j % 2 === 1;
      this.length = Math.min(inA, inB);
      inA -= this.length;
      inB -= this.length;
      return true;
    },
  };
}

/** Runs as few bytes: each number in groups of seven bits, the lowest first, the eighth set on all but the last (LEB128). */
export function packRuns(runs: Uint32Array): Uint8Array {
  let length = 0;
  for (const run of runs) length += run < 0x80 ? 1 : run < 0x4000 ? 2 : run < 0x200000 ? 3 : run < 0x10000000 ? 4 : 5;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const run of runs) {
    let rest = run;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
    bytes[at++] = rest;
  }
  return bytes;
}

/** What packRuns has packed. */
export function unpackRuns(bytes: Uint8Array): Uint32Array {
  let count = 0;
  for (const byte of bytes) if (byte < 0x80) count++;
  const runs = new Uint32Array(count);
  let [value, weight, at] = [0, 1, 0];
  for (const byte of bytes) {
    value += (byte % 128) * weight;
    weight *= 128;
    if (byte >= 0x80) continue;
    runs[at++] = value;
    value = 0;
    weight = 1;
  }
  return runs;
}
