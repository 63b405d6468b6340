// The rows of a bitmap: bottom-up unless said otherwise, padded to four bytes; blue before red.

export interface Bmp {
  readonly columns: number;
  readonly rows: number;
  readonly topDown: boolean;
  readonly depth: number;
  /** 0 none, 1 RLE8, 2 RLE4, 3 bit fields. */
  readonly compression: number;
  /** RGB triples. */
  readonly palette: Uint8Array;
  /** Red, green, blue. */
  readonly masks: readonly number[];
  readonly offset: number;
}

interface Rows {
  readonly bmp: Bmp;
  /** Bytes from row to row. */
  readonly stride: number;
}

const rowAt = ({ rows, topDown }: Bmp, y: number): number => (topDown ? y : rows - 1 - y);

/** One palette index a byte. */
export function unpackIndices(body: Uint8Array, { bmp, stride }: Rows): Uint8Array {
  const { columns, rows, depth } = bmp;
  const out = new Uint8Array(columns * rows);
  const each = 8 / depth;
  const mask = (1 << depth) - 1;
  for (let y = 0; y < rows; y++) {
    const from = rowAt(bmp, y) * stride;
    for (let x = 0; x < columns; x++)
      out[y * columns + x] = ((body[from + Math.floor(x / each)] ?? 0) >> (8 - depth * (1 + (x % each)))) & mask;
  }
  return out;
}

/** RGB triples from 16, 24 or 32 bits a pixel. */
export function unpackDirect(body: Uint8Array, { bmp, stride }: Rows): Uint8Array {
  const { columns, rows, depth, masks } = bmp;
  const out = new Uint8Array(columns * rows * 3);
  const size = depth / 8;
  const fields = masks.map((mask) => ({ mask, shift: mask ? 31 - Math.clz32(mask & -mask) : 0 }));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const from = rowAt(bmp, y) * stride + x * size;
      const into = 3 * (y * columns + x);
      const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = body.subarray(from, from + size);
      if (depth === 24) {
        out[into] = b2;
        out[into + 1] = b1;
        out[into + 2] = b0;
        continue;
      }
      const word = (b0 | (b1 << 8) | (b2 << 16) | (b3 << 24)) >>> 0;
      for (const [c, { mask, shift }] of fields.entries()) {
        const top = mask >>> shift || 1;
        out[into + c] = Math.round((((word & mask) >>> shift) * 255) / top);
      }
    }
  }
  return out;
}

/** RLE8 and RLE4; what is not written stays index 0. */
export function unpackRle(body: Uint8Array, bmp: Bmp): Uint8Array {
  const { columns, rows, compression } = bmp;
  const out = new Uint8Array(columns * rows);
  const four = compression === 2;
  let [x, y] = [0, 0];
  const put = (value: number): void => {
    if (x < columns && y < rows) out[rowAt(bmp, y) * columns + x] = value;
    x++;
  };
  const nibble = (value: number, i: number): number => (four ? (i % 2 ? value & 15 : value >> 4) : value);
  for (let at = 0; at + 1 < body.length; ) {
    const [count = 0, value = 0] = body.subarray(at, at + 2);
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(nibble(value, i));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) break;
    else if (value === 2) {
      x += body[at] ?? 0;
      y += body[at + 1] ?? 0;
      at += 2;
    } else {
      const bytes = four ? Math.ceil(value / 2) : value;
      for (let i = 0; i < value; i++) put(nibble(body[at + (four ? i >> 1 : i)] ?? 0, i));
      at += bytes + (bytes % 2);
    }
  }
  return out;
}
