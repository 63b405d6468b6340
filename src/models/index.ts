// The registry of models: every plug-in file in this folder, found by the build. Nothing is listed by hand, and nothing is loaded yet.
import type { Model } from '../core/model.ts';

const found = import.meta.glob<Model>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true, import: 'default' });

/** Every model, by id, so that evidence always comes in the same order. */
export const models: readonly Model[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));
