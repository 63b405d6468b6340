// Windows: which values become black and white. Named ones for CT in Hounsfield units; found ones for everything else. Pure.
import type { Window } from '../core/display.ts';
import type { Item } from '../core/item.ts';
import type { Pixels } from '../core/pixels.ts';
import type { Frame } from './frames.ts';

export interface Preset {
  readonly id: string;
  readonly name: string;
  /** Absent where it depends on the image: from the file, auto, full range. */
  readonly window?: Window;
}

const FILE: Preset = { id: 'file', name: 'From the file' };
const AUTO: Preset = { id: 'auto', name: 'Auto (1–99 %)' };
const FULL: Preset = { id: 'full', name: 'Full range' };

const CT: readonly Preset[] = [
  { id: 'abdomen', name: 'Abdomen', window: { center: 40, width: 400 } },
  { id: 'mediastinum', name: 'Mediastinum', window: { center: 50, width: 350 } },
  { id: 'lung', name: 'Lung', window: { center: -600, width: 1500 } },
  { id: 'bone', name: 'Bone', window: { center: 400, width: 1800 } },
  { id: 'brain', name: 'Brain', window: { center: 40, width: 80 } },
  { id: 'liver', name: 'Liver', window: { center: 60, width: 160 } },
  { id: 'vessels', name: 'Vessels', window: { center: 300, width: 600 } },
];

/** Whether values are Hounsfield units: CT, grey, and more than 8 bits (an exported 8-bit picture of a CT has lost them). */
export const isHounsfield = (item: Item): boolean =>
  item.labels.modality.value === 'CT' && item.stored.samples === 1 && item.stored.bits > 8;

/** Two samples are one complex number. */
const isGrey = (pixels: Pixels): boolean => pixels.samples <= 2 && pixels.photometric !== 'PALETTE';

const hasWindow = (pixels: Pixels): boolean => pixels.windowCenter !== undefined && (pixels.windowWidth ?? 0) > 0;

/** The presets that make sense for this image, in the order of the number keys. */
export function presetsFor(item: Item, pixels: Pixels): readonly Preset[] {
  if (!isGrey(pixels)) return [];
  return [...(hasWindow(pixels) ? [FILE] : []), ...(isHounsfield(item) ? CT : []), AUTO, FULL];
}

const CT_BY_PLACE: Readonly<Record<string, string>> = {
  BRAIN: 'brain',
  HEAD: 'brain',
  LUNG: 'lung',
  CHEST: 'mediastinum',
  HEART: 'mediastinum',
  LIVER: 'liver',
};
const BONES = /SPINE|SKULL|JAW|LIMB|SHOULDER|ARM|ELBOW|WRIST|HAND|HIP|THIGH|KNEE|LEG|ANKLE|FOOT/;

/** Where to begin: the file's own window, else what suits the place for CT, else auto. */
export function firstPreset(item: Item, pixels: Pixels): Preset {
  if (hasWindow(pixels)) return FILE;
  if (!isHounsfield(item)) return AUTO;
  const place = item.labels.anatomy.value;
  const id = CT_BY_PLACE[place] ?? (BONES.test(place) ? 'bone' : 'abdomen');
  return CT.find((preset) => preset.id === id) ?? AUTO;
}

/** Lowest to highest value of one image, rescaled. */
export function fullRange({ pixels, frame }: Frame): Window {
  const length = pixels.columns * pixels.rows * pixels.samples;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = frame * length; i < (frame + 1) * length; i++) {
    const value = Number(pixels.data[i]);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { center: 0.5, width: 1 };
  const [a, b] = [low * pixels.slope + pixels.intercept, high * pixels.slope + pixels.intercept];
  return { center: (a + b) / 2, width: Math.max(Math.abs(b - a), 1e-6) };
}

/** What a preset means for this image. `auto` finds the 1st to 99th percentile. */
export function windowOf(preset: Preset, { frame, auto }: { frame: Frame; auto: (frame: Frame) => Window }): Window {
  if (preset.window) return preset.window;
  if (preset.id === 'full') return fullRange(frame);
  const { windowCenter, windowWidth = 0 } = frame.pixels;
  if (preset.id === 'file' && windowCenter !== undefined && windowWidth > 0) return { center: windowCenter, width: windowWidth };
  return auto(frame);
}

/** Left and right change the width, up and down the centre; a drag over the whole view doubles or clears what is there. */
export function dragged(start: Window, by: { dx: number; dy: number; size: number }): Window {
  const width = start.width * Math.exp((2.5 * by.dx) / by.size);
  return { center: start.center + (by.dy / by.size) * Math.max(start.width, 1e-6) * 1.5, width: Math.max(width, start.width * 1e-3) };
}

/** "−1,024 HU", "R 12 G 40 B 9": the value of one pixel for a person; undefined outside. */
export function valueAt({ pixels, frame }: Frame, at: { x: number; y: number; unit: string }): string | undefined {
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  if (x < 0 || y < 0 || x >= pixels.columns || y >= pixels.rows) return undefined;
  const i = ((frame * pixels.rows + y) * pixels.columns + x) * pixels.samples;
  const stored = Number(pixels.data[i]);
  const { palette } = pixels;
  if (pixels.photometric === 'PALETTE' && palette)
    return `R ${palette[stored * 3]} G ${palette[stored * 3 + 1]} B ${palette[stored * 3 + 2]}`;
  if (pixels.samples >= 3) return `R ${stored} G ${pixels.data[i + 1]} B ${pixels.data[i + 2]}`;
  const value = stored * pixels.slope + pixels.intercept;
  const text = value.toLocaleString('en', { maximumSignificantDigits: Number.isInteger(value) ? 15 : 4 }).replace('-', '−');
  return at.unit ? `${text} ${at.unit}` : text;
}

/** HU for CT; what the header says for PET; nothing otherwise. */
export function unitOf(item: Item): string {
  if (isHounsfield(item)) return 'HU';
  const { Units } = item.tags;
  return typeof Units === 'string' ? Units.replace('BQML', 'Bq/ml') : '';
}
