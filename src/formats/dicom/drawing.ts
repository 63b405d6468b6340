// What a DICOM mask holds beside its pixels: a segmentation's frames or a structure set's contours.
import type { Drawing } from '../../core/drawing.ts';
import type { OpenFile } from '../../core/format.ts';
import { readContours } from './contours.ts';
import { openDicom } from './open.ts';
import { readSegmentation } from './segmentation.ts';
import { text } from './values.ts';

/** Undefined for files that are neither. Throws Unreadable. */
export async function readDrawing(file: OpenFile): Promise<Drawing | undefined> {
  const { set, meta } = await openDicom(file.bytes);
  const uid = text(set, 0x00080016) ?? (meta && text(meta, 0x00020002)) ?? '';
  const modality = text(set, 0x00080060);
  if (modality === 'RTSTRUCT' || uid === '1.2.840.10008.5.1.4.1.1.481.3') {
    // The short way stops before the contours.
    const { set: whole } = await openDicom(file.bytes, { whole: true });
    return readContours(whole);
  }
  if (modality === 'SEG' || /\.66\.[47]$/.test(uid)) return readSegmentation(set, { uid });
  return undefined;
}
