// AFNI: a text .HEAD beside a .BRIK (raw numbers, perhaps gzipped). The attributes are those of AFNI's README.attributes.
import { geometryOf } from '../core/affine.ts';
import { Claim } from '../core/claim.ts';
import { baseName } from '../core/entry.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Shape, TagValue } from '../core/header.ts';
import { inflateSpan } from '../core/inflate.ts';
import type { Samples } from '../core/pixels.ts';
import { bytesOf, imageBytes, promised, readRaw, type Span, type StoredType, samplesOf, spanOf, truncated } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';

const NAME = /\.HEAD$/i;
/** BRICK_TYPES → stored type and samples. */
const TYPES: Readonly<Record<number, readonly [StoredType, number]>> = {
  0: ['uint8', 1],
  1: ['int16', 1],
  2: ['int32', 1],
  3: ['float32', 1],
  4: ['float64', 1],
  5: ['float32', 2],
  6: ['uint8', 3],
};
const TAGS = ['TYPESTRING', 'LABEL_1', 'DATASET_NAME', 'TEMPLATE_SPACE', 'BRICK_LABS', 'HISTORY_NOTE', 'IDCODE_DATE', 'ORIENT_SPECIFIC'];

interface Afni {
  readonly fields: ReadonlyMap<string, string | readonly number[]>;
  readonly shape: Shape;
  readonly type: StoredType;
  readonly littleEndian: boolean;
  readonly mixed: boolean;
}

function fieldsOf(text: string): Map<string, string | readonly number[]> {
  const fields = new Map<string, string | readonly number[]>();
  for (const [, kind, name = '', count, value = ''] of text.matchAll(
    /type\s*=\s*(\w+)-attribute\s+name\s*=\s*(\S+)\s+count\s*=\s*(\d+)\s+([\s\S]*?)(?=\n\s*\n\s*type|\n\s*type\s*=|$)/g,
  )) {
    if (kind === 'string') fields.set(name, value.replace(/^'/, '').slice(0, Number(count)).replaceAll('~', ' ').trim());
    else fields.set(name, value.trim().split(/\s+/).slice(0, Number(count)).map(Number));
  }
  return fields;
}

async function headOf(file: OpenFile): Promise<Afni> {
  const fields = fieldsOf(new TextDecoder('latin1').decode(await file.bytes.slice(0, 1 << 21)));
  const list = (name: string): readonly number[] => {
    const value = fields.get(name);
    return Array.isArray(value) ? value : [];
  };
  const [columns = 0, rows = 0, slices = 0] = list('DATASET_DIMENSIONS');
  const frames = list('DATASET_RANK')[1] ?? 1;
  const kinds = list('BRICK_TYPES');
  const type = TYPES[kinds[0] ?? 1];
  if (!type || !(columns > 0)) throw new Unreadable('E-MALFORMED', 'The AFNI header does not say how large the image is.');
  return {
    fields,
    type: type[0],
    mixed: new Set(kinds.slice(0, frames)).size > 1,
    littleEndian: fields.get('BYTEORDER_STRING') !== 'MSB_FIRST',
    shape: { columns, rows, slices, frames, samples: type[1], bits: bytesOf(type[0]) * 8 },
  };
}

const dataOf = (file: OpenFile): OpenFile | undefined => {
  const name = baseName(file.path).replace(NAME, '.BRIK');
  return file.beside(name) ?? file.beside(`${name}.gz`);
};

/** Whether the data still are gzipped: they may arrive unpacked. */
async function packed(data: OpenFile): Promise<boolean> {
  const [a, b] = await data.bytes.slice(0, 2);
  return /\.gz$/i.test(data.path) && a === 0x1f && b === 0x8b;
}

async function readVoxels(data: OpenFile, { afni, span }: { afni: Afni; span: Span }): Promise<Samples> {
  const raw = { type: afni.type, littleEndian: afni.littleEndian, offset: 0 };
  if (!(await packed(data))) return readRaw(data.bytes, { raw, shape: afni.shape, span });
  const { Gunzip } = await import('fflate');
  const size = imageBytes(afni.shape);
  const bytes = await inflateSpan(data.bytes, {
    inflater: new Gunzip(),
    from: 0,
    start: span.first * size,
    end: (span.first + span.count) * size,
  });
  if (bytes.length < span.count * size) throw truncated();
  return samplesOf(bytes, raw);
}

async function read(file: OpenFile): Promise<Header> {
  const afni = await headOf(file);
  const tags: Record<string, TagValue> = {};
  for (const name of TAGS) {
    const value = afni.fields.get(name);
    if (value !== undefined) tags[name] = typeof value === 'string' ? value.slice(0, 256) : value;
  }
  const data = dataOf(file);
  if (!data)
    return {
      format: 'afni',
      role: 'object',
      what: 'AFNI header without its voxels',
      tags,
      warnings: ['The .BRIK file that belongs to this header is not there.'],
    };
  const matrix = afni.fields.get('IJK_TO_DICOM_REAL') ?? afni.fields.get('IJK_TO_DICOM');
  const rows = Array.isArray(matrix) && matrix.length === 12 ? [matrix.slice(0, 4), matrix.slice(4, 8), matrix.slice(8, 12)] : undefined;
  const warning = promised(afni.shape, { offset: 0, size: (await packed(data)) ? undefined : data.bytes.size });
  return {
    format: 'afni',
    role: 'image',
    shape: afni.shape,
    tags,
    companions: [data.path],
    ...(rows ? { geometry: geometryOf(rows, { ras: false }) } : {}),
    ...(afni.mixed ? { undecoded: 'AFNI images of several kinds of voxels are recognised, but their pixels are not decoded yet.' } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'afni',
  claim: ({ path, head }) =>
    NAME.test(path) && /^\s*type\s*=\s*\w+-attribute/.test(String.fromCharCode(...head.subarray(0, 200))) ? Claim.byHeader : Claim.none,
  detached: (path) => NAME.test(path),
  read,
  async pixels(file, { first, count }) {
    const afni = await headOf(file);
    const data = dataOf(file);
    if (!data || afni.mixed) throw new Unreadable('E-UNSUPPORTED', 'The voxels of this AFNI image cannot be decoded.');
    const span = spanOf(afni.shape, { first, count });
    const factors = afni.fields.get('BRICK_FLOAT_FACS');
    const { columns, rows, samples } = afni.shape;
    return {
      columns,
      rows,
      frames: span.count,
      samples,
      data: await readVoxels(data, { afni, span }),
      photometric: samples === 3 ? 'RGB' : 'MONOCHROME2',
      slope: (Array.isArray(factors) && Number(factors[Math.floor(span.first / afni.shape.slices)])) || 1,
      intercept: 0,
    };
  },
  async tags(file) {
    const { fields } = await headOf(file);
    return [...fields].map(([keyword, value]) => ({
      tag: keyword,
      keyword,
      value: (typeof value === 'string' ? value : value.join(' ')).slice(0, 1024),
    }));
  },
} satisfies Format;
