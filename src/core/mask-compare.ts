// Masks compared: what came with the data against what was found, kind by kind, by their overlap (Sørensen–Dice). Pure.
import { isOurs, type Mask } from './mask.ts';
import { sameGrid, union } from './mask-grid.ts';
import { diceOf } from './mask-measure.ts';
import type { Outline } from './outline.ts';

/**
 * The outlines of `masks`, with `dice` wherever there are both masks of files and masks of ours of one kind: all of the kind together are compared, for
 * files cut lesions in pieces as they like. Organs are compared where both are called alike.
 */
export function compared(outlines: readonly Outline[], masks: readonly Mask[]): readonly Outline[] {
  const dice = new Map<Mask, number>();
  const [ours, theirs] = [masks.filter(isOurs), masks.filter((one) => !isOurs(one))];
  for (const one of ours) {
    if (dice.has(one)) continue;
    const [mine, files] = [ours.filter((other) => isAlike(one, other)), theirs.filter((other) => isAlike(one, other))];
    if (!files.length || ![...mine, ...files].every((other) => sameGrid(one, other))) continue;
    const value = diceOf(union(mine), union(files));
    if (value !== undefined) for (const each of [...mine, ...files]) dice.set(each, Math.round(value * 1000) / 1000);
  }
  return outlines.map((outline, i) => {
    const value = dice.get(masks[i] as Mask);
    return value === undefined ? outline : { ...outline, dice: value };
  });
}

function isAlike(a: Mask, b: Mask): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind !== 'organ' || a === b) return true;
  const words = new Set(wordsOf(a.label));
  return wordsOf(b.label).some((word) => words.has(word));
}

/** Lungs are a lung; short words and numbers name nothing. */
const wordsOf = (label: string): string[] => (label.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.replace(/s$/, ''));
