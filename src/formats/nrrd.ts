// NRRD (.nrrd) and detached headers (.nhdr), all encodings. Axis kinds say what is colour, space and time.
import { Claim } from '../core/claim.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Tags } from '../core/header.ts';
import { promised, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';
import { dataNames, readData } from './nrrd/data.ts';
import { type Nrrd, nrrdGeometry, parseNrrd } from './nrrd/header.ts';
import { labelsOf } from './nrrd/segments.ts';

const MOST = 1 << 20;

async function headOf(file: OpenFile): Promise<Nrrd> {
  for (let length = 4096; ; length *= 8) {
    const head = await file.bytes.slice(0, length);
    const nrrd = parseNrrd(head, { whole: head.length < length });
    if (nrrd) return nrrd;
    if (length >= MOST) throw new Unreadable('E-MALFORMED', 'The NRRD header does not end.');
  }
}

function tagsOf({ fields, keys }: Nrrd): Tags {
  const tags: [string, string][] = [];
  for (const name of ['type', 'content', 'space', 'kinds', 'encoding', 'endian', 'measurementframe', 'centerings']) {
    const value = fields.get(name);
    if (value) tags.push([name, value]);
  }
  return Object.fromEntries([...tags, ...keys].slice(0, 30).map(([key, value]) => [key, value.slice(0, 256)]));
}

async function read(file: OpenFile): Promise<Header> {
  const nrrd = await headOf(file);
  const names = dataNames(nrrd);
  const found = names.map((name) => file.beside(name));
  const missing = names.find((_, i) => !found[i]);
  const plain = nrrd.encoding === 'raw' && names.length < 2 && nrrd.byteSkip >= 0 && nrrd.lineSkip === 0;
  const holder = names.length ? found[0] : file;
  const warning = promised(nrrd.shape, {
    offset: (names.length ? 0 : nrrd.dataStart) + Math.max(0, nrrd.byteSkip),
    size: plain ? holder?.bytes.size : undefined,
  });
  if (missing !== undefined)
    return {
      format: 'nrrd',
      role: 'object',
      what: 'NRRD header without its voxels',
      tags: tagsOf(nrrd),
      warnings: [`The voxels lie in ${missing}, which is not there.`],
    };
  const segments = labelsOf(nrrd)?.labels.map(({ name }) => name);
  const companions = found.flatMap((beside) => (beside ? [beside.path] : []));
  return {
    format: 'nrrd',
    role: segments ? 'mask' : 'image',
    ...(segments ? { what: 'Segmentation of 3D Slicer', segments } : {}),
    shape: nrrd.shape,
    geometry: nrrdGeometry(nrrd),
    tags: tagsOf(nrrd),
    ...(companions.length ? { companions } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'nrrd',
  claim: ({ head }) => (/^NRRD000[1-9]\r?\n/.test(String.fromCharCode(...head.subarray(0, 16))) ? Claim.byHeader : Claim.none),
  detached: (path) => /\.nhdr$/i.test(path),
  read,
  async pixels(file, { first, count }) {
    const nrrd = await headOf(file);
    const { shape } = nrrd;
    const span = spanOf(shape, { first, count });
    const data = await readData(file, { nrrd, span });
    const [low, high] = [Number(nrrd.fields.get('oldmin') ?? Number.NaN), Number(nrrd.fields.get('oldmax') ?? Number.NaN)];
    const window = high > low && Number.isFinite(high - low);
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: shape.samples,
      data,
      photometric: shape.samples >= 3 && shape.samples <= 4 && nrrd.type === 'uint8' ? 'RGB' : 'MONOCHROME2',
      slope: 1,
      intercept: 0,
      ...(window ? { windowCenter: (low + high) / 2, windowWidth: high - low } : {}),
    };
  },
  async drawing(file) {
    return labelsOf(await headOf(file));
  },
  async tags(file) {
    const { fields, keys } = await headOf(file);
    return [...fields, ...keys].map(([keyword, value]) => ({ tag: keyword, keyword, value: value.slice(0, 1024) }));
  },
} satisfies Format;
