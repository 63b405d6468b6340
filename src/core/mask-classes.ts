// Classes of a mask picture: which colours or grey levels mean something, and which pixels have them. Black is background; nothing is turned round.
// Soft edges, and the noise of lossy pictures, go to the nearest class or are cut at half.
import type { Pixels } from './pixels.ts';

/** One class of pixels. */
export interface PictureClass {
  /** For a person; undefined where there is one class only. */
  readonly name: string | undefined;
  /** Its number in `marks`. */
  readonly number: number;
}

export interface Classes {
  /** One byte a pixel of the first frame: 0 or the number of its class. */
  readonly marks: Uint8Array;
  readonly classes: readonly PictureClass[];
  /** A plain sentence where classes were put together. */
  readonly note?: string | undefined;
}

/** More classes than these are one. */
const MOST_CLASSES = 8;
/** A level that so many of the marked pixels have is a class, not an edge. */
const CLASS_SHARE = 0.02;
/** Pixels; soft edges of something tiny are no classes. */
const FEWEST = 8;
/** Levels of lossy pictures closer than this are one. Of 255. */
const NOISE = 32;
/** So many neighbours of one row that are marked have the same value where each object has a number. */
const FLAT = 0.8;
/** Alpha below this is nothing. */
const HALF = 128;

/** Classes of the first frame. `bits`: of a sample, as stored. `lossy`: its values are not exact. */
export function classesOf(pixels: Pixels, { bits, lossy }: { bits: number; lossy: boolean }): Classes {
  const keys = keysOf(pixels, bits);
  const counts = countsOf(keys);
  const noise = lossy ? NOISE : 1;
  const marked = [...counts].reduce((sum, [key, count]) => sum + (brightness(key) < noise ? 0 : count), 0);
  const often = [...counts].filter(([key, count]) => key !== 0 && count >= Math.max(FEWEST, marked * CLASS_SHARE));
  const levels = merged(often, lossy);
  const covered = levels.reduce((sum, [, count]) => sum + count, 0);
  if (marked === 0) return { marks: new Uint8Array(keys.length), classes: [{ name: undefined, number: 1 }] };
  if (levels.length >= 1 && levels.length <= MOST_CLASSES && covered >= marked * 0.5)
    return nearestClasses(
      keys,
      levels.map(([key]) => key),
    );
  if (!lossy && counts.size > 3 && sameNeighbours(keys) >= FLAT) {
    const note = `It numbers ${counts.size - Number(counts.has(0))} objects or classes, which are drawn as one.`;
    return { marks: Uint8Array.from(keys, (key) => Number(key !== 0)), classes: [{ name: undefined, number: 1 }], note };
  }
  const most = keys.reduce((top, key) => Math.max(top, brightness(key)), 0);
  return {
    marks: Uint8Array.from(keys, (key) => Number(key !== 0 && brightness(key) >= most / 2)),
    classes: [{ name: undefined, number: 1 }],
  };
}

/** Grey levels as they are (up to 16 bits); colours as 2^24 + RGB. */
const COLOUR = 2 ** 24;

function keysOf(pixels: Pixels, bits: number): Float64Array {
  const { data, samples, columns, rows, palette, photometric } = pixels;
  const size = columns * rows;
  const keys = new Float64Array(size);
  const full = 2 ** Math.min(bits, 32) - 1;
  const to8 = bits > 8 && samples >= 3 ? 255 / full : 1;
  for (let i = 0; i < size; i++) {
    const first = Number(data[i * samples] ?? 0);
    if (photometric === 'PALETTE' && palette)
      keys[i] = colourKey(palette[3 * first] ?? 0, palette[3 * first + 1] ?? 0, palette[3 * first + 2] ?? 0);
    else if (samples >= 3) {
      const alpha = samples === 4 ? Number(data[i * samples + 3]) * to8 : 255;
      const [g, b] = [Number(data[i * samples + 1]), Number(data[i * samples + 2])];
      keys[i] = alpha < HALF ? 0 : colourKey(first * to8, g * to8, b * to8);
    } else if (photometric === 'MONOCHROME1') keys[i] = full - first;
    else keys[i] = Number.isFinite(first) && first > 0 ? first : 0;
  }
  return keys;
}

/** Grey colours are levels, so that a picture means the same in grey, in colour and with a palette. */
function colourKey(r: number, g: number, b: number): number {
  const [x, y, z] = [Math.round(r), Math.round(g), Math.round(b)];
  return x === y && y === z ? x : COLOUR + x * 65536 + y * 256 + z;
}

const channels = (key: number): readonly [number, number, number] =>
  key >= COLOUR ? [((key - COLOUR) / 65536) | 0, ((key - COLOUR) >> 8) & 255, (key - COLOUR) & 255] : [key, key, key];
const brightness = (key: number): number => Math.max(...channels(key));
const distance = (a: number, b: number): number => {
  const [x, y] = [channels(a), channels(b)];
  return Math.max(Math.abs(x[0] - y[0]), Math.abs(x[1] - y[1]), Math.abs(x[2] - y[2]));
};

function countsOf(keys: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < keys.length; ) {
    const key = keys[i] as number;
    const start = i;
    while (i < keys.length && keys[i] === key) i++;
    counts.set(key, (counts.get(key) ?? 0) + i - start);
  }
  return counts;
}

/** The most frequent first; of lossy pictures, levels beside a more frequent one or beside black are no classes of their own. */
function merged(levels: readonly (readonly [number, number])[], lossy: boolean): (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (const [key, count] of [...levels].sort((a, b) => b[1] - a[1])) {
    const near = lossy ? out.find(([other]) => distance(other, key) < NOISE) : undefined;
    if (near) near[1] += count;
    else if (!lossy || brightness(key) >= NOISE) out.push([key, count]);
  }
  return out;
}

function nearestClasses(keys: Float64Array, levels: readonly number[]): Classes {
  const sorted = [...levels].sort((a, b) => a - b);
  const known = new Map<number, number>([[0, 0]]);
  const nearest = (key: number): number => {
    // Half way to black belongs to the class.
    let [best, off] = [0, brightness(key) + 1e-9];
    for (const [i, level] of sorted.entries()) {
      const away = distance(level, key);
      if (away > off || (away === off && best !== 0)) continue;
      best = i + 1;
      off = away;
    }
    return best;
  };
  const marks = new Uint8Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    let mark = known.get(key);
    if (mark === undefined) {
      mark = nearest(key);
      known.set(key, mark);
    }
    marks[i] = mark;
  }
  return { marks, classes: sorted.map((key, i) => ({ name: sorted.length > 1 ? levelName(key) : undefined, number: i + 1 })) };
}

const levelName = (key: number): string => (key >= COLOUR ? `colour #${(key - COLOUR).toString(16).padStart(6, '0')}` : `level ${key}`);

/** Of pixels that are marked and follow each other in the array, the share with equal values. */
function sameNeighbours(keys: Float64Array): number {
  let [pairs, same] = [0, 0];
  for (let i = 1; i < keys.length; i++) {
    if (keys[i] === 0 || keys[i - 1] === 0) continue;
    pairs++;
    if (keys[i] === keys[i - 1]) same++;
  }
  return pairs === 0 ? 1 : same / pairs;
}
