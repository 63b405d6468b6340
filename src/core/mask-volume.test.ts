import { describe, expect, it } from 'vitest';
import { bitsOf } from './mask-grid.ts';
import { createMaskVolume, planesOf } from './mask-volume.ts';
import type { Plane } from './views.ts';

const about = { kind: 'vessels', label: 'v', by: 'vesselness', from: 'classical', probability: 0.8 } as const;
const grid = { columns: 5, rows: 3, slices: 4 };

describe('a mask written plane by plane', () => {
  it.each(['stored', 'rows', 'columns'] as const)('is the same along %s', (plane: Plane) => {
    const bits = Uint8Array.from({ length: 60 }, (_, i) => ((i * 7) % 5 < 2 ? 1 : 0));
    const volume = createMaskVolume(grid, { plane });
    const cuts = planesOf(grid, plane);
    for (let at = 0; at < cuts.slices; at++) {
      const cut = new Uint8Array(cuts.columns * cuts.rows);
      for (let y = 0; y < cuts.rows; y++) {
        for (let x = 0; x < cuts.columns; x++) {
          const [column, row, slice] = plane === 'stored' ? [x, y, at] : plane === 'rows' ? [x, at, y] : [at, x, y];
          cut[y * cuts.columns + x] = bits[(slice * 3 + row) * 5 + column] as number;
        }
      }
      volume.put(cut, at);
    }
    const mask = volume.mask(about);
    expect(mask).toMatchObject({ ...about, ...grid });
    expect(bitsOf(mask)).toEqual(bits);
  });

  it('keeps what was marked before, and is empty at first', () => {
    const volume = createMaskVolume(grid, { plane: 'stored' });
    expect([...volume.mask(about).runs]).toEqual([60]);
    volume.put(new Uint8Array(15).fill(1), 1);
    volume.put(new Uint8Array(15), 1);
    expect([...volume.mask(about).runs]).toEqual([15, 15, 30]);
  });
});
