// A row: the few values of an item that tables and charts need; a hundred thousand of them fit in memory.
import { type Compared, differences } from './agreement.ts';
import { FEATURE_KINDS, type Feature, type FeatureKind } from './evidence.ts';
import type { Item } from './item.ts';
import { isOurs, oursFirst } from './mask.ts';

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
  /** Kinds that were looked for and not found. */
  readonly absent?: readonly FeatureKind[] | undefined;
  /** Kinds that a person is not sure of. */
  readonly unsure?: readonly FeatureKind[] | undefined;
  /** Why the other kinds were not looked for, one sentence each. */
  readonly unexamined?: Readonly<Partial<Record<FeatureKind, string>>> | undefined;
  /** Of the most telling outline of a tumour or another lesion: ours before the one in the data. */
  readonly size?: OutlineSize | undefined;
  /** The lowest overlap of a mask of ours with the one that came with the data, 0–1. */
  readonly dice?: number | undefined;
  readonly manufacturer: string | undefined;
  /** yyyymmdd of the study, when the header says. */
  readonly date: string | undefined;
  readonly warnings: number;
  readonly masks: number;
  readonly undecoded: boolean;
}

/** How large an outlined finding is, as far as the spacing tells. */
export interface OutlineSize {
  readonly volumeMl: number | null;
  readonly areaMm2: number | null;
  /** 0–1. */
  readonly areaFraction: number;
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
    features: kindsOf(item, ({ present }) => present === true),
    absent: kindsOf(item, ({ examined, present }) => examined && present === false),
    unsure: kindsOf(item, ({ examined, present }) => examined && present === null),
    unexamined: unexaminedOf(item),
    size: sizeOf(item),
    dice: diceOf(item),
    manufacturer: text(item.tags.Manufacturer),
    date: text(item.tags.StudyDate),
    warnings: item.warnings.length,
    masks: item.masks.length,
    undecoded: item.undecoded !== undefined,
  };
}

const kindsOf = (item: Item, holds: (feature: Feature) => boolean): readonly FeatureKind[] => {
  const kinds = FEATURE_KINDS.filter((kind) => item.features.some((feature) => feature.kind === kind && holds(feature)));
  return kinds.length ? kinds : NO_KINDS;
};

/** Shared by most rows: there may be a hundred thousand. */
const NO_KINDS: readonly FeatureKind[] = [];
const sentences = new Map<string, string>();
const SENTENCES = 2000;

/** The same sentence is kept once, however many items it comes with. */
function shared(sentence: string): string {
  const known = sentences.get(sentence);
  if (known !== undefined) return known;
  if (sentences.size < SENTENCES) sentences.set(sentence, sentence);
  return sentence;
}

function unexaminedOf({ features }: Item): Row['unexamined'] {
  const silent = features.filter(({ examined, why }) => !examined && why);
  return silent.length ? Object.fromEntries(silent.map(({ kind, why }) => [kind, shared(why)])) : undefined;
}

function sizeOf({ outlines = [], features }: Item): OutlineSize | undefined {
  // What a person has said is not there has no size.
  const isThere = (kind: string): boolean => features.some((feature) => feature.kind === kind && feature.present === true);
  const findings = outlines.filter(({ kind }) => (kind === 'tumour' || kind === 'lesion') && isThere(kind));
  const candidates = oursFirst(findings);
  const found = candidates.find(({ kind }) => kind === 'tumour') ?? candidates[0];
  return found && { volumeMl: found.volumeMl, areaMm2: found.areaMm2, areaFraction: found.areaFraction };
}

function diceOf({ outlines = [] }: Item): number | undefined {
  const compared = outlines.flatMap((one) => (isOurs(one) && one.dice !== undefined ? [one.dice] : []));
  return compared.length ? Math.min(...compared) : undefined;
}
