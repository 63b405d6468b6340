// How an MR or CT picture was made: MR sequence, contrast medium yes or no. From tags first, then from words.

import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence, EvidenceFrom, Question } from '../core/evidence.ts';
import type { Tags, TagValue } from '../core/header.ts';
import { lookup } from '../core/lookup.ts';
import { modalityOf } from '../core/vocabulary.ts';
import { CONTRAST_WORDS, SEQUENCE_WORDS } from './words/mr.ts';
import { partsOf } from './words/path-words.ts';
import { presenceIn, valuesIn } from './words/voices.ts';

const BY = 'acquisition';
const TEXTS: readonly (readonly [string, string, number])[] = [
  ['SeriesDescription', '(0008,103E) Series Description', 3],
  ['ProtocolName', '(0018,1030) Protocol Name', 2.4],
  ['SequenceName', '(0018,0024) Sequence Name', 2],
  ['PulseSequenceName', '(0018,9005) Pulse Sequence Name', 1.8],
  ['descrip', 'NIfTI description', 1.6],
  ['content', 'NRRD content', 2],
  ['StudyDescription', '(0008,1030) Study Description', 1],
];

const textOf = (value: TagValue | undefined): string =>
  (value === undefined ? '' : typeof value === 'object' ? value.join('\\') : String(value)).trim();
const numberOf = (value: TagValue | undefined): number | undefined => {
  const n = Number.parseFloat(textOf(value));
  return Number.isFinite(n) ? n : undefined;
};

function voice(question: Question, value: string, logOdds: number, because: string): Evidence {
  return { question, value, logOdds, from: 'header', by: BY, because };
}

/** Image Type of MR and CT names maps and localizers (PS3.3 C.8.3.1.1.1, and what Siemens, GE and Philips add). */
function byImageType(tags: Tags): Evidence[] {
  const type = textOf(tags.ImageType)
    .toUpperCase()
    .split('\\')
    .map((part) => part.trim());
  const because = `(0008,0008) Image Type = ${type.join('\\')}`;
  const has = (...names: string[]) => names.some((name) => type.includes(name));
  if (has('LOCALIZER', 'SCOUT', 'TOPOGRAM')) return [voice('sequence', 'localizer', 4, because)];
  if (has('ADC', 'ADC_UNSPECIFIED')) return [voice('sequence', 'ADC', 4.5, because)];
  if (has('DIFFUSION', 'TRACEW', 'TRACE')) return [voice('sequence', 'DWI', 4, because)];
  if (has('FMRI', 'MOSAIC') && has('FMRI', 'BOLD')) return [voice('sequence', 'BOLD', 3, because)];
  if (has('SWI')) return [voice('sequence', 'SWI', 3.5, because)];
  return has('TOF') ? [voice('sequence', 'TOF', 3.5, because)] : [];
}

/** Siemens sequence names: *tfl3d1 MPRAGE, *ep_b1000 diffusion, *epfid2d BOLD, *fl3d1 TOF or VIBE, *tir2d FLAIR or STIR, *swi3d. */
function bySequenceName(tags: Tags): Evidence[] {
  const name = textOf(tags.SequenceName).toLowerCase();
  const because = `(0018,0024) Sequence Name = ${name}`;
  if (/^\*?ep_?b\d+/.test(name)) return [voice('sequence', 'DWI', 3.5, because)];
  if ((numberOf(tags.DiffusionBValue) ?? 0) > 0) return [voice('sequence', 'DWI', 3, `diffusion b-value ${textOf(tags.DiffusionBValue)}`)];
  if (/^\*?tfl3d/.test(name)) return [voice('sequence', 'T1', 3, because)];
  if (/^\*?swi/.test(name)) return [voice('sequence', 'SWI', 3, because)];
  if (/^\*?epfid/.test(name)) return [voice('sequence', 'BOLD', 1.6, because)];
  return [];
}

/** Spin-echo times in milliseconds at 1.5 T to 3 T: short and short T1, long and long T2, with a long inversion FLAIR. Weak: gradient echoes break the rule. */
function byTimes(tags: Tags): Evidence[] {
  const te = numberOf(tags.EchoTime ?? tags.EffectiveEchoTime);
  const tr = numberOf(tags.RepetitionTime);
  const ti = numberOf(tags.InversionTime);
  const scanning = textOf(tags.ScanningSequence).toUpperCase();
  if (te === undefined || tr === undefined || /EP/.test(scanning)) return [];
  const because = `TE ${te} ms, TR ${tr} ms${ti ? `, TI ${ti} ms` : ''}`;
  if (ti !== undefined && ti >= 1500 && te >= 70) return [voice('sequence', 'FLAIR', 2.2, because)];
  if (!/SE/.test(scanning)) return [];
  if (te <= 30 && tr >= 250 && tr <= 900) return [voice('sequence', 'T1', 1.8, because)];
  return te >= 70 && tr >= 1800 && !(ti !== undefined && ti > 500) ? [voice('sequence', 'T2', 1.8, because)] : [];
}

