// The short list of attributes that charts, grouping and classifiers need, by DICOM keyword (PS3.6). No name, birth date or
// number of a patient is among them. The complete list of tags is read on demand.
import type { TagValue } from '../../core/header.ts';
import { type DataSet, readItems } from './elements.ts';
import { numbers, text, texts } from './values.ts';

/** Keyword → tag; text unless the VR says a number. */
const TEXT: Readonly<Record<string, number>> = {
  SOPClassUID: 0x00080016,
  SOPInstanceUID: 0x00080018,
  StudyInstanceUID: 0x0020000d,
  SeriesInstanceUID: 0x0020000e,
  FrameOfReferenceUID: 0x00200052,
  ConcatenationUID: 0x00209161,
  Modality: 0x00080060,
  Manufacturer: 0x00080070,
  ManufacturerModelName: 0x00081090,
  BodyPartExamined: 0x00180015,
  StudyDescription: 0x00081030,
  SeriesDescription: 0x0008103e,
  ProtocolName: 0x00181030,
  RequestedProcedureDescription: 0x00321060,
  PerformedProcedureStepDescription: 0x00400254,
  ImageType: 0x00080008,
  ViewPosition: 0x00185101,
  Laterality: 0x00200060,
  ImageLaterality: 0x00200062,
  FrameLaterality: 0x00209072,
  PatientPosition: 0x00185100,
  PatientOrientation: 0x00200020,
  StudyDate: 0x00080020,
  AcquisitionTime: 0x00080032,
  ContentTime: 0x00080033,
  AcquisitionDateTime: 0x0008002a,
  ScanningSequence: 0x00180020,
  SequenceVariant: 0x00180021,
  SequenceName: 0x00180024,
  PulseSequenceName: 0x00189005,
  MRAcquisitionType: 0x00180023,
  ScanOptions: 0x00180022,
  AngioFlag: 0x00180025,
  AcquisitionContrast: 0x00089209,
  DiffusionDirectionality: 0x00189075,
  ImagedNucleus: 0x00180085,
  ContrastBolusAgent: 0x00180010,
  ContrastBolusRoute: 0x00181040,
  ConvolutionKernel: 0x00181210,
  PhotometricInterpretation: 0x00280004,
  BurnedInAnnotation: 0x00280301,
  RescaleType: 0x00281054,
  Units: 0x00541001,
  Radiopharmaceutical: 0x00180031,
  SpecificCharacterSet: 0x00080005,
  ConversionType: 0x00080064,
  PresentationIntentType: 0x00080068,
  LossyImageCompression: 0x00282110,
  SegmentationType: 0x00620001,
  ContentLabel: 0x00700080,
  ContentDescription: 0x00700081,
  DimensionOrganizationType: 0x00209311,
  DerivationDescription: 0x00082111,
  ImageComments: 0x00204000,
  DoseUnits: 0x30040002,
  DoseType: 0x30040004,
  SeriesType: 0x00541000,
  ComplexImageComponent: 0x00089208,
  VolumetricProperties: 0x00089206,
  StructureSetLabel: 0x30060002,
  StructureSetName: 0x30060004,
  RTPlanLabel: 0x300a0002,
  RTImageLabel: 0x30020002,
  DocumentTitle: 0x00420010,
  SpecimenShortDescription: 0x00400600,
  TransducerType: 0x00186031,
  PresentationLUTShape: 0x20500020,
};

const NUMERIC: Readonly<Record<string, readonly [number, string]>> = {
  SeriesNumber: [0x00200011, 'IS'],
  InstanceNumber: [0x00200013, 'IS'],
  AcquisitionNumber: [0x00200012, 'IS'],
  TemporalPositionIdentifier: [0x00200100, 'IS'],
  TemporalPositionIndex: [0x00209128, 'UL'],
  NumberOfTemporalPositions: [0x00200105, 'IS'],
  StackPosition: [0x00209057, 'UL'],
  TriggerTime: [0x00181060, 'DS'],
  EchoTime: [0x00180081, 'DS'],
  EffectiveEchoTime: [0x00189082, 'FD'],
  EchoNumbers: [0x00180086, 'IS'],
  EchoTrainLength: [0x00180091, 'IS'],
  RepetitionTime: [0x00180080, 'DS'],
  InversionTime: [0x00180082, 'DS'],
  InversionTimes: [0x00189079, 'FD'],
  FlipAngle: [0x00181314, 'DS'],
  MagneticFieldStrength: [0x00180087, 'DS'],
  DiffusionBValue: [0x00189087, 'FD'],
  KVP: [0x00180060, 'DS'],
  SliceThickness: [0x00180050, 'DS'],
  SpacingBetweenSlices: [0x00180088, 'DS'],
  SliceLocation: [0x00201041, 'DS'],
  PixelSpacing: [0x00280030, 'DS'],
  ImagerPixelSpacing: [0x00181164, 'DS'],
  NominalScannedPixelSpacing: [0x00182010, 'DS'],
  NumberOfFrames: [0x00280008, 'IS'],
  RescaleSlope: [0x00281053, 'DS'],
  RescaleIntercept: [0x00281052, 'DS'],
  WindowCenter: [0x00281050, 'DS'],
  WindowWidth: [0x00281051, 'DS'],
  FrameTime: [0x00181063, 'DS'],
  CineRate: [0x00180040, 'IS'],
  RecommendedDisplayFrameRate: [0x00082144, 'IS'],
  CardiacNumberOfImages: [0x00181090, 'IS'],
  ImagesInAcquisition: [0x00201002, 'IS'],
  NumberOfSlices: [0x00540081, 'US'],
  NumberOfTimeSlices: [0x00540101, 'US'],
  NumberOfTimeSlots: [0x00540071, 'US'],
  BitsAllocated: [0x00280100, 'US'],
  BitsStored: [0x00280101, 'US'],
  PixelRepresentation: [0x00280103, 'US'],
  DoseGridScaling: [0x3004000e, 'DS'],
  TotalPixelMatrixColumns: [0x00480006, 'UL'],
  TotalPixelMatrixRows: [0x00480007, 'UL'],
  ReconstructionDiameter: [0x00181100, 'DS'],
};

