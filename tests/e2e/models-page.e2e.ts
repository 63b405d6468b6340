// Models on the page: what is told of them, where they run, one's own beside ours, and what becomes of a header that the picture contradicts.
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test.ts';

const NETWORKS = fileURLToPath(new URL('./networks/', import.meta.url));
const SCREENS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const ours = (page: Page) => page.locator('#model-recognise');

/** A form filled in for the network that calls every picture an ultrasound (networks/make.py). */
async function fillIn(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a model' }).click();
  const form = page.getByRole('form', { name: 'Add a model' });
  await form.getByLabel('Name', { exact: true }).fill('Always ultrasound');
  await form.getByLabel('Address of the ONNX file').fill(url);
  await form.getByLabel('Labels').fill('ultrasound\nCT\njunk');
  await form.getByLabel('ultrasound', { exact: true }).selectOption('US');
  await form.getByLabel('Width').fill('8');
  await form.getByLabel('Height').fill('8');
  await form.getByLabel('Channels').selectOption('1');
  await form.getByLabel('Name of the input').fill('x');
  await form.getByLabel('Name of the output').fill('y');
}

/** Leaves our own model out, so that nobody contradicts the test's. */
async function withoutOurs(context: BrowserContext): Promise<void> {
  await context.route('**/models/recognise.*', (route) => route.fulfill({ status: 404, body: '' }));
}

async function addNetwork(page: Page, url: string): Promise<void> {
  await page.goto('/models');
  await fillIn(page, url);
  await page.getByRole('button', { name: 'Fetch and add it' }).click();
  // It is run once before it is added, and the engine is fetched for that.
  await expect(page.getByRole('article', { name: 'Always ultrasound' })).toBeVisible({ timeout: 45_000 });
}

test('tells what a model answers, how well, from what, and where it runs', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
  await expect(ours(page)).toContainText('Research use only, not a medical device.');
  await expect(ours(page).getByRole('table', { name: 'Modality: accuracy by class' }).getByRole('row', { name: /^CT / })).toContainText(
    '%',
  );
  await expect(ours(page).getByRole('table', { name: 'Anatomy: accuracy by class' })).toBeVisible();
  await expect(ours(page)).toContainText(/expected calibration error 0\.\d/);
  await expect(ours(page)).toContainText(/[0-9a-f]{64}/);
  await ours(page).locator('summary').click();
  await expect(ours(page).getByRole('table', { name: 'Sources of the training pictures' })).toContainText('CC');
  await expect(page.getByText(/Models run on (WASM|WebGPU)/)).toBeVisible();
  const human = await page.request.get(
    (await ours(page).getByRole('link', { name: 'How it was made and measured' }).getAttribute('href')) ?? '',
  );
  expect(human.ok()).toBe(true);
});

for (const viewport of SCREENS) {
  test(`is accessible and fits at ${viewport.width} pixels, light and dark`, async ({ page }) => {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/models');
      await expect(ours(page)).toContainText('not loaded yet');
      await page.getByRole('button', { name: 'Add a model' }).click();
      await page.getByRole('button', { name: 'Fetch and add it' }).click();
      await expect(page.getByText('Give it a name.')).toBeVisible();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      await page.goto('/settings');
      await expect(page.getByText(/Models run on/)).toBeVisible();
      await expectAccessible(page);
    }
  });
}

test('measures the speed here, keeps the weights, and clears them', async ({ page }) => {
  await page.goto('/models');
  await expect(ours(page)).toContainText('not loaded yet');
  await ours(page)
    .getByRole('button', { name: /^Measure speed/ })
    .click();
  await expect(ours(page).getByRole('status').first()).toContainText(/ms an image/, { timeout: 45_000 });
  await expect(ours(page).getByRole('status').first()).toContainText(/images a second/);
  await expect(ours(page)).toContainText('kept for offline use');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Clear kept models' }).click();
  await expect(page.getByText('The weights are gone from this device')).toBeVisible({ timeout: 30_000 });
  await page.goto('/models');
  await expect(ours(page)).toContainText('not loaded yet');
});

