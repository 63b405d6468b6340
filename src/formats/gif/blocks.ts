// The blocks of a GIF: screen, palettes, pictures, comments (GIF89a specification, clauses 18 to 27), and their LZW (appendix F).
import type { Bytes } from '../../core/entry.ts';
import { inSteps } from '../../core/steps.ts';
import { Unreadable } from '../../core/unreadable.ts';

export interface GifFrame {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly interlaced: boolean;
  /** RGB triples; absent where the global one counts. */
  readonly palette: Uint8Array | undefined;
  /** Index that leaves what was there before. */
  readonly transparent: number | undefined;
  /** 2: cleared after being shown; 3: what was there before comes back. */
  readonly disposal: number;
  /** First byte of the LZW minimum code size. */
  readonly at: number;
}

export interface Gif {
  readonly columns: number;
  readonly rows: number;
  readonly background: number;
  readonly palette: Uint8Array | undefined;
  readonly frames: readonly GifFrame[];
  readonly comment: string;
  /** The list of frames breaks off. */
  readonly cut: boolean;
}

const MOST_FRAMES = 10_000;

/** Walks the blocks without reading their pictures. Throws E-TRUNCATED, E-MALFORMED. */
export async function readGif(stored: Bytes): Promise<Gif> {
  const bytes = inSteps(stored);
  const screen = await bytes.slice(0, 13);
  if (screen.length < 13) throw new Unreadable('E-TRUNCATED', 'The file ends inside its GIF header.');
  const [columns, rows] = [word(screen, 6), word(screen, 8)];
  if (!columns || !rows) throw new Unreadable('E-MALFORMED', 'The GIF header gives an impossible size.');
  const flags = screen[10] ?? 0;
  const palette = await paletteAt(bytes, { at: 13, flags });
  const walk = await walkBlocks(bytes, 13 + (palette?.length ?? 0));
  return { columns, rows, background: screen[11] ?? 0, palette, ...walk };
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

async function paletteAt(bytes: Bytes, { at, flags }: { at: number; flags: number }): Promise<Uint8Array | undefined> {
  return flags & 0x80 ? (await bytes.slice(at, at + 3 * 2 ** ((flags & 7) + 1))).slice() : undefined;
}

async function walkBlocks(bytes: Bytes, start: number): Promise<Pick<Gif, 'frames' | 'comment' | 'cut'>> {
  const frames: GifFrame[] = [];
  let control = { transparent: undefined as number | undefined, disposal: 0 };
  let comment = '';
  let at = start;
  while (frames.length < MOST_FRAMES) {
    const head = await bytes.slice(at, at + 10);
    if (head[0] === 0x3b) return { frames, comment, cut: false };
    if (head[0] === 0x2c && head.length === 10) {
      const palette = await paletteAt(bytes, { at: at + 10, flags: head[9] ?? 0 });
      const data = at + 10 + (palette?.length ?? 0);
      const end = await afterBlocks(bytes, data + 1);
      frames.push({
        left: word(head, 1),
        top: word(head, 3),
        columns: word(head, 5),
        rows: word(head, 7),
        interlaced: ((head[9] ?? 0) & 0x40) !== 0,
        palette,
        ...control,
        at: data,
      });
      control = { transparent: undefined, disposal: 0 };
      if (end === undefined) return { frames, comment, cut: true };
      at = end;
      continue;
    }
    if (head[0] !== 0x21) return { frames, comment, cut: true };
    if (head[1] === 0xf9) control = { transparent: (head[3] ?? 0) & 1 ? head[6] : undefined, disposal: ((head[3] ?? 0) >> 2) & 7 };
    if (head[1] === 0xfe && !comment) comment = new TextDecoder('latin1').decode(await bytes.slice(at + 3, at + 3 + (head[2] ?? 0)));
    const end = await afterBlocks(bytes, at + 2);
    if (end === undefined) return { frames, comment, cut: true };
    at = end;
  }
  return { frames, comment, cut: true };
}

/** The byte after a chain of sub-blocks; undefined where the file ends inside. */
async function afterBlocks(bytes: Bytes, start: number): Promise<number | undefined> {
  for (let at = start; ; ) {
    const [length] = await bytes.slice(at, at + 1);
    if (length === undefined) return undefined;
    at += length + 1;
    if (length === 0) return at;
  }
}

/** Indices of one picture, rows in order. Throws E-TRUNCATED where the codes end before the pixels. */
export async function decodeFrame(stored: Uint8Array, frame: GifFrame): Promise<Uint8Array> {
  const indices = lzw(stored, { at: frame.at, count: frame.columns * frame.rows });
  if (!frame.interlaced) return indices;
  const out = new Uint8Array(indices.length);
  let from = 0;
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    for (let y = start; y < frame.rows; y += step) {
      out.set(indices.subarray(from, from + frame.columns), y * frame.columns);
      from += frame.columns;
    }
  }
  return out;
}

function lzw(bytes: Uint8Array, { at, count }: { at: number; count: number }): Uint8Array {
  const least = bytes[at] ?? 0;
  if (least < 1 || least > 11) throw new Unreadable('E-MALFORMED', 'The GIF picture is damaged.');
  const clear = 1 << least;
  const prefix = new Uint16Array(4096);
  const suffix = new Uint8Array(4096);
  const stack = new Uint8Array(4097);
  for (let i = 0; i < clear; i++) suffix[i] = i;
  const out = new Uint8Array(count);
  const read = codesOf(bytes, at + 1);
  let [size, next, before, first, filled] = [least + 1, clear + 2, -1, 0, 0];
  while (filled < count) {
    const code = read(size);
    if (code < 0 || code === clear + 1) throw new Unreadable('E-TRUNCATED', 'The GIF picture is damaged or cut off.');
    if (code === clear) {
      [size, next, before] = [least + 1, clear + 2, -1];
      continue;
    }
    if (code > next || (before < 0 && code > clear)) throw new Unreadable('E-MALFORMED', 'The GIF picture is damaged.');
    let [depth, walk] = [0, code];
    if (code === next) {
      stack[depth++] = first;
      walk = before;
    }
    for (; walk > clear; walk = prefix[walk] ?? 0) stack[depth++] = suffix[walk] ?? 0;
    first = suffix[walk] ?? 0;
    stack[depth++] = first;
    while (depth > 0 && filled < count) out[filled++] = stack[--depth] ?? 0;
    if (before >= 0 && next < 4096) {
      prefix[next] = before;
      suffix[next++] = first;
      if (next === 1 << size && size < 12) size++;
    }
    before = code;
  }
  return out;
}

/** Codes of a given size from sub-blocks, lowest bits first; -1 at the end. */
function codesOf(bytes: Uint8Array, start: number): (size: number) => number {
  let [at, left, held, bits] = [start, 0, 0, 0];
  return (size) => {
    while (bits < size) {
      if (left === 0) {
        left = bytes[at++] ?? 0;
        if (left === 0) return -1;
      }
      const byte = bytes[at++];
      if (byte === undefined) return -1;
      left--;
      held |= byte << bits;
      bits += 8;
    }
    const code = held & ((1 << size) - 1);
    held >>>= size;
    bits -= size;
    return code;
  };
}
