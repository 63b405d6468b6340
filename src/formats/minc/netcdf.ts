// The header of a netCDF classic file (CDF-1 and CDF-2), as far as MINC 1 needs it: dimensions, attributes, where variables begin.

export interface NetCdf {
  readonly dimensions: readonly { readonly name: string; readonly length: number }[];
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface Variable {
  readonly dimensions: readonly number[];
  readonly attributes: ReadonlyMap<string, string | readonly number[]>;
  /** netCDF type: 1 byte, 2 char, 3 short, 4 int, 5 float, 6 double. */
  readonly type: number;
  readonly begin: number;
}

const SIZES = [0, 1, 1, 2, 4, 4, 8];

/** Parses a header that lies wholly in `head`; throws RangeError where it does not. */
export function parseNetCdf(head: Uint8Array): NetCdf {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let at = 8;
  const int = (): number => {
    at += 4;
    return view.getInt32(at - 4);
  };
  const listed = <T>(one: () => T): T[] => {
    int();
    const count = int();
    if (count < 0 || count > 10_000) throw new RangeError('a netCDF list is too long');
    return Array.from({ length: count }, one);
  };
  const name = (): string => {
    const length = int();
    if (length < 0 || at + length > head.length) throw new RangeError('a netCDF name is too long');
    const text = String.fromCharCode(...head.subarray(at, at + length));
    at += Math.ceil(length / 4) * 4;
    return text;
  };
  const attribute = (): readonly [string, string | readonly number[]] => {
    const key = name();
    const type = int();
    const count = int();
    const size = SIZES[type] ?? 0;
    if (!size || count < 0 || at + count * size > head.length) throw new RangeError('a netCDF attribute is too long');
    const start = at;
    at += Math.ceil((count * size) / 4) * 4;
    if (type <= 2) return [key, String.fromCharCode(...head.subarray(start, start + Math.min(count, 4096))).replace(/\0+$/, '')];
    return [key, Array.from({ length: Math.min(count, 4096) }, (_, i) => numberAt(view, { at: start + i * size, type }))];
  };
  const dimensions = listed(() => ({ name: name(), length: int() }));
  listed(attribute);
  const variables = listed((): readonly [string, Variable] => {
    const key = name();
    const rank = int();
    if (rank < 0 || rank > 100) throw new RangeError('a netCDF variable has too many dimensions');
    const axes = Array.from({ length: rank }, int);
    const attributes = new Map(listed(attribute));
    const type = int();
    int();
    const begin = head[3] === 2 ? int() * 2 ** 32 + (int() >>> 0) : int();
    return [key, { dimensions: axes, attributes, type, begin }];
  });
  return { dimensions, variables: new Map(variables) };
}

function numberAt(view: DataView, { at, type }: { at: number; type: number }): number {
  if (type === 3) return view.getInt16(at);
  if (type === 4) return view.getInt32(at);
  return type === 5 ? view.getFloat32(at) : view.getFloat64(at);
}
