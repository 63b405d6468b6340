// Features of an item: tumour, lesion, vessels. Always three answers, examined or not, from whatever spoke of them.
import { type Evidence, FEATURE_KINDS, type Feature, type FeatureKind } from './evidence.ts';
import { combine } from './fuse.ts';

const SILENCE = 'No header, name or mask speaks of it; no model has looked.';
/** Nothing but a person is surer than this. */
const CEILING = 0.995;
/** Hints fainter than this (62 %) are no examination. */
const FAINT = 0.5;

/**
 * One Feature per kind, in the order of FEATURE_KINDS. `routed` says, for kinds on which nobody spoke, why no model looked
 * ("No model reads dermoscopy yet."); without it a plain sentence stands there.
 */
export function features(evidence: readonly Evidence[], routed: Readonly<Partial<Record<FeatureKind, string>>> = {}): readonly Feature[] {
  return FEATURE_KINDS.map((kind) => {
    const voices = evidence.filter((voice) => voice.question === kind && voice.logOdds !== 0);
    return voices.some((voice) => Math.abs(voice.logOdds) >= FAINT) ? examined(kind, voices) : silent(kind, routed[kind] ?? SILENCE);
  });
}

const silent = (kind: FeatureKind, why: string): Feature => ({ kind, examined: false, present: null, probability: null, by: null, why });

function examined(kind: FeatureKind, voices: readonly Evidence[]): Feature {
  const said = voices.findLast((voice) => voice.from === 'user' && voice.logOdds > 0);
  const yes = combine(voices.filter((voice) => voice.value === 'yes'));
  const no = combine(voices.filter((voice) => voice.value === 'no'));
  const odds = yes - no;
  const probability = said ? (said.value === 'yes' ? 1 : 0) : Math.min(CEILING, Math.max(1 - CEILING, 1 / (1 + Math.exp(-odds))));
  const present = probability >= 0.5;
  const agreeing = voices.filter((voice) => (voice.value === 'yes') === present);
  const loudest = said ?? (agreeing.length ? agreeing : voices).reduce((a, b) => (b.logOdds > a.logOdds ? b : a));
  const by = loudest.from === 'pixels' ? loudest.by : loudest.because;
  return { kind, examined: true, present, probability: Math.round(probability * 1000) / 1000, by, why: loudest.because };
}
