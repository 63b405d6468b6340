import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SourceContext } from '../core/source.ts';
import { createContext } from './context.ts';
import { hashPixels } from './hash.ts';
import { readEntry } from './read.ts';

/** A NIfTI-1 volume of bytes, zero but for its number of images; nothing of it is held. */
function volume(images: number): { size: number; slice(start: number, end?: number): Promise<Uint8Array> } {
  const header = new Uint8Array(352);
  const view = new DataView(header.buffer);
  view.setInt32(0, 348, true);
  for (const [at, n] of [3, 1024, 1024, images, 1, 1, 1, 1].entries()) view.setInt16(40 + at * 2, n, true);
  view.setInt16(70, 2, true);
  view.setInt16(72, 8, true);
  view.setFloat32(108, 352, true);
  header.set([0x6e, 0x2b, 0x31, 0], 344);
  const size = 352 + images * 2 ** 20;
  return {
    size,
    async slice(start, end = size) {
      const out = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      if (start < 352) out.set(header.subarray(start, Math.min(352, end)));
      return out;
    },
  };
}

async function hashed(images: number) {
  const lengths: number[] = [];
  let opened = 0;
  const bytes = volume(images);
  const context: SourceContext = {
    ...createContext({}),
    open: () => {
      opened++;
      const slice = async (start: number, end = bytes.size) => {
        lengths.push(end - start);
        return bytes.slice(start, end);
      };
      return { size: bytes.size, slice };
    },
  };
  const entry = { path: 'big.nii', size: bytes.size, place: { source: 'x', at: null } };
  const told = await readEntry({ index: 0, entry, beside: [] }, context);
  if (told.kind !== 'header') throw new Error(told.kind);
  opened = 0;
  const sha256 = await hashPixels({ entry, beside: [], header: told.header, first: 0, count: Number.POSITIVE_INFINITY }, context);
  return { sha256, opened, longest: Math.max(...lengths) };
}

describe('hashPixels', () => {
  it('opens a big file once, and reads it in pieces: what is packed must not be unpacked anew for each', async () => {
    const images = 520;
    const truth = createHash('sha256');
    const zeros = new Uint8Array(2 ** 20);
    for (let n = 0; n < images; n++) truth.update(zeros);
    const { sha256, opened, longest } = await hashed(images);
    expect(sha256).toBe(truth.digest('hex'));
    expect(opened).toBe(1);
    expect(longest).toBeLessThanOrEqual(2 ** 26);
  });
  it('reads a small one at once', async () => {
    expect((await hashed(2)).sha256).toBe(
      createHash('sha256')
        .update(new Uint8Array(2 ** 21))
        .digest('hex'),
    );
  });
});
