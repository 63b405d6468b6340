// TIFF pixels by the geotiff library, page by page; colour spaces of pictures become RGB.
import type { Bytes } from '../../core/entry.ts';
import type { Samples } from '../../core/pixels.ts';
import { asUnreadable, Unreadable } from '../../core/unreadable.ts';
import type { TiffLayout } from './layout.ts';

/** Compression codes that the library decodes. */
const DECODED = new Set([1, 5, 7, 8, 32773, 32946, 34887, 50000, 50001]);

/** Why the pixels are not decoded; undefined where they are. */
export function undecodedOf({ compression, photometric, shape, page }: TiffLayout): string | undefined {
  if (!DECODED.has(compression))
    return `TIFF files packed in this way (${compression}) are recognised, but their pixels are not decoded yet.`;
  if (photometric > 6) return 'TIFF files of this colour space are recognised, but their pixels are not decoded yet.';
  if (new Set(page.numbers.get(258) ?? [1]).size > 1)
    return 'TIFF files with samples of different sizes are recognised, but their pixels are not decoded yet.';
  if (shape.columns * shape.rows * shape.samples > 2 ** 28)
    return `The picture has ${shape.columns} × ${shape.rows} pixels, more than are decoded at once.`;
  return undefined;
}

/** The library's way of asking for bytes. */
const sourceOf = (bytes: Bytes) => ({
  fileSize: bytes.size ?? null,
  fetch: (slices: readonly { offset: number; length: number }[]) =>
    Promise.all(slices.map(({ offset, length }) => own(bytes, { offset, length }))),
  fetchSlice: async (slice: { offset: number; length: number }) => ({ ...slice, data: await own(bytes, slice) }),
  close: async () => {},
});

async function own(bytes: Bytes, { offset, length }: { offset: number; length: number }): Promise<ArrayBuffer> {
  return new Uint8Array(await bytes.slice(offset, offset + length)).buffer;
}

/** Decodes the pages named, one after another. Throws E-TRUNCATED where one is damaged. */
export async function decodePages(bytes: Bytes, { layout, pages }: { layout: TiffLayout; pages: readonly number[] }): Promise<Samples> {
  const { GeoTIFF } = await import('geotiff');
  const { columns, rows, samples } = layout.shape;
  const size = columns * rows * samples;
  let whole: Samples | undefined;
  try {
    const tiff = await GeoTIFF.fromSource(sourceOf(bytes));
    for (const [i, index] of pages.entries()) {
      const image = await tiff.getImage(index);
      // One bit a sample is the default of TIFF 6.0, but the library insists on reading it.
      if (!image.fileDirectory.hasTag(258)) image.fileDirectory.actualizedFields.set(258, [1]);
      const tile = image.getTileWidth() * image.getTileHeight() * samples;
      if (!(tile <= 2 ** 28)) throw new Unreadable('E-TOOBIG', 'The tiles of the TIFF are larger than can be decoded.');
      const page = toRgb((await image.readRasters({ interleave: true })) as unknown as Samples, layout);
      if (page.length !== size) throw new Unreadable('E-TRUNCATED', 'The TIFF picture is damaged or cut off.');
      whole ??= new (page.constructor as new (length: number) => Samples)(size * pages.length);
      (whole as Uint8Array).set(page as Uint8Array, i * size);
    }
  } catch (thrown) {
    throw asUnreadable(thrown, 'The TIFF picture is damaged or cut off.', 'E-TRUNCATED');
  }
  return whole ?? new Uint8Array(0);
}

/** YCbCr (photometric 6, as JPEG leaves it) and CMYK (5) of 8 bits become RGB. */
function toRgb(page: Samples, { photometric }: TiffLayout): Samples {
  if (!(page instanceof Uint8Array)) return page;
  if (photometric === 6) {
    const out = new Uint8ClampedArray(page.length);
    for (let i = 0; i + 2 < page.length; i += 3) {
      const [y = 0, cb = 0, cr = 0] = [page[i], (page[i + 1] ?? 0) - 128, (page[i + 2] ?? 0) - 128];
      out[i] = y + 1.402 * cr;
      out[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
      out[i + 2] = y + 1.772 * cb;
    }
    return new Uint8Array(out.buffer);
  }
  if (photometric !== 5) return page;
  const out = new Uint8Array((page.length / 4) * 3);
  for (let i = 0; i < out.length; i++) {
    const at = Math.floor(i / 3) * 4;
    out[i] = Math.round(((255 - (page[at + (i % 3)] ?? 0)) * (255 - (page[at + 3] ?? 0))) / 255);
  }
  return out;
}
