// One item in depth: seen, explained, corrected, traced to its bytes; and the report and its exports. On the sample data that ships with the app.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
const valid = ajv.compile(JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')));

async function analyse(page: Page, { baseURL, sample }: { baseURL: string | undefined; sample: string }): Promise<void> {
  await page.goto(`/?src=${encodeURIComponent(`${baseURL}/samples/${sample}`)}&models=0`);
  await expect(page.getByText('Analysis complete')).toBeAttached({ timeout: 180_000 });
}

const details = (page: Page) => page.getByRole('region', { name: 'Item details' });

async function openItem(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: /^Items/ }).click();
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: name }).first().click();
  await expect(details(page)).toBeVisible();
}

/** Mean brightness and how many different greys the canvas of the viewer shows. */
async function picture(page: Page): Promise<{ mean: number; greys: number }> {
  return page
    .locator('section[aria-label="Viewer"] canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      const greys = new Set<number>();
      for (let i = 0; i < data.length; i += 4) {
        sum += data[i] ?? 0;
        greys.add(data[i] ?? 0);
      }
      return { mean: sum / (data.length / 4), greys: greys.size };
    });
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual(
      [],
    );
  }
}

test('shows the middle slice first and walks by slider, wheel and keys', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
  await expect(viewer).toContainText('13 / 24');
  await expect.poll(async () => (await picture(page)).greys).toBeGreaterThan(20);
  const stage = viewer.getByRole('application');
  await stage.press('ArrowDown');
  await expect(viewer).toContainText('14 / 24');
  await stage.press('Home');
  await expect(viewer).toContainText('1 / 24');
  await viewer.getByRole('slider', { name: 'Slice' }).fill('20');
  await expect(viewer).toContainText('20 / 24');
  await stage.hover();
  await page.mouse.wheel(0, -120);
  await expect(viewer).toContainText(/1[5-9] \/ 24/);
  await expect(viewer.getByText(/ HU$/)).toBeVisible();
});

test('windows by preset, by number key and by dragging; inverts; resets', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
  const select = viewer.getByRole('combobox', { name: 'Window' });
  await select.selectOption('lung');
  await expect(viewer.getByText('−600 / 1500', { exact: true })).toBeVisible();
  await expect.poll(async () => (await picture(page)).greys).toBeGreaterThan(20);
  const before = (await picture(page)).mean;
  await viewer.getByRole('button', { name: 'Invert' }).click();
  await expect.poll(async () => Math.abs((await picture(page)).mean - before)).toBeGreaterThan(5);
  const box = (await viewer.getByRole('application').boundingBox())!;
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 130, { steps: 4 });
  await page.mouse.up();
  await expect(select).toHaveValue('custom');
  await viewer.getByRole('button', { name: 'Reset' }).click();
  await expect(select).toHaveValue('file');
  await viewer.getByRole('application').press('2');
  await expect(select).toHaveValue('abdomen');
});

test('explains labels, takes a correction and its undo, and keeps both over a reload', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  await details(page).getByRole('tab', { name: 'Labels' }).click();
  const modality = details(page).getByRole('region', { name: 'Modality' });
  await expect(modality).toContainText('(0008,0060) Modality = CT');
  await expect(modality).toContainText('Computed tomography (CT)');
  const anatomy = details(page).getByRole('region', { name: 'Anatomy' });
  await anatomy.getByRole('combobox', { name: 'Correct anatomy' }).selectOption('LIVER');
  await expect(anatomy).toContainText('corrected by you');
  await expect(anatomy).toContainText('Found before: Chest');
  await page.reload();
  await details(page).getByRole('tab', { name: 'Labels' }).click();
  await expect(anatomy).toContainText('corrected by you');
  await anatomy.getByRole('button', { name: 'Undo' }).click();
  await expect(anatomy).not.toContainText('corrected by you');
  await expect(anatomy.getByRole('strong')).toHaveText('Chest');
});

