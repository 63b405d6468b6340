// Features of an item: tumour, lesion, vessels. Always three answers, examined or not, from whatever spoke of them; with what their outlines measure.
import { type Evidence, FEATURE_KINDS, type Feature, type FeatureKind } from './evidence.ts';
import { combine } from './fuse.ts';
import { logistic } from './log-odds.ts';
import { oursFirst } from './mask.ts';
import type { Outline } from './outline.ts';

const SILENCE = 'No header, name or mask speaks of it; no model has looked.';
/** Nothing but a person is surer than this. */
const CEILING = 0.995;
/** Hints fainter than this (62 %) are no examination; whoever looked at the picture has examined it. */
const FAINT = 0.5;

export interface FeatureGrounds {
  /** For kinds that no model may look for, why (routing.ts); without it a plain sentence stands there. */
  readonly routed?: Readonly<Partial<Record<FeatureKind, string>>> | undefined;
  readonly outlines?: readonly Outline[] | undefined;
}

/** One Feature per kind, in the order of FEATURE_KINDS. */
export function features(evidence: readonly Evidence[], { routed = {}, outlines = [] }: FeatureGrounds = {}): readonly Feature[] {
  return FEATURE_KINDS.map((kind) => {
    const voices = evidence.filter((voice) => voice.question === kind && (voice.logOdds !== 0 || voice.from === 'pixels'));
    const own = outlines.filter((outline) => outline.kind === kind);
    const isExamined = voices.some((voice) => Math.abs(voice.logOdds) >= FAINT || voice.from === 'pixels');
    if (!isExamined) return silent(kind, routed[kind] ?? SILENCE);
    return examined(kind, { voices, outlines: own, routed: routed[kind] });
  });
}

/** Why nobody looked, of each kind that was not examined. */
export const reasonsOf = (known: readonly Feature[]): Readonly<Partial<Record<FeatureKind, string>>> =>
  Object.fromEntries(known.flatMap(({ kind, examined, why }) => (examined ? [] : [[kind, why]])));

const silent = (kind: FeatureKind, why: string): Feature => ({ kind, examined: false, present: null, probability: null, by: null, why });

interface Grounds {
  readonly voices: readonly Evidence[];
  readonly outlines: readonly Outline[];
  readonly routed: string | undefined;
}

function examined(kind: FeatureKind, { voices, outlines, routed }: Grounds): Feature {
  const said = voices.findLast((voice) => voice.from === 'user' && voice.logOdds > 0);
  if (said) return byPerson(kind, said, outlines);
  const weighed = [...voices.filter((voice) => voice.from !== 'pixels'), ...loudestYes(voices)];
  const odds = combine(weighed.filter((voice) => voice.value === 'yes')) - combine(weighed.filter((voice) => voice.value === 'no'));
  const probability = Math.min(CEILING, Math.max(1 - CEILING, logistic(odds)));
  const present = probability >= 0.5;
  const agreeing = weighed.filter((voice) => (voice.value === 'yes') === present);
  const loudest = (agreeing.length ? agreeing : weighed).reduce((a, b) => (b.logOdds > a.logOdds ? b : a));
  const by = loudest.from === 'pixels' ? loudest.by : loudest.because;
  const looked = voices.some((voice) => voice.from === 'pixels');
  const why = looked || routed === undefined ? whyOf(voices, loudest) : `${sentence(loudest.because)} ${routed}`;
  return { kind, examined: true, present, probability: rounded(probability), by, why, ...sizes(outlines, { present, looked }) };
}

/** Yes, no, or not sure: then it was examined, and there is no answer. */
function byPerson(kind: FeatureKind, { value, because }: Evidence, outlines: readonly Outline[]): Feature {
  if (value !== 'yes' && value !== 'no') return { kind, examined: true, present: null, probability: null, by: because, why: because };
  const present = value === 'yes';
  return {
    kind,
    examined: true,
    present,
    probability: present ? 1 : 0,
    by: because,
    why: because,
    ...sizes(outlines, { present, looked: false }),
  };
}

const oddsOfYes = ({ value, logOdds }: Evidence): number => (value === 'yes' ? logOdds : -logOdds);

/** Of those that looked at the picture, the one that is surest of a yes: no tumour of the liver is no word against one of the kidney. */
function loudestYes(voices: readonly Evidence[]): Evidence[] {
  const looked = voices.filter((voice) => voice.from === 'pixels');
  return looked.length ? [looked.reduce((a, b) => (oddsOfYes(b) > oddsOfYes(a) ? b : a))] : [];
}

/** The loudest reason first, then what else was looked for in the picture. */
function whyOf(voices: readonly Evidence[], loudest: Evidence): string {
  const others = voices.filter((voice) => voice !== loudest && voice.from === 'pixels');
  return [...new Set([loudest, ...others].map(({ because }) => because))].join('; ');
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/** Of our own outlines where there are any, else of those that came with the data; several of one kind add up. */
function sizes(
  outlines: readonly Outline[],
  { present, looked }: { present: boolean; looked: boolean },
): Pick<Feature, 'areaFraction' | 'volumeMl'> {
  if (!present) return looked ? { areaFraction: 0 } : {};
  const used = oursFirst(outlines);
  if (used.length === 0) return {};
  const volumes = used.flatMap(({ volumeMl }) => (volumeMl === null ? [] : [volumeMl]));
  const areaFraction = Math.min(
    1,
    used.reduce((sum, one) => sum + one.areaFraction, 0),
  );
  return {
    areaFraction: Number(areaFraction.toPrecision(4)),
    volumeMl: volumes.length ? Number(volumes.reduce((sum, one) => sum + one, 0).toPrecision(4)) : null,
  };
}

const rounded = (p: number): number => Math.round(p * 1000) / 1000;
