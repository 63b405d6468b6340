// RLE lossless (PS3.5 Annex G): one segment a byte plane, PackBits, the most significant byte first.
import { Unreadable } from '../../../core/unreadable.ts';
import { u32 } from '../tokens.ts';

const MAX_SEGMENTS = 15;

/** Unpacks one segment into every `stride`-th byte of `out`; answers how many bytes came. */
function unpack(
  segment: Uint8Array,
  out: Uint8Array,
  { offset, stride, count }: { offset: number; stride: number; count: number },
): number {
  let done = 0;
  for (let at = 0; at < segment.length && done < count; ) {
    const control = segment[at++]!;
    if (control < 128) {
      for (let i = 0; i <= control && done < count && at < segment.length; i++) out[offset + done++ * stride] = segment[at++]!;
    } else if (control > 128 && at < segment.length) {
      const value = segment[at++]!;
      for (let i = 0; i < 257 - control && done < count; i++) out[offset + done++ * stride] = value;
    }
  }
  return done;
}

/**
 * Decodes one frame to native little-endian bytes, samples interleaved. `count` is the number of pixels, or of packed bytes for
 * one-bit frames. Throws Unreadable.
 */
export function decodeRle(frame: Uint8Array, options: { count: number; samples: number; sampleBytes: number }): Uint8Array {
  const { count, samples, sampleBytes } = options;
  const segments = frame.length >= 64 ? u32(frame, 0, false) : 0;
  if (segments !== samples * sampleBytes || segments > MAX_SEGMENTS) {
    throw new Unreadable(
      'E-MALFORMED',
      `The run-length coded picture has ${segments} segments where its header needs ${samples * sampleBytes}.`,
    );
  }
  const stride = samples * sampleBytes;
  const out = new Uint8Array(count * stride);
  for (let segment = 0; segment < segments; segment++) {
    const start = u32(frame, 4 + segment * 4, false);
    const end = segment + 1 < segments ? u32(frame, 8 + segment * 4, false) : frame.length;
    const sample = Math.floor(segment / sampleBytes);
    const byte = sampleBytes - 1 - (segment % sampleBytes);
    const done = unpack(frame.subarray(start, end), out, { offset: sample * sampleBytes + byte, stride, count });
    if (start < 64 || done < count) throw new Unreadable('E-TRUNCATED', 'The run-length coded picture ends too early.');
  }
  return out;
}
