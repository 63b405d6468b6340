// The text header of NRRD (and detached NHDR): magic line, `field: value`, `key:=value`, ended by an empty line. Follows teem's NRRD format definition.

import type { Geometry, Shape } from '../../core/header.ts';
import { lookup } from '../../core/lookup.ts';
import { bytesOf, type StoredType } from '../../core/stored.ts';
import { Unreadable } from '../../core/unreadable.ts';

export interface Nrrd {
  /** Standard fields, names in lower case without blanks. */
  readonly fields: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, string>;
  /** Sizes of all axes, fastest first. */
  readonly sizes: readonly number[];
  readonly shape: Shape;
  readonly type: StoredType;
  readonly littleEndian: boolean;
  readonly encoding: 'raw' | 'gzip' | 'bzip2' | 'text' | 'hex';
  /** Byte after the header. */
  readonly dataStart: number;
  readonly lineSkip: number;
  /** -1: the data are the last bytes of the (unpacked) file. */
  readonly byteSkip: number;
  /** Value of `data file`; absent where the data follow the header. */
  readonly dataFile: string | undefined;
  /** Names that follow `data file: LIST`. */
  readonly list: readonly string[];
}

const TYPES: readonly (readonly [StoredType, RegExp])[] = [
  ['int8', /^(signed char|int8|int8_t)$/],
  ['uint8', /^(uchar|unsigned char|uint8|uint8_t)$/],
  ['int16', /^(short|short int|signed short|signed short int|int16|int16_t)$/],
  ['uint16', /^(ushort|unsigned short|unsigned short int|uint16|uint16_t)$/],
  ['int32', /^(int|signed int|int32|int32_t)$/],
  ['uint32', /^(uint|unsigned int|uint32|uint32_t)$/],
  ['int64', /^(longlong|long long|long long int|signed long long|signed long long int|int64|int64_t)$/],
  ['uint64', /^(ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t)$/],
  ['float32', /^float$/],
  ['float64', /^double$/],
];

const ENCODINGS = lookup<Nrrd['encoding']>({
  raw: 'raw',
  gz: 'gzip',
  gzip: 'gzip',
  bz2: 'bzip2',
  bzip2: 'bzip2',
  txt: 'text',
  text: 'text',
  ascii: 'text',
  hex: 'hex',
});

/** Kinds of axes whose entries belong to one point of space. */
const VECTOR =
  /^(vector|covariant-vector|normal|point|\d-vector|\d-color|rgb-color|rgba-color|hsv-color|xyz-color|complex|quaternion|\dD-.*matrix|list|stub|scalar|none|\?\?\?)$/i;

const utf8 = new TextDecoder();

/** Parses the beginning of a file; undefined where the header does not end within it. Throws E-MALFORMED. */
export function parseNrrd(head: Uint8Array, { whole }: { whole: boolean }): Nrrd | undefined {
  const fields = new Map<string, string>();
  const keys = new Map<string, string>();
  let at = 0;
  for (let first = true; at < head.length; first = false) {
    const newline = head.indexOf(10, at);
    if (newline < 0 && !whole) return undefined;
    const end = newline < 0 ? head.length : newline;
    const line = utf8.decode(head.subarray(at, end)).replace(/\r$/, '');
    at = end + 1;
    if (line === '' && !first) return nrrdFrom({ fields, keys, dataStart: at, list: [] });
    if (first || line.startsWith('#')) continue;
    const match = /^([^:]+):(=?)\s?(.*)$/.exec(line);
    if (!match) throw new Unreadable('E-MALFORMED', 'The NRRD header has a line that is neither a field nor a key.');
    const [, name = '', keyed, value = ''] = match;
    if (keyed) {
      if (keys.size < 500) keys.set(name.trim(), value);
    } else fields.set(name.trim().toLowerCase().replaceAll(' ', ''), value.trim());
    if (/^LIST\b/.test(dataFileOf(fields) ?? '')) {
      if (!whole) return undefined;
      const list = utf8
        .decode(head.subarray(at))
        .split(/\r?\n/)
        .map((entry) => entry.trim())
        .filter(Boolean);
      return nrrdFrom({ fields, keys, dataStart: head.length, list });
    }
  }
  // A detached header may end with its file, without the empty line.
  if (whole && dataFileOf(fields)) return nrrdFrom({ fields, keys, dataStart: head.length, list: [] });
  if (whole) throw new Unreadable('E-TRUNCATED', 'The file ends inside its NRRD header.');
  return undefined;
}

const dataFileOf = (fields: ReadonlyMap<string, string>): string | undefined => fields.get('datafile');

