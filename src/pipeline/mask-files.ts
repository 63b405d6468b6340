// Mask files of one item, read and brought onto its grid: segmentations, structure sets, label volumes, mask pictures. Runs in the readers.
import { fillLoops } from '../core/contour-fill.ts';
import type { Drawing, DrawnContours } from '../core/drawing.ts';
import { baseName, folderOf } from '../core/entry.ts';
import type { Mask } from '../core/mask.ts';
import { kindOfWords } from '../core/masks.ts';
import { type Outline, outlineOf } from '../core/outline.ts';
import type { DrawnFile, DrawnTask } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import { openFile } from './context.ts';
import { createBreath, type Marks, type MaskFile, maskOf } from './mask-file.ts';
import { drawFrames } from './mask-frames.ts';
import { drawVolume } from './mask-volumes.ts';
import { formatById } from './read.ts';

/** Every file is answered, by its masks (empty ones too) or by why there are none. Never throws. */
export async function readMaskFiles({ files, place, spacingMm, cine }: DrawnTask, context: SourceContext): Promise<DrawnFile[]> {
  const out: DrawnFile[] = [];
  const breathe = createBreath();
  for (const task of files) {
    const { path } = task.entry;
    try {
      const { masks, notes } = await readMaskFile(task, { place, context, breathe });
      const outlines: (Outline | undefined)[] = [];
      for (const mask of masks) {
        outlines.push(outlineOf(mask, { spacingMm, frames: cine }));
        await breathe();
      }
      out.push({ path, masks, outlines, notes });
    } catch (thrown) {
      const { because } = asUnreadable(thrown, 'The mask could not be decoded.');
      out.push({ path, masks: [], outlines: [], notes: [], because });
    }
  }
  return out;
}

async function readMaskFile(
  task: MaskFile['task'],
  { place, context, breathe }: Pick<MaskFile, 'place' | 'context' | 'breathe'>,
): Promise<Marks> {
  const { header, entry, beside } = task;
  if (header.undecoded) throw new Unreadable('E-UNSUPPORTED', header.undecoded);
  const file = openFile(entry, { beside, context });
  const kind = kindOfWords(baseName(entry.path)) ?? kindOfWords(baseName(folderOf(entry.path))) ?? 'organ';
  const one: MaskFile = { file, task, place, context, kind, breathe };
  const drawing: Drawing | undefined = await formatById.get(header.format)?.drawing?.(file);
  if (drawing?.kind === 'contours') return drawContours(drawing, one);
  if (drawing?.kind === 'frames') return drawFrames(drawing, one);
  if (!header.shape) throw new Unreadable('E-UNSUPPORTED', 'This mask holds no pixels and no contours.');
  return drawVolume(one, drawing?.labels);
}

async function drawContours({ structures }: DrawnContours, one: MaskFile): Promise<Marks> {
  if (!one.place.planes) throw new Unreadable('E-UNSUPPORTED', 'The image does not say where it lies, so contours cannot be drawn on it.');
  const masks: Mask[] = [];
  let [all, dropped] = [0, 0];
  for (const structure of structures) {
    const filled = fillLoops(structure.loops, one.place);
    all += structure.loops.length;
    dropped += filled.dropped;
    // A structure of which no contour lies here says nothing of this image.
    if (filled.dropped < structure.loops.length) masks.push(maskOf(structure, { runs: filled.runs, one }));
    await one.breathe();
  }
  if (!all) throw new Unreadable('E-UNSUPPORTED', 'The structure set holds no closed contours.');
  if (dropped === all) throw new Unreadable('E-UNSUPPORTED', 'The contours lie on no slice of this image.');
  const notes = dropped ? [`${dropped} of ${all} contours lie on no slice of this image and are left out.`] : [];
  return { masks, notes };
}
