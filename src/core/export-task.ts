// What is asked of the writer of masks (src/exports): a mask, what it is drawn on, and the kind of file. Plain data that crosses to its worker.
import type { TagNode } from './format.ts';
import type { Item } from './item.ts';
import type { Mask } from './mask.ts';

/** The images that a mask is drawn on, as far as a written mask must know them. */
export interface Original {
  readonly item: Pick<Item, 'id' | 'name' | 'format' | 'parts' | 'stored' | 'shape' | 'spacingMm' | 'labels' | 'tags'>;
  /** Direction cosines of rows then columns, LPS; absent where nobody says. */
  readonly orientation?: readonly number[] | undefined;
  /** Direction cosines from slice to slice, LPS; of volumes that give the place of their first slice only. */
  readonly through?: readonly number[] | undefined;
  /** First pixel of each image in order of the item, LPS, mm; one triple for a volume file that says only where it begins; else undefined for images that do not say. */
  readonly positions: readonly (readonly number[] | undefined)[];
  /** DICOM images in order of the item; undefined where an image's identity is not known or was not asked for. */
  readonly instances: readonly (Instance | undefined)[];
  /** Every tag of its first file; empty where it cannot be read again. */
  readonly tags: readonly TagNode[];
}

/** One image of a DICOM file. */
export interface Instance {
  readonly sopClass: string;
  readonly sopInstance: string;
  /** From 1, where its file has several. */
  readonly frame?: number | undefined;
}

export type ExportTask =
  /** One slice: 8 bits, 0 or 255. */
  | { readonly as: 'png'; readonly mask: Mask; readonly slice: number }
  /** Gzipped, 0 or 1, on the grid of the original. */
  | { readonly as: 'nifti'; readonly mask: Mask; readonly original: Original }
  /** All masks as segments of one object. `app`: version of the app that writes it; `algorithms`: name and version of who made a mask, by its `by`. */
  | {
      readonly as: 'seg';
      readonly masks: readonly Mask[];
      readonly original: Original;
      readonly app: string;
      readonly algorithms: Readonly<Record<string, string>>;
    }
  /** A note that goes into a zip beside them. */
  | { readonly as: 'text'; readonly text: string };

export interface Exported {
  readonly bytes: Uint8Array;
  /** Plain sentences on what is not as one may expect: no orientation, slices not equally spaced. */
  readonly notes: readonly string[];
}
