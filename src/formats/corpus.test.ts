// Every NIfTI, Analyze, NRRD, MetaImage and raster file of the corpus against what reference tools decoded (truth.csv). Skipped without the corpus.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { CORPUS, corpusFiles, corpusTruth } from '../../tests/support/corpus.ts';
import { surest } from '../core/claim.ts';
import type { OpenFile } from '../core/format.ts';
import { formats } from './index.ts';

const root = corpusFiles ?? '';
const JUDGED = ['nifti', 'analyze', 'nrrd', 'mha', 'png', 'jpeg', 'tiff', 'webp', 'bmp', 'gif'];
/** The neuro extras that truth.csv files under `other`. */
const EXTRA = /\.(mgz|mgh|head|par|mnc)$/i;

// The codec's WebAssembly is fetched by its bundled address; here that is a path in the working tree.
vi.stubGlobal('fetch', async (address: string) => new Response(readFileSync(join(process.cwd(), address))));

type Row = Readonly<Record<string, string>>;

/** RFC 4180, without newlines in fields. */
function rowsOf(text: string): Row[] {
  const split = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'));
  const [first = '', ...lines] = text.trim().split('\n');
  const keys = split(first);
  return lines.map((line) => Object.fromEntries(split(line).map((value, i) => [keys[i] ?? '', value])));
}

/** A file as the pipeline hands it over: a gzip arrives inflated, under its own name. */
function openFile(path: string): OpenFile {
  const stored = readFileSync(path);
  const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
  return {
    path,
    bytes: { size: bytes.length, slice: async (start, end) => new Uint8Array(bytes.subarray(start, end)) },
    beside(name) {
      const found = readdirSync(dirname(path)).find((other) => other.toLowerCase() === name.toLowerCase());
      return found ? openFile(join(dirname(path), found)) : undefined;
    },
  };
}

async function decode(path: string) {
  const file = openFile(path);
  const format = surest(formats, { path, head: await file.bytes.slice(0, 4096), size: file.bytes.size });
  if (!format) return { format: 'none', sha: '' };
  const header = await format.read(file);
  if (header.undecoded || !format.pixels || !header.shape)
    return { format: format.id, sha: '', header, because: header.undecoded ?? header.what };
  const pixels = await format.pixels(file, { header, first: 0, count: Number.POSITIVE_INFINITY });
  const { buffer, byteOffset, byteLength } = pixels.data;
  return {
    format: format.id,
    header,
    pixels,
    sha: createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex'),
  };
}

const rows = corpusTruth ? rowsOf(readFileSync(corpusTruth, 'utf8')) : [];

describe.skipIf(!corpusTruth)(CORPUS, () => {
  const judged = rows.filter((row) => JUDGED.includes(row.format ?? '') && row.decodable === 'yes');
  it('decodes ≥ 97 % of what the references decode, with equal pixels', { timeout: 120_000 }, async () => {
    const odd: string[] = [];
    let [decoded, exact, lossless] = [0, 0, 0];
    for (const row of judged) {
      const got = await decode(join(root, row.suite ?? '', row.path ?? '')).catch((thrown) => ({
        format: '',
        sha: '',
        because: String(thrown.because ?? thrown),
      }));
      if (got.sha) decoded++;
      else odd.push(`${row.path}: not decoded, ${got.because ?? got.format}`);
      const wanted = [row.pixel_sha256, row.pixel_sha256_native, row.pixel_sha256_masked, row.pixel_sha256_alt].filter(Boolean);
      if (row.hash_is_exact !== 'yes') continue;
      lossless++;
      if (wanted.includes(got.sha)) exact++;
      else if (got.sha) odd.push(`${row.path}: other pixels`);
    }
    process.stdout.write(
      `corpus: ${decoded} of ${judged.length} decoded, ${exact} of ${lossless} lossless hashes equal\n${odd.join('\n')}\n`,
    );
    expect(decoded / judged.length).toBeGreaterThanOrEqual(0.97);
    expect(exact / lossless).toBeGreaterThanOrEqual(0.97);
  });

  it('names the extra neuro formats as what they are', { timeout: 60_000 }, async () => {
    const extras = rows.filter((row) => EXTRA.test(row.path ?? ''));
    const odd: string[] = [];
    let exact = 0;
    for (const row of extras) {
      const got = await decode(join(root, row.suite ?? '', row.path ?? '')).catch((thrown) => ({
        format: '',
        sha: '',
        because: String(thrown.because ?? thrown),
      }));
      if (row.decodable === 'yes' && got.sha === row.pixel_sha256) exact++;
      else if (row.decodable === 'yes' || !got.format)
        odd.push(`${basename(row.path ?? '')}: ${got.format} ${got.because ?? 'other pixels'}`);
    }
    process.stdout.write(
      `extras: ${extras.length} files, ${exact} of ${extras.filter((row) => row.decodable === 'yes').length} hashes equal\n${odd.join('\n')}\n`,
    );
    expect(extras.length).toBeGreaterThan(0);
  });

  it('takes nothing for an image that the references read as none', { timeout: 60_000 }, async () => {
    const taken: string[] = [];
    for (const row of rows.filter(
      (other) => other.format === 'other' && other.expected_dimension === 'none' && !EXTRA.test(other.path ?? ''),
    )) {
      const path = join(root, row.suite ?? '', row.path ?? '');
      const head = await openFile(path).bytes.slice(0, 4096);
      const format = surest(formats, { path, head });
      if (format && format.id !== 'dicom') taken.push(`${row.path} as ${format.id}`);
    }
    expect(taken).toEqual([]);
  });
});
