// What the file of a mask is called in a folder of masks (contract of `analyze --masks`): <item id>.<kind>.png for pictures, .nii.gz for volumes and cines.
import type { FeatureKind } from '../../core/evidence.ts';

export const MASK_ENDINGS = ['png', 'nii.gz'] as const;
type Ending = (typeof MASK_ENDINGS)[number];

/** Safe everywhere: ids are lower-case letters, digits and hyphens. */
export const maskName = (itemId: string, { kind, ending }: { kind: FeatureKind; ending: Ending }): string => `${itemId}.${kind}.${ending}`;
