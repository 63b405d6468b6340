// What the words of a header say: body part and modality from Body Part Examined, coded regions, descriptions, protocol, view, SOP class and device.

import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Tags, TagValue } from '../core/header.ts';
import { lookup } from '../core/lookup.ts';
import { regionsOf } from '../core/vocabulary.ts';
import { MODALITY_WORDS } from './words/modality.ts';
import { anatomyIn, valuesIn } from './words/voices.ts';

const BY = 'header-words';

/** Free text in order of trust; log-odds of a clear word for [anatomy, modality]. The series knows better than the study what it shows. */
const TEXTS: readonly (readonly [field: string, name: string, anatomy: number, modality: number])[] = [
  ['SeriesDescription', '(0008,103E) Series Description', 2.6, 1.6],
  ['ProtocolName', '(0018,1030) Protocol Name', 2.3, 1.4],
  ['StudyDescription', '(0008,1030) Study Description', 2.2, 1.4],
  ['RequestedProcedureDescription', '(0032,1060) Requested Procedure Description', 2.1, 1.4],
  ['PerformedProcedureStepDescription', '(0040,0254) Performed Procedure Step Description', 2.1, 1.4],
  ['ProcedureCodeMeaning', '(0008,1032) Procedure Code Sequence', 2.1, 1.4],
  ['SpecimenShortDescription', '(0040,0600) Specimen Short Description', 1.4, 0.6],
  ['ImageComments', '(0020,4000) Image Comments', 1.4, 1],
  ['DerivationDescription', '(0008,2111) Derivation Description', 0.8, 0.6],
  ['SequenceName', '(0018,0024) Sequence Name', 0.6, 1],
  ['ManufacturerModelName', '(0008,1090) Manufacturer Model Name', 0.6, 1],
  ['description', 'description', 1.6, 1.4],
  ['descrip', 'NIfTI description', 1.6, 1.4],
  ['intent_name', 'NIfTI intent name', 1, 0.8],
  ['db_name', 'NIfTI database name', 1.2, 1],
  ['aux_file', 'NIfTI auxiliary file', 0.8, 0.8],
  ['content', 'NRRD content', 1.6, 1.4],
  ['Comment', 'comment', 1.2, 1],
  ['ImageDescription', 'image description', 1.6, 1.4],
];

/** What a SOP class shows wherever it is used; suffix after 1.2.840.10008.5.1.4.1.1. */
const ANATOMY_OF_CLASS = lookup<readonly [string, number]>({
  '1.2': ['BREAST', 5],
  '1.2.1': ['BREAST', 5],
  '13.1.3': ['BREAST', 5],
  '13.1.4': ['BREAST', 5],
  '13.1.5': ['BREAST', 5],
  '1.3': ['JAW', 4.5],
  '1.3.1': ['JAW', 4.5],
  '13.1.2': ['HEAD', 3],
  '14.1': ['HEART', 3],
  '14.2': ['HEART', 3],
  '77.1.5.1': ['EYE', 5],
  '77.1.5.2': ['EYE', 5],
  '77.1.5.4': ['EYE', 5],
  '77.1.5.5': ['EYE', 5],
  '77.1.5.6': ['EYE', 5],
  '77.1.5.7': ['EYE', 5],
  '77.1.5.8': ['EYE', 5],
  '81.1': ['EYE', 5],
  '82.1': ['EYE', 5],
  '77.1.7': ['SKIN', 4.5],
  '77.1.6': ['TISSUE', 2],
});
const ANATOMY_OF_MODALITY = lookup<readonly [string, number]>({
  MG: ['BREAST', 4.5],
  OP: ['EYE', 4.5],
  OPT: ['EYE', 3.5],
  IO: ['JAW', 4],
  PX: ['JAW', 4],
  IVUS: ['HEART', 2.5],
  DMS: ['SKIN', 4],
  SM: ['TISSUE', 1.5],
});

/** Views that only one body part has; PA and AP belong to many. */
const VIEWS: readonly (readonly [RegExp, string, number])[] = [
  [/\b(R|L)?(MLO|CC|XCCL|XCCM|LMO|SIO)\b/, 'BREAST', 3],
  [/\b(A4C|A2C|PLAX|PSAX|SUBCOSTAL)\b/, 'HEART', 2.5],
  [/\b(WATERS|CALDWELL|TOWNES?)\b/, 'SKULL', 2],
];

const textOf = (value: TagValue | undefined): string =>
  (value === undefined ? '' : typeof value === 'object' ? value.join(' ') : String(value)).trim();

