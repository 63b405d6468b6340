// Whether the header of an item and the picture itself say the same. Pure. Headers are wrong often enough (BodyPartExamined in 15 % of published
// cases: Gueld et al., SPIE 2002) that a picture which clearly shows something else is worth a mark, even where the header's word stands.
import type { Evidence, Label, Question } from './evidence.ts';
import { ancestors, groupOf, overlap } from './vocabulary.ts';

/** Questions that both a header and a picture can answer. */
export const COMPARED = ['modality', 'anatomy'] as const;
export type Compared = (typeof COMPARED)[number];

/** Log odds from which a picture contradicts a header; chosen on headers that were made wrong on purpose (docs/benchmarks.md). */
const CONTRADICTS: Readonly<Record<Compared, number>> = { modality: 1.1, anatomy: 0.4 };
/** Log odds below which a header has hardly said anything (88 %), and so can hardly be wrong. */
const CLAIMS = 2;

/** Regions that lie in each other or side by side: naming both is no disagreement. '*' = any. */
const NEIGHBOURS = new Set([
  'HEAD NECK',
  'NECK SPINE',
  'NECK CHEST',
  'CHEST SPINE',
  'CHEST ABDOMEN',
  'ABDOMEN SPINE',
  'ABDOMEN PELVIS',
  'PELVIS SPINE',
  'HEAD SPINE',
  'PELVIS LOWERLIMB',
  'CHEST UPPERLIMB',
  'FETUS ABDOMEN',
  'FETUS PELVIS',
  'TISSUE *',
  'SKIN *',
  'WHOLEBODY *',
]);

/** The same thing, or one within the other: lung and chest; the X-rays among each other. Optical pictures have little in common. */
export function related(question: Compared, a: string, b: string): boolean {
  if (a === b || question === 'anatomy') return overlap(a, b);
  return groupOf(a) === groupOf(b) && groupOf(a) !== 'Optical' && groupOf(a) !== 'Unknown';
}

/** Body parts that lie side by side, by their topmost regions. */
export function neighbours(a: string, b: string): boolean {
  const [x, y] = [ancestors(a).at(-1) ?? a, ancestors(b).at(-1) ?? b];
  return [`${x} ${y}`, `${y} ${x}`, `${x} *`, `${y} *`].some((pair) => NEIGHBOURS.has(pair));
}

const strongest = (voices: readonly Evidence[]): Evidence | undefined =>
  voices.reduce<Evidence | undefined>((best, voice) => (best && best.logOdds >= voice.logOdds ? best : voice), undefined);

const isCompared = (question: Question): question is Compared => (COMPARED as readonly Question[]).includes(question);

/** agree or differ; undefined where one of the two is silent or unsure, or a person has answered. */
export function compare(question: Question, evidence: readonly Evidence[]): 'agree' | 'differ' | undefined {
  const spoken = evidence.filter((voice) => voice.question === question && voice.logOdds > 0);
  if (!isCompared(question) || spoken.some((voice) => voice.from === 'user')) return undefined;
  const header = spoken.filter((voice) => voice.from === 'header');
  const [claim, seen] = [strongest(header), strongest(spoken.filter((voice) => voice.from === 'pixels'))];
  if (!claim || !seen) return undefined;
  // A field that names several regions (CHESTABDPELVIS) claims them all.
  const claims = header.filter(({ by, because }) => by === claim.by && because === claim.because).map(({ value }) => value);
  const fits = (value: string): boolean => related(question, value, seen.value) || (seen.alike?.includes(value) ?? false);
  const clear = seen.logOdds >= CONTRADICTS[question];
  // One made it, so every field that names another is wrong: Modality may be, where the SOP class is right.
  if (question === 'modality' && clear && header.some(({ value, logOdds }) => logOdds >= CLAIMS && !fits(value))) return 'differ';
  if (claims.some(fits)) return 'agree';
  if (claim.logOdds < CLAIMS || !clear) return undefined;
  return question === 'anatomy' && claims.some((value) => neighbours(value, seen.value)) ? undefined : 'differ';
}

/** The same of a label, whose evidence is all on one question. */
export const agreementOn = (question: Compared, label: Label): 'agree' | 'differ' | undefined => compare(question, label.evidence);

/** Questions on which header and picture disagree; [] where they agree on all that both answer; undefined where nothing can be compared. */
export function differences(labels: Readonly<Record<Compared, Label>>): readonly Compared[] | undefined {
  const found = COMPARED.map((question) => [question, agreementOn(question, labels[question])] as const);
  const differ = found.flatMap(([question, agreement]) => (agreement === 'differ' ? [question] : []));
  return differ.length || found.some(([, agreement]) => agreement === 'agree') ? differ : undefined;
}
