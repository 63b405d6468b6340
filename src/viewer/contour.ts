// The outline of marked pixels as closed loops along their edges: exact at every zoom, holes included. Pure.

export interface Contour {
  /** Each x, y, x, y … in pixels of the image; corners only, the first not repeated. Marked pixels lie on the right-hand side. */
  readonly loops: readonly Int32Array[];
  readonly corners: number;
  /** The topmost edge: where a name can stand. */
  readonly top: { readonly x: number; readonly y: number };
}

/** Right, down, left, up. */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;
/** The pixel before a corner on the left-hand side of each direction, relative to the corner; on the right-hand side it is that of the next direction. */
const LEFT_X = [0, 0, -1, -1] as const;
const LEFT_Y = [-1, 0, 0, -1] as const;

/** Follows every edge once (crack following); pixels that touch at a corner belong together. */
export function contourOf(plane: Uint8Array, { columns, rows }: { columns: number; rows: number }): Contour {
  const marked = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < columns && y < rows && plane[y * columns + x] === 1;
  // Every loop, of a piece or of a hole, runs to the right somewhere: it starts there, and those edges are ticked off.
  const seen = new Uint8Array(columns * rows);
  const loops: Int32Array[] = [];
  let corners = 0;
  let top: { x: number; y: number } | undefined;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (!plane[y * columns + x] || seen[y * columns + x] || marked(x, y - 1)) continue;
      top ??= { x: x + 0.5, y };
      const loop = follow({ x, y, marked, tick: (px, py) => (seen[py * columns + px] = 1) });
      loops.push(loop);
      corners += loop.length / 2;
    }
  }
  return { loops, corners, top: top ?? { x: 0, y: 0 } };
}

interface Start {
  readonly x: number;
  readonly y: number;
  readonly marked: (x: number, y: number) => boolean;
  /** Told of every pixel whose upper edge was walked along. */
  readonly tick: (x: number, y: number) => void;
}

function follow({ x: startX, y: startY, marked, tick }: Start): Int32Array {
  const loop: number[] = [];
  let [x, y, way] = [startX, startY, 0];
  do {
    if (way === 0) tick(x, y);
    x += STEP_X[way] ?? 0;
    y += STEP_Y[way] ?? 0;
    const next = (way + 1) % 4;
    const left = marked(x + (LEFT_X[way] ?? 0), y + (LEFT_Y[way] ?? 0));
    const right = marked(x + (LEFT_X[next] ?? 0), y + (LEFT_Y[next] ?? 0));
    const turned = left ? (way + 3) % 4 : right ? way : next;
    if (turned !== way) loop.push(x, y);
    way = turned;
  } while (x !== startX || y !== startY || way !== 0);
  return Int32Array.from(loop);
}
