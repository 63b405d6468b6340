// Voices that cannot tell some values apart: an X-ray looks the same whether film, plate or flat panel took it. Such a voice speaks for whichever
// of its values somebody else names, instead of against them.
import type { Evidence } from './evidence.ts';
import { overlap } from './vocabulary.ts';

/** The same evidence; voices with `alike` values take on the one that the others support most. */
export function withAlikes(evidence: readonly Evidence[]): readonly Evidence[] {
  if (!evidence.some((voice) => voice.alike?.length)) return evidence;
  return evidence.map((voice) => {
    if (!voice.alike?.length || voice.logOdds <= 0) return voice;
    const others = evidence.filter((one) => one.question === voice.question && !one.alike && one.logOdds > 0);
    const named = others.filter(({ value }) => voice.alike?.includes(value)).sort((a, b) => b.logOdds - a.logOdds)[0];
    // One within the other: they support each other as they are.
    return named && !overlap(named.value, voice.value) ? { ...voice, value: named.value } : voice;
  });
}
