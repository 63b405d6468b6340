// A mask that is written plane by plane in any direction, not only slice by slice: one bit a voxel, 16 MB for 512³. Becomes a Mask when it is whole.
import type { Mask } from './mask.ts';
import { createMaskBuilder, type Grid, type MaskAbout } from './mask-grid.ts';

/** Planes of one stored slice; of one row of every slice (columns × slices); of one column of every slice (rows × slices). As cuts in core/views.ts. */
export type CutAxis = 'stored' | 'rows' | 'columns';

export interface MaskVolume {
  /** Marks what `bits` marks in plane `at`, row by row of the plane; what was marked before stays. */
  put(bits: Uint8Array, at: number): void;
  mask(about: MaskAbout): Mask;
}

/** Columns, rows and number of the planes of a grid. */
export function planesOf({ columns, rows, slices }: Grid, axis: CutAxis): Grid {
  if (axis === 'stored') return { columns, rows, slices };
  return axis === 'rows' ? { columns, rows: slices, slices: rows } : { columns: rows, rows: slices, slices: columns };
}

export function createMaskVolume(grid: Grid, { axis }: { axis: CutAxis }): MaskVolume {
  const { columns, rows, slices } = grid;
  const size = columns * rows;
  const packed = new Uint8Array(Math.ceil((size * slices) / 8));
  const plane = planesOf(grid, axis);
  const start = axis === 'stored' ? size : axis === 'rows' ? columns : 1;
  const down = axis === 'stored' ? columns : size;
  const across = axis === 'columns' ? columns : 1;
  return {
    put(bits, at) {
      for (let y = 0, i = 0; y < plane.rows; y++) {
        let to = at * start + y * down;
        for (let x = 0; x < plane.columns; x++, i++, to += across) {
          // Not `to >> 3`: a volume may have more voxels than 2³¹.
          if (bits[i]) packed[Math.floor(to / 8)] = (packed[Math.floor(to / 8)] as number) | (1 << (to % 8));
        }
      }
    },
    mask(about) {
      const builder = createMaskBuilder(grid);
      const bits = new Uint8Array(size);
      for (let slice = 0, at = 0; slice < slices; slice++) {
        for (let i = 0; i < size; i++, at++) bits[i] = ((packed[Math.floor(at / 8)] as number) >> (at % 8)) & 1;
        builder.add(bits);
      }
      return builder.mask(about);
    },
  };
}
