// Names of values for people, and colours of classes. From the vocabulary; other words are made readable.
import { ANATOMY } from '../core/vocabulary.ts';
import { type FeatureState, featureOf } from './field.ts';

const ANATOMY_NAMES = new Map(ANATOMY.map((term) => [term.code, term.name]));

/** BRAIN → Brain; a code the vocabulary lacks becomes readable. */
export function anatomyName(code: string): string {
  return ANATOMY_NAMES.get(code) ?? (/^[A-Z_]{4,}$/.test(code) ? code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ') : code);
}

/** UNKNOWN → Unknown, OTHER → Other; all else is a term of the field and keeps its letters (FLAIR, X-ray, CT). */
export function sentence(value: string): string {
  return value === 'UNKNOWN' ? 'Unknown' : value === 'OTHER' ? 'Other' : value;
}

/** As sentence, of modalities and their groups: OTHER, Other → Not medical, for that is what the vocabulary means by it. */
export function modalityName(value: string): string {
  return value === 'OTHER' || value === 'Other' ? 'Not medical' : sentence(value);
}

/** First letter upper case: axial → Axial. */
export function capital(value: string): string {
  return value === 'UNKNOWN' ? 'Unknown' : value.charAt(0).toUpperCase() + value.slice(1);
}

/** "62 % of the items", "all items". */
export function portion(part: number, options: { whole: number; counting: string }): string {
  const { whole, counting } = options;
  return part === whole && whole > 0 ? `all ${counting}` : `${percent(part, whole)} of the ${counting}`;
}

/** "62 %"; never 0 % for what is there. */
export function percent(part: number, whole: number): string {
  if (!whole || !part) return '0 %';
  const value = (part / whole) * 100;
  return value < 0.5 ? '< 1 %' : value > 99.5 && part < whole ? '> 99 %' : `${Math.round(value)} %`;
}

const FORMATS: Readonly<Record<string, string>> = { nifti: 'NIfTI', analyze: 'Analyze', mha: 'MetaImage', webp: 'WebP' };

/** dicom → DICOM, nifti → NIfTI. */
export function formatName(id: string): string {
  return FORMATS[id] ?? id.toUpperCase();
}

const CONTRAST: Readonly<Record<string, string>> = { yes: 'With agent', no: 'Without agent' };

/** yes → With agent. */
export function contrastName(value: string): string {
  return CONTRAST[value] ?? capital(value);
}

const AGREEMENT: Readonly<Record<string, string>> = { agree: 'Agree', modality: 'Differ on modality', anatomy: 'Differ on anatomy' };

/** What header and picture agree or differ on: modality → Differ on modality. */
export function agreementName(value: string): string {
  return AGREEMENT[value] ?? capital(value);
}

export const STATE_NAMES: Readonly<Record<FeatureState, string>> = {
  present: 'Present',
  unsure: 'Not sure',
  absent: 'Not found',
  unexamined: 'Not examined',
};

/** tumour → Tumour; no-tumour → Tumour not found; none → None known. */
export function featureName(value: string): string {
  const feature = featureOf(value);
  if (!feature) return value === 'none' ? 'None known' : capital(value);
  const { kind, state } = feature;
  return state === 'present' ? capital(kind) : `${capital(kind)} ${STATE_NAMES[state].toLowerCase()}`;
}
