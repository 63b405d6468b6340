// Masks leave the built app as PNG, NIfTI, DICOM SEG, CSV and zip, from the page and from the headless run, and are read back by readers that
// share nothing with the writers: dcmjs, fflate, Node's zlib, and fast-png's decoder.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { data as dicom } from 'dcmjs';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { instanceOf, marksOf, PICTURE, SERIES, SROW, STUDY, VOLUME, writeMaskedData } from './support/masked-data.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'medley-masked-'));
test.beforeAll(() => writeMaskedData(folder));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const details = (page: Page) => page.getByRole('region', { name: 'Item details' });

async function analyse(page: Page, url: string): Promise<void> {
  await page.goto(`/?src=${encodeURIComponent(url)}&models=0`);
  await expect(page.getByText('Analysis complete')).toBeAttached({ timeout: 180_000 });
  await page.getByRole('tab', { name: /^Items/ }).click();
}

async function openItem(page: Page, name: string): Promise<void> {
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: name }).first().click();
  await expect(details(page)).toBeVisible();
}

interface Saved {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Opens the menu by keys, as somebody without a mouse does, and takes what it saves. */
async function save(page: Page, { button, item }: { button: string; item: string | RegExp }): Promise<Saved> {
  await page.getByRole('button', { name: button, exact: true }).press('Enter');
  const choice = page.getByRole('menuitem', { name: item });
  await expect(choice).toBeVisible();
  const waiting = page.waitForEvent('download');
  await choice.press('Enter');
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}

const marked = (values: ArrayLike<number>, mark: number): number[] => Array.from(values, (value) => (value === mark ? 1 : value));

function expectPicture(bytes: Uint8Array): void {
  const { width, height, channels, depth, data } = decode(bytes);
  expect({ width, height, channels, depth }).toEqual({ width: PICTURE.columns, height: PICTURE.rows, channels: 1, depth: 8 });
  expect(marked(data, 255)).toEqual([...marksOf(PICTURE)]);
}

/** Header and voxels of NIfTI-1, by hand (nifti1.h). */
function readNifti(bytes: Uint8Array) {
  const raw = new Uint8Array(gunzipSync(bytes));
  const view = new DataView(raw.buffer, raw.byteOffset);
  const floats = (at: number, count: number) => Array.from({ length: count }, (_, i) => view.getFloat32(at + 4 * i, true));
  return {
    dim: Array.from({ length: 8 }, (_, i) => view.getInt16(40 + 2 * i, true)),
    datatype: view.getInt16(70, true),
    codes: [view.getInt16(252, true), view.getInt16(254, true)],
    pixdim: floats(76, 8),
    srow: [floats(280, 4), floats(296, 4), floats(312, 4)],
    voxels: [...raw.subarray(view.getFloat32(108, true))],
  };
}

function expectVolume(bytes: Uint8Array): void {
  const read = readNifti(bytes);
  expect(read.dim).toEqual([3, VOLUME.columns, VOLUME.rows, VOLUME.slices, 1, 1, 1, 1]);
  expect([read.datatype, ...read.codes, read.pixdim[0]]).toEqual([2, 0, 2, -1]);
  expect(read.srow).toEqual(SROW);
  expect(read.voxels).toEqual([...marksOf(VOLUME)]);
}

interface Seg {
  readonly PatientName: unknown;
  readonly StudyInstanceUID: string;
  readonly SegmentSequence: { readonly SegmentLabel: string } | readonly { readonly SegmentLabel: string }[];
  readonly PerFrameFunctionalGroupsSequence: readonly {
    readonly DerivationImageSequence: { readonly SourceImageSequence: { readonly ReferencedSOPInstanceUID: string } };
    readonly PlanePositionSequence: { readonly ImagePositionPatient: readonly number[] };
  }[];
  readonly PixelData: readonly ArrayBuffer[];
}

const first = <T>(one: T | readonly T[]): T => (Array.isArray(one) ? one[0] : one) as T;

function expectSegmentation(bytes: Uint8Array): void {
  const file = dicom.DicomMessage.readFile(Uint8Array.from(bytes).buffer);
  const set = dicom.DicomMetaDictionary.naturalizeDataset(file.dict) as Seg;
  expect(set.StudyInstanceUID).toBe(STUDY);
  expect(JSON.stringify(set.PatientName)).toContain('Doe^Jane');
  expect(first(set.SegmentSequence).SegmentLabel).toContain('Kidney tumour');
  const frames = set.PerFrameFunctionalGroupsSequence;
  expect(frames.map((frame) => first(first(frame.DerivationImageSequence).SourceImageSequence).ReferencedSOPInstanceUID)).toEqual([
    instanceOf(3),
    instanceOf(4),
  ]);
  expect(frames.map((frame) => first(frame.PlanePositionSequence).ImagePositionPatient.map(Number))).toEqual([
    [-10, -12, 47.5],
    [-10, -12, 50],
  ]);
  const packed = new Uint8Array(set.PixelData[0] as ArrayBuffer);
  const size = SERIES.columns * SERIES.rows;
  const bits = Array.from({ length: 2 * size }, (_, i) => ((packed[i >> 3] as number) >> (i & 7)) & 1);
  expect(bits).toEqual([...marksOf(SERIES).slice(3 * size, 5 * size)]);
}

async function ofPicture(page: Page): Promise<void> {
  await openItem(page, 'us1.png');
  const { name, bytes } = await save(page, { button: 'Save masks', item: 'Mask as PNG' });
  expect(name).toMatch(/^us1\..+\.png$/);
  expectPicture(bytes);
  const csv = await save(page, { button: 'Save masks', item: 'Measurements as CSV' });
  const [head, line] = new TextDecoder().decode(csv.bytes).split('\r\n');
  const cells = Object.fromEntries((head ?? '').split(',').map((column, i) => [column, line?.split(',')[i]]));
  expect(cells).toMatchObject({ kind: 'tumour', from: 'file', present: 'yes', pieces: '1', volume_ml: '', first_slice: '1' });
  expect(Number(cells.area_fraction)).toBeCloseTo((11 * 7) / (60 * 40), 5);
  await page.getByRole('button', { name: 'Save masks' }).click();
  await expect(page.getByRole('menu').getByText('Research use, not a diagnosis.')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
  await page.keyboard.press('Escape');
}

async function ofVolume(page: Page): Promise<void> {
  await openItem(page, 'sub-01_T1w');
  expectVolume((await save(page, { button: 'Save masks', item: 'Volume as NIfTI' })).bytes);
  await details(page).getByRole('slider', { name: 'Slice' }).fill('5');
  const slice = await save(page, { button: 'Save masks', item: 'Slice 5 as PNG' });
  const size = VOLUME.columns * VOLUME.rows;
  expect(marked(decode(slice.bytes).data, 255)).toEqual([...marksOf(VOLUME).slice(4 * size, 5 * size)]);
  const all = unzipSync((await save(page, { button: 'Save masks', item: 'All slices as PNG' })).bytes);
  const pictures = Object.keys(all).sort();
  expect(pictures).toHaveLength(VOLUME.slices);
  expect(pictures.flatMap((name) => marked(decode(all[name] as Uint8Array).data, 255))).toEqual([...marksOf(VOLUME)]);
}

async function ofSeries(page: Page): Promise<void> {
  await openItem(page, 'Kidney CT');
  expectSegmentation((await save(page, { button: 'Save masks', item: 'DICOM segmentation' })).bytes);
  const { dim, srow, codes, voxels } = readNifti((await save(page, { button: 'Save masks', item: 'Volume as NIfTI' })).bytes);
  expect([dim.slice(0, 4), codes]).toEqual([
    [3, SERIES.columns, SERIES.rows, SERIES.slices],
    [1, 1],
  ]);
  expect(srow).toEqual([
    [-0.75, 0, 0, 10],
    [0, -0.75, 0, 12],
    [0, 0, 2.5, 40],
  ]);
  expect(voxels).toEqual([...marksOf(SERIES)]);
}

async function ofAll(page: Page): Promise<void> {
  const { name, bytes } = await save(page, { button: 'Export', item: 'Masks as zip' });
  expect(name).toMatch(/\.masks\.zip$/);
  const files = unzipSync(bytes);
  const names = Object.keys(files).sort();
  const kinds = names.map((one) => one.replace(/^i-[0-9a-f]+/, 'id'));
  expect(kinds.sort()).toEqual(['README.txt', 'id.lesion.nii.gz', 'id.tumour.nii.gz', 'id.tumour.png', 'measurements.csv']);
  expectPicture(files[names.find((one) => one.endsWith('.tumour.png')) ?? ''] as Uint8Array);
  expectVolume(files[names.find((one) => one.endsWith('.lesion.nii.gz')) ?? ''] as Uint8Array);
  await page.goto(`${page.url().replace(/\?.*/, '')}?f=${encodeURIComponent('modality:CT')}`);
  const some = await save(page, { button: 'Export', item: /^Measurements \(\d shown\) as CSV$/ });
  const lines = new TextDecoder().decode(some.bytes).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('Kidney CT');
}

test('masks and measurements are saved from the page in every form', async ({ page, serveData }) => {
  test.setTimeout(480_000);
  await analyse(page, (await serveData(folder)).url);
  await test.step('saves the mask of a picture, and is usable by keys and screen readers', () => ofPicture(page));
  await test.step('saves a volume as NIfTI on its own grid, the slice that is seen, and all slices', () => ofVolume(page));
  await test.step('saves a series as DICOM SEG of the same study, and as NIfTI', () => ofSeries(page));
  await test.step('saves masks and measurements of all items, or of those that a filter lets through', () => ofAll(page));
});

test('the headless run writes the same files and names them in its report', async () => {
  test.setTimeout(480_000);
  const out = path.join(folder, '..', `${path.basename(folder)}-out`);
  const args = ['tools/analyze.mjs', folder, '--no-pixels', '--masks', out, '--json', '-', '--timeout', '420'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
    const report = JSON.parse(stdout);
    const named = report.items.flatMap((item: { id: string; features: { kind: string; mask?: string | null }[] }) =>
      item.features.flatMap(({ kind, mask }) => (mask ? [[`${item.id}.${kind}`, mask]] : [])),
    );
    expect(named).toHaveLength(3);
    for (const [stem, mask] of named) expect([`${stem}.png`, `${stem}.nii.gz`]).toContain(mask);
    expect(readdirSync(out).sort()).toEqual(named.map(([, mask]: [string, string]) => mask).sort());
    for (const mask of readdirSync(out)) {
      if (mask.endsWith('.png')) expectPicture(new Uint8Array(readFileSync(path.join(out, mask))));
      if (mask.endsWith('.lesion.nii.gz')) expectVolume(new Uint8Array(readFileSync(path.join(out, mask))));
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
