// Which files the masks of an item become in a folder or zip of masks: one a kind, ours before those of the data.
import { FEATURE_KINDS, type FeatureKind } from '../../core/evidence.ts';
import type { ExportTask } from '../../core/export-task.ts';
import type { Item } from '../../core/item.ts';
import { type Mask, oursFirst } from '../../core/mask.ts';
import { isEmpty, sameGrid, union } from '../../core/mask-grid.ts';
import { maskName } from './mask-name.ts';
import { originalOf, type Within } from './original.ts';

export interface MaskFile {
  readonly kind: FeatureKind;
  readonly name: string;
  readonly mask: Mask;
}

/**
 * One file for each kind that is outlined: all masks of ours together where there are any, else all that came with the data. Organs have none.
 */
export function maskFilesOf(itemId: string, masks: readonly Mask[]): MaskFile[] {
  return FEATURE_KINDS.flatMap((kind) => {
    const all = masks.filter((mask) => mask.kind === kind && !isEmpty(mask));
    const [first, ...rest] = oursFirst(all);
    if (!first) return [];
    const mask = union([first, ...rest.filter((one) => sameGrid(one, first))]);
    return [{ kind, name: maskName(itemId, { kind, ending: mask.slices > 1 ? 'nii.gz' : 'png' }), mask }];
  });
}

/** How such a file is asked for. */
export async function taskOf(mask: Mask, { item, within }: { item: Item; within: Within }): Promise<ExportTask> {
  if (mask.slices === 1) return { as: 'png', mask, slice: 0 };
  return { as: 'nifti', mask, original: await originalOf(item, { within }) };
}
