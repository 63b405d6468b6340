// The stretches of a mask, row by row: what pieces, holes and diameters are found from. One slice at a time; no pixel is unpacked.
import type { Mask } from './mask.ts';

/** Marked stretches of one slice, or its gaps: those of row r are numbers `first[r]` to `first[r + 1]`, from the left; `to` is past the last pixel. */
export interface SliceRows {
  count: number;
  first: Int32Array;
  from: Int32Array;
  to: Int32Array;
}

/** Room for the stretches of one slice; it grows as it is read into. */
export const emptyRows = ({ rows }: Pick<Mask, 'rows'>): SliceRows => ({
  count: 0,
  first: new Int32Array(rows + 1),
  from: new Int32Array(256),
  to: new Int32Array(256),
});

/** Reads the slices of a mask in order, each into the room that it is given. `gaps`: what is not marked instead. */
export function createSliceReader({ runs, columns, rows }: Mask, { gaps = false } = {}): (into: SliceRows) => void {
  const wanted = gaps ? 0 : 1;
  let run = 0;
  /** Pixels of that run that are still to come. */
  let left = runs[0] ?? 0;
  return (into) => {
    into.count = 0;
    for (let row = 0; row < rows; row++) {
      into.first[row] = into.count;
      for (let at = 0; at < columns; ) {
        while (left === 0 && ++run < runs.length) left = runs[run] as number;
        if (left === 0) break;
        const length = Math.min(left, columns - at);
        if (run % 2 === wanted) push(into, at, at + length);
        at += length;
        left -= length;
      }
    }
    into.first[rows] = into.count;
  };
}

function push(into: SliceRows, from: number, to: number): void {
  if (into.count === into.from.length) {
    into.from = larger(into.from);
    into.to = larger(into.to);
  }
  into.from[into.count] = from;
  into.to[into.count++] = to;
}

/** The same numbers with room for twice as many. */
export function larger(list: Int32Array): Int32Array {
  const out = new Int32Array(list.length * 2);
  out.set(list);
  return out;
}
