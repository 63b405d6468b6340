// Uncompressed pixels: bytes of whole frames → samples in the stored container, interleaved (PS3.5 8.1, 8.2).
import type { Samples } from '../../core/pixels.ts';
import { containerFor, type Layout } from './layout.ts';

export interface NativeOptions {
  readonly layout: Layout;
  /** Frames in `bytes`. */
  readonly frames: number;
  readonly big: boolean;
  /** Bytes were written as 16-bit words (VR OW), which matters for 8-bit samples in big-endian files. */
  readonly words: boolean;
  /** First bit of the first frame in the first byte; frames of one-bit pixels follow each other without padding (PS3.5 8.2). */
  readonly bit?: number;
}

function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const own = new Uint8Array(Math.ceil(bytes.length / width) * width);
  own.set(bytes);
  for (let at = 0; at < own.length; at += width) own.subarray(at, at + width).reverse();
  return own;
}

function fromBits(bytes: Uint8Array, count: number, first: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0, bit = first; i < count; i++, bit++) out[i] = (bytes[bit >> 3]! >> (bit & 7)) & 1;
  return out;
}

/** Twelve bits a sample, packed: the low bits first (PS3.5 Annex D.1, retired but met). */
function fromTwelve(bytes: Uint8Array, out: Samples, first: number): Samples {
  for (let i = 0, bit = first; i < out.length; i++, bit += 12) {
    const pair = bytes[bit >> 3]! | ((bytes[(bit >> 3) + 1] ?? 0) << 8);
    out[i] = (pair >> (bit & 7)) & 0xfff;
  }
  return out;
}

/** Y1 Y2 Cb Cr → Y1 Cb Cr Y2 Cb Cr. */
function full(data: Samples, layout: Layout): Samples {
  const out = containerFor(layout, (data.length / 2) * 3);
  for (let from = 0, to = 0; from + 3 < data.length; from += 4) {
    for (const luminance of [data[from]!, data[from + 1]!]) {
      out[to++] = luminance;
      out[to++] = data[from + 2]!;
      out[to++] = data[from + 3]!;
    }
  }
  return out;
}

function interleave(data: Samples, layout: Layout, frames: number): Samples {
  const out = containerFor(layout, data.length);
  const area = layout.columns * layout.rows;
  for (let frame = 0; frame < frames; frame++) {
    const base = frame * area * 3;
    for (let sample = 0; sample < 3; sample++) {
      for (let i = 0, from = base + sample * area, to = base + sample; i < area; i++, from++, to += 3) out[to] = data[from]!;
    }
  }
  return out;
}

/** Samples of `frames` native frames; `bytes` holds at least so many. YBR is not converted here. */
export function nativeSamples(bytes: Uint8Array, options: NativeOptions): Samples {
  const { layout, frames, big, words } = options;
  const { allocated } = layout;
  const count = layout.columns * layout.rows * (layout.halved ? 2 : layout.samples) * frames;
  const ordered = big && allocated <= 8 && words ? swapped(bytes, 2) : bytes;
  if (allocated === 1) return fromBits(ordered, count, options.bit ?? 0);
  if (allocated === 12) return fromTwelve(ordered, containerFor(layout, count), options.bit ?? 0);
  const width = allocated / 8;
  const whole = ordered.subarray(0, count * width);
  const data = containerFor(layout, count);
  new Uint8Array(data.buffer).set(big && width > 1 ? swapped(whole, width) : whole);
  if (layout.halved) return full(data, layout);
  return layout.planar ? interleave(data, layout, frames) : data;
}
