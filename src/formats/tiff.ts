// TIFF and BigTIFF: strips and tiles, several pages as a stack, OME-TIFF's and ImageJ's dimensions; slides (SVS) by their first level.
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, TagValue } from '../core/header.ts';
import { spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { decodePages, undecodedOf } from './tiff/decode.ts';
import { type Directories, readDirectories, tiffKind } from './tiff/directories.ts';
import { layoutOf, type TiffLayout } from './tiff/layout.ts';

const NAMES: Readonly<Record<number, string>> = {
  254: 'NewSubfileType',
  256: 'ImageWidth',
  257: 'ImageLength',
  258: 'BitsPerSample',
  259: 'Compression',
  262: 'PhotometricInterpretation',
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  274: 'Orientation',
  277: 'SamplesPerPixel',
  282: 'XResolution',
  283: 'YResolution',
  284: 'PlanarConfiguration',
  296: 'ResolutionUnit',
  305: 'Software',
  306: 'DateTime',
  315: 'Artist',
  317: 'Predictor',
  322: 'TileWidth',
  323: 'TileLength',
  338: 'ExtraSamples',
  339: 'SampleFormat',
};

function tagsOf({ page, compression, photometric }: TiffLayout, { pages }: Directories): Record<string, TagValue> {
  const tags: Record<string, TagValue> = { Compression: compression, PhotometricInterpretation: photometric, Pages: pages.length };
  for (const [tag, text] of page.texts) if (text && tag !== 315) tags[NAMES[tag] ?? tag] = text.slice(0, 256);
  const orientation = page.numbers.get(274)?.[0];
  return orientation === undefined ? tags : { ...tags, Orientation: orientation };
}

async function read(file: OpenFile): Promise<Header> {
  const directories = await readDirectories(file.bytes);
  const layout = layoutOf(directories);
  const undecoded = undecodedOf(layout);
  const skipped = directories.pages.length - layout.order.length;
  const warnings = [
    ...(directories.cut ? ['The file ends before the list of its pages does.'] : []),
    ...(skipped > 0 && !layout.slide
      ? [`${skipped} of ${directories.pages.length} pages are of another size or kind and are left out.`]
      : []),
  ];
  return {
    format: 'tiff',
    role: 'image',
    shape: layout.shape,
    tags: { ...tagsOf(layout, directories), ...(layout.slide ? { SlideImage: 'yes' } : {}) },
    ...(layout.spacingMm ? { geometry: { spacingMm: layout.spacingMm } } : {}),
    ...(undecoded ? { undecoded } : {}),
    ...(warnings.length ? { warnings } : {}),
  };
}

/** RGB triples of 8 bits from a colour map of 16 bits: all reds, all greens, all blues. */
function paletteOf({ page }: TiffLayout): Uint8Array {
  const map = page.numbers.get(320) ?? [];
  const size = Math.floor(map.length / 3);
  return Uint8Array.from({ length: size * 3 }, (_, i) => (map[(i % 3) * size + Math.floor(i / 3)] ?? 0) >> 8);
}

export default {
  id: 'tiff',
  claim: ({ head }) => (tiffKind(head) ? Claim.byMagic : Claim.none),
  read,
  async pixels(file, { first, count }) {
    const layout = layoutOf(await readDirectories(file.bytes));
    const { shape, photometric, order } = layout;
    const undecoded = undecodedOf(layout);
    if (undecoded) throw new Unreadable('E-UNSUPPORTED', undecoded);
    const span = spanOf(shape, { first, count });
    const data = await decodePages(file.bytes, { layout, pages: order.slice(span.first, span.first + span.count) });
    const palette = photometric === 3 ? paletteOf(layout) : undefined;
    const colour = shape.samples >= 3 && photometric >= 2;
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data,
      slope: 1,
      intercept: 0,
      photometric: palette ? 'PALETTE' : colour ? 'RGB' : photometric === 0 ? 'MONOCHROME1' : 'MONOCHROME2',
      ...(palette ? { palette } : {}),
      ...([7, 50001].includes(layout.compression) ? { lossy: true } : {}),
    };
  },
  async tags(file) {
    const { pages } = await readDirectories(file.bytes);
    return pages.slice(0, 50).map((page) => ({
      tag: `page ${page.index + 1}`,
      keyword: 'Page',
      items: [
        [...page.numbers, ...page.texts].map(([tag, value]) => ({
          tag: String(tag),
          keyword: NAMES[tag] ?? String(tag),
          value: (typeof value === 'string' ? value : value.slice(0, 16).join(' ')).slice(0, 1024),
        })),
      ],
    }));
  },
} satisfies Format;
