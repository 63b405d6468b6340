// The charts of the overview, found by their files.
import type { Chart } from './chart.ts';

const found = import.meta.glob<Chart>(['./*.tsx', '!./*.test.tsx'], { eager: true, import: 'default' });

/** In the order of the page. */
export const charts: readonly Chart[] = Object.values(found).sort((a, b) => a.order - b.order);
