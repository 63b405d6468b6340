// Voxels that hang together: the largest piece of a volume, pieces grown from seeds, holes of slices. One byte a voxel, corners touch (26).
import type { SpacedGrid } from './grid.ts';

/** A stack of voxel numbers that grows. */
function createStack() {
  let list = new Int32Array(1 << 16);
  let used = 0;
  return {
    push(one: number): void {
      if (used === list.length) {
        const larger = new Int32Array(list.length * 2);
        larger.set(list);
        list = larger;
      }
      list[used++] = one;
    },
    pop: (): number => (used ? (list[--used] as number) : -1),
    /** Everything pushed since it was made or cleared, where nothing was popped. */
    all: (): Int32Array => list.subarray(0, used),
    at: (i: number): number => list[i] as number,
    get size() {
      return used;
    },
    clear(): void {
      used = 0;
    },
  };
}

/** Calls `visit` with the numbers of the up to 26 neighbours of a voxel. */
export function eachNeighbour(at: number, { columns, rows, slices }: SpacedGrid, visit: (neighbour: number) => void): void {
  const plane = columns * rows;
  const z = Math.floor(at / plane);
  const y = Math.floor((at - z * plane) / columns);
  const x = at - z * plane - y * columns;
  const [x0, x1] = [x > 0 ? -1 : 0, x < columns - 1 ? 1 : 0];
  const [y0, y1] = [y > 0 ? -1 : 0, y < rows - 1 ? 1 : 0];
  const [z0, z1] = [z > 0 ? -1 : 0, z < slices - 1 ? 1 : 0];
  for (let dz = z0; dz <= z1; dz++) {
    for (let dy = y0; dy <= y1; dy++) {
      const row = at + dz * plane + dy * columns;
      for (let dx = x0; dx <= x1; dx++) if (row + dx !== at) visit(row + dx);
    }
  }
}

/** One piece: the numbers of its voxels, and how far it reaches. Valid until the next piece is told of. */
export interface Piece {
  readonly voxels: Int32Array;
  /** Diagonal of the box around it. Millimetres. */
  readonly reachMm: number;
}

/**
 * Hysteresis: tells of every piece of voxels that are at least `low` in which one is at least `high`. Voxels that were told of are set to 0 in `values`.
 */
export function eachPiece(
  values: Uint8Array,
  { grid, low, high, visit }: { grid: SpacedGrid; low: number; high: number; visit: (piece: Piece) => void },
): void {
  const members = createStack();
  for (let seed = 0; seed < values.length; seed++) {
    if ((values[seed] as number) < high) continue;
    members.clear();
    values[seed] = 0;
    members.push(seed);
    for (let next = 0; next < members.size; next++) {
      eachNeighbour(members.at(next), grid, (neighbour) => {
        if ((values[neighbour] as number) < low) return;
        values[neighbour] = 0;
        members.push(neighbour);
      });
    }
    const voxels = members.all();
    visit({ voxels, reachMm: reachOf(voxels, grid) });
  }
}

function reachOf(voxels: Int32Array, { columns, rows, spacingMm: [dx, dy, dz] }: SpacedGrid): number {
  const low = [Infinity, Infinity, Infinity] as [number, number, number];
  const high = [-1, -1, -1] as [number, number, number];
  for (const at of voxels) {
    const place = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / (columns * rows))] as const;
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], place[axis]);
      high[axis] = Math.max(high[axis], place[axis]);
    }
  }
  return Math.hypot((high[0] - low[0] + 1) * dx, (high[1] - low[1] + 1) * dy, (high[2] - low[2] + 1) * dz);
}

/** Marks of the pieces that have at least `least` voxels; only of the largest where `largest` is true. */
export function largePieces(
  marks: Uint8Array,
  { grid, least = 1, largest = false }: { grid: SpacedGrid; least?: number; largest?: boolean },
) {
  const out = new Uint8Array(marks.length);
  let most = 0;
  const visit = ({ voxels }: Piece): void => {
    if (voxels.length < least || (largest && voxels.length <= most)) return;
    if (largest) {
      out.fill(0);
      most = voxels.length;
    }
    for (const at of voxels) out[at] = 1;
  };
  eachPiece(marks.slice(), { grid, low: 1, high: 1, visit });
  return out;
}

/** Adds to `marks` what `may` allows and lies within `steps` neighbours of them. */
export function grown(marks: Uint8Array, { grid, steps, may }: { grid: SpacedGrid; steps: number; may: (at: number) => boolean }): void {
  let front = createStack();
  for (let at = 0; at < marks.length; at++) if (marks[at]) front.push(at);
  for (let step = 0; step < steps; step++) {
    const next = createStack();
    for (const at of front.all()) {
      eachNeighbour(at, grid, (neighbour) => {
        if (marks[neighbour] || !may(neighbour)) return;
        marks[neighbour] = 1;
        next.push(neighbour);
      });
    }
    front = next;
  }
}

/** Marks the holes of every slice: background that no path along edges joins with the slice's border, of at most `most` voxels. */
export function fillSlices(marks: Uint8Array, { columns, rows, slices }: SpacedGrid, most = Number.POSITIVE_INFINITY): void {
  const plane = columns * rows;
  const hole = createStack();
  for (let slice = 0; slice < slices; slice++) {
    const here = marks.subarray(slice * plane, (slice + 1) * plane);
    for (let seed = 0; seed < plane; seed++) {
      if (here[seed]) continue;
      const isOpen = fillFrom(seed, { here, columns, rows, hole });
      // 2: background that stays.
      if (isOpen || hole.size > most) for (const at of hole.all()) here[at] = 2;
    }
    for (let at = 0; at < plane; at++) if (here[at] === 2) here[at] = 0;
  }
}

interface Slice {
  readonly here: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly hole: ReturnType<typeof createStack>;
}

/** Marks the background around a pixel; whether it touches the border. */
function fillFrom(seed: number, { here, columns, rows, hole }: Slice): boolean {
  let isOpen = false;
  hole.clear();
  const take = (at: number): void => {
    if (here[at]) return;
    here[at] = 1;
    hole.push(at);
  };
  take(seed);
  for (let next = 0; next < hole.size; next++) {
    const at = hole.at(next);
    const x = at % columns;
    if (x === 0 || x === columns - 1 || at < columns || at >= columns * (rows - 1)) isOpen = true;
    if (x > 0) take(at - 1);
    if (x < columns - 1) take(at + 1);
    if (at >= columns) take(at - columns);
    if (at < columns * (rows - 1)) take(at + columns);
  }
  return isOpen;
}
