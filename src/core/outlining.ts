// From the numbers of an outlining network to marked pixels and the probability that there is something to mark: one picture, or one plane of a volume.
// Volumes are outlined by volume-outlining.ts. Its twin is training/medley_training/outlining.py.
import type { Evidence } from './evidence.ts';
import { logistic, logit } from './log-odds.ts';
import type { Mask } from './mask.ts';
import { type Grid, isEmpty, type MaskAbout, maskFrom } from './mask-grid.ts';
import { dropSmall, fillHoles } from './mask-pieces.ts';
import type { OutlineCard, OutlineTask } from './outline-card.ts';

/** Columns and rows of a picture, of numbers or of pixels. */
export type Matrix = Pick<Grid, 'columns' | 'rows'>;

/** How a plane was turned before it was shown: columns and rows exchanged, then left and right, then top and bottom. As in core/views.ts. */
export interface Turn {
  readonly turned: boolean;
  readonly mirror: boolean;
  readonly over: boolean;
}

/** What a network answered about one task in one picture. */
export interface TaskAnswer {
  /** Mask logits of the task's channel, row by row. */
  readonly logits: Float32Array;
  readonly grid: Matrix;
  /** Logit of presence. */
  readonly presence: number;
}

/** Adds the answers to the left–right mirror image, mirrored back, and halves: in place, for any number of planes of so many columns. */
export function averageMirrored(straight: Float32Array, mirrored: Float32Array, { columns }: Pick<Matrix, 'columns'>): void {
  for (let start = 0; start < straight.length; start += columns) {
    for (let i = start, j = start + columns - 1; i < start + columns; i++, j--) {
      straight[i] = ((straight[i] as number) + (mirrored[j] as number)) / 2;
    }
  }
}

/** Logits of a plane that was turned before it was shown, as the plane lies in the file. */
export function turnedBack(answer: TaskAnswer, { turned, mirror, over }: Turn): TaskAnswer {
  if (!turned && !mirror && !over) return answer;
  const { columns, rows } = answer.grid;
  const grid = turned ? { columns: rows, rows: columns } : answer.grid;
  const logits = new Float32Array(columns * rows);
  for (let y = 0, from = 0; y < rows; y++) {
    const v = over ? rows - 1 - y : y;
    for (let x = 0; x < columns; x++, from++) {
      const u = mirror ? columns - 1 - x : x;
      logits[turned ? u * rows + v : v * columns + u] = answer.logits[from] as number;
    }
  }
  return { ...answer, logits, grid };
}

/** Log odds that there is something to mark, calibrated by the card; NaN where the network answered no numbers. */
export function presenceLogit({ presence, maskFrom: from }: OutlineTask, { logits, presence: z }: TaskAnswer): number {
  const threshold = logit(from);
  let [most, marked] = [-Infinity, 0];
  for (let i = 0; i < logits.length; i++) {
    const value = logits[i] as number;
    if (value > most) most = value;
    if (value >= threshold) marked++;
  }
  const area = marked / Math.max(1, logits.length);
  return presence.bias + presence.logit * z + presence.peak * most + presence.area * Math.log(area + 1e-4);
}

/** For each target pixel along an axis the source pixel before it, and how far it is from there to the next: centres at half pixels, edges clamped. */
function tapsOf(from: number, to: number): { readonly at: Int32Array; readonly share: Float32Array } {
  const taps = { at: new Int32Array(to), share: new Float32Array(to) };
  for (let i = 0; i < to; i++) {
    const place = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    taps.at[i] = Math.floor(place);
    taps.share[i] = place - Math.floor(place);
  }
  return taps;
}

/**
 * Marks the pixels of `to` where the logits, stretched bilinearly, are not below `threshold`: 1 a byte, row by row. `into`, all 0, is used where it is
 * given. Undefined where nothing is marked.
 */
