// Structure sets: the closed contours of each structure, in the patient (PS3.3 C.8.8.5, C.8.8.6, C.8.8.8). Points and open lines are no outlines.
import type { Loop } from '../../core/contour-fill.ts';
import { type DrawnContours, kindOfCodes } from '../../core/drawing.ts';
import { kindOfWords } from '../../core/masks.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { type DataSet, type Element, readItems } from './elements.ts';
import { codeOf } from './segmentation.ts';
import { characterSets, number, text } from './values.ts';

const MOST_STRUCTURES = 1024;
const MOST_CONTOURS = 100_000;
/** Of one structure set; real ones hold a hundred thousand or two. */
const MOST_POINTS = 5_000_000;

type About = Omit<DrawnContours['structures'][number], 'loops'>;

/** Closed contours by structure, in the order of the file. Throws Unreadable. */
export function readContours(set: DataSet): DrawnContours {
  const about = structuresOf(set);
  let [points, contours] = [0, 0];
  const structures = readItems(set, set.elements.get(0x30060039), { limit: MOST_STRUCTURES }).flatMap((item) => {
    const loops: Loop[] = [];
    for (const contour of readItems(item, item.elements.get(0x30060040), { limit: MOST_CONTOURS, depth: 1 })) {
      const type = (text(contour, 0x30060042) ?? '').toUpperCase();
      if (!type.startsWith('CLOSED_PLANAR') && type !== 'CLOSEDPLANAR_XOR') continue;
      const loop = coordinates(contour, contour.elements.get(0x30060050));
      points += loop.length / 3;
      if (++contours > MOST_CONTOURS || points > MOST_POINTS)
        throw new Unreadable('E-LIMIT', 'The structure set holds more contours than can be filled in reasonable time.');
      if (loop.length >= 9) loops.push(loop);
    }
    const known = about.get(number(item, 0x30060084, 'IS') ?? -1);
    return known && loops.length ? [{ ...known, loops }] : [];
  });
  return { kind: 'contours', structures };
}

/** Names of structures by their number; the type that was told for planning (GTV) and its code say what they are. */
function structuresOf(set: DataSet): Map<number, About> {
  const sets = characterSets(set);
  const observed = new Map<number, { words: string; codes: string[] }>();
  for (const item of readItems(set, set.elements.get(0x30060080), { limit: MOST_STRUCTURES })) {
    const code = codeOf(item, 0x30060086, sets);
    const words = `${text(item, 0x300600a4) ?? ''} ${code.meaning}`;
    observed.set(number(item, 0x30060084, 'IS') ?? -1, { words, codes: [code.value] });
  }
  const out = new Map<number, About>();
  for (const item of readItems(set, set.elements.get(0x30060020), { limit: MOST_STRUCTURES })) {
    const of = number(item, 0x30060022, 'IS') ?? -1;
    const name = text(item, 0x30060026, { sets }) ?? `structure ${of}`;
    const told = observed.get(of);
    out.set(of, { number: of, name, kind: kindOfCodes(told?.codes ?? []) ?? kindOfWords(`${name} ${told?.words ?? ''}`) ?? 'organ' });
  }
  return out;
}

const [PLUS, MINUS, POINT, ZERO, NINE] = [43, 45, 46, 48, 57];

/** Numbers of a long decimal string, three a point; a value that is no number ends it. Read from bytes: there may be millions. */
function coordinates(set: DataSet, element: Element | undefined): Float64Array {
  if (!element) return new Float64Array(0);
  const end = Math.min(element.at + element.length, set.bytes.length);
  // Without what follows: the last number of each contour would be searched through the rest of the file.
  const bytes = set.bytes.subarray(0, end);
  const out: number[] = [];
  for (let at = element.at; at < end && out.length <= 3 * MOST_POINTS + 3; ) {
    let stop = bytes.indexOf(92, at);
    if (stop < 0) stop = end;
    const value = decimal(bytes, at, stop);
    if (Number.isNaN(value)) break;
    out.push(value);
    at = stop + 1;
  }
  return Float64Array.from(out.slice(0, out.length - (out.length % 3)));
}

/** Plain decimals are summed up digit by digit; exponents are left to the language. */
function decimal(bytes: Uint8Array, from: number, to: number): number {
  let [at, end] = [from, to];
  while (at < end && (bytes[at] as number) <= 32) at++;
  while (end > at && (bytes[end - 1] as number) <= 32) end--;
  if (at === end) return Number.NaN;
  const start = at;
  let [value, scale, isFraction] = [0, 1, false];
  const sign = bytes[at] === MINUS ? -1 : 1;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === POINT && !isFraction) isFraction = true;
    else if (byte >= ZERO && byte <= NINE && scale < 1e15) {
      value = value * 10 + byte - ZERO;
      if (isFraction) scale *= 10;
    } else return Number(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 32))));
  }
  return (sign * value) / scale;
}
