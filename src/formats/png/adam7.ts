// Interlaced PNGs of fewer than 8 bits, which the library does not decode: seven small pictures laid over one another (PNG clauses 8.1 and 9).
import { inflateSpan } from '../../core/inflate.ts';
import { truncated } from '../../core/stored.ts';
import type { Png } from './header.ts';

/** First column and row, steps between columns and rows. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** One value a byte, from the chunks of a PNG of 1, 2 or 4 bits and one sample a pixel. Throws E-TRUNCATED. */
export async function decodeAdam7(stored: Uint8Array, { columns, rows, depth }: Png): Promise<Uint8Array> {
  const packed = imageData(stored);
  const { Unzlib } = await import('fflate');
  const bytes = { size: packed.length, slice: async (start: number, end?: number) => packed.subarray(start, end) };
  const needed = PASSES.reduce((sum, [x, y, dx, dy]) => sum + size(rows, y, dy) * (1 + stride(size(columns, x, dx), depth)), 0);
  const lines = await inflateSpan(bytes, { inflater: new Unzlib(), from: 0, start: 0, end: needed });
  const out = new Uint8Array(columns * rows);
  let at = 0;
  for (const [left, top, dx, dy] of PASSES) {
    const wide = size(columns, left, dx);
    if (wide === 0) continue;
    let above = new Uint8Array(stride(wide, depth));
    for (let y = top; y < rows; y += dy) {
      if (at + 1 + above.length > lines.length) throw truncated();
      const line = unfilter(lines.slice(at + 1, at + 1 + above.length), { filter: lines[at] ?? 0, above });
      at += 1 + above.length;
      for (let i = 0; i < wide; i++)
        out[y * columns + left + i * dx] = ((line[(i * depth) >> 3] ?? 0) >> (8 - depth - ((i * depth) & 7))) & ((1 << depth) - 1);
      above = line;
    }
  }
  return out;
}

const size = (side: number, first: number, step: number): number => Math.max(0, Math.ceil((side - first) / step));
const stride = (columns: number, depth: number): number => Math.ceil((columns * depth) / 8);

function imageData(stored: Uint8Array): Uint8Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= stored.length; at += 12 + view.getUint32(at)) {
    // IDAT
    if (view.getUint32(at + 4) === 0x49444154) parts.push(stored.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

/** Below 8 bits, the pixel to the left lies in the byte before. */
function unfilter(line: Uint8Array<ArrayBuffer>, { filter, above }: { filter: number; above: Uint8Array }): Uint8Array<ArrayBuffer> {
  for (let i = 0; i < line.length; i++) {
    const [a, b, c] = [line[i - 1] ?? 0, above[i] ?? 0, above[i - 1] ?? 0];
    const predicted = [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter] ?? 0;
    line[i] = (line[i] ?? 0) + predicted;
  }
  return line;
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
