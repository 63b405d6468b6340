// WebP: size and kind from its chunks (RFC 9649); pixels by the browser's own decoder, which outside a browser is not there.
// Where alpha is partial, the canvas loses a step of colour here and there; opaque lossless pictures are exact.
import { Claim } from '../core/claim.ts';
import type { Bytes } from '../core/entry.ts';
import { readExif } from '../core/exif.ts';
import type { Format } from '../core/format.ts';
import type { Shape, TagValue } from '../core/header.ts';
import { inSteps } from '../core/steps.ts';
import { spanOf } from '../core/stored.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';

interface WebP {
  readonly columns: number;
  readonly rows: number;
  readonly alpha: boolean;
  readonly lossless: boolean;
  readonly animated: boolean;
  readonly tags: Readonly<Record<string, TagValue>>;
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const three = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);

async function readWebP(stored: Bytes): Promise<WebP> {
  const bytes = inSteps(stored);
  let found: Partial<WebP> = {};
  let tags: Record<string, TagValue> = {};
  let lossless = false;
  let at = 12;
  for (let i = 0; i < 64; i++) {
    const chunk = await bytes.slice(at, at + 40);
    if (chunk.length < 18) break;
    const name = latin(chunk.subarray(0, 4));
    const length = new DataView(chunk.buffer, chunk.byteOffset, 8).getUint32(4, true);
    const body = chunk.subarray(8);
    if (name === 'VP8X')
      found = {
        columns: three(body, 4) + 1,
        rows: three(body, 7) + 1,
        alpha: ((body[0] ?? 0) & 0x10) !== 0,
        animated: ((body[0] ?? 0) & 2) !== 0,
      };
    if (name === 'VP8L') lossless = true;
    if (found.columns === undefined) found = sizeOf(name, body) ?? found;
    if (name === 'EXIF' && length <= 65536) tags = readExif((await bytes.slice(at + 8, at + 8 + length)).slice());
    at += 8 + length + (length % 2);
  }
  const { columns, rows, alpha = false, animated = false } = found;
  if (!columns || !rows) throw new Unreadable('E-TRUNCATED', 'The file ends before the WebP says how large the picture is.');
  return { columns, rows, alpha, animated, lossless, tags };
}

/** Size from the bit stream itself: VP8 key frame or VP8L header. */
function sizeOf(name: string, body: Uint8Array): Partial<WebP> | undefined {
  const [, a = 0, b = 0, c = 0, d = 0] = body;
  if (name === 'VP8L' && body[0] === 0x2f)
    return { columns: 1 + (((b & 0x3f) << 8) | a), rows: 1 + (((d & 0xf) << 10) | (c << 2) | (b >> 6)), alpha: (d & 0x10) !== 0 };
  if (name === 'VP8 ' && body[3] === 0x9d)
    return { columns: (((body[7] ?? 0) << 8) | (body[6] ?? 0)) & 0x3fff, rows: (((body[9] ?? 0) << 8) | (body[8] ?? 0)) & 0x3fff };
  return undefined;
}

const shapeOf = ({ columns, rows, alpha }: WebP): Shape => ({ columns, rows, slices: 1, frames: 1, samples: alpha ? 4 : 3, bits: 8 });

async function decoded(stored: Uint8Array, { columns, rows, alpha }: WebP): Promise<Uint8Array> {
  if (typeof createImageBitmap === 'undefined' || typeof OffscreenCanvas === 'undefined')
    throw new Unreadable('E-UNSUPPORTED', 'WebP pictures are decoded by the browser only.');
  try {
    // Stored values, not those of the screen: no colour management, no multiplication by alpha.
    const bitmap = await createImageBitmap(new Blob([stored.slice()], { type: 'image/webp' }), {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
    const drawing = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true });
    if (!drawing || bitmap.width !== columns || bitmap.height !== rows)
      throw new Unreadable('E-MALFORMED', 'The WebP picture is not of the size its header says.');
    drawing.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { data } = drawing.getImageData(0, 0, columns, rows);
    if (alpha) return new Uint8Array(data.buffer);
    const rgb = new Uint8Array(columns * rows * 3);
    for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
    return rgb;
  } catch (thrown) {
    throw asUnreadable(thrown, 'The WebP picture is damaged or cut off.', 'E-TRUNCATED');
  }
}

export default {
  id: 'webp',
  claim: ({ head }) => (latin(head.subarray(0, 4)) === 'RIFF' && latin(head.subarray(8, 12)) === 'WEBP' ? Claim.byHeader : Claim.none),
  async read(file) {
    const webp = await readWebP(file.bytes);
    const warnings = webp.animated ? ['Of this animation only the first picture is shown.'] : [];
    return { format: 'webp', role: 'image', shape: shapeOf(webp), tags: webp.tags, ...(warnings.length ? { warnings } : {}) };
  },
  async pixels(file, { first, count }) {
    const webp = await readWebP(file.bytes);
    const shape = shapeOf(webp);
    spanOf(shape, { first, count });
    return {
      columns: webp.columns,
      rows: webp.rows,
      frames: 1,
      samples: shape.samples,
      data: await decoded(await file.bytes.slice(0), webp),
      photometric: 'RGB',
      slope: 1,
      intercept: 0,
      lossy: !webp.lossless,
    };
  },
  async tags(file) {
    const { tags, columns, rows, lossless, animated } = await readWebP(file.bytes);
    return Object.entries({ Width: columns, Height: rows, Lossless: lossless, Animated: animated, ...tags }).map(([keyword, value]) => ({
      tag: keyword,
      keyword,
      value: String(value),
    }));
  },
} satisfies Format;
