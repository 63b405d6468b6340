// The text header of MetaImage (.mha, .mhd): `Key = Value` lines, up to ElementDataFile, which ends it. Follows the ITK MetaIO wiki.

import type { Geometry, Shape } from '../../core/header.ts';
import { lookup } from '../../core/lookup.ts';
import type { StoredType } from '../../core/stored.ts';
import { bytesOf } from '../../core/stored.ts';
import { Unreadable } from '../../core/unreadable.ts';

export interface MetaHeader {
  /** As written, in order of the file; names of the format, letter case kept. */
  readonly fields: ReadonlyMap<string, string>;
  readonly shape: Shape;
  readonly type: StoredType;
  readonly littleEndian: boolean;
  readonly compressed: boolean;
  /** LOCAL, LIST, a name, or a pattern with three numbers. */
  readonly dataFile: string;
  /** First byte after the header. */
  readonly dataStart: number;
  /** Names that follow ElementDataFile = LIST. */
  readonly list: readonly string[];
  /** Bytes to skip; -1 counts from the end. */
  readonly skip: number;
}

const TYPES = lookup<StoredType>({
  MET_UCHAR: 'uint8',
  MET_CHAR: 'int8',
  MET_USHORT: 'uint16',
  MET_SHORT: 'int16',
  MET_UINT: 'uint32',
  MET_INT: 'int32',
  MET_ULONG: 'uint32',
  MET_LONG: 'int32',
  MET_ULONG_LONG: 'uint64',
  MET_LONG_LONG: 'int64',
  MET_FLOAT: 'float32',
  MET_DOUBLE: 'float64',
});

/** Parses the beginning of a file; undefined where the header does not end within it. Throws E-MALFORMED. */
export function parseMeta(head: Uint8Array, { whole }: { whole: boolean }): MetaHeader | undefined {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < head.length) {
    const newline = head.indexOf(10, at);
    if (newline < 0 && !whole) return undefined;
    const end = newline < 0 ? head.length : newline;
    const line = latin(head.subarray(at, end));
    at = end + 1;
    const equals = line.indexOf('=');
    if (equals < 0) {
      if (line.trim() === '') continue;
      throw new Unreadable('E-MALFORMED', 'The MetaImage header has a line without a value.');
    }
    const key = line.slice(0, equals).trim();
    if (fields.size < 200) fields.set(key, line.slice(equals + 1).trim());
    if (key === 'ElementDataFile') return headerFrom(fields, { dataStart: at, rest: head.subarray(at), whole });
  }
  if (whole) throw new Unreadable('E-TRUNCATED', 'The MetaImage header ends before it names its data.');
  return undefined;
}

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const code of bytes) text += String.fromCharCode(code);
  return text;
};

/** Numbers separated by blanks. */
export const numbers = (text: string | undefined): number[] => (text ? text.trim().split(/\s+/).map(Number) : []);

function headerFrom(
  fields: ReadonlyMap<string, string>,
  { dataStart, rest, whole }: { dataStart: number; rest: Uint8Array; whole: boolean },
): MetaHeader | undefined {
  const dataFile = (fields.get('ElementDataFile') ?? '').replace(/^"|"$/g, '');
  const listed = /^LIST\b/.test(dataFile);
  if (listed && !whole) return undefined;
  const typeName = fields.get('ElementType') ?? '';
  const plain = typeName.replace(/_ARRAY$/, '');
  const type = TYPES[plain];
  const sides = numbers(fields.get('DimSize'));
  if (!type) throw new Unreadable('E-MALFORMED', `The MetaImage header names an unknown kind of voxel (${typeName.slice(0, 40)}).`);
  const rank = Number(fields.get('NDims') ?? sides.length);
  if (!(rank >= 1 && rank <= 10) || sides.length < rank)
    throw new Unreadable('E-MALFORMED', 'The MetaImage header gives no usable DimSize.');
  const [columns = 1, rows = 1, slices = 1, ...times] = sides.slice(0, rank);
  const channels = Number(fields.get('ElementNumberOfChannels') ?? 1);
  const yes = (key: string): boolean => /^(true|1|t)/i.test(fields.get(key) ?? '');
  return {
    fields,
    type,
    dataFile,
    dataStart,
    shape: {
      columns,
      rows,
      slices,
      frames: times.reduce((product, side) => product * side, 1),
      samples: channels,
      bits: bytesOf(type) * 8,
    },
    littleEndian: !yes('BinaryDataByteOrderMSB') && !yes('ElementByteOrderMSB'),
    compressed: yes('CompressedData'),
    list: listed
      ? latin(rest)
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean)
      : [],
    skip: Number(fields.get('HeaderSize') ?? 0) || 0,
  };
}

/** Position, cosines and spacing; MetaImage's TransformMatrix keeps one axis after the other, in LPS as ITK does. */
export function metaGeometry({ fields, shape }: MetaHeader): Geometry {
  const rank = Number(fields.get('NDims') ?? 3);
  const spatial = Math.min(3, rank);
  const first = (...keys: string[]): number[] => numbers(keys.map((key) => fields.get(key)).find((value) => value));
  const matrix = first('TransformMatrix', 'Rotation', 'Orientation');
  const position = first('Offset', 'Position', 'Origin');
  const spacing = first('ElementSpacing', 'ElementSize').slice(0, spatial).map(Math.abs);
  const axis = (at: number): number[] =>
    [0, 1, 2].map((i) => (i < rank && matrix.length >= rank * rank ? (matrix[at * rank + i] ?? 0) : i === at ? 1 : 0));
  const sure = spatial === 3 && shape.slices > 1;
  const cosines = [...axis(0), ...axis(1)];
  return {
    ...(sure && matrix.length && cosines.every(Number.isFinite) ? { orientation: cosines, through: axis(2) } : {}),
    ...(sure && position.length >= 3 && position.slice(0, 3).every(Number.isFinite) ? { positions: position.slice(0, 3) } : {}),
    ...(spacing.length >= 2 && spacing.every((mm) => mm > 0 && Number.isFinite(mm)) ? { spacingMm: spacing } : {}),
  };
}
