// The only list of labels. Values, groups and parents are those of the report contract; codes are DICOM's (PS3.3 C.7.3.1.1.1, PS3.16 Annex L).
// The training code reads the same list, exported as JSON, so a model cannot speak another language.
import { ANATOMY_CODES, BODY_PART_TERMS, COMPOUND_TERMS } from './body-part-terms.ts';

export interface ModalityTerm {
  readonly code: string;
  readonly group: string;
  readonly name: string;
}

export interface AnatomyTerm {
  readonly code: string;
  readonly parent: string | null;
  readonly name: string;
  /** SNOMED CT concept; absent where there is no single one. */
  readonly snomed?: string;
}

export const MODALITIES: readonly ModalityTerm[] = [
  { code: 'CT', group: 'CT', name: 'Computed tomography' },
  { code: 'MR', group: 'MRI', name: 'Magnetic resonance' },
  { code: 'CR', group: 'X-ray', name: 'Computed radiography' },
  { code: 'DX', group: 'X-ray', name: 'Digital radiography' },
  { code: 'RG', group: 'X-ray', name: 'Radiographic film' },
  { code: 'IO', group: 'X-ray', name: 'Intra-oral radiography' },
  { code: 'PX', group: 'X-ray', name: 'Panoramic X-ray' },
  { code: 'MG', group: 'Mammography', name: 'Mammography' },
  { code: 'US', group: 'Ultrasound', name: 'Ultrasound' },
  { code: 'IVUS', group: 'Ultrasound', name: 'Intravascular ultrasound' },
  { code: 'NM', group: 'Nuclear', name: 'Nuclear medicine' },
  { code: 'PT', group: 'Nuclear', name: 'Positron emission tomography' },
  { code: 'XA', group: 'Angiography', name: 'X-ray angiography' },
  { code: 'RF', group: 'Angiography', name: 'Radio fluoroscopy' },
  { code: 'OPT', group: 'Optical', name: 'Ophthalmic tomography' },
  { code: 'OP', group: 'Optical', name: 'Ophthalmic photography' },
  { code: 'ES', group: 'Optical', name: 'Endoscopy' },
  { code: 'XC', group: 'Optical', name: 'External-camera photography' },
  { code: 'DMS', group: 'Optical', name: 'Dermoscopy' },
  { code: 'SM', group: 'Optical', name: 'Slide microscopy' },
  { code: 'GM', group: 'Optical', name: 'General microscopy' },
  { code: 'OTHER', group: 'Other', name: 'Not a medical image' },
  { code: 'UNKNOWN', group: 'Unknown', name: 'Unknown' },
];

