// What a header's own fields say on the modality: SOP class (PS3.4 B.5), Modality (PS3.3 C.7.3.1.1.1), and the fields only one kind of machine writes.
// SOP class is stronger than the tag: software that converts objects forgets the tag more often than the class.

import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Tags } from '../core/header.ts';
import { lookup } from '../core/lookup.ts';
import { modalityOf } from '../core/vocabulary.ts';

const STORAGE = '1.2.840.10008.5.1.4.1.1.';
/** Suffix of the SOP class → what such an object always is. Secondary captures and radiotherapy images say nothing by class. */
const BY_CLASS = lookup<string>({
  '1': 'CR',
  '1.1': 'DX',
  '1.1.1': 'DX',
  '1.2': 'MG',
  '1.2.1': 'MG',
  '1.3': 'IO',
  '1.3.1': 'IO',
  '2': 'CT',
  '2.1': 'CT',
  '2.2': 'CT',
  '3': 'US',
  '3.1': 'US',
  '6': 'US',
  '6.1': 'US',
  '6.2': 'US',
  '4': 'MR',
  '4.1': 'MR',
  '4.3': 'MR',
  '4.4': 'MR',
  '5': 'NM',
  '20': 'NM',
  '12.1': 'XA',
  '12.1.1': 'XA',
  '12.2': 'RF',
  '12.2.1': 'RF',
  '12.3': 'XA',
  '13.1.1': 'XA',
  '13.1.2': 'CT',
  '13.1.3': 'MG',
  '13.1.4': 'MG',
  '13.1.5': 'MG',
  '14.1': 'OPT',
  '14.2': 'OPT',
  '77.1.1': 'ES',
  '77.1.1.1': 'ES',
  '77.1.2': 'GM',
  '77.1.2.1': 'GM',
  '77.1.3': 'SM',
  '77.1.4': 'XC',
  '77.1.4.1': 'XC',
  '77.1.5.1': 'OP',
  '77.1.5.2': 'OP',
  '77.1.5.4': 'OPT',
  '77.1.5.5': 'OP',
  '77.1.5.6': 'OP',
  '77.1.5.7': 'OPT',
  '77.1.5.8': 'OPT',
  '77.1.6': 'SM',
  '77.1.7': 'DMS',
  '77.1.8': 'GM',
  '77.1.9': 'GM',
  '81.1': 'OPT',
  '82.1': 'OP',
  '128': 'PT',
  '128.1': 'PT',
  '130': 'PT',
});
/** Modalities whose pictures are often stored under a neighbour's class or the general ones; class and tag then speak for the tag. */
const FINER: Readonly<Record<string, readonly string[]>> = {
  US: ['IVUS'],
  CR: ['DX', 'RG', 'PX', 'IO', 'MG'],
  DX: ['CR', 'RG', 'PX', 'IO', 'MG'],
  XA: ['RF'],
  RF: ['XA'],
  IO: ['PX'],
  OP: ['OPT'],
  OPT: ['OP', 'IVUS'],
  XC: ['DMS', 'OP', 'ES', 'GM'],
  GM: ['SM'],
  SM: ['GM'],
  ES: ['GM', 'XC'],
  NM: ['PT'],
  PT: ['NM'],
  CT: ['PX', 'XA'],
};

/** Fields that only one kind of machine writes: a weak word where nothing better speaks (NIfTI and NRRD exports carry them too). */
const BY_FIELD: readonly (readonly [string, readonly string[], number])[] = [
  [
    'MR',
    [
      'EchoTime',
      'RepetitionTime',
      'MagneticFieldStrength',
      'ScanningSequence',
      'SequenceName',
      'EchoTrainLength',
      'FlipAngle',
      'InversionTime',
    ],
    2.2,
  ],
  ['CT', ['ConvolutionKernel'], 2.2],
  ['US', ['TransducerType'], 2.2],
  ['PT', ['Radiopharmaceutical', 'RadiopharmaceuticalCode', 'SeriesType'], 2],
];

const text = (tags: Tags, name: string): string => {
  const value = tags[name];
  return value === undefined ? '' : typeof value === 'object' ? value.join('\\') : String(value).trim();
};

function voice(value: string, logOdds: number, because: string): Evidence {
  return { question: 'modality', value, logOdds, from: 'header', by: 'header-modality', because };
}

