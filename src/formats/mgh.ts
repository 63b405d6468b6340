// FreeSurfer's MGH (and MGZ, which arrives unpacked): a 284-byte big-endian header, then voxels.
import { type Affine, geometryOf } from '../core/affine.ts';
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Geometry, Shape } from '../core/header.ts';
import { bytesOf, promised, readRaw, type StoredType, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';

const DATA = 284;
const TYPES: Readonly<Record<number, StoredType>> = { 0: 'uint8', 1: 'int32', 3: 'float32', 4: 'int16', 10: 'uint16' };

interface Mgh {
  readonly shape: Shape;
  readonly type: StoredType;
  readonly geometry: Geometry;
  readonly degrees: number;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function headOf(file: OpenFile): Promise<Mgh> {
  const head = await file.bytes.slice(0, 90);
  if (head.length < 90) throw new Unreadable('E-TRUNCATED', 'The file ends inside its MGH header.');
  const v = view(head);
  const [columns = 0, rows = 0, slices = 0, frames = 0, code = 0, degrees = 0] = [4, 8, 12, 16, 20, 24].map((at) => v.getInt32(at));
  const type = TYPES[code];
  if (!type) throw new Unreadable('E-MALFORMED', `The MGH header names an unknown kind of voxel (${code}).`);
  const shape = { columns, rows, slices, frames, samples: 1, bits: bytesOf(type) * 8 };
  return { shape, type, degrees, geometry: v.getInt16(28) > 0 ? placed(v, shape) : {} };
}

/** Spacing, cosines of the three axes and the centre, all RAS: the first voxel lies half a field of view before the centre. */
function placed(v: DataView, { columns, rows, slices }: Shape): Geometry {
  const float = (i: number): number => v.getFloat32(30 + 4 * i);
  const half = [columns / 2, rows / 2, slices / 2];
  const affine: Affine = [0, 1, 2].map((row) => {
    const axes = [0, 1, 2].map((axis) => float(3 + 3 * axis + row) * float(axis));
    return [...axes, float(12 + row) - axes.reduce((sum, step, axis) => sum + step * (half[axis] ?? 0), 0)];
  });
  return geometryOf(affine, { ras: true });
}

export default {
  id: 'mgh',
  claim({ path, head }) {
    if (head.length < 90 || !/\.mg[hz](\.gz)?$/i.test(path)) return Claim.none;
    const v = view(head);
    return v.getInt32(0) === 1 && v.getInt32(20) in TYPES && [4, 8, 12, 16].every((at) => v.getInt32(at) > 0) ? Claim.byHeader : Claim.none;
  },
  async read(file) {
    const { shape, type, geometry, degrees } = await headOf(file);
    const warning = promised(shape, { offset: DATA, size: file.bytes.size });
    return {
      format: 'mgh',
      role: 'image',
      shape,
      geometry,
      tags: { datatype: type, dof: degrees },
      ...(warning ? { warnings: [warning] } : {}),
    };
  },
  async pixels(file, { first, count }) {
    const { shape, type } = await headOf(file);
    const span = spanOf(shape, { first, count });
    const data = await readRaw(file.bytes, { raw: { type, littleEndian: false, offset: DATA }, shape, span });
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: 1,
      data,
      photometric: 'MONOCHROME2',
      slope: 1,
      intercept: 0,
    };
  },
  async tags(file) {
    const { shape, type, degrees } = await headOf(file);
    const fields = { dimensions: `${shape.columns} ${shape.rows} ${shape.slices} ${shape.frames}`, datatype: type, dof: degrees };
    return Object.entries(fields).map(([keyword, value]) => ({ tag: keyword, keyword, value: String(value) }));
  },
} satisfies Format;
