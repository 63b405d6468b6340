// A drawing: what a mask file says of its marks beside the pixels (segments, where frames lie, contours, names of labels). Read by formats; plain data.
import type { Loop } from './contour-fill.ts';
import type { MaskKind } from './mask.ts';
import type { Plane } from './planes.ts';

export interface Segment {
  /** By which frames or values name it. */
  readonly number: number;
  /** For a person, as the file has it. */
  readonly name: string;
  /** By its codes or words. */
  readonly kind: MaskKind;
}

export interface DrawnFrame {
  /** Number of its segment; absent where its values are numbers of segments. */
  readonly segment?: number | undefined;
  readonly plane?: Plane | undefined;
  /** Images that it was drawn on: UID, and the number of a frame from 0 where one is named. */
  readonly on: readonly { readonly uid: string; readonly image?: number | undefined }[];
}

/** Frames of pixels (DICOM segmentations). */
export interface DrawnFrames {
  readonly kind: 'frames';
  readonly segments: readonly Segment[];
  /** In the order of the file's frames. */
  readonly frames: readonly DrawnFrame[];
  /** A pixel is marked from this stored value on; for values that are numbers of segments absent. */
  readonly from?: number | undefined;
  /** Between planes; absent where nobody says. Millimetres. */
  readonly gapMm?: number | undefined;
  /** What is odd, plain sentences. */
  readonly notes: readonly string[];
}

/** Closed contours in the patient (structure sets). */
export interface DrawnContours {
  readonly kind: 'contours';
  readonly structures: readonly (Segment & { readonly loops: readonly Loop[] })[];
}

/** Names of the values of a label volume. */
export interface DrawnLabels {
  readonly kind: 'labels';
  /** `number` is the value; `layer`: which sample of a voxel it is found in. */
  readonly labels: readonly (Segment & { readonly layer: number })[];
}

export type Drawing = DrawnFrames | DrawnContours | DrawnLabels;

const TUMOURS = new Set([
  '108369006',
  'M-80003',
  '86049000',
  '14799000',
  'M-80006',
  '4147007',
  'M-03000',
  '27925004',
  'M-03010',
  '372087000',
  '367651003',
]);
const LESIONS = new Set([
  '52988006',
  'M-01100',
  '79654002',
  'M-36300',
  '55641003',
  'M-54700',
  '50960005',
  'M-37000',
  '6574001',
  'M-54000',
  '49755003',
  'M-01000',
]);
const VESSELS = new Set([
  '59820001',
  'T-40050',
  '51114001',
  'T-41000',
  '29092000',
  'T-48000',
  '15825003',
  'T-42000',
  '34340008',
  '32764006',
  'T-48581',
]);

/** Kind by codes of SNOMED (both generations), the most particular first; undefined where they name none. */
export function kindOfCodes(codes: readonly string[]): MaskKind | undefined {
  if (codes.some((code) => TUMOURS.has(code))) return 'tumour';
  if (codes.some((code) => VESSELS.has(code))) return 'vessels';
  return codes.some((code) => LESIONS.has(code)) ? 'lesion' : undefined;
}
