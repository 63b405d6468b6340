// The fields of a row that charts count and filters ask for, in one place: a chart and its filter can't disagree on what a value means.
import type { Row } from '../core/row.ts';
import { MODALITIES } from '../core/vocabulary.ts';
import { spanOf } from './span.ts';

const GROUPS = new Map(MODALITIES.map((term) => [term.code, term.group === 'Unknown' ? 'UNKNOWN' : term.group]));

/** CR → X-ray; a code the vocabulary lacks is its own group. */
export function groupOf(modality: string): string {
  return GROUPS.get(modality) ?? modality;
}

const NO_FEATURE = 'none';

/** Header and picture say the same; what else the field says is what they differ on. */
export const AGREE = 'agree';

/** Edges of histogram bins; a value belongs to the last edge that is not above it. */
export const SLICE_EDGES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
export const MATRIX_EDGES = [0, 64, 128, 256, 512, 1024, 2048, 4096] as const;
export const SPACING_EDGES = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10] as const;

const slices = (row: Row): number => (row.dimension.startsWith('3D') ? (row.shape[2] ?? 1) : 1);
const matrix = (row: Row): number | undefined => (row.shape.length > 1 ? Math.max(row.shape[0] ?? 0, row.shape[1] ?? 0) : undefined);
const spacing = (row: Row): number | undefined => row.spacingMm?.[0];

/** Value or values of a row in each field; undefined: none. */
export const FIELDS = {
  modality: (row: Row) => groupOf(row.modality),
  anatomy: (row: Row) => row.anatomy,
  dimension: (row: Row) => row.dimension,
  feature: (row: Row) => (row.features.length ? row.features : NO_FEATURE),
  sequence: (row: Row) => row.sequence,
  contrast: (row: Row) => row.contrast,
  plane: (row: Row) => row.plane,
  format: (row: Row) => row.format,
  slices: (row: Row) => spanOf(slices(row), SLICE_EDGES),
  matrix: (row: Row) => spanOf(matrix(row), MATRIX_EDGES),
  spacing: (row: Row) => spanOf(spacing(row), SPACING_EDGES),
  manufacturer: (row: Row) => row.manufacturer,
  agreement: (row: Row) => (row.differs?.length === 0 ? AGREE : row.differs),
  conflict: (row: Row) => (row.conflict ? 'yes' : 'no'),
  warnings: (row: Row) => (row.warnings > 0 ? 'yes' : 'no'),
  decoded: (row: Row) => (row.undecoded ? 'no' : 'yes'),
} satisfies Record<string, (row: Row) => string | readonly string[] | undefined>;

export type FieldId = keyof typeof FIELDS;

export function isField(id: string): id is FieldId {
  return Object.hasOwn(FIELDS, id);
}

/** Stands between the values of one mark that means several (the "others" of a pie). */
export const EITHER = '|';

/** Whether the row has this value, or one of several joined by EITHER; a modality may be asked for by code as well as by group. */
export function hasValue(row: Row, field: FieldId, value: string): boolean {
  if (value.includes(EITHER)) return value.split(EITHER).some((one) => hasValue(row, field, one));
  const values: string | readonly string[] | undefined = FIELDS[field](row);
  if (values === value) return true;
  if (field === 'modality') return row.modality === value;
  return Array.isArray(values) && values.includes(value);
}
