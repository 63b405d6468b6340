// A row: the few values of an item that tables and charts need; a hundred thousand of them fit in memory.
import { type Compared, differences } from './agreement.ts';
import { FEATURE_KINDS, type FeatureKind } from './evidence.ts';
import type { Item } from './item.ts';

export interface Row {
  readonly id: string;
  readonly name: string;
  /** Path of the first part, and how many files. */
  readonly path: string;
  readonly files: number;
  readonly images: number;
  readonly format: string;
  readonly shape: readonly number[];
  readonly spacingMm: readonly number[] | null;
  readonly bytes: number | null;
  readonly dimension: string;
  readonly modality: string;
  readonly anatomy: string;
  readonly sequence: string | undefined;
  readonly contrast: string | undefined;
  readonly plane: string | undefined;
  /** The lowest of the three labels' confidences that are not UNKNOWN; 0 when all are. */
  readonly confidence: number;
  readonly conflict: boolean;
  /** Questions on which header and picture disagree; [] where they agree; absent where nothing can be compared. */
  readonly differs?: readonly Compared[] | undefined;
  /** Kinds that are present. */
  readonly features: readonly FeatureKind[];
  readonly manufacturer: string | undefined;
  /** yyyymmdd of the study, when the header says. */
  readonly date: string | undefined;
  readonly warnings: number;
  readonly masks: number;
  readonly undecoded: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The row of an item; corrections, if any, are already in the item. */
export function rowOf(item: Item): Row {
  const { dimension, modality, anatomy, sequence, contrast, plane } = item.labels;
  const known = [dimension, modality, anatomy].filter((label) => label.value !== 'UNKNOWN');
  return {
    id: item.id,
    name: item.name,
    path: item.parts[0]?.path ?? '',
    files: item.parts.length,
    images: item.parts.reduce((sum, part) => sum + part.images, 0),
    format: item.format,
    shape: item.shape,
    spacingMm: item.spacingMm,
    bytes: item.bytes,
    dimension: dimension.value,
    modality: modality.value,
    anatomy: anatomy.value,
    sequence: sequence?.value,
    contrast: contrast?.value,
    plane: plane?.value,
    confidence: known.length ? Math.min(...known.map((label) => label.confidence)) : 0,
    conflict: Object.values(item.labels).some((label) => label?.conflict),
    differs: differences(item.labels),
    features: FEATURE_KINDS.filter((kind) => item.features.some((f) => f.kind === kind && f.present === true)),
    manufacturer: text(item.tags.Manufacturer),
    date: text(item.tags.StudyDate),
    warnings: item.warnings.length,
    masks: item.masks.length,
    undecoded: item.undecoded !== undefined,
  };
}