export const ANATOMY: readonly AnatomyTerm[] = [
  { code: 'HEAD', parent: null, name: 'Head', snomed: '69536005' },
  { code: 'BRAIN', parent: 'HEAD', name: 'Brain', snomed: '12738006' },
  { code: 'SKULL', parent: 'HEAD', name: 'Skull', snomed: '89546000' },
  { code: 'EYE', parent: 'HEAD', name: 'Eye', snomed: '81745001' },
  { code: 'JAW', parent: 'HEAD', name: 'Jaw', snomed: '661005' },
  { code: 'NECK', parent: null, name: 'Neck', snomed: '45048000' },
  { code: 'THYROID', parent: 'NECK', name: 'Thyroid', snomed: '69748006' },
  { code: 'CHEST', parent: null, name: 'Chest', snomed: '43799004' },
  { code: 'LUNG', parent: 'CHEST', name: 'Lung', snomed: '39607008' },
  { code: 'HEART', parent: 'CHEST', name: 'Heart', snomed: '80891009' },
  { code: 'BREAST', parent: 'CHEST', name: 'Breast', snomed: '76752008' },
  { code: 'ESOPHAGUS', parent: 'GITRACT', name: 'Esophagus', snomed: '32849002' },
  { code: 'GITRACT', parent: 'ABDOMEN', name: 'Gastrointestinal tract', snomed: '122865005' },
  { code: 'STOMACH', parent: 'GITRACT', name: 'Stomach', snomed: '69695003' },
  { code: 'COLON', parent: 'GITRACT', name: 'Colon', snomed: '71854001' },
  { code: 'ABDOMEN', parent: null, name: 'Abdomen', snomed: '818981001' },
  { code: 'LIVER', parent: 'ABDOMEN', name: 'Liver', snomed: '10200004' },
  { code: 'KIDNEY', parent: 'ABDOMEN', name: 'Kidney', snomed: '64033007' },
  { code: 'PANCREAS', parent: 'ABDOMEN', name: 'Pancreas', snomed: '15776009' },
  { code: 'SPLEEN', parent: 'ABDOMEN', name: 'Spleen', snomed: '78961009' },
  { code: 'PELVIS', parent: null, name: 'Pelvis', snomed: '816092008' },
  { code: 'PROSTATE', parent: 'PELVIS', name: 'Prostate', snomed: '41216001' },
  { code: 'UTERUS', parent: 'PELVIS', name: 'Uterus', snomed: '35039007' },
  { code: 'FETUS', parent: null, name: 'Fetus', snomed: '55460000' },
  { code: 'SPINE', parent: null, name: 'Spine', snomed: '421060004' },
  { code: 'CSPINE', parent: 'SPINE', name: 'Cervical spine', snomed: '122494005' },
  { code: 'TSPINE', parent: 'SPINE', name: 'Thoracic spine', snomed: '122495006' },
  { code: 'LSPINE', parent: 'SPINE', name: 'Lumbar spine', snomed: '122496007' },
  { code: 'UPPERLIMB', parent: null, name: 'Upper limb', snomed: '53120007' },
  { code: 'SHOULDER', parent: 'UPPERLIMB', name: 'Shoulder', snomed: '16982005' },
  { code: 'ARM', parent: 'UPPERLIMB', name: 'Arm', snomed: '40983000' },
  { code: 'ELBOW', parent: 'UPPERLIMB', name: 'Elbow', snomed: '16953009' },
  { code: 'FOREARM', parent: 'UPPERLIMB', name: 'Forearm', snomed: '14975008' },
  { code: 'WRIST', parent: 'UPPERLIMB', name: 'Wrist', snomed: '74670003' },
  { code: 'HAND', parent: 'UPPERLIMB', name: 'Hand', snomed: '85562004' },
  { code: 'LOWERLIMB', parent: null, name: 'Lower limb', snomed: '61685007' },
  { code: 'HIP', parent: 'LOWERLIMB', name: 'Hip', snomed: '24136001' },
  { code: 'THIGH', parent: 'LOWERLIMB', name: 'Thigh', snomed: '68367000' },
  { code: 'KNEE', parent: 'LOWERLIMB', name: 'Knee', snomed: '72696002' },
  { code: 'LEG', parent: 'LOWERLIMB', name: 'Leg', snomed: '30021000' },
  { code: 'ANKLE', parent: 'LOWERLIMB', name: 'Ankle', snomed: '70258002' },
  { code: 'FOOT', parent: 'LOWERLIMB', name: 'Foot', snomed: '56459004' },
  { code: 'SKIN', parent: null, name: 'Skin', snomed: '39937001' },
  { code: 'TISSUE', parent: null, name: 'Tissue', snomed: '85756007' },
  { code: 'BLOOD', parent: 'TISSUE', name: 'Blood', snomed: '87612001' },
  { code: 'WHOLEBODY', parent: null, name: 'Whole body', snomed: '38266002' },
  { code: 'UNKNOWN', parent: null, name: 'Unknown' },
];

/** Values of the dimension question, plainly named. */
export const DIMENSIONS: readonly { readonly code: string; readonly name: string }[] = [
  { code: '2D', name: 'Single images' },
  { code: '3D', name: 'Volumes' },
  { code: '2D+t', name: 'Cine loops' },
  { code: '3D+t', name: 'Volumes over time' },
];

