// Label volumes: which values occur, and which pixels have them, read piece by piece. Positive whole numbers are labels; values between 0 and 1 are
// probabilities, cut at half. What has neither is no mask.
import type { Mask } from './mask.ts';
import { union } from './mask-grid.ts';
import { countsOf } from './mask-measure.ts';
import type { Pixels } from './pixels.ts';
import { Unreadable } from './unreadable.ts';

export interface Labelled {
  /** One byte a pixel: 0, or 1 + the place of its value in `values`. */
  readonly marks: Uint8Array;
  /** Values as the file has them; one only for probabilities, or where all were put together. */
  readonly values: readonly number[];
  /** Whether `values` mean something to whoever made the file. */
  readonly named: boolean;
  /** A plain sentence where labels were put together. */
  readonly note?: string | undefined;
}

export interface LabelReader {
  /** The next pixels; of several samples a pixel, one is read. */
  add(pixels: Pixels, options?: { sample?: number }): void;
  /** Throws Unreadable E-UNSUPPORTED where the values are no labels. */
  done(): Labelled;
}

/** Labels that are drawn each for itself. */
export const MOST_LABELS = 64;
/** Codes of a byte, without 0 and the one for all further values. */
const CODES = 254;
const REST = 255;
const WHOLE = 1e-4;
/** So many neighbours with equal values where objects are numbered, fewer in images. */
const FLAT = 0.8;

/** Reads `size` pixels in all. */
export function createLabelReader(size: number): LabelReader {
  const marks = new Uint8Array(size);
  const values: number[] = [];
  const codes = new Map<number, number>();
  let [at, soft, most, rest, pairs, same] = [0, false, 0, false, 0, 0];

  /** Whole numbers so far turn out to be probabilities of 0 and 1. */
  function soften(): void {
    soft = true;
    for (let i = 0; i < at; i++) marks[i] = Number((values[(marks[i] as number) - 1] ?? 0) >= 0.5);
  }

  function codeOf(value: number): number {
    if (!(value > 0)) return 0;
    most = Math.max(most, value);
    const near = Math.round(value);
    if (!soft && Math.abs(value - near) > WHOLE) soften();
    if (soft) return Number(value >= 0.5);
    if (near === 0) return 0;
    const known = codes.get(near);
    if (known !== undefined) return known;
    if (values.length >= CODES) {
      rest = true;
      return REST;
    }
    values.push(near);
    codes.set(near, values.length);
    return values.length;
  }

  return {
    add(pixels, { sample = 0 } = {}) {
      const { data, samples, slope, intercept } = pixels;
      const count = pixels.columns * pixels.rows * pixels.frames;
      for (let i = 0; i < count && at < size; ) {
        const stored = data[i * samples + sample] as number | bigint;
        let end = i + 1;
        while (end < count && data[end * samples + sample] === stored) end++;
        // Softening looks back at what was coded so far, so it must come before this stretch is.
        const code = codeOf(Number(stored) * slope + intercept);
        const length = Math.min(end - i, size - at);
        if (code !== 0) {
          marks.fill(code, at, at + length);
          pairs += length;
          same += length - 1;
        }
        at += length;
        i = end;
      }
    },
    done() {
      if (soft && most > 1 + WHOLE)
        throw new Unreadable('E-UNSUPPORTED', 'Its values are neither labels nor probabilities, so it is not drawn as a mask.');
      if (soft) return { marks, values: [1], named: false };
      if (rest && same < pairs * FLAT)
        throw new Unreadable('E-UNSUPPORTED', 'It holds too many different values for a mask, so it is not drawn as one.');
      return merged({ marks, values, rest });
    },
  };
}

/** The labels with most pixels stay, all others become one. */
function merged({ marks, values, rest }: { marks: Uint8Array; values: readonly number[]; rest: boolean }): Labelled {
  if (!rest && values.length <= MOST_LABELS) return { marks, values, named: true };
  const counts = new Float64Array(256);
  for (const mark of marks) counts[mark] = (counts[mark] as number) + 1;
  if (rest) {
    for (let i = 0; i < marks.length; i++) marks[i] = Number(marks[i] !== 0);
    return { marks, values: [1], named: false, note: 'It numbers more objects than can be told apart, so they are drawn as one.' };
  }
  const order = values.map((_, i) => i + 1).sort((a, b) => (counts[b] as number) - (counts[a] as number));
  const code = new Uint8Array(256);
  for (const [i, old] of order.entries()) code[old] = Math.min(i + 1, MOST_LABELS);
  for (let i = 0; i < marks.length; i++) marks[i] = code[marks[i] as number] as number;
  const kept = order.slice(0, MOST_LABELS - 1).map((old) => values[old - 1] as number);
  const note = `It has ${values.length} labels; the ${values.length - kept.length} smallest are drawn as one.`;
  return { marks, values: [...kept, Number.NaN], named: true, note };
}

/** At most MOST_LABELS masks of one grid: findings before organs, then the largest stay, all others become one. */
export function fewer(masks: readonly Mask[]): { readonly masks: readonly Mask[]; readonly note?: string | undefined } {
  if (masks.length <= MOST_LABELS) return { masks };
  const sizes = new Map(masks.map((mask) => [mask, countsOf(mask).reduce((sum, count) => sum + count, 0)]));
  const order = [...masks].sort(
    (a, b) => Number(a.kind === 'organ') - Number(b.kind === 'organ') || (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0),
  );
  const rest = order.slice(MOST_LABELS - 1);
  const kept = new Set(order.slice(0, MOST_LABELS - 1));
  const one: Mask = { ...union(rest), label: `${rest.length} further segments` };
  return {
    masks: [...masks.filter((mask) => kept.has(mask)), one],
    note: `It has ${masks.length} segments; ${rest.length} of them are drawn as one.`,
  };
}
