// Decodes frames of a DICOM file: native ones by their byte range, compressed ones by codecs, deflated files by inflating first.

import type { Bytes } from '../../core/entry.ts';
import { type OpenFile, PIXEL_BUDGET } from '../../core/format.ts';
import type { Header } from '../../core/header.ts';
import type { Pixels, Samples } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { toRgb } from './colour.ts';
import { decodeFrame } from './compressed.ts';
import { compressedFrames } from './fragments.ts';
import { functionalGroups, macros } from './geometry.ts';
import { inflatePrefix } from './inflate.ts';
import { containerFor, frameBits, type Layout, layoutOf } from './layout.ts';
import { nativeSamples } from './native.ts';
import { type Opened, openDicom } from './open.ts';
import { paletteOf } from './palette.ts';
import { UNDEFINED_LENGTH } from './tokens.ts';
import { numbers, texts } from './values.ts';

const GE_BIG_PIXELS = '1.2.840.113619.5.2';

interface Span {
  readonly first: number;
  readonly count: number;
}

interface Body {
  readonly bytes: Bytes;
  /** Offset of the value of the pixel data. */
  readonly at: number;
  readonly length: number;
  readonly size: number | undefined;
}

/** Bytes that hold the pixel data: the file's, or the inflated data set's. */
async function bodyOf(file: OpenFile, opened: Opened): Promise<Body> {
  const pixels = opened.set.stopped;
  if (!pixels || pixels.tag >>> 16 !== 0x7fe0) throw new Unreadable('E-UNSUPPORTED', 'This file holds no pixels.');
  const { at, length } = pixels;
  if (opened.deflatedAt === undefined) return { bytes: file.bytes, at, length, size: opened.size };
  const packed = await file.bytes.slice(opened.deflatedAt, opened.size);
  const wanted = length === UNDEFINED_LENGTH ? PIXEL_BUDGET : at + length;
  const inflated = (await inflatePrefix(packed, { complete: true, wanted }))?.bytes ?? new Uint8Array(0);
  return {
    at,
    length,
    size: inflated.length,
    bytes: { size: inflated.length, slice: async (start, end) => inflated.subarray(start, end) },
  };
}

/** Cuts the request to the frames there are and refuses what would not fit in memory. */
function cut(layout: Layout, { first, count }: Span): Span {
  const held = Math.min(count, layout.frames - first);
  if (!(first >= 0 && held >= 1))
    throw new Unreadable('E-MALFORMED', `Frame ${first + 1} was asked for, but the file holds ${layout.frames}.`);
  const bytes = layout.columns * layout.rows * layout.samples * Math.max(1, layout.allocated / 8) * held;
  if (bytes > PIXEL_BUDGET)
    throw new Unreadable('E-TOOBIG', `The pixels would take ${Math.round(bytes / 2 ** 20)} MB, more than is decoded at once.`);
  return { first, count: held };
}

/** A file cut near its end still shows what is there, with zeros for the rest (its header warns); less than half is refused. */
function wholeEnough(bytes: Uint8Array, needed: number): Uint8Array {
  if (bytes.length >= needed) return bytes;
  if (bytes.length * 2 < needed)
    throw new Unreadable('E-TRUNCATED', `The pixel data is cut off: ${bytes.length} of ${needed} bytes are there.`);
  const filled = new Uint8Array(needed);
  filled.set(bytes);
  return filled;
}

async function native(body: Body, opened: Opened, layout: Layout, span: Span): Promise<Samples> {
  const bits = frameBits(layout);
  const start = span.first * bits;
  // Whole words: eight-bit samples of big-endian files are swapped in pairs.
  const from = Math.floor(start / 16) * 2;
  const to = Math.min(Math.ceil((start + bits * span.count) / 16) * 2, Math.max(body.length, Math.ceil((start + bits * span.count) / 8)));
  const bytes = body.length < from ? new Uint8Array(0) : await body.bytes.slice(body.at + from, body.at + Math.min(to, body.length));
  const held = wholeEnough(bytes, to - from);
  const big = opened.syntax.uid === GE_BIG_PIXELS || opened.syntax.encoding.big;
  const data = nativeSamples(held, { layout, frames: span.count, big, words: opened.set.stopped?.vr !== 'OB', bit: start - from * 8 });
  if (layout.samples === 3) toRgb(data, layout.photometric, Math.min(16, layout.stored));
  return data;
}

async function compressed(body: Body, opened: Opened, layout: Layout, span: Span): Promise<Samples> {
  const codec = opened.syntax.codec ?? (opened.syntax.encapsulated ? undefined : 'jpeg');
  if (!codec)
    throw new Unreadable('E-UNSUPPORTED', `The pixels are ${opened.syntax.name ?? 'compressed in a way'} that cannot be decoded yet.`);
  const frames = await compressedFrames({ ...body, set: opened.set }, { ...span, of: layout.frames });
  const area = layout.columns * layout.rows * layout.samples;
  if (frames.length === 1) return decodeFrame(frames[0]!, { codec, layout });
  const all = containerFor(layout, area * frames.length);
  for (const [i, frame] of frames.entries()) all.set((await decodeFrame(frame, { codec, layout })) as never, i * area);
  return all;
}

/** Rescale and window: of the data set, else of the functional groups of the first frame. */
function display(opened: Opened): Pick<Pixels, 'slope' | 'intercept' | 'windowCenter' | 'windowWidth'> {
  const { set } = opened;
  const frames = functionalGroups(set);
  const sets = [set, ...macros(frames.shared), ...macros(frames.each[0])];
  const find = (tag: number) => sets.map((one) => numbers(one, tag, 'DS', 1)[0]).find((value) => value !== undefined);
  const dose = numbers(set, 0x3004000e, 'DS', 1)[0];
  return {
    slope: find(0x00281053) ?? dose ?? 1,
    intercept: find(0x00281052) ?? 0,
    windowCenter: find(0x00281050),
    windowWidth: find(0x00281051),
  };
}

function photometricOf(layout: Layout): Pixels['photometric'] {
  if (layout.samples === 3) return 'RGB';
  if (layout.photometric === 'PALETTE COLOR') return 'PALETTE';
  return layout.photometric === 'MONOCHROME1' ? 'MONOCHROME1' : 'MONOCHROME2';
}

/** Decodes frames [first, first + count) to stored values. Throws Unreadable. */
export async function decodeDicom(file: OpenFile, options: { header: Header; first: number; count: number }): Promise<Pixels> {
  const opened = await openDicom(file.bytes);
  const body = await bodyOf(file, opened);
  const layout = layoutOf(opened.set);
  const span = cut(layout, options);
  const data = body.length === UNDEFINED_LENGTH ? await compressed(body, opened, layout, span) : await native(body, opened, layout, span);
  const photometric = photometricOf(layout);
  return {
    columns: layout.columns,
    rows: layout.rows,
    frames: span.count,
    samples: layout.samples,
    data,
    photometric,
    ...display(opened),
    palette: photometric === 'PALETTE' ? paletteOf(opened.set) : undefined,
    lossy: texts(opened.set, 0x00282110)[0] === '01' || undefined,
  };
}
