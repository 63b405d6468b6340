// Analyze 7.5: a 348-byte .hdr beside an .img, without a magic. A .hdr with NIfTI's magic belongs to nifti.ts.
import { Claim } from '../core/claim.ts';
import { baseName } from '../core/entry.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Shape } from '../core/header.ts';
import { bytesOf, promised, readRaw, type StoredType, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';

const HEADER_BYTES = 348;
const NAME = /\.hdr(\.gz)?$/i;

const TYPES: Readonly<Record<number, readonly [StoredType, number, string]>> = {
  2: ['uint8', 1, 'uint8'],
  4: ['int16', 1, 'int16'],
  8: ['int32', 1, 'int32'],
  16: ['float32', 1, 'float32'],
  32: ['float32', 2, 'complex64'],
  64: ['float64', 1, 'float64'],
  128: ['uint8', 3, 'RGB24'],
  130: ['int8', 1, 'int8'],
  132: ['uint16', 1, 'uint16'],
  136: ['uint32', 1, 'uint32'],
};

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Byte order, from sizeof_hdr = 348; undefined where it is neither. */
function order(head: Uint8Array): boolean | undefined {
  if (head.length < HEADER_BYTES) return undefined;
  const v = view(head);
  return v.getInt32(0, true) === HEADER_BYTES ? true : v.getInt32(0, false) === HEADER_BYTES ? false : undefined;
}

function dimsOf(head: Uint8Array, littleEndian: boolean): readonly number[] {
  return Array.from({ length: 8 }, (_, i) => view(head).getInt16(40 + 2 * i, littleEndian));
}

/** sizeof_hdr and dimensions that an image can have; there is no magic to go by. */
function plausible(head: Uint8Array): boolean {
  const little = order(head);
  if (little === undefined || ['n+1', 'ni1'].includes(text(head, 344, 3))) return false;
  const [rank = 0, ...sides] = dimsOf(head, little);
  return rank >= 1 && rank <= 7 && sides.slice(0, rank).every((side) => side >= 1) && view(head).getInt16(70, little) in TYPES;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const codes = [...bytes.subarray(at, at + length)];
  const end = codes.indexOf(0);
  return codes
    .slice(0, end < 0 ? length : end)
    .map((code) => (code >= 32 ? String.fromCharCode(code) : ' '))
    .join('')
    .trim();
}

interface Analyze {
  readonly head: Uint8Array;
  readonly littleEndian: boolean;
  readonly shape: Shape;
  readonly type: readonly [StoredType, number, string];
}

async function headOf(file: OpenFile): Promise<Analyze> {
  const head = await file.bytes.slice(0, HEADER_BYTES);
  const littleEndian = order(head);
  if (littleEndian === undefined) throw new Unreadable('E-TRUNCATED', 'The file ends inside its Analyze header.');
  const [rank = 0, ...sides] = dimsOf(head, littleEndian);
  const code = view(head).getInt16(70, littleEndian);
  const type = TYPES[code];
  if (!type) throw new Unreadable('E-MALFORMED', `The Analyze header names an unknown kind of voxel (${code}).`);
  const side = (at: number): number => (at <= rank ? (sides[at - 1] ?? 1) : 1);
  const shape = {
    columns: side(1),
    rows: side(2),
    slices: side(3),
    frames: side(4) * side(5) * side(6) * side(7),
    samples: type[1],
    bits: bytesOf(type[0]) * 8,
  };
  return { head, littleEndian, shape, type };
}

const dataName = (path: string): string => baseName(path).replace(NAME, '.img');
const dataOf = (file: OpenFile): OpenFile | undefined => file.beside(dataName(file.path)) ?? file.beside(`${dataName(file.path)}.gz`);

/** vox_offset: Analyze keeps a float there; SPM uses it, most leave 0. Negative means the same for every volume. */
const offsetOf = ({ head, littleEndian }: Analyze): number => {
  const offset = Math.abs(view(head).getFloat32(108, littleEndian));
  return Number.isFinite(offset) ? Math.floor(offset) : 0;
};

/** Texts of data_history and header_key, by name: offset and length. */
const TEXTS = {
  descrip: [148, 80],
  aux_file: [228, 24],
  db_name: [14, 18],
  generated: [263, 10],
  scannum: [273, 10],
  patient_id: [283, 10],
  exp_date: [293, 10],
} as const;

async function read(file: OpenFile): Promise<Header> {
  const analyze = await headOf(file);
  const { head, littleEndian, shape, type } = analyze;
  const data = dataOf(file);
  const warning = promised(shape, { offset: offsetOf(analyze), size: data?.bytes.size });
  const spacing = [1, 2, 3]
    .slice(0, (dimsOf(head, littleEndian)[0] ?? 3) === 2 ? 2 : 3)
    .map((i) => Math.abs(view(head).getFloat32(76 + 4 * i, littleEndian)));
  const tags: Record<string, string> = { datatype: type[2] };
  for (const [name, [at, length]] of Object.entries(TEXTS)) {
    const found = text(head, at, length);
    if (found && name !== 'patient_id') tags[name] = found.slice(0, 256);
  }
  if (!data)
    return {
      format: 'analyze',
      role: 'object',
      what: 'Analyze header without its voxels',
      tags,
      warnings: [`The voxels lie in ${dataName(file.path)}, which is not there.`],
    };
  return {
    format: 'analyze',
    role: 'image',
    shape,
    tags,
    companions: [data.path],
    ...(spacing.every((mm) => mm > 0 && Number.isFinite(mm)) ? { geometry: { spacingMm: spacing } } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'analyze',
  claim: ({ path, head }) => (NAME.test(path) && plausible(head) ? Claim.byMagic : Claim.none),
  detached: (path) => NAME.test(path),
  read,
  async pixels(file, { first, count }) {
    const analyze = await headOf(file);
    const { shape, type, littleEndian } = analyze;
    const data = dataOf(file);
    if (!data) throw new Unreadable('E-NOTFOUND', `The voxels lie in ${dataName(file.path)}, which is not there.`);
    const span = spanOf(shape, { first, count });
    const calMax = view(analyze.head).getFloat32(124, littleEndian);
    const calMin = view(analyze.head).getFloat32(128, littleEndian);
    const window = calMax > calMin && Number.isFinite(calMax - calMin) && shape.samples === 1;
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data: await readRaw(data.bytes, { raw: { type: type[0], littleEndian, offset: offsetOf(analyze) }, shape, span }),
      photometric: shape.samples === 3 ? 'RGB' : 'MONOCHROME2',
      slope: 1,
      intercept: 0,
      ...(window ? { windowCenter: (calMin + calMax) / 2, windowWidth: calMax - calMin } : {}),
    };
  },
  async tags(file) {
    const { head, littleEndian, shape, type } = await headOf(file);
    const dims = dimsOf(head, littleEndian).join(' ');
    const fields: [string, string][] = [
      ['dim', dims],
      ['datatype', type[2]],
      ['bitpix', String(shape.bits)],
    ];
    for (const [name, [at, length]] of Object.entries(TEXTS)) fields.push([name, text(head, at, length)]);
    return fields.map(([keyword, value]) => ({ tag: keyword, keyword, value }));
  },
} satisfies Format;
