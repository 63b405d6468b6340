// The registry of formats: every plug-in file in this folder, found by the build. Nothing is listed by hand.
import type { Format } from '../core/format.ts';

const found = import.meta.glob<Format>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true, import: 'default' });

/** Every format, by id, so that equal claims fall the same way everywhere. */
export const formats: readonly Format[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));
