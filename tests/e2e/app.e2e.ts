// The screens around the main job: filters, keys, tables of charts, files that could not be read, phones, settings. On the sample data.

import { mkdirSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { expect, expectAccessible, test } from './support/test.ts';

async function openSample(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await expect(page.getByRole('status').getByText('Analysis complete', { exact: true })).toBeAttached({ timeout: 45_000 });
}

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });

test('a mark filters the whole run, the address keeps it, and a chip takes it away', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  await figure(page, 'Modality').getByRole('button', { name: /^CT / }).click();
  await expect(page).toHaveURL(/f=modality%3ACT/);
  await expect(figure(page, 'Modality').getByRole('button', { name: /^CT / })).toHaveAttribute('aria-pressed', 'true');
  await expect(figure(page, 'Modality').getByRole('button', { name: /^MRI / })).toBeVisible();
  await expect(figure(page, 'Dimension').getByRole('button')).toHaveCount(2);
  await page.reload();
  await page.getByRole('tab', { name: 'Items', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Items' }).getByRole('row')).toHaveCount(2);
  await expect(page.getByText('1 of 5')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter modality = CT' }).click();
  await expect(page.getByRole('grid', { name: 'Items' }).getByRole('row')).toHaveCount(6);
});

test('filters that nothing passes name the one to take away', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  await page.goto(`${page.url()}?f=modality:CT&f=anatomy:EYE`);
  await page.getByRole('button', { name: /^Remove modality = CT/ }).click();
  await expect(page.getByText('1 of 5')).toBeVisible();
});

test('every chart has its table, and says what it counts', async ({ page }) => {
  await openSample(page, 'Chest CT');
  await figure(page, 'Modality').getByRole('button', { name: 'Show as table' }).click();
  await expect(figure(page, 'Modality').getByRole('columnheader', { name: 'Items' })).toBeVisible();
  await expect(figure(page, 'Modality').getByRole('row', { name: 'In all 2' })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'What is counted' }).getByText('Images').click();
  await expect(figure(page, 'Modality').getByRole('row', { name: 'In all 72' })).toBeVisible();
});

test('charts, tabs and the table go by keyboard alone', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  const marks = figure(page, 'Modality').getByRole('button', { pressed: false }).filter({ hasNotText: 'Show as table' });
  await marks.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(marks.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/f=modality/);
  await page.keyboard.press('x');
  await expect(page).not.toHaveURL(/f=modality/);
  await page.keyboard.press('2');
  const grid = page.getByRole('grid', { name: 'Items' });
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Item details' })).toBeVisible();
  const second = page.url();
  await page.keyboard.press('k');
  await expect(page).not.toHaveURL(second);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Item details' })).toHaveCount(0);
  await expect(grid).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('an open item leads to the next, and the tabs lead away from it', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  await page.keyboard.press('2');
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  const details = page.getByRole('region', { name: 'Item details' });
  await expect(details.getByRole('button', { name: 'Previous item' })).toBeDisabled();
  const first = await details.getByRole('heading', { level: 2 }).textContent();
  await details.getByRole('tab', { name: 'Labels' }).click();
  await details.getByRole('button', { name: 'Next item' }).click();
  await expect(details.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
  await expect(details.getByRole('tab', { name: 'Labels' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await expect(details.getByRole('heading', { level: 2 })).toHaveText(first ?? '');
  await page.getByRole('tab', { name: 'Report', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'About these labels' })).toBeVisible();
  await expect(details).toHaveCount(0);
});

test('numbered pictures become one volume when a person says so, and single images again', async ({ page, serveData }, info) => {
  const folder = info.outputPath('data');
  mkdirSync(`${folder}/scan`, { recursive: true });
  for (let at = 0; at < 9; at += 1) {
    const data = new Uint8Array(32 * 24).fill(20 * at);
    writeFileSync(`${folder}/scan/slice_${at}.png`, encode({ width: 32, height: 24, channels: 1, depth: 8, data }));
  }
  const data = await serveData(folder);
  await page.goto(`/?src=${encodeURIComponent(data.url)}`);
  await page.getByRole('button', { name: 'Treat as one volume' }).click();
  await expect(page.getByText('are now one volume.')).toBeVisible();
  await expect(page.getByText('1 item, 9 images')).toBeVisible();
  await page.getByRole('tab', { name: 'Items', exact: true }).click();
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
  await expect(viewer).toContainText('5 / 9');
  await viewer.getByRole('application').press('ArrowDown');
  await expect(viewer).toContainText('6 / 9');
  await page.getByRole('tab', { name: 'Overview', exact: true }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Keep as single images' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep as single images' }).click();
  await expect(page.getByText('stay single images.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('stay single images.')).toBeVisible();
  await expect(page.getByText('9 images', { exact: false }).first()).toBeVisible();
});

test('how it was read can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSample(page, 'Chest CT');
  await page.getByRole('button', { name: 'How it was read' }).click();
  await page.getByText('Log', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy the log' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Found         2 items in 73 files');
  await expectAccessible(page);
});

test('columns sort up, down and back', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  await page.keyboard.press('2');
  const header = page.getByRole('columnheader', { name: 'Modality' });
  const first = page.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1);
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(first).toContainText('CT');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(first).toContainText('US');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'none');
});

test('what could not be read is shown with its reason', async ({ page }) => {
  await openSample(page, 'Mixed folder');
  await expect(page.getByText('1 of 15 files could not be read. The rest is complete.')).toBeVisible();
  await page.getByRole('link', { name: 'Show them' }).click();
  const lines = page.getByRole('region', { name: 'Files' }).getByRole('listitem');
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText('E-');
  await expectAccessible(page);
});

test('what is no link is said, and nothing starts', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Source URL' }).fill('my data');
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await expect(page.getByText('“my” is not a web link.')).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('a folder of this computer is read, and nothing is asked of a host', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Folder', { exact: true }).setInputFiles('tests/fixtures/png');
  await expect(page.getByRole('status').getByText('Analysis complete', { exact: true })).toBeAttached({ timeout: 45_000 });
  await expect(figure(page, 'Modality')).toBeVisible();
});

test('recent runs open again and can be deleted; so can everything', async ({ page }) => {
  await openSample(page, 'Chest CT');
  await openSample(page, 'Brain MR');
  await page.goto('/');
  await page.getByRole('button', { name: 'Delete brain-mr.nii.gz' }).click();
  await expect(page.getByRole('link', { name: /brain-mr/ })).toHaveCount(0);
  await page.getByRole('link', { name: /chest-ct/ }).click();
  await expect(figure(page, 'Modality')).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Delete everything now' }).click();
  // It is done when the page says so: leaving before that would leave with it half done.
  await expect(page.getByRole('button', { name: 'Delete everything', exact: true })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Recent' })).toHaveCount(0);
});

test('on a phone items are cards and an item is a page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page, 'Mixed folder');
  await page.getByRole('tab', { name: 'Items', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: 'fundus' }).click();
  await expect(page.getByRole('region', { name: 'Item details' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Items' })).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('an address that leads nowhere says so', async ({ page }) => {
  await page.goto('/r/no-such-run');
  await expect(page.getByRole('heading', { name: 'This run is not on this device' })).toBeVisible();
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
});
