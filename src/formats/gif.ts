// GIF: one picture as palette indices; an animation as RGB frames, each drawn over the one before.
import { Claim } from '../core/claim.ts';
import type { Format } from '../core/format.ts';
import type { Shape, Tags } from '../core/header.ts';
import { spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { decodeFrame, type Gif, type GifFrame, readGif } from './gif/blocks.ts';

const single = ({ frames, columns, rows }: Gif): boolean => {
  const [only] = frames;
  return frames.length === 1 && only?.left === 0 && only.top === 0 && only.columns === columns && only.rows === rows;
};

const shapeOf = (gif: Gif): Shape => ({
  columns: gif.columns,
  rows: gif.rows,
  slices: 1,
  frames: Math.max(1, gif.frames.length),
  samples: single(gif) ? 1 : 3,
  bits: 8,
});

/** Draws frames 0 to the last one asked for, and keeps those asked for: each needs the ones before it. */
async function drawn(stored: Uint8Array, { gif, first, count }: { gif: Gif; first: number; count: number }): Promise<Uint8Array> {
  const size = gif.columns * gif.rows * 3;
  const out = new Uint8Array(size * count);
  const canvas = new Uint8Array(size);
  for (let i = 0; i < first + count; i++) {
    const frame = gif.frames[i];
    if (!frame) break;
    const before = frame.disposal === 3 ? canvas.slice() : undefined;
    draw(canvas, { gif, frame, indices: await decodeFrame(stored, frame) });
    if (i >= first) out.set(canvas, (i - first) * size);
    if (before) canvas.set(before);
    else if (frame.disposal === 2) draw(canvas, { gif, frame, indices: undefined });
  }
  return out;
}

/** Lays one picture over the canvas; without indices, clears its place. */
function draw(canvas: Uint8Array, { gif, frame, indices }: { gif: Gif; frame: GifFrame; indices: Uint8Array | undefined }): void {
  const palette = frame.palette ?? gif.palette ?? new Uint8Array(0);
  for (let y = 0; y < frame.rows && frame.top + y < gif.rows; y++) {
    for (let x = 0; x < frame.columns && frame.left + x < gif.columns; x++) {
      const index = indices?.[y * frame.columns + x];
      if (index !== undefined && index === frame.transparent) continue;
      const at = 3 * ((frame.top + y) * gif.columns + frame.left + x);
      for (let c = 0; c < 3; c++) canvas[at + c] = index === undefined ? 0 : (palette[3 * index + c] ?? 0);
    }
  }
}

export default {
  id: 'gif',
  claim: ({ head }) => (/^GIF8[79]a/.test(String.fromCharCode(...head.subarray(0, 6))) ? Claim.byHeader : Claim.none),
  async read(file) {
    const gif = await readGif(file.bytes);
    if (gif.frames.length === 0) throw new Unreadable('E-TRUNCATED', 'The file ends before the first picture of the GIF.');
    return {
      format: 'gif',
      role: 'image',
      shape: shapeOf(gif),
      tags: { ...(gif.comment ? { Comment: gif.comment.slice(0, 256) } : undefined) } as Tags,
      ...(gif.cut ? { warnings: ['The file ends before the GIF does.'] } : {}),
    };
  },
  async pixels(file, { first, count }) {
    const gif = await readGif(file.bytes);
    const shape = shapeOf(gif);
    const span = spanOf(shape, { first, count });
    const stored = await file.bytes.slice(0);
    const [only] = gif.frames;
    const common = { columns: gif.columns, rows: gif.rows, frames: span.count, slope: 1, intercept: 0 } as const;
    if (only && single(gif)) {
      const palette = only.palette ?? gif.palette ?? new Uint8Array(0);
      return { ...common, samples: 1, data: await decodeFrame(stored, only), photometric: 'PALETTE', palette };
    }
    return { ...common, samples: 3, data: await drawn(stored, { gif, ...span }), photometric: 'RGB' };
  },
  async tags(file) {
    const { columns, rows, frames, comment } = await readGif(file.bytes);
    return Object.entries({ Width: columns, Height: rows, Frames: frames.length, Comment: comment }).map(([keyword, value]) => ({
      tag: keyword,
      keyword,
      value: String(value),
    }));
  },
} satisfies Format;
