// JPEG files: baseline and progressive, grey, colour, CMYK. EXIF orientation is noted, never applied to the stored values.
import { Claim } from '../core/claim.ts';
import type { Format } from '../core/format.ts';
import type { Shape } from '../core/header.ts';
import { spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { decodeJpeg } from './jpeg/decode.ts';
import { type Jpeg, readJpeg } from './jpeg/header.ts';

/** CMYK is answered as RGB. */
const shapeOf = ({ columns, rows, components, precision }: Jpeg): Shape => ({
  columns,
  rows,
  slices: 1,
  frames: 1,
  samples: components === 1 ? 1 : 3,
  bits: precision > 8 ? 16 : 8,
});

/** Why this kind of JPEG is not decoded; undefined where it is. */
function undecodedOf({ precision, process }: Jpeg): string | undefined {
  if (process === 3) return 'Lossless JPEG files are recognised, but not decoded yet.';
  if (precision !== 8) return `JPEG files of ${precision} bits a sample are recognised, but not decoded yet.`;
  if (process > 2) return 'JPEG files of this rare kind are recognised, but not decoded yet.';
  return undefined;
}

const PROCESSES = ['baseline', 'extended', 'progressive', 'lossless'];

export default {
  id: 'jpeg',
  // FF D8 FF and a marker that can come first; JPEG-LS (FFF7) is not JPEG.
  claim: ({ head }) =>
    head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff && (head[3] ?? 0) >= 0xc0 && head[3] !== 0xf7 ? Claim.byMagic : Claim.none,
  async read(file) {
    const jpeg = await readJpeg(file.bytes);
    const undecoded = undecodedOf(jpeg);
    return {
      format: 'jpeg',
      role: 'image',
      shape: shapeOf(jpeg),
      tags: { ...jpeg.tags, Components: jpeg.components },
      ...(undecoded ? { undecoded } : {}),
    };
  },
  async pixels(file, { first, count }) {
    const jpeg = await readJpeg(file.bytes);
    const shape = shapeOf(jpeg);
    const undecoded = undecodedOf(jpeg);
    if (undecoded) throw new Unreadable('E-UNSUPPORTED', undecoded);
    spanOf(shape, { first, count });
    const data = await decodeJpeg(await file.bytes.slice(0), jpeg);
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: 1,
      samples: shape.samples,
      data,
      photometric: shape.samples === 3 ? 'RGB' : 'MONOCHROME2',
      slope: 1,
      intercept: 0,
      lossy: true,
      ...(shape.samples === 1 ? { windowCenter: 127.5, windowWidth: 255 } : {}),
    };
  },
  async tags(file) {
    const { tags, columns, rows, components, precision, process } = await readJpeg(file.bytes);
    const fields = {
      Width: columns,
      Height: rows,
      Components: components,
      Precision: precision,
      Process: PROCESSES[process] ?? process,
      ...tags,
    };
    return Object.entries(fields).map(([keyword, value]) => ({ tag: keyword, keyword, value: String(value).slice(0, 1024) }));
  },
} satisfies Format;
