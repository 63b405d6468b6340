// SHA-256 of the decoded stored values of one file: little-endian, stored container type, order frame, row, column, RGB.
import { PIXEL_BUDGET } from '../core/format.ts';
import type { PixelTask } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { openFile } from './context.ts';
import { readPixels } from './read.ts';

const CHUNK_BYTES = 2 ** 26;

/** Decodes in pieces of about 64 MB, so that no file has to fit whole. Throws Unreadable. */
export async function hashPixels(task: PixelTask, context: SourceContext): Promise<string | undefined> {
  const shape = task.header.shape;
  if (!shape) return undefined;
  const images = shape.slices * shape.frames;
  const imageBytes = shape.columns * shape.rows * shape.samples * Math.max(1, shape.bits / 8);
  const atOnce = images * imageBytes <= PIXEL_BUDGET / 2 ? images : Math.max(1, Math.floor(CHUNK_BYTES / imageBytes));
  const { createSHA256 } = await import('hash-wasm');
  const sha = await createSHA256();
  // Opened once: what is packed is unpacked once, not from its beginning for every piece.
  const file = openFile(task.entry, { beside: task.beside, context });
  for (let first = 0; first < images; first += atOnce) {
    const { data } = await readPixels({ ...task, first, count: Math.min(atOnce, images - first) }, context, file);
    sha.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return sha.digest('hex');
}
