// How each mask of an item is told from the others: colour and line by its kind and by who drew it, and a short name. Never by colour alone. Pure.
import { colourOf } from '../core/colours.ts';
import { isOurs, type Mask, type MaskKind } from '../core/mask.ts';

export interface MaskLook {
  /** Told apart by it among the masks of one item. */
  readonly id: string;
  /** For a person: Polyp, GTV-1 (in the data). */
  readonly name: string;
  /** On the black ground of the picture. */
  readonly colour: string;
  /** The same beside it, on a light or a dark page: CSS. */
  readonly onPage: string;
  /** Lengths of dashes and gaps, CSS pixels; empty: a full line. */
  readonly dash: readonly number[];
  /** CSS pixels. */
  readonly line: number;
}

/** Those that come with the data are dotted; ours are full, dashed or dash-dotted by kind. */
const DASHES: Readonly<Record<MaskKind, readonly number[]>> = { tumour: [], lesion: [9, 4], vessels: [], organ: [9, 3, 2, 3] };
const FROM_DATA: readonly number[] = [2, 3];
/** Vessels are thin themselves. */
const LINES: Readonly<Record<MaskKind, number>> = { tumour: 2, lesion: 2, vessels: 1, organ: 1.5 };
/** Outer things first, so that small ones lie on top. */
const ORDER: readonly MaskKind[] = ['organ', 'vessels', 'lesion', 'tumour'];
/** What is looked at first. */
const FIRST: readonly MaskKind[] = ['tumour', 'lesion', 'vessels', 'organ'];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Titles of tasks name the images too: "Polyps in endoscopy" → "Polyps". What the data calls its own masks stays as it is. */
export const nameOfMask = ({ label, kind, from }: Pick<Mask, 'label' | 'kind' | 'from'>): string =>
  capital((from === 'file' ? label : label.replace(/ (in|on) .*$/, '')) || kind);

/** One look for each mask, in their order. Several of one kind and origin go from strong to pale. */
export function looksOf(masks: readonly Mask[]): readonly MaskLook[] {
  const before = new Map<string, number>();
  return masks.map((mask) => {
    const family = `${mask.kind} ${isOurs(mask)}`;
    const member = before.get(family) ?? 0;
    before.set(family, member + 1);
    const { light, dark } = colourOf('found', mask.kind);
    return {
      id: `${mask.from} ${mask.by} ${mask.label} ${member}`,
      name: `${nameOfMask(mask)}${isOurs(mask) ? '' : ' (in the data)'}`,
      onPage: `light-dark(${light}, ${dark})`,
      colour: paler(dark, Math.min(0.75, (isOurs(mask) ? 0 : 0.45) + 0.15 * member)),
      dash: isOurs(mask) ? DASHES[mask.kind] : FROM_DATA,
      line: LINES[mask.kind],
    };
  });
}

/** Towards white. */
function paler(colour: string, part: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(value + (255 - value) * part)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** From the one that is drawn first to the one on top. */
export const bottomUp = (a: Pick<Mask, 'kind' | 'from'>, b: Pick<Mask, 'kind' | 'from'>): number =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || Number(isOurs(a)) - Number(isOurs(b));

/** The one to open the item at comes first: findings before organs, ours before the data's. */
export const mostTelling = (a: Pick<Mask, 'kind' | 'from'>, b: Pick<Mask, 'kind' | 'from'>): number =>
  FIRST.indexOf(a.kind) - FIRST.indexOf(b.kind) || Number(isOurs(b)) - Number(isOurs(a));
