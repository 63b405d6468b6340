// Loads the WebAssembly codecs on first use and gives each frame a fresh decoder (a kept one may answer with the picture before).
// The wasm bytes are fetched from the address the bundler gave them and compiled once; a module that threw is thrown away.
import { Unreadable } from '../../../core/unreadable.ts';
import { broken, checkDecoded, type Decoded, type Expected } from './codec.ts';

/** The interface that all codecs of the Cornerstone family share. */
export interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned?: boolean };
  getInterleaveMode?(): number;
  delete(): void;
}
export type CodecModule = Readonly<Record<string, unknown>>;
export type Factory = (options: {
  print: () => void;
  printErr: () => void;
  instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;
}) => Promise<CodecModule>;

/** Above this many decoded bytes a module is not kept: WebAssembly memory never shrinks. */
const KEEP = 1 << 26;

export interface Codec {
  /** The decoder class the module exports. */
  readonly name: string;
  load(): Promise<{ factory: unknown; wasm: string }>;
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();
const modules = new Map<Codec, Promise<CodecModule>>();

/** Compiles the wasm at `address` once; a failed download is tried again the next time. */
export function compileWasm(address: string): Promise<WebAssembly.Module> {
  let found = compiled.get(address);
  if (!found) {
    found = fetchWasm(address);
    compiled.set(address, found);
    found.catch(() => compiled.delete(address));
  }
  return found;
}

async function fetchWasm(address: string): Promise<WebAssembly.Module> {
  const failed = (cause?: unknown) => new Unreadable('E-NETWORK', 'A decoder could not be loaded from this app’s own server.', { cause });
  const reply = await fetch(address).catch((cause: unknown) => {
    throw failed(cause);
  });
  if (!reply.ok) throw failed();
  return WebAssembly.compile(await reply.arrayBuffer());
}

/** CommonJS builds arrive as the function, as { default } or as { default: { default } }, by bundler. */
function factoryOf(loaded: unknown): Factory {
  let found = loaded;
  while (typeof found === 'object' && found !== null && 'default' in found) found = found.default;
  if (typeof found !== 'function') throw new Unreadable('E-UNSUPPORTED', 'A decoder of this app could not be started.');
  return found as Factory;
}

async function start(codec: Codec): Promise<CodecModule> {
  const { factory, wasm } = await codec.load();
  const module = await compileWasm(wasm);
  return factoryOf(factory)({
    // OpenJPEG tells every tile to the console.
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports, done) {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
  });
}

function moduleOf(codec: Codec): Promise<CodecModule> {
  let found = modules.get(codec);
  if (!found) {
    found = start(codec);
    modules.set(codec, found);
    found.catch(() => modules.delete(codec));
  }
  return found;
}

function samplesOf(bytes: Uint8Array, bits: number, signed: boolean): Decoded['data'] {
  // A copy: the decoder's memory is gone after delete.
  const own = bytes.slice();
  if (bits <= 8) return signed ? new Int8Array(own.buffer) : own;
  if (own.length % 2) throw broken();
  return signed ? new Int16Array(own.buffer) : new Uint16Array(own.buffer);
}

/** Decodes one frame with a new decoder and checks that what comes out is the picture asked for. Throws Unreadable. */
export async function decodeWith(
  codec: Codec,
  frame: Uint8Array,
  options: { expected: Expected; rgb: boolean },
): Promise<Decoded & { interleave: number }> {
  const module = await moduleOf(codec);
  let decoder: Decoder | undefined;
  try {
    decoder = new (module[codec.name] as new () => Decoder)();
    decoder.getEncodedBuffer(frame.length).set(frame);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
    const bytes = decoder.getDecodedBuffer();
    if (bytes.length === 0) throw broken();
    const signed = isSigned === true;
    const decoded = {
      columns: width,
      rows: height,
      samples: componentCount,
      bits: bitsPerSample,
      signed,
      rgb: options.rgb,
      data: samplesOf(bytes, bitsPerSample, signed),
    };
    if (bytes.length > KEEP) modules.delete(codec);
    return { ...checkDecoded(decoded, options.expected), interleave: decoder.getInterleaveMode?.() ?? 2 };
  } catch (thrown) {
    modules.delete(codec);
    throw thrown instanceof Unreadable ? thrown : broken(thrown);
  } finally {
    release(decoder);
  }
}

function release(decoder: Decoder | undefined): void {
  try {
    decoder?.delete();
  } catch {
    // After a trap inside the module its memory is not to be trusted, and the module was dropped above.
  }
}
