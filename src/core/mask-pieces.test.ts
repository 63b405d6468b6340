import { describe, expect, it } from 'vitest';
import type { Mask } from './mask.ts';
import { bitsOf, createMaskBuilder, isEmpty, maskFrom } from './mask-grid.ts';
import { countPieces, dropSmall, fillHoles, largestPiece, piecesOf } from './mask-pieces.ts';

const about = { kind: 'lesion', label: 'l', by: 'b', from: 'file', probability: null } as const;
const picture = (rows: readonly string[], slices = 1): Mask => {
  const grid = { columns: rows[0]?.length ?? 0, rows: rows.length / slices, slices };
  return maskFrom(
    Uint8Array.from([...rows.join('')], (mark) => (mark === '#' ? 1 : 0)),
    { grid, about },
  );
};
const shown = (mask: Mask): string[] => {
  const text = [...bitsOf(mask)].map((bit) => (bit ? '#' : '.')).join('');
  return text.match(new RegExp(`.{${mask.columns}}`, 'g')) ?? [];
};
const volume = { within: 'volume' } as const;

function noise(grid: { columns: number; rows: number; slices: number }, { share, seed }: { share: number; seed: number }): Mask {
  let state = seed;
  const bits = Uint8Array.from({ length: grid.columns * grid.rows * grid.slices }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 < share ? 1 : 0;
  });
  return maskFrom(bits, { grid, about });
}

/** Sizes of pieces by plain flooding, largest first. */
function flooded({ columns, rows, slices, ...mask }: Mask, within: 'slice' | 'volume'): number[] {
  const bits = bitsOf({ columns, rows, slices, ...mask });
  const sizes: number[] = [];
  for (let start = 0; start < bits.length; start++) {
    if (!bits[start]) continue;
    const stack = [start];
    bits[start] = 0;
    let size = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++;
      const [x, y, z] = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / columns / rows)];
      for (let dz = within === 'volume' ? -1 : 0; dz <= (within === 'volume' ? 1 : 0); dz++)
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [i, j, k] = [x + dx, y + dy, z + dz];
            if (i < 0 || j < 0 || k < 0 || i >= columns || j >= rows || k >= slices) continue;
            const next = (k * rows + j) * columns + i;
            if (bits[next]) stack.push(next);
            bits[next] = 0;
          }
    }
    sizes.push(size);
  }
  return sizes.sort((a, b) => b - a);
}

function sizesOf(mask: Mask, within: 'slice' | 'volume'): number[] {
  return [...piecesOf(mask, { within }).size].filter((size) => size > 0).sort((a, b) => b - a);
}

describe('pieces', () => {
  it('joins corners in a plane', () => {
    expect(countPieces(picture(['#..#', '.##.', '....', '#..#']), volume)).toBe(3);
    expect(countPieces(picture(['....', '....']), volume)).toBe(0);
    expect(countPieces(picture(['##.#', '...#']), volume)).toBe(2);
  });

  it('joins corners across slices, but not frames of a cine', () => {
    const mask = picture(['#...', '....', '....', '.#..', '....', '....', '....', '...#', '....'], 3);
    expect(countPieces(mask, volume)).toBe(2);
    const near = picture(['#..', '...', '...', '.#.', '...', '..#'], 3);
    expect(countPieces(near, volume)).toBe(1);
    expect(countPieces(near, { within: 'slice' })).toBe(3);
  });

  it('does not join the end of a row with the beginning of the next', () => {
    expect(countPieces(picture(['...#', '....', '#...']), volume)).toBe(2);
    expect(countPieces(picture(['...##', '#....']), volume)).toBe(2);
  });

  it.each([
    [0.05, 1],
    [0.15, 2],
    [0.3, 3],
    [0.5, 4],
    [0.9, 5],
  ])('finds what flooding finds, %d marked', (share, seed) => {
    const mask = noise({ columns: 19, rows: 13, slices: 7 }, { share, seed });
    for (const within of ['slice', 'volume'] as const) {
      expect(sizesOf(mask, within)).toEqual(flooded(mask, within));
      expect(countPieces(mask, { within })).toBe(flooded(mask, within).length);
    }
  });

  it('holds together what meets late: a comb, and a spiral', () => {
    expect(countPieces(picture(['#.#.#.#', '#.#.#.#', '#######']), volume)).toBe(1);
    expect(countPieces(picture(['#######', '#.....#', '#.###.#', '#.#...#', '#.#####', '#......', '#######']), volume)).toBe(1);
  });
});

