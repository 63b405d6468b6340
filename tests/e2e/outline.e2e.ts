// Outlining in the built app: a volume with a bright box in it, and a network of a few hundred bytes in the place of ours that outlines what is bright.
// Run → chart of features → the item and its mask → the report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { tinyOutlineOnnx } from '../support/tiny-onnx.ts';
import { tinyOutlineCard, tinyTask } from '../support/tiny-outline-card.ts';
import { expect, test } from './support/test.ts';

const SIDE = 32;
/** Logit 20 · (red − 0.7). */
const WEIGHTS = tinyOutlineOnnx({ weights: [[20, 0, 0]], bias: [-14], side: SIDE });

/** Ours are left out, so that nobody contradicts file names; the one that outlines is the test's. */
async function withTiny(context: BrowserContext, modality: string): Promise<void> {
  const task = tinyTask({ routes: [{ modality: [modality], anatomy: [] }], from: { modality: 0.5, anatomy: 0.5 } });
  const card = tinyOutlineCard(WEIGHTS, { id: 'outline', side: SIDE, tasks: [task] });
  await context.route('**/models/*', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    if (name === 'outline.card.json') return route.fulfill({ json: card });
    if (name === 'outline.onnx') return route.fulfill({ body: Buffer.from(WEIGHTS), contentType: 'application/octet-stream' });
    return route.fulfill({ status: 404, body: '' });
  });
}

/** A NIfTI-1 of 32 × 32 × 20 int16, 1 mm: dim stripes, and a bright box of 8 × 8 × 8 from slice 6 on, large enough not to be above the window. */
function volume(): Uint8Array {
  const slices = 20;
  const bytes = new Uint8Array(352 + SIDE * SIDE * slices * 2);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  for (const [i, n] of [3, SIDE, SIDE, slices, 1, 1, 1, 1].entries()) view.setInt16(40 + 2 * i, n, true);
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  for (let i = 0; i < 4; i++) view.setFloat32(76 + 4 * i, 1, true);
  view.setFloat32(108, 352, true);
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 0; i < SIDE * SIDE * slices; i++) {
    const [x, y, z] = [i % SIDE, Math.floor(i / SIDE) % SIDE, Math.floor(i / SIDE / SIDE)];
    const isBox = x >= 8 && x < 16 && y >= 16 && y < 24 && z >= 6 && z < 14;
    view.setInt16(352 + 2 * i, isBox ? 1000 : (x + y) % 3 ? 100 + z : 0, true);
  }
  return bytes;
}

function dataset(folder: string): string {
  const anat = path.join(folder, 'sub-01', 'anat');
  mkdirSync(anat, { recursive: true });
  writeFileSync(path.join(anat, 'sub-01_FLAIR.nii'), volume());
  return folder;
}

async function analyse(page: Page, url: string): Promise<void> {
  await page.goto(`/?src=${encodeURIComponent(url)}`);
  await expect(page.getByText('Analysis complete').first()).toBeAttached({ timeout: 180_000 });
}

interface Reported {
  readonly models: readonly { id: string; sha256: string; provider: string }[];
  readonly items: readonly {
    features: readonly { kind: string; examined: boolean; present: boolean | null; by: string | null; why: string }[];
  }[];
}

async function report(page: Page): Promise<Reported> {
  await page.getByRole('tab', { name: 'Report' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Whole report as JSON').click()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as Reported;
}

const features = (page: Page) => page.getByRole('figure', { name: 'Features', exact: true });

test('what is outlined is charted, kept, and in the report', async ({ page, context, serveData }, info) => {
  await withTiny(context, 'MR');
  const { url } = await serveData(dataset(info.outputPath('data')));
  await analyse(page, url);
  await expect(features(page)).toContainText('Tumours: looked for in all items, found in 1.');
  await expect(features(page)).toContainText('Not looked for');
  const { models, items } = await report(page);
  expect(models).toEqual([{ id: 'outline', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), provider: 'wasm' }]);
  expect(items[0]?.features[0]).toMatchObject({ kind: 'tumour', examined: true, present: true, by: 'outline', volumeMl: 0.512 });
  await page.reload();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(features(page)).toContainText('found in 1');
});

test('what no route leads to is not examined, and the report says why', async ({ page, context, serveData }, info) => {
  await withTiny(context, 'US');
  const { url } = await serveData(dataset(info.outputPath('data')));
  await analyse(page, url);
  await expect(features(page)).toContainText('No tumours, other lesions or vessels were looked for in these items.');
  const { models, items } = await report(page);
  expect(models).toEqual([]);
  expect(items[0]?.features[0]).toMatchObject({ examined: false, present: null });
  expect(items[0]?.features[0]?.why).toMatch(/No model here looks for tumours/);
});