function nrrdFrom({ fields, keys, dataStart, list }: Pick<Nrrd, 'fields' | 'keys' | 'dataStart' | 'list'>): Nrrd {
  const typeName = (fields.get('type') ?? '').toLowerCase().replace(/\s+/g, ' ');
  const type = TYPES.find(([, pattern]) => pattern.test(typeName))?.[0];
  const encoding = ENCODINGS[(fields.get('encoding') ?? 'raw').toLowerCase()];
  const sizes = (fields.get('sizes') ?? '').split(/\s+/).filter(Boolean).map(Number);
  const dimension = Number(fields.get('dimension'));
  if (!type) throw new Unreadable('E-MALFORMED', `The NRRD header names an unknown kind of voxel (${typeName.slice(0, 40) || 'none'}).`);
  if (!encoding)
    throw new Unreadable('E-UNSUPPORTED', `The NRRD header names an encoding that is not known (${fields.get('encoding')?.slice(0, 40)}).`);
  if (!(dimension >= 1 && dimension <= 16) || sizes.length !== dimension)
    throw new Unreadable('E-MALFORMED', 'The NRRD header gives no usable sizes.');
  if (Number(fields.get('byteskip') ?? 0) < -1) throw new Unreadable('E-MALFORMED', 'The NRRD header skips an impossible number of bytes.');
  return {
    fields,
    keys,
    sizes,
    type,
    encoding,
    dataStart,
    list,
    shape: shapeOf(fields, { sizes, bits: bytesOf(type) * 8 }),
    littleEndian: !/^big$/i.test(fields.get('endian') ?? 'little'),
    lineSkip: Math.max(0, Math.floor(Number(fields.get('lineskip') ?? 0)) || 0),
    byteSkip: Math.floor(Number(fields.get('byteskip') ?? 0)) || 0,
    dataFile: dataFileOf(fields),
  };
}

/** Per-axis words; quoted ones and vectors in parentheses stay whole. */
const axisWords = (text: string | undefined): string[] => text?.match(/"[^"]*"|\([^)]*\)|\S+/g) ?? [];

/** True where the fastest axis holds the samples of one point (colour, vector, complex) rather than columns. */
export function vectorFirst(fields: ReadonlyMap<string, string>, sizes: readonly number[]): boolean {
  const kind = axisWords(fields.get('kinds'))[0];
  const directions = axisWords(fields.get('spacedirections'));
  if (sizes.length < 3 && !/color|complex|vector/i.test(kind ?? '')) return false;
  if (directions.length === sizes.length) return directions[0] === 'none' && directions.slice(1).some((word) => word !== 'none');
  return kind !== undefined && VECTOR.test(kind) && !/^(none|\?\?\?|stub|scalar|list)$/i.test(kind);
}

function shapeOf(fields: ReadonlyMap<string, string>, { sizes, bits }: { sizes: readonly number[]; bits: number }): Shape {
  const vector = vectorFirst(fields, sizes);
  const [columns = 1, rows = 1, slices = 1, ...times] = vector ? sizes.slice(1) : sizes;
  return { columns, rows, slices, frames: times.reduce((product, size) => product * size, 1), samples: vector ? (sizes[0] ?? 1) : 1, bits };
}

/** Signs that turn the stated patient space into LPS; undefined for scanner and unnamed spaces. */
function lpsSigns(space: string | undefined): readonly number[] | undefined {
  const name = (space ?? '').toLowerCase().replace(/-time$|t$/, '');
  if (name === 'left-posterior-superior' || name === 'lps') return [1, 1, 1];
  if (name === 'right-anterior-superior' || name === 'ras') return [-1, -1, 1];
  if (name === 'left-anterior-superior' || name === 'las') return [1, -1, 1];
  return undefined;
}

const vector = (word: string | undefined): number[] => (word?.startsWith('(') ? word.slice(1, -1).split(',').map(Number) : []);

/** Orientation, first voxel and spacing from space directions, else the axes' spacings. */
export function nrrdGeometry({ fields, sizes }: Nrrd): Geometry {
  const from = vectorFirst(fields, sizes) ? 1 : 0;
  const toMm = /\bm\b/.test((fields.get('spaceunits') ?? fields.get('units') ?? '').replaceAll('"', '')) ? 1000 : 1;
  const axes = axisWords(fields.get('spacedirections'))
    .slice(from, from + 3)
    .map(vector)
    .filter((axis) => axis.length >= 2);
  const lengths = axes.map((axis) => Math.hypot(...axis) * toMm);
  const spacings = axisWords(fields.get('spacings'))
    .slice(from, from + 3)
    .map((word) => Math.abs(Number(word)) * toMm);
  const spacingMm = (lengths.length ? lengths : spacings.slice(0, Math.min(3, sizes.length - from))).filter(
    (mm) => mm > 0 && Number.isFinite(mm),
  );
  const signs = lpsSigns(fields.get('space'));
  const origin = vector(fields.get('spaceorigin'));
  const whole =
    signs && axes.length === 3 && axes.every((axis) => axis.length === 3) && lengths.every((mm) => mm > 0 && Number.isFinite(mm));
  const turned = (values: readonly number[], by: number): number[] => values.map((value, i) => (value * (signs?.[i] ?? 1) * toMm) / by + 0);
  return {
    ...(whole
      ? {
          orientation: [...turned(axes[0] ?? [], lengths[0] ?? 1), ...turned(axes[1] ?? [], lengths[1] ?? 1)],
          through: turned(axes[2] ?? [], lengths[2] ?? 1),
        }
      : {}),
    ...(whole && origin.length === 3 && origin.every(Number.isFinite) ? { positions: turned(origin, 1) } : {}),
    ...(spacingMm.length >= 2 ? { spacingMm } : {}),
  };
}
