// Grouping: which files together are one item, and how its images lie in space and time (PS3.3 C.7.6.2.1.1).
// Pure; it sees headers only. Files without a series are items of their own.
import type { Layout } from './classifier.ts';
import type { Header } from './header.ts';

/** One file with pixels, as read. */
export interface Unit {
  readonly path: string;
  readonly bytes: number | null;
  readonly header: Header;
  /** The header was not read: it follows from its neighbours (see pipeline/skim.ts). */
  readonly inferred?: boolean | undefined;
}

/** A group of files that is one item, sorted in space, then in time. */
export interface Group {
  /** Stable over runs of the same source; hashed into the item's id. */
  readonly key: string;
  readonly units: readonly Unit[];
  readonly layout: Layout;
  readonly warnings: readonly string[];
}

/** Modalities whose files are single pictures even when they share a series (views, snapshots, tiles). */
const SINGLE_PICTURES = new Set([
  'CR',
  'DX',
  'MG',
  'RG',
  'IO',
  'PX',
  'XC',
  'ES',
  'GM',
  'SM',
  'OP',
  'XA',
  'RF',
  'US',
  'IVUS',
  'OPT',
  'OT',
  'SC',
  'DMS',
]);

/** The groups of one series. Units without `header.series` must come alone. */
export function groupSeries(units: readonly Unit[]): Group[] {
  const first = units[0];
  if (!first) return [];
  if (first.header.series === undefined) return units.map((unit) => alone(unit, `file|${unit.path}`));
  const groups: Group[] = [];
  for (const [key, members] of partition(units)) {
    for (const [layer, copy] of copies(members).entries()) {
      const id = `series|${key}${layer ? `|copy ${layer}|${copy[0]?.path}` : ''}`;
      groups.push(...grouped(id, copy, layer > 0));
    }
  }
  return groups;
}

function grouped(key: string, units: readonly Unit[], isCopy: boolean): Group[] {
  const warnings = isCopy ? ['Another file or series here carries the same SOP Instance UIDs.'] : [];
  const [first] = units;
  if (!first) return [];
  if (units.length === 1) return [alone(first, key, warnings)];
  const together = !isMultiFrame(first) && (hasPlace(first) || !SINGLE_PICTURES.has(String(first.header.tags.Modality ?? '')));
  if (!together) return units.map((unit) => alone(unit, `${key}|${uidOf(unit)}`, warnings));
  return [stack(key, units, warnings)];
}

/** Splits a series by what cannot be one stack: matrix, samples, orientation, SOP class, multi-frame files. */
function partition(units: readonly Unit[]): Map<string, Unit[]> {
  const parts = new Map<string, Unit[]>();
  for (const unit of units) {
    const { shape, geometry, tags, series } = unit.header;
    const facing = (geometry?.orientation ?? []).map((cosine) => Math.round(cosine * 50) || 0).join(',');
    const kind = isMultiFrame(unit) ? uidOf(unit) : String(tags.SOPClassUID ?? '');
    const key = [series, shape?.columns, shape?.rows, shape?.samples, facing, kind].join('|');
    const part = parts.get(key);
    if (part) part.push(unit);
    else parts.set(key, [unit]);
  }
  return parts;
}

/** The n-th file of one image, in order of path, goes to the n-th copy: a doubled folder is a second series, not a cine. */
function copies(units: readonly Unit[]): Unit[][] {
  const seen = new Map<string, number>();
  const layers: Unit[][] = [];
  for (const unit of [...units].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const keys = [uidOf(unit), sightOf(unit)].filter((key) => key !== undefined);
    const layer = Math.max(...keys.map((key) => seen.get(key) ?? 0));
    for (const key of keys) seen.set(key, layer + 1);
    const home = layers[layer];
    if (home) home.push(unit);
    else layers[layer] = [unit];
  }
  return layers;
}

/** What an image shows and when: two files that agree in all of it are the same image, whatever UIDs an export gave them. */
function sightOf(unit: Unit): string | undefined {
  const { tags, geometry } = unit.header;
  if (!hasPlace(unit) || isMultiFrame(unit) || tags.InstanceNumber === undefined) return undefined;
  const place = geometry?.positions
    ?.slice(0, 3)
    .map((x) => Math.round(x * 100))
    .join(',');
  return [place, tags.InstanceNumber, tags.ImageType, tags.AcquisitionTime, tags.ContentTime, ...timeOrder(unit)].join('|');
}

const uidOf = (unit: Unit): string => String(unit.header.tags.SOPInstanceUID ?? unit.path);
const isMultiFrame = (unit: Unit): boolean => (unit.header.shape?.slices ?? 1) * (unit.header.shape?.frames ?? 1) > 1;
const hasPlace = (unit: Unit): boolean =>
  (unit.header.geometry?.positions?.length ?? 0) >= 3 && unit.header.geometry?.orientation?.length === 6;
const numberOf = (value: unknown): number | undefined => {
  const n = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(n) ? n : undefined;
};

/** Unit normal of a plane given by six direction cosines; undefined when they are degenerate. */
export function normalOf(orientation: readonly number[] | undefined): readonly number[] | undefined {
  if (orientation?.length !== 6) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = orientation;
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return length > 0.5 ? normal.map((n) => n / length) : undefined;
}

