// MetaImage (.mha with its voxels, .mhd beside them), as ITK writes it. Meta objects that are no images are not claimed.
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Tags } from '../core/header.ts';
import { promised, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { dataNames, readData } from './metaimage/data.ts';
import { type MetaHeader, metaGeometry, parseMeta } from './metaimage/header.ts';

const NAME = /\.(mha|mhd)$/i;
const MOST = 1 << 20;

async function headOf(file: OpenFile): Promise<MetaHeader> {
  for (let length = 4096; ; length *= 8) {
    const head = await file.bytes.slice(0, length);
    const meta = parseMeta(head, { whole: head.length < length });
    if (meta) return meta;
    if (length >= MOST) throw new Unreadable('E-MALFORMED', 'The MetaImage header does not end.');
  }
}

/** The first line says what object it is; older files begin with NDims. */
function claims(path: string, head: Uint8Array): Claim {
  const text = String.fromCharCode(...head.subarray(0, 1024));
  if (/^\s*ObjectType\s*=\s*Image\b/i.test(text))
    return /\bNDims\s*=|\bDimSize\s*=/.test(text) || NAME.test(path) ? Claim.byHeader : Claim.byMagic;
  return NAME.test(path) && /^\s*\w+\s*=.*\n/.test(text) && !/ObjectType\s*=/i.test(text) && /DimSize\s*=/.test(text)
    ? Claim.byMagic
    : Claim.none;
}

async function read(file: OpenFile): Promise<Header> {
  const meta = await headOf(file);
  const names = dataNames(meta);
  const local = names.length === 0;
  const found = names.map((name) => file.beside(name));
  const missing = names.find((_, i) => !found[i]);
  const size = local ? file.bytes.size : found[0]?.bytes.size;
  const raw = !meta.compressed && names.length < 2;
  const offset = local ? meta.dataStart : Math.max(0, meta.skip);
  const warning = promised(meta.shape, { offset, size: raw ? size : undefined });
  if (missing !== undefined)
    return {
      format: 'mha',
      role: 'object',
      what: 'MetaImage header without its voxels',
      tags: tagsOf(meta),
      warnings: [`The voxels lie in ${missing}, which is not there.`],
    };
  const companions = found.flatMap((beside) => (beside ? [beside.path] : []));
  return {
    format: 'mha',
    role: 'image',
    shape: meta.shape,
    geometry: metaGeometry(meta),
    tags: tagsOf(meta),
    ...(companions.length ? { companions } : {}),
    ...(ascii(meta) ? { undecoded: 'MetaImage voxels written as text are recognised, but not decoded yet.' } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

const ascii = (meta: MetaHeader): boolean => /^(false|0|f)/i.test(meta.fields.get('BinaryData') ?? 'true');

function tagsOf({ fields }: MetaHeader): Tags {
  return Object.fromEntries([...fields].slice(0, 30).map(([key, value]) => [key, value.slice(0, 256)]));
}

export default {
  id: 'mha',
  claim: ({ path, head }) => claims(path, head),
  detached: (path) => /\.mhd$/i.test(path),
  read,
  async pixels(file, { first, count }) {
    const meta = await headOf(file);
    const { shape } = meta;
    const span = spanOf(shape, { first, count });
    if (ascii(meta)) throw new Unreadable('E-UNSUPPORTED', 'MetaImage voxels written as text are recognised, but not decoded yet.');
    const data = await readData(file, { meta, span });
    const colour = shape.samples >= 3 && meta.type === 'uint8';
    // ElementToIntensityFunction is rarely there; slope and offset are the widely written ones.
    const slope = Number(meta.fields.get('ElementToIntensityFunctionSlope') ?? 1) || 1;
    const intercept = Number(meta.fields.get('ElementToIntensityFunctionOffset') ?? 0) || 0;
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data,
      photometric: colour ? 'RGB' : 'MONOCHROME2',
      slope,
      intercept,
    };
  },
  async tags(file) {
    const { fields } = await headOf(file);
    return [...fields].map(([keyword, value]) => ({ tag: keyword, keyword, value: value.slice(0, 1024) }));
  },
} satisfies Format;
