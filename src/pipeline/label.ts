// From a group of files to an item: asks every classifier, fuses what they say, or finds that the group is a mask.

import { classifiers } from '../classifiers/index.ts';
import { withAlikes } from '../core/alike.ts';
import type { Seen, SideFile } from '../core/classifier.ts';
import { baseName } from '../core/entry.ts';
import { type Evidence, FEATURE_KINDS, type FeatureKind, type Question } from '../core/evidence.ts';
import { features } from '../core/features.ts';
import { fuse } from '../core/fuse.ts';
import type { Group, Unit } from '../core/group.ts';
import type { Item, Part } from '../core/item.ts';
import { itemId } from '../core/stable-id.ts';

const LABELS: readonly Question[] = ['dimension', 'modality', 'anatomy', 'sequence', 'contrast', 'plane'];
const FEW = 8;
const byHeader = classifiers.filter((classifier) => classifier.needs === 'header');

/** What classifiers may look at, for this group. */
export function seenOf(group: Group, sideFiles: readonly SideFile[]): Seen {
  const middle = unitInTheMiddle(group.units);
  const few = spread(group.units, FEW);
  return {
    header: middle.header,
    headers: few.map((unit) => unit.header),
    paths: few.map((unit) => unit.path),
    layout: group.layout,
    sideFiles,
  };
}

/** All evidence that headers, names, geometry and side files give. */
export async function evidenceOf(seen: Seen): Promise<Evidence[]> {
  return (await Promise.all(byHeader.map((classifier) => classifier.classify(seen)))).flat();
}

/** Whether the evidence makes the group a mask of another image rather than an image. */
export function isMask(evidence: readonly Evidence[]): Evidence | undefined {
  const role = evidence.filter((voice) => voice.question === 'role');
  return role.length && fuse('role', role).value === 'mask' ? role.reduce((a, b) => (b.logOdds > a.logOdds ? b : a)) : undefined;
}

export interface Grounds {
  readonly seen: Seen;
  readonly evidence: readonly Evidence[];
  readonly masks?: readonly string[] | undefined;
  /** For each kind of finding why nobody has looked for it. */
  readonly why?: ((item: Item) => Readonly<Partial<Record<FeatureKind, string>>>) | undefined;
}

/** The item that a group is, with the labels and features that the evidence comes to. */
export function itemOf(group: Group, { seen, evidence, masks = [], why }: Grounds): Item {
  const { layout, units } = group;
  const { header } = seen;
  const voices = withAlikes(evidence);
  const on = (question: Question) =>
    fuse(
      question,
      voices.filter((voice) => voice.question === question),
    );
  const labels: Item['labels'] = Object.assign(
    { dimension: on('dimension'), modality: on('modality'), anatomy: on('anatomy') },
    Object.fromEntries(
      LABELS.slice(3)
        .map((question) => [question, on(question)] as const)
        .filter(([, label]) => label.value !== 'UNKNOWN'),
    ),
  );
  const findings = evidence.filter(({ question }) => FEATURE_KINDS.some((kind) => kind === question));
  const item: Item = {
    id: itemId(group.key),
    name: nameOf(group, header.tags),
    format: header.format,
    parts: units.flatMap(partsOf),
    shape: [layout.columns, layout.rows, ...(layout.slices > 1 ? [layout.slices] : []), ...(layout.frames > 1 ? [layout.frames] : [])],
    stored: header.shape ?? { columns: 0, rows: 0, slices: 1, frames: 1, samples: 1, bits: 0 },
    spacingMm: layout.spacingMm,
    bytes: units.every((unit) => unit.bytes !== null) ? units.reduce((sum, unit) => sum + (unit.bytes ?? 0), 0) : null,
    tags: header.tags,
    labels,
    features: [],
    ...(findings.length ? { findings } : {}),
    warnings: group.warnings,
    masks,
    ...(header.undecoded ? { undecoded: header.undecoded } : {}),
  };
  return { ...item, features: features(findings, { routed: why?.(item) }) };
}

/** A file and those that hold its data, which have no images of their own. */
function partsOf({ path, header: { shape, companions = [] } }: Unit): Part[] {
  return [{ path, images: (shape?.slices ?? 1) * (shape?.frames ?? 1) }, ...companions.map((other) => ({ path: other, images: 0 }))];
}

function nameOf(group: Group, tags: Item['tags']): string {
  const description = String(tags.SeriesDescription ?? tags.ProtocolName ?? '').trim();
  const first = group.units[0]?.path ?? '';
  return group.units.length > 1 && description ? description : baseName(first);
}

const unitInTheMiddle = (units: readonly Unit[]): Unit => {
  const full = units.filter((unit) => !unit.inferred);
  const pool = full.length ? full : units;
  return pool[pool.length >> 1] as Unit;
};

/** Up to `count` of the units, evenly from first to last. */
function spread(units: readonly Unit[], count: number): Unit[] {
  if (units.length <= count) return [...units];
  return Array.from({ length: count }, (_, i) => units[Math.round((i * (units.length - 1)) / (count - 1))] as Unit);
}
