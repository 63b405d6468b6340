// How what was found reads to a person: state and sureness in words, and measures with their units. Pure.

import type { FeatureState } from '../../charts/field.ts';
import { STATE_NAMES } from '../../charts/names.ts';
import type { Feature, FeatureKind } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import type { Outline } from '../../core/outline.ts';
import { count, counted } from '../numbers.ts';
import { inWords, percent, shortValue } from './words.ts';

/** Stands wherever findings are shown. */
export const NOTICE = 'Research use, not a diagnosis.';

export function stateOfFeature({ examined, present }: Pick<Feature, 'examined' | 'present'>): FeatureState {
  if (!examined) return 'unexamined';
  return present === null ? 'unsure' : present ? 'present' : 'absent';
}

/** 0.03 → "Very unlikely, 3 %". */
function unlikelihood(probability: number): string {
  const word =
    probability < 0.02 ? 'Almost certainly not' : probability < 0.1 ? 'Very unlikely' : probability < 0.25 ? 'Unlikely' : 'Rather not';
  return `${word}, ${percent(probability)}`;
}

/** "Present", and how sure: "Very likely, 93 %". A person's word needs no figure. */
export function stateInWords(feature: Feature): { readonly state: FeatureState; readonly name: string; readonly sure: string | undefined } {
  const state = stateOfFeature(feature);
  const { probability, by } = feature;
  const told = probability !== null && by !== 'user';
  const sure = !told ? undefined : state === 'present' ? inWords(probability) : state === 'absent' ? unlikelihood(probability) : undefined;
  return { state, name: STATE_NAMES[state], sure };
}

/** 0.00123 → "0.0012", 12.34 → "12.3", 1234.5 → "1,235". */
export function figure(value: number): string {
  if (value >= 100) return count(Math.round(value));
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

/** 0.0004 → "0.04 %". */
export function fraction(value: number): string {
  const hundred = value * 100;
  return `${hundred >= 10 ? Math.round(hundred) : hundred < 0.01 && hundred > 0 ? '< 0.01' : Number(hundred.toPrecision(2))} %`;
}

/** What was measured, as pairs of name and value; what is not known is left out. `whole`: what its share is of. */
export function measuresOf(outline: Outline, item: Pick<Item, 'shape' | 'labels'>): readonly (readonly [string, string])[] {
  const { areaFraction, areaMm2, volumeMl, largestMm, count: pieces, slices } = outline;
  const [first, last] = slices;
  const many = (item.shape[2] ?? 1) > 1;
  const what = item.labels.dimension.value === '2D+t' ? 'Frames' : 'Slices';
  return [
    [many ? 'Of all pixels' : 'Of the picture', fraction(areaFraction)],
    ...(volumeMl === null ? [] : [['Volume', `${figure(volumeMl)} ml`] as const]),
    ...(areaMm2 === null ? [] : [[many ? 'Largest area' : 'Area', `${figure(areaMm2)} mm²`] as const]),
    ...(largestMm === null ? [] : [['Largest diameter', `${figure(largestMm)} mm`] as const]),
    ['Pieces', count(pieces)],
    ...(many
      ? [[what, first === last ? count(first + 1) : `${count(first + 1)}–${count(last + 1)} of ${count(item.shape[2] ?? 1)}`] as const]
      : []),
  ];
}

/** Volume where it is known, else area, else the share of the picture: "1.2 ml". */
export function sizeInWords({ volumeMl, areaMm2, areaFraction }: Pick<Outline, 'volumeMl' | 'areaMm2' | 'areaFraction'>): string {
  if (volumeMl !== null) return `${figure(volumeMl)} ml`;
  return areaMm2 === null ? fraction(areaFraction) : `${figure(areaMm2)} mm²`;
}

/** "Ultrasound (98 %), breast (91 %)": the labels by which models were chosen. */
export function routedFrom({ labels }: Pick<Item, 'labels'>): string {
  return (['modality', 'anatomy', 'sequence'] as const)
    .flatMap((question) => {
      const label = labels[question];
      if (!label || (question === 'sequence' && label.value === 'UNKNOWN')) return [];
      if (label.value === 'UNKNOWN') return [`${question} unknown`];
      return [`${shortValue(question, label.value)} (${percent(label.confidence)})`];
    })
    .join(', ');
}

/** "Polyp: 0.83, very alike". */
export function diceInWords(dice: number): string {
  const word = dice >= 0.9 ? 'nearly the same' : dice >= 0.75 ? 'much alike' : dice >= 0.5 ? 'partly alike' : 'hardly alike';
  return `${dice.toFixed(2)}, ${word}`;
}

/** Outlines of one kind: ours before those in the data, large ones first. The number is the place of its mask. */
export function outlinesOf(
  item: Pick<Item, 'outlines'>,
  kind: FeatureKind | 'organ',
): readonly { readonly outline: Outline; readonly index: number }[] {
  return (item.outlines ?? [])
    .map((outline, index) => ({ outline, index }))
    .filter(({ outline }) => outline.kind === kind)
    .sort(
      (a, b) => Number(a.outline.from === 'file') - Number(b.outline.from === 'file') || b.outline.areaFraction - a.outline.areaFraction,
    );
}

/** "and 3 more". */
export const furtherOutlines = (number: number): string => `and ${counted(number, 'more outline')}`;