export function marksOf(
  logits: Float32Array,
  { from, to, threshold, into }: { from: Matrix; to: Matrix; threshold: number; into?: Uint8Array | undefined },
): Uint8Array | undefined {
  if (!reaches(logits, threshold)) return undefined;
  const bits = into ?? new Uint8Array(to.columns * to.rows);
  const [across, down] = [tapsOf(from.columns, to.columns), tapsOf(from.rows, to.rows)];
  // One more than there are columns, so that the last has a neighbour.
  const row = new Float32Array(from.columns + 1);
  for (let y = 0; y < to.rows; y++) {
    const start = (down.at[y] as number) * from.columns;
    const below = Math.min(start + from.columns, (from.rows - 1) * from.columns);
    const share = down.share[y] as number;
    let isMarked = false;
    for (let x = 0; x < from.columns; x++) {
      const upper = logits[start + x] as number;
      const value = upper + ((logits[below + x] as number) - upper) * share;
      row[x] = value;
      if (value >= threshold) isMarked = true;
    }
    // No mean of numbers below the threshold reaches it.
    if (!isMarked) continue;
    row[from.columns] = row[from.columns - 1] as number;
    markRow(bits, { row, across, threshold, at: y * to.columns });
  }
  return bits;
}

interface RowMarking {
  readonly row: Float32Array;
  readonly across: ReturnType<typeof tapsOf>;
  readonly threshold: number;
  readonly at: number;
}

function markRow(bits: Uint8Array, { row, across: { at: first, share }, threshold, at }: RowMarking): void {
  for (let x = 0; x < first.length; x++) {
    const before = first[x] as number;
    const value = row[before] as number;
    if (value + ((row[before + 1] as number) - value) * (share[x] as number) >= threshold) bits[at + x] = 1;
  }
}

function reaches(logits: Float32Array, threshold: number): boolean {
  for (let i = 0; i < logits.length; i++) if ((logits[i] as number) >= threshold) return true;
  return false;
}

/** What a mask of this task says of itself. */
export const aboutOf = ({ kind, title }: OutlineTask, { by, probability }: { by: string; probability: number }): MaskAbout => ({
  kind,
  label: title,
  by,
  from: 'model',
  probability,
});

/** Without pieces that are too small for the task, holes filled where it says so; undefined where nothing is left. */
export function tidied(mask: Mask, { task, frames = false }: { task: OutlineTask; frames?: boolean }): Mask | undefined {
  const least = task.smallest * mask.columns * mask.rows;
  const solid = dropSmall(mask, { least, within: frames ? 'slice' : 'volume' });
  if (isEmpty(solid)) return undefined;
  return task.filled ? fillHoles(solid) : solid;
}

/** What came out about one task: how probable it is, and its mask where it is present. */
export interface TaskOutline {
  readonly task: OutlineTask;
  /** Calibrated. */
  readonly probability: number;
  /** Undefined where it is not present, or no pixel is marked. */
  readonly mask: Mask | undefined;
}

/** Outlines one picture of `to.columns` × `to.rows`. Undefined where the network answered no numbers. */
export function outlinePicture(
  answer: TaskAnswer,
  { task, by, to }: { task: OutlineTask; by: string; to: Matrix },
): TaskOutline | undefined {
  const odds = presenceLogit(task, answer);
  if (!Number.isFinite(odds)) return undefined;
  const probability = logistic(odds);
  if (probability < 0.5) return { task, probability, mask: undefined };
  const bits = marksOf(answer.logits, { from: answer.grid, to, threshold: logit(task.maskFrom) });
  if (!bits) return { task, probability, mask: undefined };
  const mask = maskFrom(bits, { grid: { ...to, slices: 1 }, about: aboutOf(task, { by, probability }) });
  return { task, probability, mask: tidied(mask, { task }) };
}

/** What an examined task says about the features of the item; undefined for organs. */
export function evidenceOf({ task, probability, mask }: TaskOutline, { card }: { card: Pick<OutlineCard, 'id'> }): Evidence | undefined {
  if (task.kind === 'organ') return undefined;
  const isPresent = probability >= 0.5;
  const p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  const found = isPresent ? (mask ? 'found and outlined' : 'found, but no outline is clear enough') : 'looked for, not found';
  return {
    question: task.kind,
    value: isPresent ? 'yes' : 'no',
    logOdds: Math.abs(logit(p)),
    from: 'pixels',
    by: card.id,
    because: `${task.title}: ${found} (${percent(probability)} likely)`,
  };
}

/** Nothing is certain, and nothing is said to be. */
const percent = (p: number): string => (p >= 0.995 ? 'over 99 %' : p < 0.005 ? 'under 1 %' : `${Math.round(p * 100)} %`);