describe('dropSmall', () => {
  it('drops what has fewer pixels, and keeps what has just as many', () => {
    const mask = picture(['##..#', '##...', '....#', '##..#']);
    expect(shown(dropSmall(mask, { least: 2, within: 'volume' }))).toEqual(['##...', '##...', '....#', '##..#']);
    expect(shown(dropSmall(mask, { least: 2.5, within: 'volume' }))).toEqual(['##...', '##...', '.....', '.....']);
    expect(isEmpty(dropSmall(mask, { least: 5, within: 'volume' }))).toBe(true);
    expect(dropSmall(mask, { least: 0.2, within: 'volume' })).toBe(mask);
  });

  it('counts a piece over all of its slices', () => {
    const mask = picture(['#..', '...', '#..', '..#', '#..', '...'], 3);
    expect(shown(dropSmall(mask, { least: 3, within: 'volume' }))).toEqual(['#..', '...', '#..', '...', '#..', '...']);
    expect(isEmpty(dropSmall(mask, { least: 3, within: 'slice' }))).toBe(true);
  });
});

describe('largestPiece', () => {
  it('is the one with most pixels, the first of equals', () => {
    expect(largestPiece(picture(['....']), volume)).toBeUndefined();
    const found = largestPiece(picture(['#.##.##', '#......']), volume);
    expect(found?.count).toBe(3);
    expect(found && shown(found.mask)).toEqual(['#......', '#......']);
  });
});

describe('fillHoles', () => {
  it('fills what edges alone do not join with the border', () => {
    const ring = ['.....', '.###.', '.#.#.', '.###.', '.....'];
    expect(shown(fillHoles(picture(ring)))).toEqual(['.....', '.###.', '.###.', '.###.', '.....']);
    // Through a corner nothing leaks.
    const diamond = ['..#..', '.#.#.', '#...#', '.#.#.', '..#..'];
    expect(shown(fillHoles(picture(diamond)))).toEqual(['..#..', '.###.', '#####', '.###.', '..#..']);
  });

  it('leaves open bays, the border and empty slices alone', () => {
    const open = ['#####', '#...#', '#.#.#', '#...#', '##.##'];
    expect(shown(fillHoles(picture(open)))).toEqual(open);
    const cut = ['###', '..#', '###'];
    expect(shown(fillHoles(picture(cut)))).toEqual(cut);
    expect(shown(fillHoles(picture(['###', '###'])))).toEqual(['###', '###']);
  });

  it('fills each slice by itself', () => {
    const mask = picture(['...', '...', '...', '###', '#.#', '###', '...', '...', '...'], 3);
    expect(shown(fillHoles(mask))).toEqual(['...', '...', '...', '###', '###', '###', '...', '...', '...']);
  });

  it('finds bays that open far away', () => {
    const spiral = ['.......', '.#####.', '.#...#.', '.#.#.#.', '.#.###.', '.#.....', '.#####.'];
    expect(shown(fillHoles(picture(spiral)))).toEqual(spiral);
  });
});

it('takes a volume of 512 × 512 × 512', () => {
  const builder = createMaskBuilder({ columns: 512, rows: 512, slices: 512 });
  const bits = new Uint8Array(512 * 512);
  for (let y = 0; y < 512; y += 64) for (let x = 0; x < 512; x += 64) bits.fill(1, y * 512 + x, y * 512 + x + 32);
  for (let n = 0; n < 8; n++) {
    builder.skip(62);
    builder.add(bits);
    builder.add(bits);
  }
  const mask = builder.mask(about);
  expect(countPieces(mask, volume)).toBe(8 * 8 * 8);
  expect(piecesOf(mask, volume).of).toHaveLength(2 * 8 * 8 * 8);
});
