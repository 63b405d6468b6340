// From hits of words to evidence: which words speak, how loud, and what "chest, abdomen, pelvis" means for one label.
import type { Evidence, EvidenceFrom, Question } from '../../core/evidence.ts';
import { ancestors } from '../../core/vocabulary.ts';
import { ANATOMY_WORDS } from './anatomy.ts';
import { type Compiled, find, type Hit } from './match.ts';

export interface Speaker {
  readonly from: EvidenceFrom;
  readonly by: string;
  /** Log-odds of a clear word here. */
  readonly odds: number;
  /** What was read, for people: (0008,103E) Series Description = "…". */
  readonly what: string;
}

/** How much one region of several in one examination weighs; the leading one keeps more, so that it is the best guess but no certainty. */
const LEADING = 0.8;
const FURTHER = 0.1;

/** In a path an ambiguous word is mostly something else ('us', 'arm'); where a header names body parts it mostly is one ('Hand', 'KUB'). */
const IN_PATH = 0.3;
const IN_ANATOMY = 2.1;
const trust = (weight: number, from: EvidenceFrom, clear = 1): number => (weight === 1 ? 1 : weight * (from === 'path' ? IN_PATH : clear));

/** Body parts in a text. Unrelated ones in the same text are an examination of several regions, not a disagreement. */
export function anatomyIn(text: string, speaker: Speaker): Evidence[] {
  const hits = find(text, ANATOMY_WORDS).filter(({ value, negated }) => value !== '' && !negated);
  return regions(hits, speaker);
}

function regions(hits: readonly Hit[], speaker: Speaker): Evidence[] {
  const spoken = new Map<string, Hit & { lead: boolean; shared: boolean }>();
  for (const hit of hits) {
    const list = hit.value.split(' ');
    for (const [place, value] of list.entries()) {
      const before = spoken.get(value);
      if (!before || before.weight < hit.weight) spoken.set(value, { ...hit, value, lead: place === 0, shared: list.length > 1 });
    }
  }
  const clear = [...spoken.values()].filter((hit) => hit.weight === 1);
  const heard = clear.length ? clear : [...spoken.values()];
  const narrow = heard.filter((hit) => !heard.some((other) => other !== hit && ancestors(other.value).includes(hit.value)));
  const several = narrow.length > 1;
  return narrow.map((hit, i) => {
    const lead = hit.shared ? hit.lead : i === 0;
    const odds = speaker.odds * trust(hit.weight, speaker.from, IN_ANATOMY) * (several ? (lead ? LEADING : FURTHER) : 1);
    return said('anatomy', hit.value, odds, speaker);
  });
}

/** Values of one question in a text, each once; ambiguous words only where no clear one speaks. */
export function valuesIn(
  text: string,
  { question, lexicon, speaker }: { question: Question; lexicon: Compiled; speaker: Speaker },
): Evidence[] {
  const loudest = new Map<string, Hit>();
  for (const hit of find(text, lexicon)) {
    if (hit.negated) continue;
    const before = loudest.get(hit.value);
    if (!before || hit.weight > before.weight) loudest.set(hit.value, hit);
  }
  const all = [...loudest.values()];
  const clear = all.filter((hit) => hit.weight === 1);
  const heard = clear.length ? clear : all;
  return heard.map((hit) => said(question, hit.value, (speaker.odds * trust(hit.weight, speaker.from)) / Math.sqrt(heard.length), speaker));
}

/** Yes or no on a feature; a negated word turns yes into a no; `no` is what a no weighs beside a yes: absence is seldom said as firmly. */
export function presenceIn(
  text: string,
  { question, lexicon, speaker, no: share = 0.7 }: { question: Question; lexicon: Compiled; speaker: Speaker; no?: number },
): Evidence[] {
  const hits = find(text, lexicon);
  const yes = hits.filter((hit) => hit.value === 'yes' && !hit.negated);
  const no = hits.filter((hit) => (hit.value === 'yes' && hit.negated) || (hit.value === 'no' && !hit.negated));
  const side = (value: string, list: readonly Hit[], odds: number) =>
    list.length ? [said(question, value, odds * Math.max(...list.map((hit) => trust(hit.weight, speaker.from))), speaker)] : [];
  return [...side('yes', yes, speaker.odds), ...side('no', no, speaker.odds * share)];
}

function said(question: Question, value: string, logOdds: number, { from, by, what }: Speaker): Evidence {
  return { question, value, logOdds: Math.round(logOdds * 100) / 100, from, by, because: what };
}