interface Attribute {
  readonly keyword: string;
  /** Absent for text. */
  readonly vr?: string;
}

const BY_TAG: ReadonlyMap<number, Attribute> = new Map([
  ...Object.entries(TEXT).map(([keyword, tag]): [number, Attribute] => [tag, { keyword }]),
  ...Object.entries(NUMERIC).map(([keyword, [tag, vr]]): [number, Attribute] => [tag, { keyword, vr }]),
]);

/** Code sequences → keyword of the code's meaning (and, with `Code` after it, of its value). */
const CODES: Readonly<Record<string, number>> = {
  AnatomicRegion: 0x00082218,
  PrimaryAnatomicStructure: 0x00082228,
  ViewCodeMeaning: 0x00540220,
  ContrastBolusAgentMeaning: 0x00180012,
  ProcedureCodeMeaning: 0x00081032,
  RadiopharmaceuticalCode: 0x00540304,
  RadionuclideCode: 0x00540300,
};
const CODE_VALUES = [0x00080100, 0x00080119, 0x00080120];

/** Private copies of the b-value: Siemens, GE (first of four, with 10⁹ added by newer software), Philips, United Imaging. */
const PRIVATE_B: readonly (readonly [number, string, number, RegExp])[] = [
  [0x0019100c, 'IS', 0x00190010, /SIEMENS/i],
  [0x00431039, 'IS', 0x00430010, /^GEMS/i],
  [0x20011003, 'FL', 0x20010010, /Philips/i],
  [0x00651009, 'FD', 0x00650010, /Image Private/i],
];

/** Names and other private things people type where they should not are cut short; descriptions are never longer. */
const TEXT_CUT = 256;

export type Draft = Record<string, TagValue>;

function putCodes(draft: Draft, set: DataSet, sets: readonly string[]): void {
  for (const [keyword, tag] of Object.entries(CODES)) {
    const element = set.elements.get(tag);
    const item = element && draft[keyword] === undefined ? readItems(set, element, { limit: 1 })[0] : undefined;
    if (!item) continue;
    const meaning = text(item, 0x00080104, { sets });
    const value = CODE_VALUES.map((code) => text(item, code)).find(Boolean);
    if (meaning) draft[keyword] = meaning;
    if (value && keyword === 'AnatomicRegion') {
      draft.AnatomicRegionCode = value;
      draft.AnatomicRegionScheme = text(item, 0x00080102) ?? '';
    }
  }
}

/** Adds what `set` itself holds to what is known already; values found earlier stay. */
export function putAttributes(draft: Draft, set: DataSet, sets: readonly string[]): void {
  for (const tag of set.elements.keys()) {
    const attribute = BY_TAG.get(tag);
    if (!attribute || draft[attribute.keyword] !== undefined) continue;
    const { keyword, vr } = attribute;
    const values = vr ? numbers(set, tag, vr, 16) : texts(set, tag, { sets }).map((value) => value.slice(0, TEXT_CUT));
    if (values.length === 1 && values[0] !== '') draft[keyword] = values[0]!;
    else if (values.length > 1 && values.some((value) => value !== '')) draft[keyword] = values.slice(0, 16) as string[] | number[];
  }
  putCodes(draft, set, sets);
  if (draft.DiffusionBValue === undefined) {
    const b = privateB(set);
    if (b !== undefined) draft.DiffusionBValue = b;
  }
}

function privateB(set: DataSet): number | undefined {
  for (const [tag, vr, creator, name] of PRIVATE_B) {
    if (!set.elements.has(tag) || !name.test(text(set, creator) ?? '')) continue;
    const value = numbers(set, tag, vr, 4)[0];
    if (value !== undefined && value >= 0) return value >= 1e9 ? value % 1e9 : value;
  }
  return undefined;
}

/** Images in a Siemens mosaic: its own tag, or the text of the CSA header; undefined where the picture is no mosaic. */
export function mosaicImages(set: DataSet, imageType: TagValue | undefined): number | undefined {
  if (!Array.isArray(imageType) || !imageType.includes('MOSAIC')) return undefined;
  const own = numbers(set, 0x0019100a, 'US', 1)[0];
  if (own) return own;
  const csa = set.elements.get(0x00291010);
  if (!csa) return undefined;
  const raw = String.fromCharCode(...set.bytes.subarray(csa.at, csa.at + Math.min(csa.length, 60_000)));
  const name = raw.indexOf('NumberOfImagesInMosaic');
  // Name 64, multiplicity 4, VR 4, type 4, items 4, mark 4, then the first item's 16 bytes of lengths.
  const digits = name < 0 ? undefined : /^\s*(\d{1,4})/.exec(raw.slice(name + 100, name + 112))?.[1];
  return digits ? Number(digits) : undefined;
}
