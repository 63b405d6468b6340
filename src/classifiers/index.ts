// The registry of classifiers: every plug-in file in this folder, found by the build. Nothing is listed by hand.
import type { Classifier } from '../core/classifier.ts';

const found = import.meta.glob<Classifier>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true, import: 'default' });

/** Every classifier, by id, so that evidence always comes in the same order. */
export const classifiers: readonly Classifier[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));