/** Enhanced MR says the weighting outright (PS3.3 C.8.13.3.1.1). */
const ACQUISITION_CONTRAST = lookup<string>({
  T1: 'T1',
  T2: 'T2',
  T2_STAR: 'T2',
  STIR: 'T2',
  FLUID_ATTENUATED: 'FLAIR',
  DIFFUSION: 'DWI',
  TIME_OF_FLIGHT: 'TOF',
  TOF: 'TOF',
});

function byAcquisitionContrast(tags: Tags): Evidence[] {
  const said = textOf(tags.AcquisitionContrast).toUpperCase();
  const value = ACQUISITION_CONTRAST[said];
  return value ? [voice('sequence', value, 3, `(0008,9209) Acquisition Contrast = ${said}`)] : [];
}

function byAgent(tags: Tags): Evidence[] {
  const agent = textOf(tags.ContrastBolusAgent) || textOf(tags.ContrastBolusAgentMeaning);
  if (agent === '') return [];
  const because = `(0018,0010) Contrast/Bolus Agent = ${agent.slice(0, 60)}`;
  if (/^(no|none|nein|kein|ohne|without|w\/o|non|aucun|sans|sin|ninguno|nessuno|senza|sem|zonder|geen|nativ|0)\b/i.test(agent))
    return [voice('contrast', 'no', 3, because)];
  return [voice('contrast', 'yes', /oral/i.test(agent) && !/iv\b|intraven/i.test(agent) ? 0.8 : 4, because)];
}

function byTexts(
  texts: readonly (readonly [text: string, odds: number, what: string])[],
  { from, mr }: { from: EvidenceFrom; mr: boolean },
): Evidence[] {
  return texts.flatMap(([text, odds, what]) => {
    const speaker = { from, by: BY, odds, what };
    const sequences = mr ? oneSequence(valuesIn(text, { question: 'sequence', lexicon: SEQUENCE_WORDS, speaker })) : [];
    return [...sequences, ...presenceIn(withSigns(text), { question: 'contrast', lexicon: CONTRAST_WORDS, speaker, no: 1 })];
  });
}

/** "T2 FLAIR" is FLAIR, "ADC of DWI" is ADC: the special name wins over the weighting it builds on. */
function oneSequence(heard: readonly Evidence[]): Evidence[] {
  for (const special of ['localizer', 'ADC', 'FLAIR', 'SWI', 'TOF', 'DWI', 'BOLD']) {
    const found = heard.find((one) => one.value === special);
    if (found) return [{ ...found, logOdds: Math.round(found.logOdds * Math.sqrt(heard.length) * 100) / 100 }];
  }
  return [...heard];
}

/** C+, C-, +C and +KM are words with signs. */
function withSigns(text: string): string {
  return text
    .replace(/(^|[\s_/(-])(C\+|\+\s?C|\+\s?KM|\+\s?GD|\+\s?contrast|S\+C)(?![a-z])/gi, '$1 post_contrast ')
    .replace(/(^|[\s_/(])(C-|-C|-KM|S-C)(?![a-z0-9])/gi, '$1 non_contrast ');
}

function classify({ header: { tags, format }, paths, layout }: Seen): Evidence[] {
  const modality = modalityOf(textOf(tags.Modality).split('\\')[0] ?? '');
  const volume = /^(nifti|analyze|nrrd|mha)$/.test(format);
  const mr = modality === 'MR' || (modality === undefined && volume);
  if (!mr && modality !== 'CT') return [];
  const header = TEXTS.map(
    ([field, name, odds]) => [textOf(tags[field]), odds, `${name} = ${textOf(tags[field]).slice(0, 120)}`] as const,
  ).filter(([text]) => text !== '');
  const path = partsOf(paths[0] ?? '')
    .slice(-2)
    .reverse()
    .map((part, up) => [part, up ? 1.2 : 2, `${up ? 'folder' : 'file name'} “${part.trim()}”`] as const);
  const scout = modality === 'CT' && layout.slices <= 2 && /LOCALIZER|SCOUT|TOPOGRAM/i.test(textOf(tags.ImageType));
  return [
    ...(mr
      ? [...byImageType(tags), ...byAcquisitionContrast(tags), ...bySequenceName(tags), ...byTimes(tags)]
      : scout
        ? byImageType(tags)
        : []),
    ...byAgent(tags),
    ...byTexts(header, { from: 'header', mr }),
    ...byTexts(path, { from: 'path', mr }),
  ];
}

export default { id: BY, answers: ['sequence', 'contrast'], needs: 'header', classify } satisfies Classifier;
