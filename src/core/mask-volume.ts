// A mask that is written plane by plane in any direction, not only slice by slice: one bit a voxel, 16 MB for 512³. Becomes a Mask when it is whole.
import type { Mask } from './mask.ts';
import { createMaskBuilder, type Grid, type MaskAbout } from './mask-grid.ts';
import type { Plane } from './views.ts';

export interface MaskVolume {
  /** Marks what `bits` marks in cut `at`, row by row of the cut; what was marked before stays. */
  put(bits: Uint8Array, at: number): void;
  mask(about: MaskAbout): Mask;
}

/** Columns and rows of a cut of a grid along such planes, and how many cuts there are; as core/views.ts cuts. */
export function planesOf({ columns, rows, slices }: Grid, plane: Plane): Grid {
  if (plane === 'stored') return { columns, rows, slices };
  return plane === 'rows' ? { columns, rows: slices, slices: rows } : { columns: rows, rows: slices, slices: columns };
}

export function createMaskVolume(grid: Grid, { plane }: { plane: Plane }): MaskVolume {
  const { columns, rows, slices } = grid;
  const size = columns * rows;
  const packed = new Uint8Array(Math.ceil((size * slices) / 8));
  const cut = planesOf(grid, plane);
  const start = plane === 'stored' ? size : plane === 'rows' ? columns : 1;
  const down = plane === 'stored' ? columns : size;
  const across = plane === 'columns' ? columns : 1;
  return {
    put(bits, at) {
      for (let y = 0, i = 0; y < cut.rows; y++) {
        let to = at * start + y * down;
        for (let x = 0; x < cut.columns; x++, i++, to += across) {
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