/** Millimetres along the normal, one number an image; undefined where a file does not say. */
function depths(unit: Unit, normal: readonly number[] | undefined): number[] | undefined {
  const positions = unit.header.geometry?.positions;
  if (!normal || !positions || positions.length < 3) return undefined;
  const [x = 0, y = 0, z = 0] = normal;
  const out: number[] = [];
  for (let i = 0; i + 2 < positions.length; i += 3)
    out.push(x * (positions[i] ?? 0) + y * (positions[i + 1] ?? 0) + z * (positions[i + 2] ?? 0));
  return out;
}

function alone(unit: Unit, key: string, warnings: readonly string[] = []): Group {
  const { shape, geometry, tags } = unit.header;
  const mosaic = numberOf(tags.MosaicImages) ?? 1;
  const slices = mosaic > 1 ? mosaic : (shape?.slices ?? 1);
  const frames = shape?.frames ?? 1;
  const normal = normalOf(geometry?.orientation);
  const places = depths(unit, normal);
  const layout: Layout = {
    columns: shape?.columns ?? 0,
    rows: shape?.rows ?? 0,
    slices,
    frames,
    files: 1,
    images: (shape?.slices ?? 1) * frames,
    parallel: slices > 1,
    even: places && places.length > 2 ? isEven(distinct(places)) : true,
    normal,
    spacingMm: geometry?.spacingMm ?? null,
  };
  return { key, units: [unit], layout, warnings: [...warnings, ...(unit.header.warnings ?? [])] };
}

function stack(key: string, units: readonly Unit[], warnings: readonly string[]): Group {
  const first = units[0] as Unit;
  const normal = normalOf(first.header.geometry?.orientation);
  const placed = units.map((unit) => ({ unit, depth: depths(unit, normal)?.[0], order: timeOrder(unit) }));
  const known = placed.filter((p) => p.depth !== undefined);
  const mosaic = numberOf(first.header.tags.MosaicImages) ?? 1;
  placed.sort((a, b) => compare(a.depth, b.depth) || compareLists(a.order, b.order) || (a.unit.path < b.unit.path ? -1 : 1));
  const levels = distinct(known.map((p) => p.depth as number));
  const slices = mosaic > 1 ? mosaic : levels.length || units.length;
  const frames = mosaic > 1 ? units.length : levels.length ? Math.ceil(units.length / levels.length) : 1;
  const even = isEven(levels);
  const notes = [...warnings];
  if (levels.length > 2 && !even) notes.push('Slices are not equally spaced: some may be missing.');
  if (levels.length && mosaic <= 1 && units.length % levels.length !== 0) notes.push('Slices do not all have the same number of images.');
  const inferred = units.filter((unit) => unit.inferred).length;
  if (inferred)
    notes.push(`${inferred} of ${units.length} headers were not read: names, sizes, instance numbers and positions of the others line up.`);
  for (const unit of units) for (const warning of unit.header.warnings ?? []) if (!notes.includes(warning)) notes.push(warning);
  return {
    key,
    units: placed.map((p) => p.unit),
    layout: {
      columns: first.header.shape?.columns ?? 0,
      rows: first.header.shape?.rows ?? 0,
      slices,
      frames,
      files: units.length,
      images: units.length,
      parallel: levels.length > 1 || mosaic > 1,
      even,
      normal,
      spacingMm: spacing(first, levels),
    },
    warnings: notes,
  };
}

/** Columns, rows, and the median step between slice centres (not SliceThickness, which may overlap). */
function spacing(first: Unit, levels: readonly number[]): readonly number[] | null {
  const plane = first.header.geometry?.spacingMm;
  if (!plane || plane.length < 2) return null;
  const steps = levels
    .slice(1)
    .map((level, i) => level - (levels[i] ?? 0))
    .sort((a, b) => a - b);
  const step = steps[steps.length >> 1];
  const inPlane = plane.slice(0, 2);
  return step ? [...inPlane, Math.round(step * 1e4) / 1e4] : plane[2] ? [...inPlane, plane[2]] : inPlane;
}

/** Sorted positions that differ by more than 0.01 mm. */
function distinct(values: readonly number[]): number[] {
  const out: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) if (!out.length || value - (out.at(-1) ?? 0) > 0.01) out.push(value);
  return out;
}

function isEven(levels: readonly number[]): boolean {
  if (levels.length < 3) return true;
  const steps = levels
    .slice(1)
    .map((level, i) => level - (levels[i] ?? 0))
    .sort((a, b) => a - b);
  const median = steps[steps.length >> 1] ?? 0;
  return steps.every((step) => Math.abs(step - median) <= 0.1 * median + 0.02);
}

/** Times in the order in which they usually run; what is absent compares equal. */
function timeOrder(unit: Unit): readonly (number | undefined)[] {
  const { tags } = unit.header;
  return [
    tags.TemporalPositionIdentifier,
    tags.EchoTime,
    tags.DiffusionBValue,
    tags.TriggerTime,
    tags.AcquisitionNumber,
    tags.InstanceNumber,
  ].map(numberOf);
}

const compare = (a: number | undefined, b: number | undefined): number =>
  a === undefined || b === undefined || Math.abs(a - b) <= 0.01 ? 0 : a - b;

function compareLists(a: readonly (number | undefined)[], b: readonly (number | undefined)[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i], b[i]);
    if (order) return order;
  }
  return 0;
}
