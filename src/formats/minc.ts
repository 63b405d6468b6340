// MINC 1 (netCDF classic) and MINC 2 (HDF5, where it is small enough to be opened whole). Stored values; the scaling of each slice is not applied.
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Geometry, Header, Shape, Tags } from '../core/header.ts';
import type { Pixels } from '../core/pixels.ts';
import { bytesOf, promised, readRaw, type StoredType, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { openMinc2 } from './minc/hdf5.ts';
import { type NetCdf, parseNetCdf } from './minc/netcdf.ts';

const NAME = /\.mnc2?$/i;
const HDF5 = '\x89HDF\r\n\x1a\n';
const UNDECODED = 'This MINC 2 file is recognised, but its pixels are not decoded yet.';

interface Minc {
  readonly cdf: NetCdf;
  readonly shape: Shape;
  readonly type: StoredType;
  readonly begin: number;
  readonly spacingMm: readonly number[];
}

const isHdf5 = (head: Uint8Array): boolean => String.fromCharCode(...head.subarray(0, 8)) === HDF5;

async function headOf(file: OpenFile): Promise<Minc> {
  for (let length = 1 << 15; ; length *= 8) {
    const head = await file.bytes.slice(0, length);
    try {
      return mincOf(parseNetCdf(head));
    } catch (thrown) {
      if (thrown instanceof Unreadable) throw thrown;
      if (head.length < length || length > 1 << 23)
        throw new Unreadable('E-TRUNCATED', 'The file ends inside its MINC header.', { cause: thrown });
    }
  }
}

function mincOf(cdf: NetCdf): Minc {
  const image = cdf.variables.get('image');
  const signed = image?.attributes.get('signtype');
  const names = image?.dimensions.map((axis) => cdf.dimensions[axis]?.name ?? '') ?? [];
  const sides = image?.dimensions.map((axis) => cdf.dimensions[axis]?.length ?? 0) ?? [];
  const unsigned = signed === undefined ? image?.type === 1 : String(signed).startsWith('unsigned');
  const types: Readonly<Record<number, StoredType>> = {
    1: unsigned ? 'uint8' : 'int8',
    3: unsigned ? 'uint16' : 'int16',
    4: unsigned ? 'uint32' : 'int32',
    5: 'float32',
    6: 'float64',
  };
  const type = types[image?.type ?? 0];
  if (!image || !type || sides.length < 2) throw new Unreadable('E-MALFORMED', 'The MINC file holds no image.');
  const vector = names.at(-1) === 'vector_dimension';
  const spatial = vector ? sides.slice(0, -1) : sides;
  const [columns = 1, rows = 1, slices = 1, ...times] = spatial.toReversed();
  const steps = (vector ? names.slice(0, -1) : names)
    .toReversed()
    .slice(0, 3)
    .map((name) => Math.abs(Number(cdf.variables.get(name)?.attributes.get('step') ?? 1)));
  return {
    cdf,
    type,
    begin: image.begin,
    spacingMm: steps,
    shape: {
      columns,
      rows,
      slices,
      frames: times.reduce((product, side) => product * side, 1),
      samples: vector ? (sides.at(-1) ?? 1) : 1,
      bits: bytesOf(type) * 8,
    },
  };
}

/** Groups like `patient` and `study` are variables whose attributes are texts. */
function tagsOf({ variables }: NetCdf): Tags {
  const tags: [string, string][] = [];
  for (const group of ['study', 'acquisition']) {
    for (const [key, value] of variables.get(group)?.attributes ?? [])
      if (typeof value === 'string' && !/^(varid|vartype|version|parent)$/.test(key)) tags.push([key, value.slice(0, 256)]);
  }
  return Object.fromEntries(tags.slice(0, 30));
}

const spaced = (spacingMm: readonly number[]): Geometry => (spacingMm.every((mm) => mm > 0 && Number.isFinite(mm)) ? { spacingMm } : {});

async function second(file: OpenFile, { first, count }: { first: number; count: number }): Promise<Pixels> {
  const minc = await openMinc2(file.bytes);
  if (!minc) throw new Unreadable('E-UNSUPPORTED', UNDECODED);
  const { columns, rows, samples } = minc.shape;
  const span = spanOf(minc.shape, { first, count });
  const size = columns * rows * samples;
  const data = minc.voxels().slice(span.first * size, (span.first + span.count) * size);
  return { columns, rows, frames: span.count, samples, data, photometric: 'MONOCHROME2', slope: 1, intercept: 0 };
}

async function read(file: OpenFile): Promise<Header> {
  if (isHdf5(await file.bytes.slice(0, 8))) {
    const opened = await openMinc2(file.bytes);
    if (!opened)
      return {
        format: 'minc',
        role: 'object',
        what: 'MINC 2 image of a kind that is not read yet',
        tags: { version: 2 },
        undecoded: UNDECODED,
      };
    return { format: 'minc', role: 'image', shape: opened.shape, tags: opened.tags, geometry: spaced(opened.spacingMm) };
  }
  const { shape, begin, spacingMm, cdf } = await headOf(file);
  const warning = promised(shape, { offset: begin, size: file.bytes.size });
  return {
    format: 'minc',
    role: 'image',
    shape,
    tags: tagsOf(cdf),
    geometry: spaced(spacingMm),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'minc',
  claim({ path, head }) {
    if (!NAME.test(path)) return Claim.none;
    const classic = head[0] === 0x43 && head[1] === 0x44 && head[2] === 0x46 && (head[3] === 1 || head[3] === 2);
    return classic || isHdf5(head) ? Claim.byMagic : Claim.none;
  },
  read,
  async pixels(file, { first, count }) {
    if (isHdf5(await file.bytes.slice(0, 8))) return second(file, { first, count });
    const { shape, type, begin } = await headOf(file);
    const span = spanOf(shape, { first, count });
    const data = await readRaw(file.bytes, { raw: { type, littleEndian: false, offset: begin }, shape, span });
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data,
      photometric: 'MONOCHROME2',
      slope: 1,
      intercept: 0,
    };
  },
  async tags(file) {
    if (isHdf5(await file.bytes.slice(0, 8))) return [];
    const { cdf } = await headOf(file);
    return [...cdf.variables].map(([keyword, { attributes }]) => ({
      tag: keyword,
      keyword,
      items: [
        [...attributes].map(([name, value]) => ({
          tag: name,
          keyword: name,
          value: (typeof value === 'string' ? value : value.join(' ')).slice(0, 1024),
        })),
      ],
    }));
  },
} satisfies Format;
