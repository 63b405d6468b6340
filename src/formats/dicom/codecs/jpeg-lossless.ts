// JPEG lossless, process 14 (ISO 10918-1 Annex H), all predictors, 2 to 16 bits.
import { broken, checkDecoded, type Decoded, type Expected } from './codec.ts';
import type { Stream } from './stream.ts';

/** Decodes one frame. Throws Unreadable. */
export async function decodeJpegLossless(frame: Uint8Array, expected: Expected, stream: Stream): Promise<Decoded> {
  // The small decoder knows no colour deeper than 8 bits; the large library does.
  if (stream.samples > 1 && stream.precision > 8) {
    const { decodeJpegIjg } = await import('./jpeg-ijg.ts');
    return decodeJpegIjg(frame, expected, stream);
  }
  const { Decoder } = await import('jpeg-lossless-decoder-js');
  const own = frame.slice();
  let raw: ArrayBufferLike;
  try {
    raw = new Decoder().decompress(own.buffer, 0, own.length);
  } catch (thrown) {
    throw broken(thrown);
  }
  const data = stream.precision <= 8 ? new Uint8Array(raw) : new Uint16Array(raw);
  const { columns, rows, samples, precision } = stream;
  return checkDecoded({ columns, rows, samples, bits: precision, signed: false, rgb: false, data }, expected);
}
