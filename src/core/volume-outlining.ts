// Outlining a volume or a cine plane by plane: logits smoothed along the third axis, planes that were left out filled in, presence from neighbours.
// Three planes of logits are in memory at a time, never the volume.
import { logistic, logit } from './log-odds.ts';
import type { OutlineTask } from './outline-card.ts';
import { type Matrix, marksOf, presenceLogit, type TaskAnswer } from './outlining.ts';

/** More slices than this are not all examined. */
const MOST_SLICES = 160;
const MOST_FRAMES = 16;
/** Neighbouring planes that together say whether something is there. */
const TOGETHER = 3;
/** So many neighbours are one look; each further look is one more chance to be wrong. */
const LOOK = 12;

/** Which of so many slices are examined: all, or every n-th from the middle of the first stretch. */
export function examinedSlices(count: number, { most = MOST_SLICES } = {}): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  const examined = Math.ceil(count / step);
  const start = Math.floor((count - 1 - (examined - 1) * step) / 2);
  return Array.from({ length: examined }, (_, i) => start + i * step);
}

/** Which of so many frames of a cine are examined: up to `most`, evenly. */
export function examinedFrames(count: number, { most = MOST_FRAMES } = {}): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor(((i + 0.5) * count) / most));
}

/**
 * Log odds of the whole from those of its examined planes, in order: the mean of the three strongest neighbours, less the logarithm of the looks that were
 * had: planes were calibrated one by one, and the strongest of many is strong by chance. NaN where there is none.
 */
export function presenceOfPlanes(logits: readonly number[]): number {
  const width = Math.min(TOGETHER, logits.length);
  let best = Number.NaN;
  for (let i = 0; i + width <= logits.length && width > 0; i++) {
    let sum = 0;
    for (let j = i; j < i + width; j++) sum += logits[j] as number;
    if (!(sum / width <= best)) best = sum / width;
  }
  return best - Math.log(Math.max(1, logits.length / LOOK));
}

export interface VolumeOutlining {
  readonly task: OutlineTask;
  /** Of each plane as it lies in the file. */
  readonly plane: Matrix;
  /** How many planes there are, and which of them are examined, in rising order. */
  readonly planes: number;
  readonly examined: readonly number[];
  /** They follow each other in time: no smoothing, and planes that were not examined stay empty. */
  readonly frames?: boolean | undefined;
  /** Takes the planes in order, each once: undefined where nothing is marked. The bytes are used again: take what is needed at once. */
  readonly emit: (at: number, bits: Uint8Array | undefined) => void;
}

export interface VolumeOutliner {
  /** The answer about the next examined plane, turned back to how it lies in the file. Its numbers are copied. */
  add(answer: TaskAnswer): void;
  /** Emits what is left; answers the calibrated probability, NaN where nothing was examined or the network answered no numbers. */
  finish(): number;
}

export function createVolumeOutliner({ task, plane, planes, examined, frames = false, emit }: VolumeOutlining): VolumeOutliner {
  const odds: number[] = [];
  const bits = new Uint8Array(plane.columns * plane.rows);
  const threshold = logit(task.maskFrom);
  const smooth = createSmoother();
  let grid: Matrix = { columns: 1, rows: 1 };
  let next = 0;
  let before: Float32Array | undefined;
  let ready = 0;
  const show = (logits: Float32Array | undefined): void => {
    bits.fill(0);
    emit(next++, logits && marksOf(logits, { from: grid, to: plane, threshold, into: bits }));
  };
  /** The next examined plane is final: it, and those between it and the one before. */
  const settle = (logits: Float32Array): void => {
    const at = examined[ready++] as number;
    const last = before ? (examined[ready - 2] as number) : at;
    while (next < at) show(frames ? undefined : before ? mixed(before, logits, (next - last) / (at - last)) : logits);
    show(logits);
    before = logits;
  };
  return {
    add(answer) {
      grid = answer.grid;
      odds.push(presenceLogit(task, answer));
      const settled = frames ? answer.logits.slice() : smooth(answer.logits);
      if (settled) settle(settled);
    },
    finish() {
      const rest = frames ? undefined : smooth(undefined);
      if (rest) settle(rest);
      while (next < planes) show(frames ? undefined : before);
      return logistic(presenceOfPlanes(odds));
    },
  };
}

/** [1 2 1] / 4 over planes, ends counted twice: given one plane it answers the one before, smoothed; given none, the last. */
function createSmoother(): (plane: Float32Array | undefined) => Float32Array | undefined {
  let [first, middle]: (Float32Array | undefined)[] = [];
  return (plane) => {
    const [a, b, c] = [first ?? middle, middle, plane ?? middle];
    first = middle;
    middle = plane?.slice();
    if (!a || !b || !c) return undefined;
    const out = new Float32Array(b.length);
    for (let i = 0; i < out.length; i++) out[i] = ((a[i] as number) + 2 * (b[i] as number) + (c[i] as number)) / 4;
    return out;
  };
}

function mixed(a: Float32Array, b: Float32Array, share: number): Float32Array {
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) + ((b[i] as number) - (a[i] as number)) * share;
  return out;
}