test('searches the tags of a file and traces it to its bytes', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  await details(page).getByRole('tab', { name: 'Tags' }).click();
  const tags = details(page).getByRole('list', { name: 'Tags of the file' });
  await expect(tags.getByRole('listitem').first()).toBeVisible();
  await details(page).getByRole('searchbox', { name: 'Search tags' }).fill('(0008,0060)');
  await expect(tags).toContainText('Modality');
  await expect(tags).toContainText('CT');
  await expect(tags).not.toContainText('PatientName');
  await details(page).getByRole('tab', { name: 'Files' }).click();
  await expect(details(page)).toContainText('24 files');
  await expect(details(page).getByRole('link')).toHaveAttribute('href', `${baseURL}/samples/chest-ct.zip`);
  await expect(details(page)).toContainText(/bytes [\d,]+ to [\d,]+/);
});

test('says when an image cannot be fetched, and tries again', async ({ page, context, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
  await expect.poll(async () => (await picture(page)).greys).toBeGreaterThan(20);
  await context.setOffline(true);
  await viewer.getByRole('slider', { name: 'Slice' }).fill('2');
  await expect(viewer.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 60_000 });
  await expect(viewer.getByRole('status').filter({ hasText: '.' })).toBeVisible();
  await context.setOffline(false);
  await viewer.getByRole('button', { name: 'Try again' }).click();
  await expect(viewer.getByRole('button', { name: 'Try again' })).toBeHidden();
  await expect.poll(async () => (await picture(page)).greys).toBeGreaterThan(20);
});

test('prints the report alone, dark on white', async ({ page, baseURL }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(page.getByRole('heading', { name: 'About these labels' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('tablist')).toHaveCount(0);
  await expect(page.getByRole('article').getByRole('heading', { name: 'chest-ct.zip' })).toHaveCSS('color', 'rgb(0, 0, 0)');
});

test('details are accessible in both schemes', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'chest-ct.zip' });
  await openItem(page, 'contrast');
  for (const tab of ['View', 'Labels', 'Tags', 'Files']) {
    await details(page).getByRole('tab', { name: tab }).click();
    await expect(details(page).getByRole('tabpanel')).toBeVisible();
    await expectAccessible(page);
  }
});

test('the report reads, is accessible, and exports what the schema promises', async ({ page, baseURL }) => {
  await analyse(page, { baseURL, sample: 'mixed.zip' });
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(page.getByRole('heading', { name: 'About these labels' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Modality', exact: true })).toContainText('CT');
  await expect(page.getByText('Not a medical device; labels and features are no diagnosis.')).toBeVisible();
  await expectAccessible(page);
  const save = async (item: string): Promise<string> => {
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return readFileSync(await (await waiting).path(), 'utf8');
  };
  const report = JSON.parse(await save('Whole report as JSON'));
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
  expect(report.counts.files).toBe(report.files.length);
  expect(new Set(report.files.map((file: { path: string }) => file.path)).size).toBe(report.files.length);
  expect(report.sources[0].url).toBe(`${baseURL}/samples/mixed.zip`);
  const items = (await save('Items as CSV')).trim().split('\r\n');
  expect(items).toHaveLength(report.items.length + 1);
  const files = (await save('Files as CSV')).trim().split('\r\n');
  expect(files).toHaveLength(report.files.length + 1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('one finger walks through the slices and nothing is wider than the screen', async ({ page, baseURL }) => {
    await analyse(page, { baseURL, sample: 'brain-mr.nii.gz' });
    await openItem(page, 'brain-mr');
    const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
    await expect(viewer).toContainText('61 / 120');
    const box = (await viewer.getByRole('application').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const touch = (type: string, y?: number) =>
      session.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: y === undefined ? [] : [{ x: box.x + box.width / 2, y }],
      });
    await touch('touchStart', box.y + 60);
    for (let moved = 10; moved <= 60; moved += 10) await touch('touchMove', box.y + 60 + moved);
    await touch('touchEnd');
    await expect(viewer).toContainText(/6[4-7] \/ 120/);
    for (const tab of ['Labels', 'Tags', 'Files', 'View']) {
      await details(page).getByRole('tab', { name: tab }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  });
});
