// Paste an address, see what is in it: the main job through the names that people with screen readers use.
import { fileURLToPath } from 'node:url';
import { expect, expectAccessible, RELAYED_PORT, test } from './support/test.ts';

const fixtures = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

test('the start page asks nobody and is accessible', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Source URL' })).toBeVisible();
  await expectAccessible(page);
});

test('a web folder becomes charts and items', async ({ page, serveData }) => {
  const data = await serveData(fixtures('nifti'));
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Source URL' }).fill(data.url);
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await expect(page.getByText('Analysis complete').first()).toBeAttached({ timeout: 45_000 });
  await expect(page.getByRole('figure', { name: 'Modality' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Dimension' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Items' }).click();
  await expect(page.getByRole('grid', { name: 'Items' }).getByRole('row')).not.toHaveCount(0);
});

test('a host that refuses pages is read through the relay', async ({ page, serveData }) => {
  const data = await serveData(fixtures('nifti'), { cors: false, port: RELAYED_PORT });
  await page.goto(`/?src=${encodeURIComponent(data.url)}`);
  await expect(page.getByText('Analysis complete').first()).toBeAttached({ timeout: 45_000 });
  await expect(page.getByRole('figure', { name: 'Dimension' })).toBeVisible();
});

test('a reload shows the same, and asks the host for nothing', async ({ page, serveData }) => {
  const data = await serveData(fixtures('png'));
  await page.goto(`/?src=${encodeURIComponent(data.url)}`);
  await expect(page.getByText('Analysis complete').first()).toBeAttached({ timeout: 45_000 });
  await expect(page).toHaveURL(/\/r\//);
  const before = data.counts.requests;
  await page.reload();
  await expect(page.getByRole('figure', { name: 'Modality' })).toBeVisible();
  expect(data.counts.requests).toBe(before);
});

test('nothing at an address is a plain sentence', async ({ page, serveData }) => {
  const data = await serveData(fixtures('png'));
  await page.goto(`/?src=${encodeURIComponent(`${data.url}gone.zip`)}`);
  await expect(page.getByText(/does not know it|nothing at this address/i).first()).toBeVisible();
});
