// What the report page says, counted in one pass over items and files. Pure but for the reading; holds counts, never items.
import { type Compared, differences } from '../../core/agreement.ts';
import { type Corrections, corrected } from '../../core/correction.ts';
import { FEATURE_KINDS, type FeatureKind } from '../../core/evidence.ts';
import type { FileRecord, FileStatus, Item } from '../../core/item.ts';
import { MODALITIES } from '../../core/vocabulary.ts';
import { stateOfFeature } from '../details/feature-words.ts';

/** Items and images of one value. */
export interface Counted {
  items: number;
  images: number;
}

export interface Reason {
  count: number;
  /** The first few paths. */
  readonly examples: string[];
}

export interface FeatureCount {
  present: number;
  absent: number;
  /** A person looked and is not sure. */
  unsure: number;
  unexamined: number;
}

export interface Summary {
  items: number;
  images: number;
  readonly modality: Map<string, Counted>;
  readonly anatomy: Map<string, Counted>;
  readonly dimension: Map<string, Counted>;
  readonly sequence: Map<string, Counted>;
  readonly contrast: Map<string, Counted>;
  readonly formats: Map<string, Counted>;
  readonly features: ReadonlyMap<FeatureKind, FeatureCount>;
  /** Why items were not examined for a kind. */
  readonly unexamined: Map<string, Reason>;
  /** Items with an outline of a finding. */
  outlined: number;
  /** Warning → how many items carry it. */
  readonly warnings: Map<string, Reason>;
  /** Why pixels cannot be shown. */
  readonly undecoded: Map<string, Reason>;
  /** Items on which strong evidence of any kind disagrees. */
  conflicts: number;
  /** Items whose header and picture could be compared, and those that differ: an item that differs on two questions counts once. */
  compared: number;
  differing: number;
  readonly differingOn: Map<Compared, number>;
  correctedItems: number;
  masks: number;
  files: number;
  readonly statuses: Map<FileStatus, number>;
  readonly unreadable: Map<string, Reason>;
  readonly skipped: Map<string, Reason>;
}

const EXAMPLES = 3;

function emptySummary(): Summary {
  const counts = () => new Map<string, Counted>();
  const reasons = () => new Map<string, Reason>();
  return {
    items: 0,
    images: 0,
    modality: counts(),
    anatomy: counts(),
    dimension: counts(),
    sequence: counts(),
    contrast: counts(),
    formats: counts(),
    features: new Map(FEATURE_KINDS.map((kind) => [kind, { present: 0, absent: 0, unsure: 0, unexamined: 0 }])),
    unexamined: reasons(),
    outlined: 0,
    warnings: reasons(),
    undecoded: reasons(),
    conflicts: 0,
    compared: 0,
    differing: 0,
    differingOn: new Map(),
    correctedItems: 0,
    masks: 0,
    files: 0,
    statuses: new Map(),
    unreadable: reasons(),
    skipped: reasons(),
  };
}

function count(counts: Map<string, Counted>, value: string | undefined, images: number): void {
  if (value === undefined) return;
  const one = counts.get(value) ?? { items: 0, images: 0 };
  one.items++;
  one.images += images;
  counts.set(value, one);
}

/** Sentences that differ in numbers only are one reason: "12 of 80 slices …" and "3 of 9 slices …". */
const alike = (because: string): string => because.replace(/\d[\d,.]*/g, '…');

function reason(reasons: Map<string, Reason>, because: string, path: string): void {
  const key = reasons.has(because) ? because : ([...reasons.keys()].find((known) => alike(known) === alike(because)) ?? because);
  const one = reasons.get(key) ?? { count: 0, examples: [] };
  one.count++;
  if (one.examples.length < EXAMPLES) one.examples.push(path);
  reasons.set(key, one);
}

function addItem(summary: Summary, item: Item, corrections: Corrections): void {
  const { labels, features, warnings, masks, undecoded, parts, format } = corrected(item, corrections);
  const images = parts.reduce((sum, part) => sum + part.images, 0);
  const path = parts[0]?.path ?? item.name;
  summary.items++;
  summary.images += images;
  summary.masks += masks.length;
  for (const question of ['modality', 'anatomy', 'dimension'] as const) count(summary[question], labels[question].value, images);
  for (const question of ['sequence', 'contrast'] as const) count(summary[question], labels[question]?.value, images);
  count(summary.formats, format, images);
  if (Object.values(labels).some((label) => label?.conflict)) summary.conflicts++;
  addDifferences(summary, differences(labels));
  if (corrections.has(item.id)) summary.correctedItems++;
  for (const [kind, counts] of summary.features) {
    const feature = features.find((one) => one.kind === kind);
    counts[feature ? stateOfFeature(feature) : 'unexamined']++;
    if (feature && !feature.examined) reason(summary.unexamined, feature.why, path);
  }
  if (item.outlines?.some(({ kind }) => kind !== 'organ')) summary.outlined++;
  for (const warning of new Set(warnings)) reason(summary.warnings, warning, path);
  if (undecoded !== undefined) reason(summary.undecoded, undecoded, path);
}

function addDifferences(summary: Summary, differ: readonly Compared[] | undefined): void {
  if (!differ) return;
  summary.compared++;
  if (differ.length) summary.differing++;
  for (const question of differ) summary.differingOn.set(question, (summary.differingOn.get(question) ?? 0) + 1);
}

function addFile(summary: Summary, file: FileRecord): void {
  summary.files++;
  summary.statuses.set(file.status, (summary.statuses.get(file.status) ?? 0) + 1);
  if (file.status === 'unreadable' || file.status === 'skipped')
    reason(summary[file.status], file.because ?? 'Nobody said why.', file.path);
}

export interface Reading {
  readonly items: AsyncIterable<readonly Item[]>;
  readonly files: AsyncIterable<readonly FileRecord[]>;
  readonly corrections: Corrections;
  readonly signal?: AbortSignal | undefined;
}

/** Counts everything; undefined when the signal aborted meanwhile. */
export async function summarise({ items, files, corrections, signal }: Reading): Promise<Summary | undefined> {
  const summary = emptySummary();
  for await (const batch of items) {
    if (signal?.aborted) return undefined;
    for (const item of batch) addItem(summary, item, corrections);
  }
  for await (const batch of files) {
    if (signal?.aborted) return undefined;
    for (const file of batch) addFile(summary, file);
  }
  return summary;
}

/** CT → CT, DX and CR → X-ray: the pie's slices. */
export function byGroup(modality: ReadonlyMap<string, Counted>): Map<string, Counted> {
  const groups = new Map<string, Counted>();
  for (const [code, { items, images }] of modality) {
    const group = MODALITIES.find((term) => term.code === code)?.group ?? code;
    const one = groups.get(group) ?? { items: 0, images: 0 };
    groups.set(group, { items: one.items + items, images: one.images + images });
  }
  return groups;
}

/** Largest first; UNKNOWN last. */
export function ranked<T extends { readonly items: number } | { readonly count: number }>(
  counts: ReadonlyMap<string, T>,
): readonly (readonly [string, T])[] {
  const size = (one: T): number => ('items' in one ? one.items : one.count);
  const last = (value: string): number => (value === 'UNKNOWN' || value === 'Unknown' ? 1 : 0);
  return [...counts].sort(([a, x], [b, y]) => last(a) - last(b) || size(y) - size(x) || (a < b ? -1 : 1));
}