test('says what a model makes of one picture of this computer', async ({ page }) => {
  await page.goto('/models');
  await expect(ours(page)).toBeVisible();
  await ours(page).locator('input[type=file]').setInputFiles('tests/fixtures/jpeg/rgb.jpg');
  const said = ours(page).getByRole('status').filter({ hasText: 'What it says of rgb.jpg:' });
  await expect(said).toContainText(/Modality: .+ \d+ %/, { timeout: 45_000 });
  await expect(said).toContainText(/Anatomy: /);
  await ours(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('hello') });
  await expect(ours(page).getByRole('alert')).toHaveText('The browser cannot open this picture.');
});

test('refuses weights that are not those of the card', async ({ page, context }) => {
  await context.route('**/models/recognise.onnx', (route) =>
    route.fulfill({ body: 'something else', contentType: 'application/octet-stream' }),
  );
  await page.goto('/models');
  await ours(page)
    .getByRole('button', { name: /^Measure speed/ })
    .click();
  await expect(ours(page).getByRole('alert')).toContainText('not those that its card describes', { timeout: 30_000 });
});

test('says when a card is missing', async ({ page, context }) => {
  await withoutOurs(context);
  await page.goto('/models');
  await expect(page.getByText('are not where they should be.')).toBeVisible();
  await expectAccessible(page);
});

test('the choice of where models run holds, and says why', async ({ page }) => {
  await page.goto('/settings');
  await page.getByRole('radiogroup', { name: 'Where models run' }).getByText('WASM', { exact: true }).click();
  await expect(page.getByText('Models run on WASM (the processor).')).toBeVisible();
  await page.getByRole('switch', { name: 'Look at pictures' }).click();
  await page.goto('/models');
  await expect(page.getByText('Models are switched off: no picture is looked at.')).toBeVisible();
});

test('a manifest that is no manifest is refused in plain words', async ({ page }) => {
  await page.goto('/models');
  await page.getByRole('button', { name: 'Add a model' }).click();
  await page.getByText('Paste JSON').click();
  const form = page.getByRole('form', { name: 'Add a model' });
  await form.getByLabel('Manifest').fill('hello');
  await form.getByRole('button', { name: 'Fetch and add it' }).click();
  await expect(form.getByRole('alert')).toHaveText('This is not JSON. A manifest begins with { and ends with }.');
  await form.getByLabel('Manifest').fill('{ "weights": { "file": "https://example.org/x.onnx" } }');
  await form.getByRole('button', { name: 'Fetch and add it' }).click();
  await expect(form.getByRole('alert')).not.toHaveText(/JSON/);
});

test('a model of one’s own looks at pictures, and a header that it contradicts is shown', async ({ page, context, serveData }) => {
  test.slow();
  await withoutOurs(context);
  const { url } = await serveData(NETWORKS);
  await addNetwork(page, `${url}always-ultrasound.onnx`);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Use it: Always ultrasound' })).toBeChecked();

  await page.goto('/');
  await page.getByRole('button', { name: /Chest CT/ }).click();
  await expect(page.getByRole('status').getByText('Analysis complete', { exact: true })).toBeAttached({ timeout: 45_000 });
  const notice = page.getByRole('region', { name: 'Header and picture disagree' });
  await expect(notice).toContainText('2 items: header and picture disagree.');
  await expectAccessible(page);
  await notice.getByRole('button', { name: 'Show them' }).click();
  await expect(page).toHaveURL(/f=agreement%3Amodality/);
  await page.getByRole('tab', { name: 'Items', exact: true }).click();
  const rows = page.getByRole('grid', { name: 'Items' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('Picture disagrees: modality');
  await rows.nth(1).click();
  await page.getByRole('region', { name: 'Item details' }).getByRole('tab', { name: 'Labels' }).click();
  const modality = page.getByRole('region', { name: 'Modality' });
  await expect(modality).toContainText('The header');
  await expect(modality).toContainText('the picture itself looks like ultrasound. Shown: CT, because');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(page.getByRole('article')).toContainText('Header and picture disagree on 2 of 2 items that could be compared: modality 2.');
  await expect(page.getByRole('table', { name: 'Models' })).toContainText(/own:always-ultrasound(WASM|WebGPU)/);

  await page.goto('/models');
  await page.getByRole('button', { name: 'Remove Always ultrasound' }).click();
  await expect(page.getByRole('article', { name: 'Always ultrasound' })).toHaveCount(0);
});
