// The one sentence above the evidence: who says what, who agrees, and why the shown value is shown. Pure words; the weighing is core/fuse.ts.
import { COMPARED, related } from '../../core/agreement.ts';
import type { Evidence, EvidenceFrom, Label, Question } from '../../core/evidence.ts';
import { combine } from '../../core/fuse.ts';
import { listed, percent, shortValue } from './words.ts';

export interface Verdict {
  /** differ: strong voices disagree; open: no answer; plain: all else. */
  readonly tone: 'plain' | 'differ' | 'open';
  readonly sentence: string;
}

interface Stance {
  readonly from: EvidenceFrom;
  readonly value: string;
  readonly support: number;
}

const SUBJECTS: Readonly<Record<EvidenceFrom, string>> = {
  user: 'you',
  header: 'the header',
  path: 'the file name',
  geometry: 'the geometry',
  voxels: 'the voxel values',
  pixels: 'the picture itself',
  sidecar: 'a side file',
};
/** Those who look like something rather than say it, and how the verb reads for them. */
const LOOKS: Readonly<Partial<Record<EvidenceFrom, string>>> = { voxels: 'look like', pixels: 'looks like' };
const ORDER = Object.keys(SUBJECTS) as readonly EvidenceFrom[];
/** Log odds below which nobody would call it a word (57 %). */
const HEARD = 0.3;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const alike = (question: Question, a: string, b: string): boolean => {
  const compared = COMPARED.find((one) => one === question);
  return compared ? related(compared, a, b) : a === b;
};

/** What the voices of one kind say in all, the strongest value of each kind. */
function stancesOf(evidence: readonly Evidence[]): readonly Stance[] {
  return ORDER.flatMap((from) => {
    const mine = evidence.filter((piece) => piece.from === from);
    const best = strongestValue(mine);
    return best && best.support >= HEARD ? [{ from, ...best }] : [];
  });
}

function strongestValue(evidence: readonly Evidence[]): { value: string; support: number } | undefined {
  return [...new Set(evidence.map(({ value }) => value))]
    .map((value) => ({ value, support: combine(evidence.filter((piece) => piece.value === value)) }))
    .sort((a, b) => b.support - a.support)[0];
}

/** "the header and the file name say CT", "the picture itself looks like MR". */
function said(question: Question, stances: readonly Stance[]): string {
  const byValue = new Map<string, EvidenceFrom[]>();
  for (const { value, from } of stances) byValue.set(value, [...(byValue.get(value) ?? []), from]);
  return [...byValue]
    .map(([value, from]) => {
      const [first] = from as [EvidenceFrom];
      const verb = from.length > 1 || first === 'user' ? 'say' : 'says';
      const looking = from.every((one) => LOOKS[one]) ? (from.length > 1 ? 'look like' : LOOKS[first]) : undefined;
      return `${listed(from.map((one) => SUBJECTS[one]))} ${looking ?? verb} ${shortValue(question, value)}`;
    })
    .join('; ');
}

/** The verdict on a label as the machine gave it. */
export function verdictOf(question: Question, label: Label): Verdict {
  const stances = stancesOf(label.evidence);
  if (label.value === 'UNKNOWN') return { tone: 'open', sentence: openSentence(question, label) };
  const shown = shortValue(question, label.value);
  const backers = stances.filter(({ value }) => alike(question, value, label.value));
  const others = stances.filter((stance) => !backers.includes(stance));
  const tone = label.conflict ? 'differ' : 'plain';
  if (others.length) return { tone, sentence: `${capital(said(question, stances))}. Shown: ${shown}, because ${reason(backers, others)}.` };
  const torn = label.conflict ? tornVoice(question, label) : undefined;
  if (torn) return { tone, sentence: `${torn} Shown: ${shown}, because more speaks for it.` };
  if (backers.length > 1) return { tone, sentence: `${capital(listed(backers.map(({ from }) => SUBJECTS[from])))} agree.` };
  const [only] = backers;
  if (!only) return { tone, sentence: 'Nobody has said so; it is what most images are.' };
  return {
    tone,
    sentence: only.from === 'user' ? 'You say so.' : `Only ${SUBJECTS[only.from]} ${only.from === 'voxels' ? 'say' : 'says'} so.`,
  };
}

function reason(backers: readonly Stance[], others: readonly Stance[]): string {
  const [first] = [...backers].sort((a, b) => b.support - a.support);
  if (!first) return 'more speaks for it in all';
  if (backers.some(({ from }) => from === 'user')) return 'your word counts most';
  if (backers.length > others.length) return `${listed(backers.map(({ from }) => SUBJECTS[from]))} agree on it`;
  return `${SUBJECTS[first.from]} ${first.from === 'voxels' ? 'weigh' : 'weighs'} more here`;
}

function openSentence(question: Question, label: Label): string {
  if (!label.evidence.length) return 'Nothing that was read or looked at says it clearly.';
  const best = strongestValue(label.evidence);
  if (!best || best.support <= 0 || label.confidence <= 0) return 'What was found speaks against answers, and for none.';
  return `Nothing was sure enough: best guess ${shortValue(question, best.value)}, ${percent(label.confidence)}.`;
}

/** A kind of voice that speaks for two unrelated values. */
function tornVoice(question: Question, label: Label): string | undefined {
  for (const from of ORDER) {
    const values = [...new Set(label.evidence.filter((piece) => piece.from === from && piece.logOdds > 0).map(({ value }) => value))];
    const other = values.find((value) => !alike(question, value, values[0] ?? value));
    if (!other) continue;
    const two = [values[0] ?? '', other].map((value) => shortValue(question, value));
    return `${capital(SUBJECTS[from])} ${from === 'voxels' ? 'speak' : 'speaks'} for ${two.join(' and for ')}.`;
  }
  return undefined;
}
