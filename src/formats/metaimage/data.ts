// The voxels of a MetaImage: in the same file, in another one, or in one file a slice (LIST, pattern); packed with zlib or not.
import { baseName } from '../../core/entry.ts';
import type { OpenFile } from '../../core/format.ts';
import { inflateSpan } from '../../core/inflate.ts';
import type { Samples } from '../../core/pixels.ts';
import { imageBytes, imagesOf, readRaw, type Span, samplesFor, samplesOf, truncated } from '../../core/stored.ts';
import { Unreadable } from '../../core/unreadable.ts';
import type { MetaHeader } from './header.ts';

/** Names of the data files; empty for LOCAL. A folder in a name is dropped: neighbours only. */
export function dataNames({ dataFile, list, shape }: MetaHeader): readonly string[] {
  if (/^LOCAL$/i.test(dataFile)) return [];
  if (/^LIST\b/.test(dataFile)) return list.map(last);
  const [pattern = '', from, to, step] = dataFile.split(/\s+/);
  if (pattern.includes('%') && from && to)
    return numbered(pattern, { from: Number(from), to: Number(to), step: Number(step ?? 1), most: shape.slices * shape.frames });
  return [last(dataFile)];
}

const last = (name: string): string => baseName(name.replaceAll('\\', '/'));

function numbered(pattern: string, { from, to, step, most }: { from: number; to: number; step: number; most: number }): readonly string[] {
  const names: string[] = [];
  for (let i = from; i <= to && step > 0 && names.length < Math.min(most, 100_000); i += step) {
    names.push(
      last(pattern.replace(/%(0?)(\d*)[di]/, (_, zero: string, width: string) => String(i).padStart(Number(width || 0), zero || ' '))),
    );
  }
  return names;
}

/** One file and where its voxels begin. */
async function one(file: OpenFile, { meta, span, local }: { meta: MetaHeader; span: Span; local: boolean }): Promise<Samples> {
  const image = imageBytes(meta.shape);
  const offset = local ? meta.dataStart : Math.max(0, meta.skip);
  if (!meta.compressed) {
    const fromEnd = meta.skip === -1 && file.bytes.size !== undefined && !local;
    const start = fromEnd ? (file.bytes.size ?? 0) - imagesOf(meta.shape) * image : offset;
    if (start < 0) throw truncated();
    return readRaw(file.bytes, { raw: { type: meta.type, littleEndian: meta.littleEndian, offset: start }, shape: meta.shape, span });
  }
  const { Unzlib, Gunzip } = await import('fflate');
  const magic = await file.bytes.slice(offset, offset + 2);
  const inflater = magic[0] === 0x1f && magic[1] === 0x8b ? new Gunzip() : new Unzlib();
  const start = span.first * image;
  const bytes = await inflateSpan(file.bytes, { inflater, from: offset, start, end: start + span.count * image });
  if (bytes.length < span.count * image) throw truncated();
  return samplesOf(bytes, meta);
}

/** Reads the images of `span`. Throws E-NOTFOUND where a data file is missing, E-TRUNCATED where one is short. */
export async function readData(file: OpenFile, { meta, span }: { meta: MetaHeader; span: Span }): Promise<Samples> {
  const names = dataNames(meta);
  if (names.length === 0) return one(file, { meta, span, local: true });
  const open = (name: string): OpenFile => {
    const found = file.beside(name);
    if (!found) throw new Unreadable('E-NOTFOUND', `The voxels lie in ${name}, which is not there.`);
    return found;
  };
  if (names.length === 1) return one(open(names[0] ?? ''), { meta, span, local: false });
  const each = imagesOf(meta.shape) / names.length;
  if (!Number.isInteger(each))
    throw new Unreadable('E-MALFORMED', `The MetaImage header names ${names.length} data files for ${imagesOf(meta.shape)} slices.`);
  const part: MetaHeader = { ...meta, shape: { ...meta.shape, slices: each, frames: 1 } };
  const whole = samplesFor(meta.type, (span.count * imageBytes(meta.shape)) / (meta.shape.bits / 8));
  const length = whole.length / span.count;
  for (let i = 0; i < span.count; i++) {
    const at = span.first + i;
    const got = await one(open(names[Math.floor(at / each)] ?? ''), { meta: part, span: { first: at % each, count: 1 }, local: false });
    (whole as Uint8Array).set(got as Uint8Array, i * length);
  }
  return whole;
}
