// What headers, names of segments, folders and files say on tumour, lesion and vessels. A description says what was looked for as often as what is
// there, so a word alone is never sure; angiography and fundus photographs are of vessels by what they are.
import type { Classifier, Seen } from '../core/classifier.ts';
import { type Evidence, FEATURE_KINDS, type FeatureKind } from '../core/evidence.ts';
import type { Tags } from '../core/header.ts';
import { DATASETS } from './words/datasets.ts';
import { LESION_WORDS, TUMOUR_WORDS, VESSEL_WORDS } from './words/findings.ts';
import { type Compiled, find } from './words/match.ts';
import { partsOf } from './words/path-words.ts';
import { presenceIn, type Speaker } from './words/voices.ts';

const LEXICONS: Readonly<Record<FeatureKind, Compiled>> = { tumour: TUMOUR_WORDS, lesion: LESION_WORDS, vessels: VESSEL_WORDS };

const TEXTS: readonly (readonly [string, string, number])[] = [
  ['SeriesDescription', '(0008,103E) Series Description', 1.8],
  ['StudyDescription', '(0008,1030) Study Description', 1.4],
  ['ProtocolName', '(0018,1030) Protocol Name', 1.3],
  ['RequestedProcedureDescription', '(0032,1060) Requested Procedure Description', 1],
  ['PerformedProcedureStepDescription', '(0040,0254) Performed Procedure Step Description', 1],
  ['AdmittingDiagnosesDescription', '(0008,1080) Admitting Diagnoses Description', 1.2],
  ['ImageComments', '(0020,4000) Image Comments', 1.4],
  ['SequenceName', '(0018,0024) Sequence Name', 1.2],
  ['description', 'description', 1.4],
  ['descrip', 'NIfTI description', 1.2],
  ['content', 'NRRD content', 1.4],
  ['intent_name', 'NIfTI intent name', 1],
];

function speakAll(text: string, speaker: Speaker): Evidence[] {
  return FEATURE_KINDS.flatMap((question) => presenceIn(text, { question, lexicon: LEXICONS[question], speaker }));
}

function byTexts(tags: Tags): Evidence[] {
  return TEXTS.flatMap(([field, name, odds]) => {
    const value = tags[field];
    return typeof value === 'string' && value !== ''
      ? speakAll(value, { from: 'header', by: 'header-findings', odds, what: `${name} = ${value.slice(0, 120)}` })
      : [];
  });
}

/** A segment was drawn by somebody: its name is nearly a finding. */
function bySegments(seen: Seen): Evidence[] {
  return seen.headers.flatMap((header) =>
    (header.segments ?? []).flatMap((name) =>
      speakAll(name, { from: 'header', by: 'segments', odds: 3.5, what: `segment “${name.slice(0, 80)}”` }).filter(
        ({ value }) => value === 'yes',
      ),
    ),
  );
}

/** Pictures that are of vessels by their kind (see the report's definition of the feature). */
function byKind({ header: { tags } }: Seen): Evidence[] {
  const modality = String(tags.Modality ?? '').toUpperCase();
  const uid = String(tags.SOPClassUID ?? '').replace('1.2.840.10008.5.1.4.1.1.', '');
  const vessels = (logOdds: number, because: string): Evidence => ({
    question: 'vessels',
    value: 'yes',
    logOdds,
    from: 'header',
    by: 'header-findings',
    because,
  });
  if (modality === 'XA' || uid.startsWith('12.1') || uid === '13.1.1') return [vessels(3, 'X-ray angiography shows vessels')];
  if (modality === 'IVUS' || modality === 'IVOCT' || uid.startsWith('14.')) return [vessels(4, 'an intravascular picture')];
  if (/^77\.1\.5\.[1256]$/.test(uid) || modality === 'OP') return [vessels(3, 'a photograph of the fundus shows its vessels')];
  const type = String(Array.isArray(tags.ImageType) ? tags.ImageType.join('\\') : (tags.ImageType ?? '')).toUpperCase();
  if (/(^|\\)(ANGIO|CTA|MRA|TOF|VASC\w*|DSA)(\\|$)/.test(type)) return [vessels(2.5, `(0008,0008) Image Type = ${type}`)];
  return String(tags.AngioFlag ?? '').toUpperCase() === 'Y' ? [vessels(1.5, '(0018,0025) Angio Flag = Y')] : [];
}

/** Names of the nearest two folders and of the file; names of datasets anywhere. */
function byPath(path: string | undefined): Evidence[] {
  if (path === undefined) return [];
  const parts = partsOf(path);
  const near = parts.slice(-3).reverse();
  const words = near.flatMap((part, up) =>
    speakAll(part, {
      from: 'path',
      by: 'path-findings',
      odds: [1.5, 1.6, 1][up] ?? 1,
      what: up === 0 ? `file name “${part.trim()}”` : `folder “${part.trim()}”`,
    }),
  );
  const named = parts.flatMap((part) =>
    find(part.toLowerCase(), DATASETS).flatMap((hit) =>
      [...hit.value.matchAll(/(tumour|lesion|vessels)=(yes|no)/g)].map(
        ([, question, value]): Evidence => ({
          question: question as FeatureKind,
          value: value ?? 'yes',
          logOdds: hit.weight,
          from: 'path',
          by: 'path-findings',
          because: `“${hit.words}” in the path is the name of a dataset`,
        }),
      ),
    ),
  );
  return [...words, ...named];
}

function classify(seen: Seen): Evidence[] {
  return [...byKind(seen), ...bySegments(seen), ...byTexts(seen.header.tags), ...byPath(seen.paths[0])];
}

export default { id: 'findings', answers: FEATURE_KINDS, needs: 'header', classify } satisfies Classifier;
