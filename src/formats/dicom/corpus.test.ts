// Every DICOM file of the peers' test suites against what the reference tools read in it. MEDLEY_DICOM_REPORT=1 lists what differs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CORPUS, corpusFiles, corpusTruth } from '../../../tests/support/corpus.ts';
import type { OpenFile } from '../../core/format.ts';
import type { Pixels } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import dicom from '../dicom.ts';

const files = corpusFiles ?? '';

type Row = Readonly<Record<string, string>>;

/** CSV with quotes and quoted line breaks. */
function parseCsv(text: string): Row[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  const [names = [], ...rest] = rows;
  return rest.filter((row) => row.length === names.length).map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

function open(path: string): OpenFile {
  let bytes: Uint8Array = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  return {
    path,
    bytes: { size: bytes.length, slice: async (start, end) => new Uint8Array(bytes.subarray(start, end)) },
    beside: () => undefined,
  };
}

const sha = (pixels: Pixels) =>
  createHash('sha256')
    .update(new Uint8Array(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength))
    .digest('hex');

function mean(pixels: Pixels): number {
  let sum = 0;
  for (const value of pixels.data) sum += Number(value);
  return sum / pixels.data.length;
}

const truth = corpusTruth ? parseCsv(readFileSync(corpusTruth, 'utf8')) : [];
const rows = truth.filter((row) => row.format === 'dicom' && existsSync(join(files, row.suite!, row.path!)));
const report = process.env.MEDLEY_DICOM_REPORT ? process.stdout : undefined;
const say = (row: Row, what: string) =>
  report?.write(`${row.suite}/${row.path} [${row.transfer_syntax} ${row.photometric} ${row.bits_allocated}/${row.bits_stored}]: ${what}\n`);

describe.skipIf(!corpusTruth)(CORPUS, () => {
  it('claims every DICOM file and nothing else', () => {
    const wrong: string[] = [];
    for (const row of truth) {
      const path = join(files, row.suite!, row.path!);
      if (!existsSync(path) || row.readable_by_reference === 'no') continue;
      let bytes: Uint8Array = readFileSync(path);
      if (row.format === 'dicom' && bytes[0] === 0x1f) bytes = gunzipSync(bytes);
      const claim = dicom.claim({ path, head: bytes.subarray(0, 4096), size: bytes.length });
      if (claim > 0 !== (row.format === 'dicom')) wrong.push(path);
    }
    expect(wrong).toEqual([]);
  });

  it('reads headers as the references do', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      if (row.readable_by_reference === 'no') continue;
      const header = await dicom.read(open(join(files, row.suite!, row.path!))).catch((thrown: unknown) => String(thrown));
      if (typeof header === 'string') wrong.push(`${row.path}: ${header}`);
      else if (row.modality_tag && header.tags.Modality !== row.modality_tag) wrong.push(`${row.path}: ${header.tags.Modality}`);
      else if (row.series_uid && header.series !== row.series_uid) wrong.push(`${row.path}: ${header.series}`);
      else if (row.rows && header.shape && `${header.shape.rows}x${header.shape.columns}` !== `${row.rows}x${row.cols}`)
        wrong.push(`${row.path}: size`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('decodes at least 97 % with the very hash of the references', async () => {
    const count = { decodable: 0, decoded: 0, lossless: 0, exact: 0, lossy: 0, near: 0 };
    const start = performance.now();
    for (const row of rows.filter((one) => one.pixel_sha256)) {
      const exact = row.hash_is_exact === 'yes';
      count.decodable++;
      count[exact ? 'lossless' : 'lossy']++;
      try {
        const file = open(join(files, row.suite!, row.path!));
        const pixels = await dicom.pixels(file, { header: await dicom.read(file), first: 0, count: Number.POSITIVE_INFINITY });
        count.decoded++;
        const accepted = [row.pixel_sha256, row.pixel_sha256_native, row.pixel_sha256_masked, row.pixel_sha256_alt].flatMap((list) =>
          (list ?? '').split('|'),
        );
        const near = Math.abs(mean(pixels) - Number(row.pixel_mean)) <= 2;
        const same = accepted.includes(sha(pixels));
        if (exact && same) count.exact++;
        else if (!exact && (near || same)) count.near++;
        else
          say(
            row,
            `differs: ${pixels.data.constructor.name} ${row.dtype} mean ${mean(pixels)} for ${row.pixel_mean} (${row.hash_is_exact})`,
          );
      } catch (thrown) {
        say(row, thrown instanceof Unreadable ? `${thrown.code} ${thrown.because} ${thrown.cause ?? ''}` : String((thrown as Error).stack));
      }
    }
    report?.write(`${JSON.stringify(count)} in ${Math.round(performance.now() - start)} ms\n`);
    expect(count.decoded / count.decodable).toBeGreaterThanOrEqual(0.97);
    expect(count.exact / count.lossless).toBeGreaterThanOrEqual(0.97);
    expect(count.near / count.lossy).toBeGreaterThanOrEqual(0.95);
  }, 120_000);

  it('lists the tags of every file', async () => {
    for (const row of rows) {
      if (row.readable_by_reference === 'no') continue;
      const tags = await dicom.tags(open(join(files, row.suite!, row.path!)));
      expect(tags.length, row.path).toBeGreaterThan(0);
    }
  }, 60_000);
});
