// Fusing: many voices on one question become one label with a calibrated confidence. Pure; how strong a voice is, is the classifier's business.
// Log-odds of independent voices add up; voices that copy each other do not.
import { compare, neighbours } from './agreement.ts';
import type { Evidence, Label, Question } from './evidence.ts';
import { ancestors, groupOf } from './vocabulary.ts';

/** Share of a further voice of the same classifier and kind: it read the same text twice. */
const SAME_SPEAKER = 0.15;
/** Share of a further classifier that looked at the same kind of thing: header fields are copied from each other. */
const SAME_KIND = 0.4;
/** Support from which on two unrelated values are a disagreement worth showing (92 %). */
const STRONG = 2.5;
/** Support that a narrower body part needs to be named instead of a parent that somebody named, and its lead over the next one in any case. */
const DESCEND = 1.2;
const LEAD = 0.7;
/** Nothing but a person is surer than this. */
const CEILING = 0.995;
/** Below this a label is UNKNOWN: guessing costs more than saying nothing. Roles err towards image, so that no image is lost. */
const ENOUGH: Partial<Record<Question, number>> = { role: 0.75, dimension: 0, sequence: 0.65, contrast: 0.65 };
const ENOUGH_ELSE = 0.6;

/** Natural-log odds that a kind of picture has before anything is seen; only those far from the middle. */
const PRIOR: Readonly<Record<string, number>> = {
  CT: 0.2,
  MR: 0.2,
  DX: 0.1,
  IVUS: -0.4,
  RG: -0.3,
  PX: -0.2,
  IO: -0.2,
  GM: -0.3,
  DMS: -0.1,
  OTHER: -0.5,
};

/**
 * One label from all evidence on one question. Dimension falls back to 2D; every other question to UNKNOWN, whose confidence is the
 * probability of the best guess that was not good enough (0 where nobody spoke). A person's word always wins.
 */
export function fuse(question: Question, evidence: readonly Evidence[]): Label {
  const voices = evidence.filter((voice) => voice.question === question);
  const said = voices.findLast((voice) => voice.from === 'user' && voice.logOdds > 0);
  if (said) return { value: said.value, confidence: 1, conflict: false, evidence: voices };
  const found = descend(question, voices);
  const fallback = question === 'dimension' ? '2D' : 'UNKNOWN';
  const value =
    found.value !== undefined && (found.conflict || found.confidence >= (ENOUGH[question] ?? ENOUGH_ELSE)) ? found.value : fallback;
  const conflict = found.conflict || compare(question, voices) === 'differ';
  return { value, confidence: round(Math.min(found.confidence, CEILING)), conflict, evidence: voices };
}

/** Support in natural-log odds for one side, with voices that depend on each other damped. Order does not matter. */
export function combine(voices: readonly { readonly logOdds: number; readonly from: string; readonly by: string }[]): number {
  const sides = [1, -1].map((sign) => {
    const speakers = new Map<string, { from: string; odds: number[] }>();
    for (const { from, by, logOdds } of voices) {
      if (logOdds * sign <= 0) continue;
      const speaker = speakers.get(`${from}|${by}`) ?? { from, odds: [] };
      speaker.odds.push(Math.abs(logOdds));
      speakers.set(`${from}|${by}`, speaker);
    }
    const kinds = new Map<string, number[]>();
    for (const { from, odds } of speakers.values()) kinds.set(from, [...(kinds.get(from) ?? []), damped(odds, SAME_SPEAKER)]);
    return [...kinds.values()].reduce((sum, kind) => sum + damped(kind, SAME_KIND), 0);
  });
  return (sides[0] ?? 0) - (sides[1] ?? 0);
}

/** The strongest in full, the others by a share, at most doubling it. */
function damped(odds: readonly number[], share: number): number {
  const top = Math.max(...odds);
  const rest = odds.reduce((sum, one) => sum + one, 0) - top;
  return top + Math.min(top, rest * share);
}

interface Branch {
  readonly value: string;
  readonly support: number;
}

/** Walks from the best-supported top value to the narrowest one that is still well supported. */
function descend(question: Question, voices: readonly Evidence[]): { value: string | undefined; confidence: number; conflict: boolean } {
  const tree = treeOf(question, voices);
  let level = branches(tree, undefined, voices);
  let [best, second] = level;
  if (!best) return { value: undefined, confidence: 0, conflict: false };
  let conflict = disagree(question, best, second);
  let confidence = share(best, level, 1);
  let value = best.value;
  for (;;) {
    level = branches(tree, value, voices);
    [best, second] = level;
    const mustGoOn = value.startsWith('group ');
    const at = value;
    const parentSpoke = voices.some((voice) => voice.value === at && voice.logOdds > 0);
    if (!best || (!mustGoOn && (best.support < (parentSpoke ? DESCEND : 0) || best.support - (second?.support ?? 0) < LEAD))) break;
    if (!mustGoOn) conflict ||= second !== undefined && second.support >= STRONG;
    confidence *= share(best, level, parentSpoke ? 1 : 0);
    value = best.value;
  }
  return { value: value.startsWith('group ') ? undefined : value, confidence, conflict };
}

/** value → its chain from the top, itself last. Modalities of one chart group are cousins, except the optical ones, which have little in common. */
function treeOf(question: Question, voices: readonly Evidence[]): ReadonlyMap<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>();
  for (const { value } of voices) {
    if (question === 'anatomy') chains.set(value, [...ancestors(value)].reverse().concat(value));
    else if (question === 'modality' && groupOf(value) !== 'Optical') chains.set(value, [`group ${groupOf(value)}`, value]);
    else chains.set(value, [value]);
  }
  return chains;
}

/** The values right below `parent` that somebody supports, best first. Voices for what is below count; voices against count from above. */
function branches(tree: ReadonlyMap<string, readonly string[]>, parent: string | undefined, voices: readonly Evidence[]): Branch[] {
  const below = new Set<string>();
  for (const chain of tree.values()) {
    const at = parent === undefined ? -1 : chain.indexOf(parent);
    const next = chain[at + 1];
    if ((parent === undefined || at >= 0) && next) below.add(next);
  }
  const out: Branch[] = [];
  for (const value of below) {
    const heard = voices.filter((voice) => {
      const within = tree.get(voice.value)?.includes(value);
      return voice.logOdds > 0 || value.startsWith('group ') ? within : voice.value === value;
    });
    if (!heard.some((voice) => voice.logOdds > 0)) continue;
    const support = combine(heard) + (PRIOR[value] ?? PRIOR[value.replace('group ', '')] ?? 0);
    if (support > 0) out.push({ value, support });
  }
  return out.sort((a, b) => b.support - a.support || (a.value < b.value ? -1 : 1));
}

/** Probability of one branch among its like and `rest`, the odds of none of them. */
function share(branch: Branch, level: readonly Branch[], rest: number): number {
  const all = level.reduce((sum, one) => sum + Math.exp(one.support - branch.support), 0);
  return 1 / (all + rest * Math.exp(-branch.support));
}

function disagree(question: Question, best: Branch, second: Branch | undefined): boolean {
  if (!second || best.support < STRONG || second.support < STRONG) return false;
  if (question !== 'anatomy') return true;
  return !neighbours(best.value, second.value);
}

const round = (p: number): number => Math.round(p * 1000) / 1000;
