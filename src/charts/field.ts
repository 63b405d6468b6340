// The fields of a row that charts count and filters ask for, in one place: a chart and its filter can't disagree on what a value means.
import { FEATURE_KINDS, type FeatureKind } from '../core/evidence.ts';
import type { Row } from '../core/row.ts';
import { MODALITIES } from '../core/vocabulary.ts';
import { spanOf } from './span.ts';

const GROUPS = new Map(MODALITIES.map((term) => [term.code, term.group === 'Unknown' ? 'UNKNOWN' : term.group]));

/** CR → X-ray; a code the vocabulary lacks is its own group. */
export function groupOf(modality: string): string {
  return GROUPS.get(modality) ?? modality;
}

const NO_FEATURE = 'none';

/** What is known of a kind of feature in an item; the value of a kind that is present is the kind alone. */
export const FEATURE_STATES = ['present', 'unsure', 'absent', 'unexamined'] as const;
export type FeatureState = (typeof FEATURE_STATES)[number];

/** tumour, absent → no-tumour. */
export const featureValue = (kind: FeatureKind, state: FeatureState): string => `${PREFIXES[state]}${kind}`;

const PREFIXES: Readonly<Record<FeatureState, string>> = { present: '', unsure: 'unsure-', absent: 'no-', unexamined: 'unseen-' };

/** The other way; undefined for what is no such value. */
export function featureOf(value: string): { readonly kind: FeatureKind; readonly state: FeatureState } | undefined {
  const kind = FEATURE_KINDS.find((one) => value.endsWith(one));
  const state = kind && FEATURE_STATES.find((one) => value === featureValue(kind, one));
  return kind && state && { kind, state };
}

function stateOf({ features, absent, unsure }: Row, kind: FeatureKind): FeatureState {
  if (features.includes(kind)) return 'present';
  if (absent?.includes(kind)) return 'absent';
  return unsure?.includes(kind) ? 'unsure' : 'unexamined';
}

/** One value a kind, and `none` where none is present. */
function featureValues(row: Row): readonly string[] {
  const values = FEATURE_KINDS.map((kind) => featureValue(kind, stateOf(row, kind)));
  return row.features.length ? values : [...values, NO_FEATURE];
}

/** Header and picture say the same; what else the field says is what they differ on. */
export const AGREE = 'agree';

/** Edges of histogram bins; a value belongs to the last edge that is not above it. */
export const SLICE_EDGES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
export const MATRIX_EDGES = [0, 64, 128, 256, 512, 1024, 2048, 4096] as const;
export const SPACING_EDGES = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10] as const;
export const DICE_EDGES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

const slices = (row: Row): number => (row.dimension.startsWith('3D') ? (row.shape[2] ?? 1) : 1);
const matrix = (row: Row): number | undefined => (row.shape.length > 1 ? Math.max(row.shape[0] ?? 0, row.shape[1] ?? 0) : undefined);
const spacing = (row: Row): number | undefined => row.spacingMm?.[0];

/** Value or values of a row in each field; undefined: none. */
export const FIELDS = {
  modality: (row: Row) => groupOf(row.modality),
  anatomy: (row: Row) => row.anatomy,
  dimension: (row: Row) => row.dimension,
  feature: featureValues,
  sequence: (row: Row) => row.sequence,
  contrast: (row: Row) => row.contrast,
  plane: (row: Row) => row.plane,
  format: (row: Row) => row.format,
  slices: (row: Row) => spanOf(slices(row), SLICE_EDGES),
  matrix: (row: Row) => spanOf(matrix(row), MATRIX_EDGES),
  spacing: (row: Row) => spanOf(spacing(row), SPACING_EDGES),
  manufacturer: (row: Row) => row.manufacturer,
  agreement: (row: Row) => (row.differs?.length === 0 ? AGREE : row.differs),
  dice: (row: Row) => spanOf(row.dice, DICE_EDGES),
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
