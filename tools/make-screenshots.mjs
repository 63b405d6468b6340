// @ts-check
// docs/screenshots/*.png: the built app with nothing but our own sample data. `npm run screenshots`; fails where a picture grows too heavy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { ensureBuilt } from './ready.mjs';
import { serve } from './serve.mjs';

const FOLDER = new URL('../docs/screenshots/', import.meta.url);
const MOST_BYTES = 300_000;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** @typedef {import('@playwright/test').Page} Page */

if (!ensureBuilt()) process.exit(1);
const site = await serve({ port: 4173, next: true });
const browser = await chromium.launch(launchOptions());
mkdirSync(FOLDER, { recursive: true });

/** @param {string} name @param {{ viewport: typeof DESK, dark?: boolean }} look @param {(page: Page) => Promise<void>} go */
async function shoot(name, { viewport, dark = false }, go) {
  const context = await browser.newContext({ viewport, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await go(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  const picture = await page.screenshot();
  await context.close();
  if (picture.length > MOST_BYTES) throw new Error(`${name}.png has ${picture.length} bytes; at most ${MOST_BYTES}`);
  writeFileSync(new URL(`${name}.png`, FOLDER), picture);
  console.log(`${name}.png ${Math.round(picture.length / 1000)} kB`);
}

/** One run of several samples. @param {Page} page @param {readonly string[]} samples */
async function analyse(page, samples) {
  const query = samples.map((sample) => `src=${encodeURIComponent(`${site.url}/samples/${sample}`)}`).join('&');
  await page.goto(`${site.url}/?${query}`);
  await page.getByRole('status').getByText('Analysis complete', { exact: true }).waitFor({ state: 'attached' });
  await page.getByRole('figure', { name: 'File statuses' }).waitFor();
}

/** The table, with every thumbnail that is on screen. @param {Page} page */
async function items(page) {
  await page.getByRole('tab', { name: 'Items', exact: true }).click();
  await page.waitForFunction(() => !document.querySelector('[data-state="waiting"]'));
}

/** @param {Page} page @param {string} name */
async function open(page, name) {
  await items(page);
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: name }).click();
  await page.getByRole('region', { name: 'Viewer', exact: true }).getByRole('application').waitFor();
  await page.waitForTimeout(1500);
}

const ALL = ['mixed.zip', 'chest-ct.zip', 'brain-mr.nii.gz'];
try {
  await shoot('start', { viewport: DESK }, async (page) => {
    await page.goto(site.url);
    await page.getByRole('button', { name: /Mixed folder/ }).waitFor();
  });
  await shoot('overview', { viewport: DESK }, (page) => analyse(page, ALL));
  await shoot('items', { viewport: DESK }, (page) => analyse(page, ALL).then(() => items(page)));
  await shoot('details', { viewport: DESK }, (page) => analyse(page, ALL).then(() => open(page, 'Chest with contrast')));
  await shoot('dark', { viewport: DESK, dark: true }, (page) => analyse(page, ALL).then(() => open(page, 'brain-mr')));
  await shoot('phone', { viewport: PHONE }, (page) => analyse(page, ALL));
} finally {
  await browser.close();
  await site.close();
}
