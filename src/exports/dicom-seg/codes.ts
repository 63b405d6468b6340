// What a segment is, in codes: category and type (PS3.16 CID 7150, 7151 and 7166, SNOMED CT), and the body part it lies in.
import type { Mask } from '../../core/mask.ts';
import { ANATOMY } from '../../core/vocabulary.ts';
import type { DataSet, Element } from './elements.ts';

export interface Code {
  readonly value: string;
  readonly scheme: 'SCT' | 'DCM';
  readonly meaning: string;
}

const ALTERED: Code = { value: '49755003', scheme: 'SCT', meaning: 'Morphologically Abnormal Structure' };
const STRUCTURE: Code = { value: '123037004', scheme: 'SCT', meaning: 'Anatomical Structure' };
const NEOPLASM: Code = { value: '108369006', scheme: 'SCT', meaning: 'Neoplasm' };
const LESION: Code = { value: '52988006', scheme: 'SCT', meaning: 'Lesion' };
const VESSEL: Code = { value: '59820001', scheme: 'SCT', meaning: 'Blood Vessel' };
const ORGAN: Code = { value: '113343008', scheme: 'SCT', meaning: 'Organ' };

/** A sequence of one coded entry (PS3.3 8.8). */
export function coded(tag: number, { value, scheme, meaning }: Code): Element {
  const item: DataSet = [
    [0x00080100, 'SH', value],
    [0x00080102, 'SH', scheme],
    [0x00080104, 'LO', meaning],
  ];
  return [tag, 'SQ', [item]];
}

/** Category and type of what a mask outlines. An organ that the vocabulary names has its own code. */
export function propertyOf({ kind, label }: Pick<Mask, 'kind' | 'label'>): { category: Code; type: Code } {
  if (kind === 'tumour') return { category: ALTERED, type: NEOPLASM };
  if (kind === 'lesion') return { category: ALTERED, type: LESION };
  if (kind === 'vessels') return { category: STRUCTURE, type: VESSEL };
  return { category: STRUCTURE, type: organCode(label) ?? ORGAN };
}

function organCode(label: string): Code | undefined {
  const word = label.trim().toLowerCase();
  const term = ANATOMY.find(({ name, code }) => name.toLowerCase() === word || code.toLowerCase() === word);
  return term?.snomed ? { value: term.snomed, scheme: 'SCT', meaning: term.name } : undefined;
}

/** The body part of a label, where the vocabulary has a code for it. */
export function regionCode(anatomy: string): Code | undefined {
  const term = ANATOMY.find(({ code }) => code === anatomy);
  return term?.snomed ? { value: term.snomed, scheme: 'SCT', meaning: term.name } : undefined;
}
