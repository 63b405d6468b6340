// The registry of sources: every plug-in file of this folder, found by its place.
import type { Source } from '../core/source.ts';

const found = import.meta.glob<Source>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true, import: 'default' });

export const sources: readonly Source[] = Object.values(found);
