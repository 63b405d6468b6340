// JPEG pixels: libjpeg-turbo as WebAssembly, a fresh decoder each time (a kept one may answer with the picture before); CMYK by jpeg-js,
// which turns it into RGB.
import { asUnreadable, Unreadable } from '../../core/unreadable.ts';
import type { Jpeg } from './header.ts';

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): { width: number; height: number; componentCount: number };
  delete(): void;
}

type Turbo = { JPEGDecoder: new () => Decoder };
type Factory = (options: object) => Promise<Turbo>;

const damaged = (cause?: unknown): Unreadable => asUnreadable(cause, 'The JPEG picture is damaged or cut off.', 'E-TRUNCATED');

let turbo: Promise<Turbo> | undefined;

async function load(): Promise<Turbo> {
  let found: unknown = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  // A CommonJS build: the function itself, or one or two `default`s around it, by bundler.
  while (typeof found === 'object' && found !== null && 'default' in found) found = found.default;
  const { default: address } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url');
  const reply = await fetch(address);
  if (!reply.ok) throw new Unreadable('E-NETWORK', 'The JPEG decoder could not be loaded from this app’s own server.');
  const module = await WebAssembly.compile(await reply.arrayBuffer());
  return (found as Factory)({
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
  });
}

/** Decodes to 1 or 3 samples a pixel, interleaved. Throws E-TRUNCATED where the stream is damaged or not of the promised size. */
export async function decodeJpeg(stored: Uint8Array, jpeg: Jpeg): Promise<Uint8Array> {
  if (jpeg.components === 4 || jpeg.components === 2) return decodeSlowly(stored, jpeg);
  turbo ??= load();
  let decoder: Decoder | undefined;
  try {
    decoder = new (await turbo).JPEGDecoder();
    decoder.getEncodedBuffer(stored.length).set(stored);
    decoder.decode();
    const { width, height, componentCount } = decoder.getFrameInfo();
    const data = Uint8Array.from(decoder.getDecodedBuffer());
    if (
      width !== jpeg.columns ||
      height !== jpeg.rows ||
      componentCount !== jpeg.components ||
      data.length !== width * height * componentCount
    )
      throw damaged();
    return data;
  } catch (thrown) {
    // The next picture gets a new module: this one's memory is not to be trusted.
    turbo = undefined;
    throw damaged(thrown);
  } finally {
    free(decoder);
  }
}

function free(decoder: Decoder | undefined): void {
  try {
    decoder?.delete();
  } catch {
    // A trapped module cannot free; it was dropped above.
  }
}

async function decodeSlowly(stored: Uint8Array, { columns, rows }: Jpeg): Promise<Uint8Array> {
  const { decode } = await import('jpeg-js');
  try {
    const { width, height, data } = decode(stored, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: 300,
      maxMemoryUsageInMB: 1024,
    });
    if (width !== columns || height !== rows || data.length !== columns * rows * 3) throw damaged();
    return data;
  } catch (thrown) {
    throw damaged(thrown);
  }
}
