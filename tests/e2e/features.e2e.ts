// What was found, as a person meets it: outlines over the picture, the list beside it, corrections, the chart, the table, and the cards of the networks.
// On a folder whose masks come with the data, so that nothing depends on what a network thinks of made-up pictures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { writeMaskedData } from './support/masked-data.ts';
import { expect, expectAccessible, test } from './support/test.ts';

let folder: string;
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'medley-features-'));
  await writeMaskedData(folder);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const details = (page: Page) => page.getByRole('region', { name: 'Item details' });
const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer', exact: true });
const found = (page: Page) => details(page).getByRole('region', { name: 'Found', exact: true });
const kind = (page: Page, name: string) =>
  found(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });

async function analyse(page: Page, url: string): Promise<void> {
  await page.goto(`/?src=${encodeURIComponent(url)}&models=0`);
  await expect(page.getByText('Analysis complete')).toBeAttached({ timeout: 180_000 });
}

async function openItem(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: /^Items/ }).click();
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: name }).first().click();
  await expect(found(page)).toBeVisible();
}

/** Pixels that the outlines cover, and the middle of what they cover, on the canvas over the picture. */
async function covered(page: Page): Promise<{ pixels: number; x: number }> {
  const canvas = viewer(page).locator('canvas').nth(1);
  if ((await canvas.count()) === 0) return { pixels: 0, x: 0 };
  return canvas.evaluate((one: HTMLCanvasElement) => {
    const { data } = one.getContext('2d')!.getImageData(0, 0, one.width, one.height);
    let [pixels, sum] = [0, 0];
    for (let at = 3; at < data.length; at += 4) {
      if (!data[at]) continue;
      pixels++;
      sum += ((at - 3) / 4) % one.width;
    }
    return { pixels, x: pixels ? sum / pixels / one.width : 0 };
  });
}

test('outlines lie over the picture, on the slice with most of them first, and are switched by hand and by key', async ({
  page,
  serveData,
}) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await openItem(page, 'sub-01_T1w');
  await expect(viewer(page)).toContainText('4 / 9');
  await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(500);
  const group = viewer(page).getByRole('group', { name: 'Outlines' });
  const all = group.getByRole('button', { name: 'Outlines', exact: true });
  await expect(all).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('m');
  await expect(all).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(async () => (await covered(page)).pixels).toBe(0);
  const one = group.getByRole('button', { name: /in the data/ });
  await one.click();
  await expect(all).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(500);
  await one.click();
  await expect(one).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(async () => (await covered(page)).pixels).toBe(0);
  await one.click();
  await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(500);
  const filled = await covered(page);
  const fill = group.getByRole('slider', { name: 'Strength of the fill' });
  await fill.fill('0');
  await expect.poll(async () => (await covered(page)).pixels).toBeLessThan(filled.pixels);
  expect((await covered(page)).pixels).toBeGreaterThan(0);
  await fill.fill('60');
  await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(filled.pixels * 0.9);
});

test('the slider shows marked slices, and keys, button and click lead to them', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await openItem(page, 'sub-01_T1w');
  const slider = viewer(page).getByRole('slider', { name: 'Slice' });
  await expect(slider).toHaveAttribute('aria-valuetext', /4 of 9, marked: /);
  await page.keyboard.press('n');
  await expect(viewer(page)).toContainText('5 / 9');
  await viewer(page).getByRole('button', { name: 'Next marked slice' }).click();
  await expect(viewer(page)).toContainText('4 / 9');
  await viewer(page).getByRole('application').press('Home');
  await expect(viewer(page)).toContainText('1 / 9');
  await expect(slider).toHaveAttribute('aria-valuetext', '1 of 9');
  await expect.poll(async () => (await covered(page)).pixels).toBe(0);
  await viewer(page).getByRole('application').press('Shift+N');
  await expect(viewer(page)).toContainText('5 / 9');
  const strip = (await viewer(page).locator('svg[viewBox^="0 0 9"]').boundingBox())!;
  await page.mouse.click(strip.x + (strip.width * 3.5) / 9, strip.y + strip.height / 2);
  await expect(viewer(page)).toContainText('4 / 9');
});

test('outlines follow zoom and pan', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await openItem(page, 'us1.png');
  await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(500);
  const before = await covered(page);
  await viewer(page).getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(async () => (await covered(page)).pixels).toBeLessThan(before.pixels * 0.8);
  await viewer(page).getByRole('button', { name: 'Fit' }).click();
  await viewer(page).getByRole('application').hover();
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(900, 500);
  await page.mouse.up({ button: 'middle' });
  await viewer(page).getByRole('button', { name: 'Fit' }).click();
  await expect.poll(async () => (await covered(page)).x).toBeCloseTo(before.x, 2);
});

