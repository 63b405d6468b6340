// A person's word over the machine's: which corrections hold, and an item as it reads with them. The machine's answer is never overwritten.
import { type Evidence, FEATURE_KINDS, type Feature, type Label, type Question } from './evidence.ts';
import type { Item } from './item.ts';
import type { Correction } from './run.ts';

/** Item id → question → the correction that holds. Corrections taken back (value null) are gone from it. */
export type Corrections = ReadonlyMap<string, ReadonlyMap<string, Correction>>;

const NOTHING: Label = { value: 'UNKNOWN', confidence: 0, conflict: false, evidence: [] };
const UNSEEN = { examined: false, present: null, probability: null, by: null, why: '' } as const;
/** Log odds of a person's word: 99.99 %. */
const PERSON = 9.2;

/** The last word on every question; of two at the same moment, the later in the list. */
export function standing(corrections: readonly Correction[]): Corrections {
  const byItem = new Map<string, Map<string, Correction>>();
  for (const correction of corrections) {
    const questions = byItem.get(correction.itemId) ?? new Map<string, Correction>();
    byItem.set(correction.itemId, questions);
    const before = questions.get(correction.question);
    if (!before || before.at <= correction.at) questions.set(correction.question, correction);
  }
  for (const [id, questions] of byItem) {
    for (const [question, { value }] of questions) if (value === null) questions.delete(question);
    if (questions.size === 0) byItem.delete(id);
  }
  return byItem;
}

/** A correction as evidence, so that the reason for a label is always in its list. */
function evidenceOf(correction: Correction): Evidence {
  const question = correction.question as Question;
  const because = `set by you on ${correction.at.slice(0, 10)}`;
  return { question, value: correction.value ?? 'UNKNOWN', logOdds: PERSON, from: 'user', by: 'user', because };
}

/** The label with a person's answer on top: it wins, is sure, and settles a conflict. */
export function correctedLabel(label: Label | undefined, correction: Correction | undefined): Label | undefined {
  if (!correction || correction.value === null) return label;
  const machine = label ?? NOTHING;
  const evidence = [evidenceOf(correction), ...machine.evidence.filter((piece) => piece.from !== 'user')];
  return { value: correction.value, confidence: 1, conflict: false, evidence };
}

/** What a person may say of a feature. */
export const FEATURE_ANSWERS = ['yes', 'no', 'unsure'] as const;

/** `unsure`: examined, and neither present nor absent. */
function correctedFeature(feature: Feature, correction: Correction | undefined): Feature {
  if (!correction || correction.value === null) return feature;
  // What was measured holds only where it is there.
  const { areaFraction, volumeMl, mask, ...machine } = feature;
  const said = { ...machine, examined: true, by: 'user', why: evidenceOf(correction).because };
  if (correction.value === 'unsure') return { ...said, present: null, probability: null };
  if (correction.value !== 'yes') return { ...said, present: false, probability: 0 };
  return { ...feature, ...said, present: true, probability: 1 };
}

/** The item as charts, tables and reports should count it. The same object where nothing was corrected. */
export function corrected(item: Item, corrections: Corrections): Item {
  const mine = corrections.get(item.id);
  if (!mine) return item;
  const labels: Record<string, Label | undefined> = { ...item.labels };
  for (const [question, correction] of mine) {
    if (FEATURE_KINDS.some((kind) => kind === question)) continue;
    labels[question] = correctedLabel(labels[question], correction);
  }
  const features = FEATURE_KINDS.flatMap((kind) => {
    const feature = item.features.find((one) => one.kind === kind);
    const correction = mine.get(kind);
    return feature || correction ? [correctedFeature(feature ?? { kind, ...UNSEEN }, correction)] : [];
  });
  return { ...item, labels: labels as Item['labels'], features };
}
