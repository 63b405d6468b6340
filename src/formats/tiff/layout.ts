// What the pages of a TIFF are together: one picture, a stack, a time series, a slide with its pyramid. OME-XML and ImageJ's description are believed.
import type { Shape } from '../../core/header.ts';
import { Unreadable } from '../../core/unreadable.ts';
import type { Directories, Page } from './directories.ts';

export interface TiffLayout {
  readonly shape: Shape;
  /** Places in the chain of directories, in the order of the images. */
  readonly order: readonly number[];
  readonly photometric: number;
  readonly compression: number;
  readonly floating: boolean;
  readonly signed: boolean;
  readonly page: Page;
  readonly slide: boolean;
  readonly spacingMm: readonly number[] | undefined;
}

const one = (page: Page, tag: number, fallback: number): number => page.numbers.get(tag)?.[0] ?? fallback;

const sameKind = (a: Page, b: Page): boolean =>
  [256, 257, 262, 277].every((tag) => one(a, tag, 1) === one(b, tag, 1)) && one(a, 258, 1) === one(b, 258, 1);

/** Reads the layout off the pages. Throws E-MALFORMED where there is no picture. */
export function layoutOf({ pages }: Directories): TiffLayout {
  const page = pages.find((candidate) => one(candidate, 256, 0) > 0 && one(candidate, 257, 0) > 0);
  if (!page) throw new Unreadable('E-TRUNCATED', 'The TIFF holds no page with a picture.');
  const description = page.texts.get(270) ?? '';
  const slide = /^Aperio|<\?xml[^>]*>\s*<(?:DataObject|isyntax)|Philips|Hamamatsu|ventana/i.test(description);
  // Smaller copies (bit 0 of NewSubfileType) and other sizes are no further images.
  const alike = slide ? [page] : pages.filter((other) => sameKind(page, other) && (one(other, 254, 0) & 1) === 0);
  const { slices, frames } = stackOf(description, alike.length);
  const bits = Math.max(...(page.numbers.get(258) ?? [1]));
  const format = one(page, 339, 1);
  const photometric = one(page, 262, 1);
  const stored = one(page, 277, page.numbers.get(258)?.length ?? 1);
  return {
    shape: {
      columns: one(page, 256, 0),
      rows: one(page, 257, 0),
      slices,
      frames,
      samples: photometric === 5 ? 3 : stored,
      bits: bits === 1 ? 1 : bits <= 8 ? 8 : bits <= 16 && format !== 3 ? 16 : bits <= 32 ? 32 : 64,
    },
    order: alike.map(({ index }) => index),
    photometric,
    compression: one(page, 259, 1),
    floating: format === 3,
    signed: format === 2,
    page,
    slide,
    spacingMm: spacingOf(description),
  };
}

/** Slices and times that the description names and the pages can hold; else every page is a slice. */
function stackOf(description: string, pages: number): { slices: number; frames: number } {
  const size = (pattern: RegExp): number => Number(pattern.exec(description)?.[1] ?? 1);
  const named = description.startsWith('ImageJ')
    ? { slices: size(/^slices=(\d+)/m), frames: size(/^frames=(\d+)/m) * size(/^channels=(\d+)/m) }
    : /<OME\b/.test(description)
      ? { slices: size(/\bSizeZ="(\d+)"/), frames: size(/\bSizeT="(\d+)"/) * size(/\bSizeC="(\d+)"/) }
      : undefined;
  return named && named.slices * named.frames === pages ? named : { slices: pages, frames: 1 };
}

/** Physical sizes: OME-XML (micrometres unless it says otherwise) or Aperio's MPP. Resolution tags speak of paper, not of bodies. */
function spacingOf(description: string): readonly number[] | undefined {
  const mpp = /\bMPP\s*=\s*([\d.]+)/.exec(description)?.[1];
  if (mpp) return [Number(mpp) / 1000, Number(mpp) / 1000];
  const sizes = ['X', 'Y'].map((axis) => {
    const value = Number(new RegExp(`\\bPhysicalSize${axis}="([^"]+)"`).exec(description)?.[1]);
    const unit = new RegExp(`\\bPhysicalSize${axis}Unit="([^"]+)"`).exec(description)?.[1] ?? 'µm';
    return value * ({ nm: 1e-6, µm: 1e-3, um: 1e-3, mm: 1, cm: 10, m: 1000 }[unit] ?? Number.NaN);
  });
  return sizes.every((mm) => mm > 0 && Number.isFinite(mm)) ? sizes : undefined;
}
