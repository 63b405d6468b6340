// The decoders of compressed frames, each loaded on first use. What a frame is decoded with is decided by its own first bytes;
// transfer syntaxes lie.
/// <reference path="./packages.d.ts" />
import { Unreadable } from '../../../core/unreadable.ts';
import { checkSize, type Decode, type Decoded } from './codec.ts';
import { lookAt, type Stream } from './stream.ts';
import { type Codec, decodeWith } from './wasm.ts';

const openjpeg: Codec = {
  name: 'J2KDecoder',
  load: async () => ({
    factory: await import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    wasm: (await import('@cornerstonejs/codec-openjpeg/decodewasm?url')).default,
  }),
};
const openjph: Codec = {
  name: 'HTJ2KDecoder',
  load: async () => ({
    factory: await import('@cornerstonejs/codec-openjph/wasmjs'),
    wasm: (await import('@cornerstonejs/codec-openjph/wasm?url')).default,
  }),
};
const charls: Codec = {
  name: 'JpegLSDecoder',
  load: async () => ({
    factory: await import('@cornerstonejs/codec-charls/decodewasmjs'),
    wasm: (await import('@cornerstonejs/codec-charls/decodewasm?url')).default,
  }),
};
const turbo: Codec = {
  name: 'JPEGDecoder',
  load: async () => ({
    factory: await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
    wasm: (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url')).default,
  }),
};
const libjxl: Codec = {
  name: 'JpegXLDecoder',
  load: async () => ({
    factory: await import('@cornerstonejs/codec-libjxl/decodewasmjs'),
    wasm: (await import('@cornerstonejs/codec-libjxl/decodewasm?url')).default,
  }),
};

/** Adobe marker that says: no colour transform. Without it libjpeg takes three components for YCbCr. */
const NO_TRANSFORM = new Uint8Array([0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]);

function withoutTransform(frame: Uint8Array): Uint8Array {
  const marked = new Uint8Array(frame.length + NO_TRANSFORM.length);
  marked.set(frame.subarray(0, 2));
  marked.set(NO_TRANSFORM, 2);
  marked.set(frame.subarray(2), 2 + NO_TRANSFORM.length);
  return marked;
}

/** Planes one after another → samples together. */
function interleaved(decoded: Decoded): Decoded {
  const { data, samples } = decoded;
  const area = decoded.columns * decoded.rows;
  const together = data.slice();
  for (let sample = 0; sample < samples; sample++) for (let i = 0; i < area; i++) together[i * samples + sample] = data[sample * area + i]!;
  return { ...decoded, data: together };
}

type By = (frame: Uint8Array, options: { expected: Parameters<Decode>[1]; stream: Stream }) => Promise<Decoded>;

const BY_KIND: Readonly<Record<Stream['kind'], By>> = {
  'jpeg-8': (frame, { expected, stream }) => {
    const plainRgb = expected.samples === 3 && expected.photometric === 'RGB' && !stream.transform;
    return decodeWith(turbo, plainRgb ? withoutTransform(frame) : frame, { expected, rgb: true });
  },
  'jpeg-deep': async (frame, { expected, stream }) => (await import('./jpeg-ijg.ts')).decodeJpegIjg(frame, expected, stream),
  'jpeg-ls': async (frame, { expected }) => {
    const decoded = await decodeWith(charls, frame, { expected, rgb: false });
    return decoded.samples > 1 && decoded.interleave === 0 ? interleaved(decoded) : decoded;
  },
  'jpeg-2000': (frame, { expected, stream }) => decodeWith(openjpeg, frame, { expected, rgb: stream.transform }),
  htj2k: (frame, { expected, stream }) => decodeWith(openjph, frame, { expected, rgb: stream.transform }),
  'jpeg-xl': (frame, { expected }) => decodeWith(libjxl, frame, { expected, rgb: true }),
};

/** Decodes one JPEG-family frame. Sizes in the stream are compared with the header first. Throws Unreadable. */
export const decodeStream: Decode = (frame, expected) => {
  const stream = lookAt(frame);
  if (!stream) throw new Unreadable('E-MALFORMED', 'The compressed picture does not begin as one: it is broken or of an unknown kind.');
  checkSize({ ...stream, samples: stream.samples || expected.samples }, expected);
  return BY_KIND[stream.kind](frame, { expected, stream });
};
