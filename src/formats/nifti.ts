// NIfTI-1 and NIfTI-2: one file (.nii) or a header beside its voxels (.hdr/.img). Analyze 7.5, which has no magic, is not read here.
import { Claim } from '../core/claim.ts';
import { baseName } from '../core/entry.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Shape, Tags } from '../core/header.ts';
import { promised, type Raw, readRaw, type StoredType, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { HEADER_BYTES, type Nifti, niftiGeometry, niftiKind, readNifti } from './nifti/header.ts';

/** NIfTI datatype codes → stored type, samples a voxel, name. Two samples of a float are a complex number. */
const TYPES: Readonly<Record<number, readonly [StoredType, number, string]>> = {
  2: ['uint8', 1, 'uint8'],
  4: ['int16', 1, 'int16'],
  8: ['int32', 1, 'int32'],
  16: ['float32', 1, 'float32'],
  32: ['float32', 2, 'complex64'],
  64: ['float64', 1, 'float64'],
  128: ['uint8', 3, 'RGB24'],
  256: ['int8', 1, 'int8'],
  512: ['uint16', 1, 'uint16'],
  768: ['uint32', 1, 'uint32'],
  1024: ['int64', 1, 'int64'],
  1280: ['uint64', 1, 'uint64'],
  1792: ['float64', 2, 'complex128'],
  2304: ['uint8', 4, 'RGBA32'],
};

/** Codes that are understood but not decoded, with their bits. */
const UNDECODED: Readonly<Record<number, readonly [number, string]>> = {
  1: [1, 'binary'],
  1536: [128, 'float128'],
  2048: [128, 'complex256'],
};

async function headOf(file: OpenFile): Promise<Nifti> {
  const nifti = readNifti(await file.bytes.slice(0, HEADER_BYTES));
  if (!nifti) throw new Unreadable('E-TRUNCATED', 'The file ends inside its NIfTI header.');
  return nifti;
}

function shapeOf(nifti: Nifti): Shape {
  const rank = nifti.dim[0] ?? 0;
  if (!(rank >= 1 && rank <= 7))
    throw new Unreadable('E-MALFORMED', `The NIfTI header says the image has ${rank} dimensions; 1 to 7 are possible.`);
  const dim = (at: number): number => (at <= rank ? (nifti.dim[at] ?? 1) : 1);
  const type = TYPES[nifti.datatype];
  const bits = type ? BITS[type[0]] : UNDECODED[nifti.datatype]?.[0];
  if (bits === undefined) throw new Unreadable('E-MALFORMED', `The NIfTI header names an unknown kind of voxel (${nifti.datatype}).`);
  return { columns: dim(1), rows: dim(2), slices: dim(3), frames: dim(4) * dim(5) * dim(6) * dim(7), samples: type?.[1] ?? 1, bits };
}

const BITS: Readonly<Record<StoredType, number>> = {
  uint8: 8,
  int8: 8,
  uint16: 16,
  int16: 16,
  uint32: 32,
  int32: 32,
  float32: 32,
  float64: 64,
  int64: 64,
  uint64: 64,
};

const dataName = (path: string): string => baseName(path).replace(/\.hdr(\.gz)?$/i, '.img');

/** The voxels' file: this one, or the .img beside a .hdr (packed or not). */
function dataOf(file: OpenFile, nifti: Nifti): OpenFile | undefined {
  if (!nifti.pair) return file;
  return file.beside(dataName(file.path)) ?? file.beside(`${dataName(file.path)}.gz`);
}

const offsetOf = (nifti: Nifti): number => {
  const least = nifti.pair ? 0 : nifti.version === 1 ? 348 : 540;
  const offset = Math.floor(nifti.voxOffset);
  return offset >= least ? offset : nifti.pair ? 0 : least + 4;
};

function tagsOf(nifti: Nifti): Tags {
  const texts = { descrip: nifti.descrip, aux_file: nifti.auxFile, intent_name: nifti.intentName, db_name: nifti.dbName };
  const tags: Record<string, string | number> = {
    datatype: TYPES[nifti.datatype]?.[2] ?? UNDECODED[nifti.datatype]?.[1] ?? nifti.datatype,
    intent_code: nifti.intentCode,
    qform_code: nifti.qform,
    sform_code: nifti.sform,
    scl_slope: nifti.slope,
    scl_inter: nifti.intercept,
    cal_min: nifti.calMin,
    cal_max: nifti.calMax,
    xyzt_units: nifti.units,
  };
  for (const [name, text] of Object.entries(texts)) if (text) tags[name] = text.slice(0, 256);
  const step = nifti.pixdim[4] ?? 0;
  if ((nifti.dim[0] ?? 0) > 3 && step > 0) tags.time_step = step;
  return tags;
}

async function read(file: OpenFile): Promise<Header> {
  const nifti = await headOf(file);
  const tags = tagsOf(nifti);
  // CIFTI keeps a matrix over brain surfaces in dimensions 5 and 6 (intent codes 3000 to 3099): numbers, but no picture.
  if (nifti.intentCode >= 3000 && nifti.intentCode < 3100)
    return { format: 'nifti', role: 'object', what: 'CIFTI matrix of brain regions', tags };
  const shape = shapeOf(nifti);
  const data = dataOf(file, nifti);
  const warning = promised(shape, { offset: offsetOf(nifti), size: data?.bytes.size });
  if (!data)
    return {
      format: 'nifti',
      role: 'object',
      what: 'NIfTI header without its voxels',
      tags,
      warnings: [`The voxels lie in ${dataName(file.path)}, which is not there.`],
    };
  const undecoded = TYPES[nifti.datatype]
    ? undefined
    : `Voxels of type ${UNDECODED[nifti.datatype]?.[1]} are recognised, but not decoded yet.`;
  // One voxel in the plane has no picture: a spectrum or a time course.
  const plane = shape.columns * shape.rows > 1;
  return {
    format: 'nifti',
    role: plane ? 'image' : 'object',
    ...(plane ? {} : { what: 'Spectrum or time course of one voxel' }),
    shape,
    geometry: niftiGeometry(nifti),
    tags,
    ...(data !== file ? { companions: [data.path] } : {}),
    ...(undecoded ? { undecoded } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'nifti',
  claim: ({ head }) => (niftiKind(head) ? Claim.byHeader : Claim.none),
  detached: (path) => /\.hdr(\.gz)?$/i.test(path),
  read,
  async pixels(file, { header, first, count }) {
    const nifti = await headOf(file);
    const shape = header.shape ?? shapeOf(nifti);
    const type = TYPES[nifti.datatype];
    const data = dataOf(file, nifti);
    if (!type || !data) throw new Unreadable('E-UNSUPPORTED', header.undecoded ?? 'The voxels are not there.');
    const raw: Raw = { type: type[0], littleEndian: nifti.littleEndian, offset: offsetOf(nifti) };
    const span = spanOf(shape, { first, count });
    const colour = type[0] === 'uint8' && shape.samples >= 3;
    const scaled = nifti.slope !== 0 && Number.isFinite(nifti.slope) && !colour;
    const window = nifti.calMax > nifti.calMin && Number.isFinite(nifti.calMax - nifti.calMin) && !colour;
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data: await readRaw(data.bytes, { raw, shape, span }),
      photometric: colour ? 'RGB' : 'MONOCHROME2',
      slope: scaled ? nifti.slope : 1,
      intercept: scaled && Number.isFinite(nifti.intercept) ? nifti.intercept : 0,
      ...(window ? { windowCenter: (nifti.calMin + nifti.calMax) / 2, windowWidth: nifti.calMax - nifti.calMin } : {}),
    };
  },
  async tags(file) {
    const nifti = await headOf(file);
    return Object.entries(nifti).map(([keyword, value]) => ({
      tag: keyword,
      keyword,
      value: (Array.isArray(value) ? JSON.stringify(value) : String(value)).slice(0, 1024),
    }));
  },
} satisfies Format;
