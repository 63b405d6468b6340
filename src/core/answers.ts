// From the numbers of a network's heads to evidence: calibrated probabilities, the mean over views (clear ones count more), and what may be said of them.
// Calibration: temperature scaling (Guo et al. 2017); its temperature comes from the card.

import type { CardOutput } from './card.ts';
import { type Evidence, FEATURE_KINDS, type Question } from './evidence.ts';
import { logistic, logit } from './log-odds.ts';
import type { Answer } from './model.ts';
import { ancestors, nameOf } from './vocabulary.ts';

/** How much more a view counts that the network is sure of: slices through a shoulder or a slice on its side say little, and are unsure. */
const CLEAR = 4;

/** A network is never surer than this: pictures unlike all it has learnt from make it sure too. */
const CEILING = 0.99;
/** A second guess is told from here on. */
const SECOND = 0.15;
/** A second guess is told, not weighed: its share is missing from the odds of the first already. */
const HINT = 0;

/** Natural-log odds of a probability, bounded so that no network outvotes a field that means just that. */
export function oddsOf(probability: number): number {
  const p = Math.min(CEILING, Math.max(1 - CEILING, probability));
  return logit(p);
}

/** The answer of one head from its raw output `[views, classes]`; undefined where it is of another shape or no number. */
export function answerOf(head: CardOutput, raw: ArrayLike<number>, views: number): Answer | undefined {
  const count = head.classes.length;
  if (views < 1 || raw.length !== views * count) return undefined;
  const each = Array.from({ length: views }, (_, view) =>
    probabilitiesOf(
      head,
      Array.from({ length: count }, (_, i) => raw[view * count + i] ?? 0),
    ),
  );
  const weights = each.map((one) => (head.activation === 'softmax' ? Math.max(...one) ** CLEAR : 1));
  const all = weights.reduce((a, b) => a + b, 0);
  const probabilities = head.classes.map((_, i) => each.reduce((sum, one, view) => sum + (weights[view] ?? 0) * (one[i] ?? 0), 0) / all);
  if (!probabilities.every(Number.isFinite)) return undefined;
  const best = likeliest(probabilities);
  return {
    question: head.question,
    classes: head.classes,
    probabilities,
    views,
    agreeing: each.filter((one) => likeliest(one) === best).length,
    answerFrom: head.answerFrom,
  };
}

function probabilitiesOf({ activation, temperature }: CardOutput, logits: readonly number[]): number[] {
  if (activation === 'none') return logits.map((p) => Math.min(1, Math.max(0, p)));
  const scaled = logits.map((one) => one / (temperature > 0 ? temperature : 1));
  if (activation === 'sigmoid') return scaled.map(logistic);
  const most = Math.max(...scaled);
  const exps = scaled.map((x) => Math.exp(x - most));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((x) => x / sum);
}

const likeliest = (probabilities: readonly number[]): number => probabilities.indexOf(Math.max(...probabilities));

/** Probability of each value of the vocabulary that the classes name, best first. */
export function valuesOf({ classes, probabilities }: Answer): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const [i, { value }] of classes.entries()) if (value !== null) sums.set(value, (sums.get(value) ?? 0) + (probabilities[i] ?? 0));
  return [...sums].map(([value, p]) => [value, Math.min(1, p)] as const).sort((a, b) => b[1] - a[1]);
}

/** The narrowest body part that holds several of the guesses and is likely enough, where none of them is. */
function parentOf(values: readonly (readonly [string, number])[], { answerFrom }: Answer): readonly [string, number] | undefined {
  const mass = new Map<string, number>();
  for (const [value, p] of values) for (const one of [value, ...ancestors(value)]) mass.set(one, (mass.get(one) ?? 0) + p);
  return [...mass]
    .filter(([, p]) => p >= answerFrom)
    .sort((a, b) => ancestors(b[0]).length - ancestors(a[0]).length || b[1] - a[1])
    .map(([value, p]) => [value, Math.min(1, p)] as const)[0];
}

/** What one head's answer says: the best value that is likely enough, else a parent that is, and a second guess beside it. */
export function voicesOf(answer: Answer, { by, who = 'the picture' }: { by: string; who?: string }): Evidence[] {
  const values = valuesOf(answer);
  const [best, second] = values;
  if (!best) return [];
  const { question, answerFrom } = answer;
  const voice = (value: string, logOdds: number, because: string): Evidence => ({ question, value, logOdds, from: 'pixels', by, because });
  const said = best[1] >= answerFrom ? best : parentOf(values, answer);
  if (!said) return [];
  const views = answer.views > 1 && said === best ? `, ${answer.agreeing} of ${answer.views} views agree` : '';
  // The likeliest of many is never a word against itself, however low `answerFrom` is; of a finding, an unlikely yes is one.
  const isFinding = FEATURE_KINDS.some((kind) => kind === question);
  const logOdds = isFinding ? oddsOf(said[1]) : Math.max(HINT, oddsOf(said[1]));
  const voices = [voice(said[0], logOdds, `${who} ${looksLike(question, said[0])} (${percent(said[1])}${views})`)];
  const other = said === best ? second : best;
  if (other && other[1] > SECOND && other[0] !== said[0]) {
    voices.push(voice(other[0], HINT, `${who} might also be this: ${nameOf(other[0]).toLowerCase()} (${percent(other[1])})`));
  }
  return voices;
}

/** Nothing is certain, and nothing is said to be. */
const percent = (p: number): string => (p >= 0.995 ? 'over 99 %' : `${Math.round(p * 100)} %`);

function looksLike(question: Question, value: string): string {
  if (value === 'OTHER') return 'does not look like a medical image';
  const name = nameOf(value).toLowerCase();
  if (question === 'modality') return `looks like ${name}`;
  if (question === 'anatomy') return `seems to show: ${name}`;
  if (question === 'plane') return `looks like a slice in the ${name} plane`;
  return question === 'sequence' || question === 'contrast' || question === 'dimension'
    ? `looks like ${question} ${nameOf(value)}`
    : `${value === 'yes' ? 'seems' : 'does not seem'} to show ${question}`;
}
