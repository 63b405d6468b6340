// The largest diameter of what is marked in one slice: the longest distance between two points of a piece's outline (Feret's), in millimetres.
// The outline goes through the middle of pixels' outer edges, as skimage's feret_diameter_max has it: one pixel is one pixel long.
import type { Mask } from './mask.ts';
import { eachStretch, piecesOf } from './mask-pieces.ts';

interface Spacing {
  readonly dx: number;
  readonly dy: number;
}

/** Rows of one piece: its leftmost pixel and the one past its rightmost, three numbers a row. */
type Silhouette = number[];

/** Over all slices, and in each over the pieces that hang together there; 0 where nothing is marked. */
export function longestOf(mask: Mask, spacing: Spacing): number {
  const { of } = piecesOf(mask, { within: 'slice' });
  let longest = 0;
  let slice = -1;
  const silhouettes = new Map<number, Silhouette>();
  const finish = (): void => {
    for (const rows of silhouettes.values()) longest = Math.max(longest, diameterOf(rows, { spacing, above: longest }));
    silhouettes.clear();
  };
  eachStretch(mask, (one) => {
    if (one.slice !== slice) finish();
    slice = one.slice;
    const piece = of[one.stretch] as number;
    const rows = silhouettes.get(piece) ?? [];
    if (rows.length === 0) silhouettes.set(piece, rows);
    // Stretches come row by row, from the left.
    if (rows.at(-3) === one.row) rows[rows.length - 1] = one.to;
    else rows.push(one.row, one.from, one.to);
  });
  finish();
  return longest;
}

/** 0 where it cannot be above `above`. */
function diameterOf(rows: Silhouette, { spacing: { dx, dy }, above }: { spacing: Spacing; above: number }): number {
  const points: [number, number][] = [];
  let [left, right] = [Infinity, -Infinity];
  for (let i = 0; i < rows.length; i += 3) {
    const [row, from, to] = [rows[i] as number, rows[i + 1] as number, rows[i + 2] as number];
    left = Math.min(left, from);
    right = Math.max(right, to);
    points.push([(from - 0.5) * dx, row * dy], [(to - 0.5) * dx, row * dy]);
    for (const side of [-0.5, 0.5]) points.push([from * dx, (row + side) * dy], [(to - 1) * dx, (row + side) * dy]);
  }
  const height = (rows.at(-3) as number) - (rows[0] as number) + 1;
  if (Math.hypot((right - left) * dx, height * dy) <= above) return 0;
  const hull = hullOf(points);
  let longest = 0;
  for (const [i, [x, y]] of hull.entries()) {
    for (let j = i + 1; j < hull.length; j++) longest = Math.max(longest, Math.hypot((hull[j]?.[0] ?? 0) - x, (hull[j]?.[1] ?? 0) - y));
  }
  return longest;
}

type Point = readonly [number, number];

/** Corners of the convex hull (Andrew's monotone chain). */
function hullOf(points: Point[]): Point[] {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(points), ...chain(points.reverse())];
}

function chain(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  for (const point of points) {
    while (out.length > 1 && turn(out[out.length - 2] as Point, out[out.length - 1] as Point, point) <= 0) out.pop();
    out.push(point);
  }
  out.pop();
  return out;
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
