// One colour for each value of the vocabulary, for light and for dark pages. Every one stands out from the page (3:1 against white and #1a1b1e);
// neighbours in a chart differ in lightness too, so that hue is never all that tells them apart. Colour is never the only sign: charts write names.
import { ANATOMY, ancestors, groupOf, MODALITIES } from './vocabulary.ts';

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

const GREY: Colour = { light: '#6c6a66', dark: '#a09d97' };

const GROUPS: Readonly<Record<string, Colour>> = {
  CT: { light: '#0e7490', dark: '#38b6cf' },
  MRI: { light: '#6d4fc4', dark: '#a48df0' },
  'X-ray': { light: '#3f6db5', dark: '#7aa5e8' },
  Mammography: { light: '#b8487f', dark: '#e585b3' },
  Ultrasound: { light: '#b0620f', dark: '#e79c4c' },
  Nuclear: { light: '#a8432f', dark: '#ec8a72' },
  Angiography: { light: '#8a3b53', dark: '#d4809a' },
  Optical: { light: '#3d7d43', dark: '#7cc083' },
  Other: GREY,
  Unknown: { light: '#85827c', dark: '#7d7a75' },
};

const REGIONS: Readonly<Record<string, Colour>> = {
  HEAD: { light: '#6d4fc4', dark: '#b3a0f5' },
  NECK: { light: '#a0458f', dark: '#d98ccb' },
  SPINE: { light: '#4b5a9c', dark: '#8f9fe0' },
  CHEST: { light: '#1f6fa8', dark: '#5fb0e6' },
  ABDOMEN: { light: '#a85a12', dark: '#eba55c' },
  PELVIS: { light: '#a8432f', dark: '#ec8a72' },
  FETUS: { light: '#c0487a', dark: '#f08fb4' },
  UPPERLIMB: { light: '#2f7d4f', dark: '#6cc592' },
  LOWERLIMB: { light: '#5d7a1e', dark: '#a9c95f' },
  SKIN: { light: '#8a6a3a', dark: '#d0ad77' },
  TISSUE: { light: '#8a3b53', dark: '#d4809a' },
  WHOLEBODY: { light: '#0f7a78', dark: '#4fc4c1' },
  UNKNOWN: { light: '#85827c', dark: '#7d7a75' },
};

const DIMENSIONS: Readonly<Record<string, Colour>> = {
  '2D': { light: '#3f6db5', dark: '#7aa5e8' },
  '3D': { light: '#0f7a78', dark: '#4fc4c1' },
  '2D+t': { light: '#b0620f', dark: '#e79c4c' },
  '3D+t': { light: '#8a3b53', dark: '#d4809a' },
};

/** Kinds of what is found or outlined: far apart in hue, and in lightness where hue is not seen. */
const FOUND: Readonly<Record<string, Colour>> = {
  tumour: { light: '#b3261e', dark: '#ff8a7a' },
  lesion: { light: '#9a5b00', dark: '#ffcf5c' },
  vessels: { light: '#1d5fae', dark: '#6cc4ff' },
  organ: { light: '#3d7d43', dark: '#9be29f' },
};

/** Colour of a modality group, a modality, a body part, a dimension or a kind of what is found; grey for what is none. */
export function colourOf(kind: 'group' | 'modality' | 'anatomy' | 'dimension' | 'found', value: string): Colour {
  if (kind === 'found') return FOUND[value] ?? GREY;
  if (kind === 'dimension') return DIMENSIONS[value] ?? GREY;
  if (kind === 'group') return GROUPS[value] ?? GREY;
  if (kind === 'modality') {
    const group = groupOf(value);
    return shade(
      GROUPS[group] ?? GREY,
      MODALITIES.filter((term) => term.group === group).findIndex((term) => term.code === value),
    );
  }
  const top = ancestors(value).at(-1) ?? value;
  const family = ANATOMY.filter((term) => term.code === top || ancestors(term.code).includes(top));
  return shade(
    REGIONS[top] ?? GREY,
    family.findIndex((term) => term.code === value),
  );
}

/** Members of a family go away from the page, darker on light and lighter on dark, so that contrast only grows. */
function shade({ light, dark }: Colour, member: number): Colour {
  const part = Math.min(0.6, Math.max(0, member) * 0.1);
  return { light: mix(light, 0, part), dark: mix(dark, 255, part) };
}

function mix(colour: string, towards: number, part: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(value + (towards - value) * part)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
