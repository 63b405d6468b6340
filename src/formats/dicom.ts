// DICOM: Part 10 files and bare data sets (PS3.5, PS3.10). Recognises, reads headers by prefixes, decodes pixels, lists tags.
import type { Format } from '../core/format.ts';
import { claimDicom } from './dicom/claim.ts';
import { readDicom } from './dicom/read.ts';

export default {
  id: 'dicom',
  claim: claimDicom,
  read: readDicom,
  async pixels(file, span) {
    const { decodeDicom } = await import('./dicom/pixels.ts');
    return decodeDicom(file, span);
  },
  async drawing(file) {
    const { readDrawing } = await import('./dicom/drawing.ts');
    return readDrawing(file);
  },
  async tags(file) {
    const { listTags } = await import('./dicom/tags.ts');
    return listTags(file);
  },
} satisfies Format;
