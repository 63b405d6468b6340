// Where the voxels of a mask lie: its slices in patient space, from what the original says. LPS, millimetres (PS3.3 C.7.6.2.1.1).
import type { Original } from '../core/export-task.ts';
import { gridOf } from '../core/item-grid.ts';
import type { Mask } from '../core/mask.ts';

type Vector = readonly [number, number, number];

export interface Space {
  /** First pixel of each slice of the mask; frames of a cine lie where the first does unless they say otherwise. */
  readonly positions: readonly Vector[];
  /** From one slice to the next: the mean over all of them. */
  readonly step: Vector;
  /** Unit vectors along a row, along a column, and from slice to slice. */
  readonly axes: readonly [Vector, Vector, Vector];
  /** Between columns, rows and slices; 1 where nobody says. */
  readonly spacing: Vector;
  /** Whether all steps are alike. */
  readonly even: boolean;
  /** Positions and orientation are the original's; else they are made up: the origin, rows along x, columns along y. */
  readonly known: boolean;
  /** The axes at least are the original's. */
  readonly oriented: boolean;
  /** Slices follow each other in time. */
  readonly cine: boolean;
}

/** Steps between slices may differ by this share, and by this much (mm). */
const EVEN = 0.1;
const SAME_MM = 0.01;
const MADE_UP: Space['axes'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Which image of the original a slice of its masks is drawn on. */
export const imageAt = (slice: number, original: Original): number => gridOf(original.item).imageOf(slice);

/** Axes of a slice from its direction cosines; undefined where they are no plane. */
function axesOf({ orientation, through }: Pick<Original, 'orientation' | 'through'>): Space['axes'] | undefined {
  if (orientation?.length !== 6 || !orientation.every(Number.isFinite)) return undefined;
  const [a, b, c, d, e, f] = orientation as [number, number, number, number, number, number];
  const normal: Vector = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  if (!(length > 0.5)) return undefined;
  const told = through?.length === 3 && through.every(Number.isFinite) && Math.hypot(...through) > 0.5;
  return [[a, b, c], [d, e, f], told ? asVector(through) : mapped(normal, (n) => n / length)];
}

export function spaceOf(mask: Pick<Mask, 'slices'>, original: Original): Space {
  const { cine, imageOf } = gridOf(original.item);
  const { slices } = mask;
  const spacing = spacingOf(original);
  const found = axesOf(original);
  const said = Array.from({ length: slices }, (_, slice) => placeOf(original.positions[imageOf(slice)]));
  const axes = found ?? MADE_UP;
  const known = found !== undefined && said[0] !== undefined;
  const origin: Vector = (known ? said[0] : undefined) ?? [0, 0, 0];
  const last = known && slices > 1 && !cine ? said.at(-1) : undefined;
  const step = last
    ? mapped(origin, (value, axis) => ((last[axis] ?? 0) - value) / (slices - 1))
    : mapped(axes[2], (one) => one * spacing[2]);
  const along = (slice: number): Vector => (cine ? origin : mapped(origin, (value, axis) => value + slice * (step[axis] ?? 0)));
  const positions = said.map((place, slice) => (known && place ? place : along(slice)));
  const slack = EVEN * Math.hypot(...step) + SAME_MM;
  const even = positions.every((place, slice) => distance(place, along(slice)) <= slack);
  return { positions, step, axes, spacing, even, known, oriented: found !== undefined, cine };
}

function placeOf(position: readonly number[] | undefined): Vector | undefined {
  return position?.length === 3 && position.every(Number.isFinite) ? asVector(position) : undefined;
}

function spacingOf({ item }: Original): Vector {
  const [x, y, z] = item.spacingMm ?? [];
  const sane = (value: number | undefined, other: number): number =>
    value !== undefined && value > 0 && Number.isFinite(value) ? value : other;
  const dx = sane(x, 1);
  return [dx, sane(y, dx), sane(z, 1)];
}

const asVector = ([x = 0, y = 0, z = 0]: readonly number[]): Vector => [x, y, z];
const mapped = (vector: Vector, to: (value: number, axis: number) => number): Vector => asVector(vector.map(to));
const distance = (a: Vector, b: Vector): number => Math.hypot(...mapped(a, (value, axis) => value - (b[axis] ?? 0)));
