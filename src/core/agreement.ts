// Whether the header of an item and the picture itself say the same. Pure; asks the evidence, not the label, and leaves the verdict to `fuse`:
// a difference counts where fusing called it a conflict, and what a person has settled is settled.
import type { Evidence, Label } from './evidence.ts';
import { ancestors, groupOf } from './vocabulary.ts';

/** Questions that both a header and a picture can answer. */
export const COMPARED = ['modality', 'anatomy'] as const;
export type Compared = (typeof COMPARED)[number];

/** Log odds below which a model has hardly said anything (73 %). */
const HEARD = 1;

/** The same thing, or one within the other: lung and chest; the X-rays among each other. Optical pictures have little in common. */
export function related(question: Compared, a: string, b: string): boolean {
  if (a === b) return true;
  if (question === 'anatomy') return ancestors(a).includes(b) || ancestors(b).includes(a);
  return groupOf(a) === groupOf(b) && groupOf(a) !== 'Optical' && groupOf(a) !== 'Unknown';
}

const strongest = (voices: readonly Evidence[]): Evidence | undefined =>
  voices.reduce<Evidence | undefined>((best, voice) => (best && best.logOdds >= voice.logOdds ? best : voice), undefined);

/** agree or differ; undefined where one of the two is silent or unsure, or a person has answered. */
export function agreementOn(question: Compared, label: Label): 'agree' | 'differ' | undefined {
  const spoken = label.evidence.filter((voice) => voice.logOdds > 0);
  if (spoken.some((voice) => voice.from === 'user')) return undefined;
  const header = spoken.filter((voice) => voice.from === 'header');
  const seen = strongest(spoken.filter((voice) => voice.from === 'pixels'));
  if (!header.length || !seen || seen.logOdds < HEARD) return undefined;
  const same = (value: string): boolean => related(question, value, seen.value) || (seen.alike?.includes(value) ?? false);
  if (header.some((voice) => same(voice.value))) return 'agree';
  return label.conflict ? 'differ' : undefined;
}

/** Questions on which header and picture disagree; [] where they agree on all that both answer; undefined where nothing can be compared. */
export function differences(labels: Readonly<Record<Compared, Label>>): readonly Compared[] | undefined {
  const found = COMPARED.map((question) => [question, agreementOn(question, labels[question])] as const);
  const differ = found.flatMap(([question, agreement]) => (agreement === 'differ' ? [question] : []));
  return differ.length || found.some(([, agreement]) => agreement === 'agree') ? differ : undefined;
}
