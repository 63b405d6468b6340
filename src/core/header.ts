// What a format reads from the beginning of a file: enough to group, count and label; no pixels.

export type TagValue = string | number | readonly string[] | readonly number[];
/** Keyword → value. DICOM keywords (PS3.6) where one exists; a format's own names otherwise. A short list; all tags are read on demand. */
export type Tags = Readonly<Record<string, TagValue>>;

export interface Shape {
  readonly columns: number;
  readonly rows: number;
  /** Slices stacked in space inside this one file; 1 for a plain image. */
  readonly slices: number;
  /** Times, echoes, b-values, channels … of the same place inside this one file; 1 when there is one. */
  readonly frames: number;
  /** Samples per pixel: 1 grey or palette, 3 colour. */
  readonly samples: number;
  /** Bits a sample as stored in its container: 1, 8, 16, 32, 64. */
  readonly bits: number;
}

/** Where the frames of a file lie in the patient (PS3.3 C.7.6.2). Millimetres, LPS. */
export interface Geometry {
  /** Direction cosines of rows then columns, six numbers. */
  readonly orientation?: readonly number[] | undefined;
  /** Position of the first pixel, one triple a frame, flat. */
  readonly positions?: readonly number[] | undefined;
  /** Distance between columns, between rows and, if known, between slice centres. */
  readonly spacingMm?: readonly number[] | undefined;
  /** Direction cosines from slice to slice, three numbers: of a volume that gives the place of its first slice only. */
  readonly through?: readonly number[] | undefined;
}

/** image: pixels of a body; mask: segmentation of another image; object: understood, but no picture (SR, PDF, dose, plan …). */
export type Role = 'image' | 'mask' | 'object';

export interface Header {
  /** Report name: dicom, nifti, analyze, nrrd, mha, png, jpeg, tiff, webp, bmp, gif … */
  readonly format: string;
  readonly role: Role;
  /** For objects and masks: what it is, for a person ("Structured report", "Radiotherapy dose grid"). */
  readonly what?: string | undefined;
  /** Absent where the file holds no pixels. */
  readonly shape?: Shape | undefined;
  readonly geometry?: Geometry | undefined;
  readonly tags: Tags;
  /** Files with the same key are one series (SeriesInstanceUID); absent = a file is its own unit. */
  readonly series?: string | undefined;
  /** Paths of further files that this one needs (an .img beside its .hdr), complete paths. */
  readonly companions?: readonly string[] | undefined;
  /** SeriesInstanceUIDs and SOPInstanceUIDs that a mask or structure set refers to. */
  readonly refersTo?: readonly string[] | undefined;
  /** Names of segments, structures or labels that a mask holds. */
  readonly segments?: readonly string[] | undefined;
  /** Why pixels cannot be decoded though the header is understood; absent where they can. */
  readonly undecoded?: string | undefined;
  /** Plain sentences on what is odd: truncated pixel data, a lying length. */
  readonly warnings?: readonly string[] | undefined;
}
