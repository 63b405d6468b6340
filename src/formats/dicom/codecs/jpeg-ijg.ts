// JPEG that libjpeg-turbo's 8-bit build cannot read: lossless (ISO 10918-1 Annex H), and more than 8 bits, sequential or progressive.
// The IJG library of dcmjs-codecs is called without its JavaScript, which reads files by `eval`. (jpeg-lossless-decoder-js, which is
// smaller, loses the last pixel of some pictures.) Each frame gets its own decoding context; an instance that failed is thrown away.
import { Unreadable } from '../../../core/unreadable.ts';
import { broken, checkDecoded, type Decoded, type Expected } from './codec.ts';
import type { Stream } from './stream.ts';
import { compileWasm } from './wasm.ts';

type Call = (...numbers: readonly number[]) => number;
type Exports = Readonly<Record<string, Call>> & { readonly memory: WebAssembly.Memory };

/** Index in the library's list of photometric interpretations. */
const PHOTOMETRIC: Readonly<Record<string, number>> = {
  MONOCHROME1: 0,
  MONOCHROME2: 1,
  'PALETTE COLOR': 2,
  RGB: 3,
  YBR_FULL: 4,
  YBR_FULL_422: 5,
};

let kept: Promise<Exports> | undefined;

async function instantiate(): Promise<Exports> {
  const address = (await import('dcmjs-codecs/build/dcmjs-native-codecs.wasm?url')).default;
  const nothing = () => 0;
  const fail = () => {
    throw broken();
  };
  const instance = await WebAssembly.instantiate(await compileWasm(address), {
    env: { onCodecsException: fail, onCodecsInfo: nothing, onCodecsTrace: nothing, emscripten_notify_memory_growth: nothing },
    wasi_snapshot_preview1: {
      proc_exit: fail,
      clock_time_get: nothing,
      fd_write: nothing,
      fd_close: nothing,
      fd_seek: nothing,
      environ_get: nothing,
      environ_sizes_get: nothing,
    },
  });
  const exports = instance.exports as unknown as Exports;
  exports._initialize?.();
  return exports;
}

function call(codec: Exports, name: string, ...numbers: number[]): number {
  const found = codec[name];
  if (!found) throw new Unreadable('E-UNSUPPORTED', 'The decoder for this kind of JPEG could not be started.');
  return found(...numbers);
}

function run(codec: Exports, frame: Uint8Array, expected: Expected, stream: Stream): Uint8Array {
  const context = call(codec, 'CreateCodecsContext');
  const values = {
    Columns: stream.columns,
    Rows: stream.rows,
    BitsAllocated: stream.precision > 8 ? 16 : 8,
    BitsStored: stream.precision,
    SamplesPerPixel: stream.samples,
    PixelRepresentation: 0,
    PlanarConfiguration: 0,
    PhotometricInterpretation: PHOTOMETRIC[expected.photometric] ?? 1,
  };
  for (const [name, value] of Object.entries(values)) call(codec, `Set${name}`, context, value);
  call(codec, 'SetEncodedBufferSize', context, frame.length);
  new Uint8Array(codec.memory.buffer).set(frame, call(codec, 'GetEncodedBuffer', context));
  const parameters = call(codec, 'CreateDecoderParameters');
  call(codec, 'SetConvertColorspaceToRgb', parameters, 0);
  call(codec, 'DecodeJpeg', context, parameters);
  const at = call(codec, 'GetDecodedBuffer', context);
  const bytes = new Uint8Array(codec.memory.buffer).slice(at, at + call(codec, 'GetDecodedBufferSize', context));
  call(codec, 'ReleaseDecoderParameters', parameters);
  call(codec, 'ReleaseCodecsContext', context);
  return bytes;
}

/** Decodes one frame; colours stay as the stream has them. Throws Unreadable. */
export async function decodeJpegIjg(frame: Uint8Array, expected: Expected, stream: Stream): Promise<Decoded> {
  kept ??= instantiate();
  try {
    const bytes = run(await kept, frame, expected, stream);
    const data = stream.precision > 8 ? new Uint16Array(bytes.buffer, 0, bytes.length >> 1) : bytes;
    const { columns, rows, samples, precision } = stream;
    return checkDecoded({ columns, rows, samples, bits: precision, signed: false, rgb: false, data }, expected);
  } catch (thrown) {
    kept = undefined;
    throw thrown instanceof Unreadable ? thrown : broken(thrown);
  }
}
