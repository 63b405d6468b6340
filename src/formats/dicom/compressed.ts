// Compressed frames → samples in the container the header names: decode one, fit it, go on.
import type { Samples } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import type { Decoded } from './codecs/codec.ts';
import { decodeStream } from './codecs/codecs.ts';
import { decodeRle } from './codecs/rle.ts';
import { toRgb } from './colour.ts';
import { inflatePrefix } from './inflate.ts';
import { containerFor, frameBits, type Layout } from './layout.ts';
import { nativeSamples } from './native.ts';
import type { CodecId } from './transfer-syntax.ts';

/** Values of the stream as values of the container: the sign of what the codec took for unsigned is put back at its top bit. */
function fit(decoded: Decoded, layout: Layout): Samples {
  const { data, bits } = decoded;
  const out = containerFor(layout, data.length);
  if (layout.signed && !decoded.signed) {
    const shift = 32 - bits;
    for (let i = 0; i < data.length; i++) out[i] = (data[i]! << shift) >> shift;
  } else out.set(data as never);
  return out;
}

function rleFrame(frame: Uint8Array, layout: Layout): Samples {
  const { columns, rows, samples, allocated } = layout;
  const count = allocated === 1 ? Math.ceil((columns * rows * samples) / 8) : columns * rows;
  const bytes = decodeRle(frame, { count, samples: allocated === 1 ? 1 : samples, sampleBytes: Math.max(1, Math.ceil(allocated / 8)) });
  // Planes were put together while unpacking, and RLE keeps no halved chroma.
  return nativeSamples(bytes, { layout: { ...layout, planar: false, halved: false }, frames: 1, big: false, words: false });
}

async function deflatedFrame(frame: Uint8Array, layout: Layout): Promise<Samples> {
  const needed = Math.ceil(frameBits(layout) / 8);
  const inflated = await inflatePrefix(frame, { complete: true, wanted: needed });
  if (!inflated || inflated.bytes.length < needed)
    throw new Unreadable('E-TRUNCATED', 'A deflated frame holds fewer bytes than its picture needs.');
  return nativeSamples(inflated.bytes, { layout, frames: 1, big: false, words: false });
}

/** Decodes one frame to interleaved samples; YBR is converted to RGB. Throws Unreadable. */
export async function decodeFrame(frame: Uint8Array, options: { codec: CodecId; layout: Layout }): Promise<Samples> {
  const { codec, layout } = options;
  if (codec === 'rle' || codec === 'deflate') {
    const samples = codec === 'rle' ? rleFrame(frame, layout) : await deflatedFrame(frame, layout);
    if (layout.samples === 3) toRgb(samples, layout.photometric, Math.min(16, layout.stored));
    return samples;
  }
  const decoded = await decodeStream(frame, layout);
  const samples = fit(decoded, layout);
  if (layout.samples === 3 && !decoded.rgb) toRgb(samples, layout.photometric, decoded.bits);
  return samples;
}