function bySopClass(tags: Tags, said: string | undefined): Evidence[] {
  const uid = text(tags, 'SOPClassUID');
  const value = uid.startsWith(STORAGE) ? BY_CLASS[uid.slice(STORAGE.length)] : undefined;
  if (!value) return [];
  const because = `(0008,0016) SOP Class UID = ${uid}`;
  if (said && said !== value && FINER[value]?.includes(said)) return [voice(said, 1, `${because} allows it`)];
  return [voice(value, 6, because)];
}

function byTag(tags: Tags): { said: string | undefined; evidence: Evidence[] } {
  const code = text(tags, 'Modality');
  const said = code ? modalityOf(code.split('\\')[0] ?? '') : undefined;
  if (said) return { said, evidence: [voice(said, 5.5, `(0008,0060) Modality = ${code}`)] };
  // A series of PET/CT or of several kinds names them all; none of them is this picture for sure.
  const several = text(tags, 'ModalitiesInStudy').split('\\').map(modalityOf);
  const only = several.length === 1 ? several[0] : undefined;
  return { said: undefined, evidence: only ? [voice(only, 1.5, `(0008,0061) Modalities in Study = ${only}`)] : [] };
}

function byField(tags: Tags): Evidence[] {
  return BY_FIELD.flatMap(([value, names, most]) => {
    const present = names.filter((name) => text(tags, name) !== '');
    const odds = Math.min(most, present.length * 0.9);
    return present.length ? [voice(value, odds, `${present.slice(0, 3).join(', ')} ${present.length > 1 ? 'are' : 'is'} filled in`)] : [];
  });
}

/** Rescale Type HU is written by CT and by nothing else (PS3.3 C.11.1.1.2). */
function byUnits(tags: Tags): Evidence[] {
  const type = text(tags, 'RescaleType').toUpperCase();
  if (type === 'HU') return [voice('CT', 2.5, '(0028,1054) Rescale Type = HU')];
  const units = text(tags, 'Units').toUpperCase();
  return /^(BQML|GML|SUVBW)$/.test(units) ? [voice('PT', 2.5, `(0054,1001) Units = ${units}`)] : [];
}

function classify(seen: Seen): Evidence[] {
  const { tags, format } = seen.header;
  const { said, evidence } = byTag(tags);
  const sop = bySopClass(tags, said);
  const sure = sop.length + evidence.length > 0;
  const weak = sure ? [] : [...byField(tags), ...byUnits(tags)];
  return [
    ...sop,
    ...evidence,
    ...weak,
    ...(format === 'nifti' || format === 'nrrd' || format === 'mha' || format === 'analyze' ? byVolumeFields(tags) : []),
  ];
}

/** Fields in which volume files say what they are: NIfTI descrip, NRRD content and modality keys, MetaImage Modality = MET_MOD_CT. */
function byVolumeFields(tags: Tags): Evidence[] {
  const named = Object.entries(tags).flatMap(([name, value]) => {
    if (!/modality/i.test(name) || typeof value !== 'string' || name === 'Modality') return [];
    const said = modalityOf(value.replace(/^MET_MOD_/i, ''));
    return said ? [voice(said, 5, `${name} = ${value}`)] : [];
  });
  const met = text(tags, 'Modality').match(/^MET_MOD_(\w+)$/i)?.[1];
  const said = met ? modalityOf(met) : undefined;
  return [...named, ...(said ? [voice(said, 5, `Modality = MET_MOD_${met}`)] : []), ...byWriter(text(tags, 'descrip'))];
}

/** NIfTI's description is filled in by the program that wrote it: echo and phase by converters of MR, a name by neuroimaging packages. */
function byWriter(descrip: string): Evidence[] {
  const because = `NIfTI description = ${descrip.slice(0, 80)}`;
  if (/(^|;)TE=[\d.]+/.test(descrip) || /;phase=\d/.test(descrip)) return [voice('MR', 3.5, because)];
  return NEURO_PACKAGE.test(descrip) ? [voice('MR', 1.5, because)] : [];
}

/** SPM, FSL (which since 6 writes its version and commit), FreeSurfer, AFNI, ANTs: used on MR of the head far more than on anything else. */
const NEURO_PACKAGE = /^(spm|fsl|freesurfer|afni|ants)|^\d\.\d\.\d:[0-9a-f]{6,}|avw->header|\bspm\{/i;

export default { id: 'header-modality', answers: ['modality'], needs: 'header', classify } satisfies Classifier;