test('says what was found, how large, by whom and why not, and takes a person’s word', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await openItem(page, 'Kidney CT');
  await expect(found(page)).toContainText('Research use, not a diagnosis.');
  const tumour = kind(page, 'Tumour');
  await expect(tumour).toContainText('Present');
  await expect(tumour).toContainText('Kidney tumour');
  await expect(tumour).toContainText(/Volume\s*0\.\d+ ml/);
  await expect(tumour).toContainText(/Slices\s*4–5 of 6/);
  await expect(tumour).toContainText('in the data');
  await expect(kind(page, 'Vessels')).toContainText('Not examined');
  await expect(kind(page, 'Vessels')).toContainText('Models were switched off');
  const asked = tumour.getByRole('group', { name: 'Is there a tumour?' });
  await asked.getByRole('button', { name: 'No', exact: true }).click();
  await expect(tumour).toContainText('Not found');
  await expect(tumour).toContainText('Before: present');
  await expect(details(page).getByRole('list', { name: 'Labels in short' })).not.toContainText('Tumour');
  await asked.getByRole('button', { name: 'Not sure' }).click();
  await expect(tumour).toContainText('Not sure');
  await page.reload();
  await expect(asked.getByRole('button', { name: 'Not sure' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('tab', { name: 'Overview' }).click();
  const chart = page.getByRole('figure', { name: 'Features' });
  await expect(chart.getByRole('button', { name: /Tumour not sure/ })).toBeVisible();
  await page.goBack();
  await tumour.getByRole('button', { name: 'Undo' }).click();
  await expect(tumour).toContainText('Present');
});

test('the chart counts found and not examined, filters the run, and the table says the same', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  const chart = page.getByRole('figure', { name: 'Features' });
  await expect(chart).toContainText('Tumours: looked for in 2 of 3 items, found in 2.');
  await expect(chart).toContainText('Research use, not a diagnosis.');
  await chart.getByText('Why some were not examined').click();
  await expect(chart).toContainText('Models were switched off, so nobody looked.');
  await chart.getByRole('button', { name: /Tumour not examined/ }).click();
  await expect(page).toHaveURL(/f=feature%3Aunseen-tumour/);
  await expect(page.getByRole('button', { name: /Remove filter/ })).toContainText('Tumour not examined');
  await page.getByRole('tab', { name: /^Items/ }).click();
  const rows = page.getByRole('grid', { name: 'Items' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Lesion');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: /Size found/ }).click();
  await expect(page).toHaveURL(/cols=size/);
  await expect(rows.nth(1)).toContainText(/ml/);
});

test('the report tells features apart, and why nobody looked', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await page.getByRole('tab', { name: 'Report' }).click();
  const table = page.getByRole('table', { name: 'Features' });
  await expect(table.getByRole('row', { name: /Tumour/ })).toHaveText(/Tumour\s*2\s*0\s*1/);
  await expect(page.getByRole('heading', { name: 'Why features were not examined' })).toBeVisible();
  await expect(page.getByText('Findings are outlined in 3 items.')).toBeVisible();
});

test('an item that was left out is outlined when asked for', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  await openItem(page, 'Kidney CT');
  await found(page).getByRole('button', { name: 'Look for outlines now' }).click();
  await expect(found(page).getByText(/Looked just now/)).toBeVisible({ timeout: 180_000 });
  await expect(found(page).getByRole('button', { name: 'Look for outlines now' })).toHaveCount(0);
});

test('the Models page tells what each outlining network does and how well', async ({ page }) => {
  await page.goto('/models#model-outline');
  const card = page.locator('#model-outline');
  await expect(card.getByRole('table', { name: /^Tasks of/ })).toContainText('Breast');
  await expect(card).toContainText(/\d+ tasks, \d+ asked/);
  await expect(card).toContainText('Limits');
  await expect(page.locator('#model-vessels').getByRole('table', { name: /^Tasks of/ })).toContainText(/fundus/i);
  await expect(page.locator('#model-vesselness')).toContainText('Frangi');
  await card.getByRole('button', { name: /Measure speed/ }).click();
  await expect(card.getByRole('status').filter({ hasText: 'an image' })).toBeVisible({ timeout: 180_000 });
});

test('chart, item and cards are accessible in both schemes', async ({ page, serveData }) => {
  const { url } = await serveData(folder);
  await analyse(page, url);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect(page.getByRole('figure', { name: 'Features' })).toBeVisible();
    await expectAccessible(page);
    await openItem(page, 'Kidney CT');
    await expect(viewer(page).getByRole('group', { name: 'Outlines' })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto('/models');
  await expect(page.locator('#model-vessels').getByRole('table', { name: /^Tasks of/ })).toBeVisible();
  await expectAccessible(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('nothing is wider than the screen', async ({ page, serveData }) => {
    const { url } = await serveData(folder);
    await analyse(page, url);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(390);
    await openItem(page, 'Kidney CT');
    await expect.poll(async () => (await covered(page)).pixels).toBeGreaterThan(200);
    expect(await width()).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await page.goto('/models');
    await expect(page.locator('#model-outline').getByRole('table', { name: /^Tasks of/ })).toBeVisible();
    expect(await width()).toBeLessThanOrEqual(390);
  });
});