function voice(question: 'anatomy' | 'modality', value: string, logOdds: number, because: string): Evidence {
  return { question, value, logOdds, from: 'header', by: BY, because };
}

/** Body Part Examined is chosen with the protocol: wrong in one file of ten or so, and hardly more than a hint where it says EXTREMITY. */
function byBodyPart(tags: Tags): Evidence[] {
  const term = textOf(tags.BodyPartExamined);
  if (term === '') return [];
  const because = `(0018,0015) Body Part Examined = ${term}`;
  const regions = regionsOf(term);
  if (regions.length === 0) return anatomyIn(term, { from: 'header', by: BY, odds: 2.6, what: because });
  return regions.map((value, i) => voice('anatomy', value, regions.length === 1 ? 3 : i === 0 ? 2.2 : 0.3, because));
}

/** The coded region of Anatomic Region Sequence: its code first, then the words of its meaning. */
function byCode(tags: Tags): Evidence[] {
  return (['AnatomicRegion', 'PrimaryAnatomicStructure'] as const).flatMap((field) => {
    const [code, meaning] = [textOf(tags[`${field}Code`]), textOf(tags[field])];
    if (code === '' && meaning === '') return [];
    const because = `${field.replace(/([a-z])([A-Z])/g, '$1 $2')} = ${meaning || code}`;
    const [coded] = [...regionsOf(code), ...regionsOf(meaning)];
    return coded ? [voice('anatomy', coded, 3.4, because)] : anatomyIn(meaning, { from: 'header', by: BY, odds: 3, what: because });
  });
}

function byTexts(tags: Tags): Evidence[] {
  return TEXTS.flatMap(([field, name, anatomy, modality]) => {
    const text = textOf(tags[field]);
    if (text === '') return [];
    const what = `${name} = ${text.slice(0, 120)}`;
    const speaker = { from: 'header', by: BY, what } as const;
    return [
      ...(anatomy ? anatomyIn(text, { ...speaker, odds: anatomy }) : []),
      ...(modality ? valuesIn(text, { question: 'modality', lexicon: MODALITY_WORDS, speaker: { ...speaker, odds: modality } }) : []),
    ];
  });
}

function byClassAndView(tags: Tags): Evidence[] {
  const uid = textOf(tags.SOPClassUID).replace('1.2.840.10008.5.1.4.1.1.', '');
  const modality = textOf(tags.Modality).toUpperCase();
  const view = `${textOf(tags.ViewPosition)} ${textOf(tags.ViewCodeMeaning)}`.toUpperCase();
  const known = ANATOMY_OF_CLASS[uid];
  const usual = ANATOMY_OF_MODALITY[modality];
  return [
    ...(known ? [voice('anatomy', known[0], known[1], `(0008,0016) SOP Class UID = ${textOf(tags.SOPClassUID)}`)] : []),
    ...(!known && usual ? [voice('anatomy', usual[0], usual[1], `(0008,0060) Modality = ${modality}`)] : []),
    ...VIEWS.filter(([pattern]) => pattern.test(view)).map(([, value, odds]) => voice('anatomy', value, odds, `View = ${view.trim()}`)),
  ];
}

/** Image Type of nuclear cardiology and of echo names the organ (PS3.3 C.8.4.9.1.1). */
function byImageType(tags: Tags): Evidence[] {
  const type = textOf(tags.ImageType).toUpperCase();
  return /EPICARD|ENDOCARD|CARDIAC/.test(type) ? [voice('anatomy', 'HEART', 2.5, `(0008,0008) Image Type = ${type}`)] : [];
}

/** Neuroimaging packages sign the description of what they write (NIfTI); heads are what they are used on. */
function byPackage(tags: Tags): Evidence[] {
  const descrip = textOf(tags.descrip);
  const signed = /^(spm|fsl|freesurfer|afni)|^\d\.\d\.\d:[0-9a-f]{6,}|avw->header|\bspm\{/i.test(descrip);
  return signed ? [voice('anatomy', 'BRAIN', 1.2, `NIfTI description = ${descrip.slice(0, 80)}`)] : [];
}

function classify({ header: { tags } }: Seen): Evidence[] {
  return [...byPackage(tags), ...byBodyPart(tags), ...byCode(tags), ...byClassAndView(tags), ...byImageType(tags), ...byTexts(tags)];
}

export default { id: BY, answers: ['anatomy', 'modality'], needs: 'header', classify } satisfies Classifier;
