// How labels and their reasons read to a person: names of values, sureness in words, who says what. Pure.
import type { Evidence, EvidenceFrom, Question } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import { logistic } from '../../core/log-odds.ts';
import { ANATOMY, MODALITIES } from '../../core/vocabulary.ts';

export const QUESTION_NAMES: Readonly<Record<Question, string>> = {
  dimension: 'Dimension',
  modality: 'Modality',
  anatomy: 'Anatomy',
  sequence: 'Sequence',
  contrast: 'Contrast agent',
  plane: 'Plane',
  role: 'Role',
  tumour: 'Tumour',
  lesion: 'Lesion',
  vessels: 'Vessels',
};

/** In the order in which they convince; the same order everywhere. */
const VOICES: readonly { readonly from: EvidenceFrom; readonly name: string }[] = [
  { from: 'user', name: 'You' },
  { from: 'header', name: 'Header' },
  { from: 'pixels', name: 'Picture itself' },
  { from: 'geometry', name: 'Geometry' },
  { from: 'voxels', name: 'Voxel values' },
  { from: 'sidecar', name: 'Side file' },
  { from: 'path', name: 'File name and path' },
];

const VALUE_NAMES: Readonly<Record<string, string>> = {
  UNKNOWN: 'Unknown',
  '2D': 'Single image (2D)',
  '3D': 'Volume (3D)',
  '2D+t': 'Image over time (2D+t)',
  '3D+t': 'Volume over time (3D+t)',
  yes: 'Yes',
  no: 'No',
  T1: 'T1-weighted',
  T2: 'T2-weighted',
  PD: 'Proton density',
  DWI: 'Diffusion-weighted (DWI)',
  ADC: 'Diffusion map (ADC)',
  SWI: 'Susceptibility-weighted (SWI)',
  TOF: 'Time-of-flight angiography (TOF)',
  BOLD: 'Functional (BOLD)',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "CT" → "Computed tomography (CT)"; what the vocabulary does not name stays as it is. */
export function valueName(question: Question, value: string): string {
  if (value === 'UNKNOWN') return 'Unknown';
  if (question === 'modality') {
    const name = MODALITIES.find((term) => term.code === value)?.name;
    return name ? (value === 'OTHER' ? name : `${name} (${value})`) : value;
  }
  if (question === 'anatomy') return ANATOMY.find((term) => term.code === value)?.name ?? value;
  return VALUE_NAMES[value] ?? capital(value);
}

/** As it reads inside a sentence: CT, X-ray angiography, lung, 3D, without contrast agent. */
export function shortValue(question: Question, value: string): string {
  if (question === 'modality')
    return value === 'CT' || value === 'MR' ? value : uncapital(MODALITIES.find(({ code }) => code === value)?.name ?? value);
  if (question === 'anatomy') return uncapital(valueName(question, value));
  if (question === 'contrast') return value === 'yes' ? 'with contrast agent' : value === 'no' ? 'without contrast agent' : value;
  return value;
}

/** Abbreviations keep their letters: X-ray, CT. */
const uncapital = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const CHOICES: Readonly<Partial<Record<Question, readonly string[]>>> = {
  dimension: ['2D', '3D', '2D+t', '3D+t'],
  modality: MODALITIES.map((term) => term.code),
  anatomy: ANATOMY.map((term) => term.code),
  sequence: ['T1', 'T2', 'PD', 'FLAIR', 'DWI', 'ADC', 'SWI', 'TOF', 'BOLD', 'localizer'],
  contrast: ['yes', 'no'],
  plane: ['axial', 'sagittal', 'coronal', 'oblique'],
};

/** What a person may choose: the vocabulary, and the machine's answer if that is not in it. */
export function choicesFor(question: Question, value: string | undefined): readonly { value: string; label: string }[] {
  const values = CHOICES[question] ?? ['yes', 'no'];
  const all = value === undefined || values.includes(value) || value === 'UNKNOWN' ? values : [...values, value];
  return all.map((one) => ({ value: one, label: valueName(question, one) }));
}

/** The questions that make sense for an item: the three main ones, and the further ones that were answered or usually are. */
export function questionsFor(item: Item): readonly Question[] {
  const { modality, dimension } = item.labels;
  const applies: Readonly<Record<'sequence' | 'contrast' | 'plane', boolean>> = {
    sequence: modality.value === 'MR',
    contrast: modality.value === 'MR' || modality.value === 'CT',
    plane: dimension.value.startsWith('3D'),
  };
  const further = (['sequence', 'contrast', 'plane'] as const).filter(
    (question) => applies[question] || item.labels[question] !== undefined,
  );
  return ['dimension', 'modality', 'anatomy', ...further];
}

/** 0.97 → "Very likely". */
export function likelihood(confidence: number): string {
  if (confidence >= 0.98) return 'Almost certain';
  if (confidence >= 0.9) return 'Very likely';
  if (confidence >= 0.75) return 'Likely';
  if (confidence >= 0.5) return 'More likely than not';
  return 'A guess';
}

/** 0.97 → "Very likely, 97 %". */
export const inWords = (confidence: number): string => `${likelihood(confidence)}, ${percent(confidence)}`;

/** 0.97 → "97 %"; nothing that was weighed is certain. */
export function percent(probability: number): string {
  if (probability > 0.99) return '> 99 %';
  if (probability < 0.01) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** Evidence by who says it, the strongest first in each. Empty voices are left out. */
export function byVoice(evidence: readonly Evidence[]): readonly { readonly name: string; readonly pieces: readonly Evidence[] }[] {
  return VOICES.flatMap(({ from, name }) => {
    const pieces = evidence.filter((piece) => piece.from === from).sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
    return pieces.length ? [{ name, pieces }] : [];
  });
}

/** How strongly a piece speaks for the label's value; another value is named, and what speaks against says so. */
export function leaning(question: Question, { piece, value }: { piece: Evidence; value: string }): string {
  const other = piece.value === value ? '' : `${valueName(question, piece.value)}, `;
  // A second guess: told with its own figure, and not counted. Even odds would read as 50 %.
  if (piece.logOdds === 0) return `${other}not weighed`;
  if (piece.logOdds < 0) return `against ${other}${percent(logistic(-piece.logOdds))}`;
  return `${other}${percent(logistic(piece.logOdds))}`;
}
