// Windows bitmaps: 1 to 32 bits, palette (kept as indices), bit fields, RLE4 and RLE8. OS/2 headers of 12 bytes included.
import { Claim } from '../core/claim.ts';
import type { Bytes } from '../core/entry.ts';
import type { Format } from '../core/format.ts';
import type { Shape } from '../core/header.ts';
import { spanOf, truncated } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { type Bmp, unpackDirect, unpackIndices, unpackRle } from './bmp/rows.ts';

async function headOf(bytes: Bytes): Promise<Bmp> {
  const head = await bytes.slice(0, 4096);
  if (head.length < 26) throw truncated();
  const v = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = v.getUint32(14, true);
  const old = size === 12;
  if (!old && head.length < 54) throw truncated();
  const columns = old ? v.getUint16(18, true) : v.getInt32(18, true);
  const height = old ? v.getInt16(20, true) : v.getInt32(22, true);
  const depth = v.getUint16(old ? 24 : 28, true);
  const compression = old ? 0 : v.getUint32(30, true);
  if (columns < 1 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(depth))
    throw new Unreadable('E-MALFORMED', 'The bitmap header gives an impossible size or depth.');
  const colours = depth > 8 ? 0 : Math.min(256, (old ? 0 : v.getUint32(46, true)) || 2 ** depth);
  const entry = old ? 3 : 4;
  const at = 14 + size + (compression === 3 && size === 40 ? 12 : 0);
  const palette = new Uint8Array(colours * 3);
  for (let i = 0; i < colours * 3; i++) palette[i] = head[at + Math.floor(i / 3) * entry + (2 - (i % 3))] ?? 0;
  const masked = compression === 3 && head.length >= 66;
  const masks = masked
    ? [54, 58, 62].map((place) => v.getUint32(place, true))
    : depth === 16
      ? [0x7c00, 0x3e0, 0x1f]
      : [0xff0000, 0xff00, 0xff];
  return { columns, rows: Math.abs(height), topDown: height < 0, depth, compression, palette, masks, offset: v.getUint32(10, true) };
}

const shapeOf = ({ columns, rows, depth }: Bmp): Shape => ({
  columns,
  rows,
  slices: 1,
  frames: 1,
  samples: depth > 8 ? 3 : 1,
  bits: depth === 1 ? 1 : 8,
});

const unsupported = ({ compression }: Bmp): string | undefined =>
  compression > 3 ? 'This bitmap holds another format inside; it is recognised, but not decoded yet.' : undefined;

export default {
  id: 'bmp',
  claim({ head }) {
    if (head[0] !== 0x42 || head[1] !== 0x4d || head.length < 26) return Claim.none;
    const v = new DataView(head.buffer, head.byteOffset, head.byteLength);
    // "BM" alone begins many texts: the size of the second header must be one of the known ones.
    return [12, 40, 52, 56, 64, 108, 124].includes(v.getUint32(14, true)) ? Claim.byMagic : Claim.none;
  },
  async read(file) {
    const bmp = await headOf(file.bytes);
    const because = unsupported(bmp);
    return {
      format: 'bmp',
      role: 'image',
      shape: shapeOf(bmp),
      tags: { BitDepth: bmp.depth, Compression: bmp.compression },
      ...(because ? { undecoded: because } : {}),
    };
  },
  async pixels(file, { first, count }) {
    const bmp = await headOf(file.bytes);
    const shape = shapeOf(bmp);
    const because = unsupported(bmp);
    if (because) throw new Unreadable('E-UNSUPPORTED', because);
    spanOf(shape, { first, count });
    const stride = Math.ceil((bmp.columns * bmp.depth) / 32) * 4;
    const packed = bmp.compression === 1 || bmp.compression === 2;
    const body = await file.bytes.slice(bmp.offset, packed ? undefined : bmp.offset + stride * bmp.rows);
    if (!packed && body.length < stride * bmp.rows) throw truncated();
    const data = packed ? unpackRle(body, bmp) : bmp.depth > 8 ? unpackDirect(body, { bmp, stride }) : unpackIndices(body, { bmp, stride });
    const colour = bmp.depth > 8;
    return {
      columns: bmp.columns,
      rows: bmp.rows,
      frames: 1,
      samples: shape.samples,
      data,
      photometric: colour ? 'RGB' : 'PALETTE',
      slope: 1,
      intercept: 0,
      ...(colour ? {} : { palette: bmp.palette }),
    };
  },
  async tags(file) {
    const { columns, rows, depth, compression } = await headOf(file.bytes);
    return Object.entries({ Width: columns, Height: rows, BitDepth: depth, Compression: compression }).map(([keyword, value]) => ({
      tag: keyword,
      keyword,
      value: String(value),
    }));
  },
} satisfies Format;
