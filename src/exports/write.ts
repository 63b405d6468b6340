// Writes what was asked for: the one place that knows which kind of file is written where.
import type { Exported, ExportTask } from '../core/export-task.ts';
import { segOf } from './dicom-seg/object.ts';
import { niftiOf } from './nifti.ts';
import { pngOf } from './png.ts';

/** Rejects with Unreadable. */
export async function write(task: ExportTask): Promise<Exported> {
  if (task.as === 'png') return { bytes: await pngOf(task.mask, task.slice), notes: [] };
  if (task.as === 'nifti') return niftiOf(task.mask, task.original);
  if (task.as === 'seg') return segOf(task.masks, task);
  return { bytes: new TextEncoder().encode(task.text), notes: [] };
}