/** Defined terms of (0008,0060) that mean one of ours, retired ones included (PS3.3 C.7.3.1.1.1). Objects that are no pictures are not here. */
const DICOM_MODALITIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MODALITIES.filter(({ group }) => group !== 'Other' && group !== 'Unknown').map(({ code }) => [code, code])),
  ...{ DR: 'DX', MRI: 'MR', MRT: 'MR', PET: 'PT', SPECT: 'NM', ST: 'NM', BMD: 'DX', RTIMAGE: 'RG', PCT: 'CT', CTPROTOCOL: 'CT' },
  ...{
    DS: 'XA',
    DSA: 'XA',
    CF: 'RF',
    DF: 'RF',
    AN: 'XA',
    VF: 'RF',
    EC: 'US',
    ECHO: 'US',
    DD: 'US',
    CD: 'US',
    BI: 'US',
    BDUS: 'US',
    BMUS: 'US',
    IVOCT: 'OPT',
  },
  ...{ MA: 'MR', MS: 'MR', OCT: 'OPT', OPTBSV: 'OPT', OPTENF: 'OPT', FA: 'OP', FS: 'OP', FUNDUS: 'OP', OPM: 'OP', CP: 'ES', LP: 'ES' },
  ...{ DM: 'MG', DERM: 'DMS', PATH: 'SM', MAMMO: 'MG', XR: 'DX', XRAY: 'DX', RX: 'DX', CBCT: 'CT' },
};

const modalities = new Map(MODALITIES.map((term) => [term.code, term]));
const anatomies = new Map(ANATOMY.map((term) => [term.code, term]));
const bodyParts = new Map(
  Object.entries(BODY_PART_TERMS).flatMap(([code, terms]) => terms.split(' ').map((term) => [term, code] as const)),
);
const conceptCodes = new Map(
  Object.entries(ANATOMY_CODES).flatMap(([code, list]) => list.split(' ').map((concept) => [concept, code] as const)),
);
for (const { code, snomed } of ANATOMY) if (snomed) conceptCodes.set(snomed, code);

/** Our modality for a defined term of (0008,0060), any letter case; undefined for objects and unknown terms. */
export function modalityOf(dicomCode: string): string | undefined {
  return DICOM_MODALITIES[dicomCode.trim().toUpperCase()];
}

/**
 * All regions that a Body Part Examined term, SNOMED CT or SRT code names, the leading one first; [] when it is not known.
 * CHESTABDPELVIS → CHEST, ABDOMEN, PELVIS.
 */
export function regionsOf(termOrCode: string): readonly string[] {
  const term = termOrCode.trim().toUpperCase();
  const concept = conceptCodes.get(term);
  if (concept) return [concept];
  const plain = term.replace(/[^A-Z0-9]/g, '');
  const compound = COMPOUND_TERMS[plain] ?? COMPOUND_TERMS[term];
  if (compound) return compound.split(' ');
  const one = bodyParts.get(plain);
  return one ? [one] : [];
}

/** Our body part for a Body Part Examined term (spaces, case and punctuation ignored), SNOMED CT or SRT code. */
export function anatomyOf(termOrCode: string): string | undefined {
  return regionsOf(termOrCode)[0];
}

/** Parents of a body part, nearest first: COLON → GITRACT, ABDOMEN. [] for modalities, dimensions and unknown codes. */
export function ancestors(code: string): readonly string[] {
  const up: string[] = [];
  for (let parent = anatomies.get(code)?.parent; parent; parent = anatomies.get(parent)?.parent) up.push(parent);
  return up;
}

/** The same, or one within the other: the lung and the chest. */
export const overlap = (a: string, b: string): boolean => a === b || ancestors(a).includes(b) || ancestors(b).includes(a);

/** Chart group of a modality code; 'Unknown' for what is none. */
export function groupOf(code: string): string {
  return modalities.get(code)?.group ?? 'Unknown';
}

/** Name for people of any value of the vocabulary; the value itself where there is none. */
export function nameOf(code: string): string {
  return modalities.get(code)?.name ?? anatomies.get(code)?.name ?? DIMENSIONS.find((term) => term.code === code)?.name ?? code;
}
