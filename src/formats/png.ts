// PNG: 1 to 16 bits, grey, palette (kept as indices), colour, with or without alpha, interlaced or not. Of an animation, the first picture.
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Shape } from '../core/header.ts';
import { inWords, spanOf } from '../core/stored.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import { decodeAdam7 } from './png/adam7.ts';
import { type Png, readPng, SAMPLES, SIGNATURE } from './png/header.ts';
import { withoutExtras } from './png/strip.ts';

const shapeOf = ({ columns, rows, depth, colourType }: Png): Shape => ({
  columns,
  rows,
  slices: 1,
  frames: 1,
  samples: SAMPLES[colourType] ?? 1,
  bits: depth === 16 ? 16 : depth === 1 ? 1 : 8,
});

async function read(file: OpenFile): Promise<Header> {
  const png = await readPng(file.bytes);
  return {
    format: 'png',
    role: 'image',
    shape: shapeOf(png),
    // pHYs of a picture says how large to print it, not how large the body is: kept as a tag only.
    tags: {
      ...png.tags,
      BitDepth: png.depth,
      ColorType: png.colourType,
      ...(png.spacingMm ? { PixelsPerMetre: png.spacingMm.map((mm) => Math.round(1000 / mm)) } : {}),
    },
  };
}

/** One value a byte, from rows packed to whole bytes. */
function unpack(data: Uint8Array, { columns, rows, depth }: Png): Uint8Array {
  const stride = Math.ceil((columns * depth) / 8);
  const each = 8 / depth;
  const mask = (1 << depth) - 1;
  const out = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++)
      out[y * columns + x] = ((data[y * stride + Math.floor(x / each)] ?? 0) >> (8 - depth * (1 + (x % each)))) & mask;
  }
  return out;
}

async function decodePng(file: OpenFile, png: Png): Promise<Uint8Array | Uint16Array> {
  const stored = await file.bytes.slice(0);
  const needed = png.rows * (Math.ceil((png.columns * png.depth * (SAMPLES[png.colourType] ?? 1)) / 8) + 1);
  const stripped = await withoutExtras(stored, { most: needed * 2 + 65_536 });
  if (png.interlaced && png.depth < 8) return decodeAdam7(stripped, png);
  const { decode } = await import('fast-png');
  try {
    const { data } = decode(stripped);
    return data instanceof Uint16Array ? data : data instanceof Uint8Array ? data : Uint8Array.from(data);
  } catch (thrown) {
    throw asUnreadable(thrown, 'The PNG picture is damaged or cut off.', 'E-TRUNCATED');
  }
}

export default {
  id: 'png',
  claim: ({ head }) => (SIGNATURE.every((byte, i) => head[i] === byte) ? Claim.byHeader : Claim.none),
  read,
  async pixels(file, { first, count }) {
    const png = await readPng(file.bytes);
    const shape = shapeOf(png);
    spanOf(shape, { first, count });
    if (png.columns * png.rows > 2 ** 28)
      throw new Unreadable('E-TOOBIG', `The picture has ${inWords(png.columns * png.rows)} of pixels, more than are decoded at once.`);
    const decoded = await decodePng(file, png);
    const expected = png.columns * png.rows * shape.samples;
    const data = png.depth < 8 && decoded instanceof Uint8Array && decoded.length !== expected ? unpack(decoded, png) : decoded;
    if (data.length !== expected) throw new Unreadable('E-TRUNCATED', 'The PNG picture is damaged or cut off.');
    const palette = png.colourType === 3 ? (png.palette ?? new Uint8Array(0)) : undefined;
    // Grey of fewer than 8 bits is stored unscaled: its window says where white is.
    const white = 2 ** png.depth - 1;
    return {
      columns: png.columns,
      rows: png.rows,
      frames: 1,
      samples: shape.samples,
      data,
      photometric: palette ? 'PALETTE' : shape.samples >= 3 ? 'RGB' : 'MONOCHROME2',
      slope: 1,
      intercept: 0,
      ...(palette ? { palette } : {}),
      ...(!palette && shape.samples < 3 && png.depth <= 8 ? { windowCenter: white / 2, windowWidth: white } : {}),
    };
  },
  async tags(file) {
    const { tags, columns, rows, depth, colourType } = await readPng(file.bytes);
    const fields = { Width: columns, Height: rows, BitDepth: depth, ColorType: colourType, ...tags };
    return Object.entries(fields).map(([keyword, value]) => ({ tag: keyword, keyword, value: String(value).slice(0, 1024) }));
  },
} satisfies Format;
