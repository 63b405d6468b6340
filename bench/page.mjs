// The built app in headless Chromium, driven by its public accessible names. A fresh profile for every visit: nothing cached, nothing kept.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { preview } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** { url, close } of the built app; `npm run build` comes first. */
export async function serveApp() {
  if (!existsSync(join(ROOT, 'dist/index.html'))) throw new Error('There is no built app: run npm run build first.');
  const server = await preview({ root: ROOT, logLevel: 'silent', preview: { port: 0, host: '127.0.0.1' } });
  return { url: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}

export async function openBrowser() {
  const executablePath = [process.env.CHROMIUM_PATH, chromium.executablePath(), '/usr/bin/chromium'].find(
    (path) => path && existsSync(path),
  );
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page of its own context, on the Start page, ready to be told what to do. */
export async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Source URL', exact: true }).waitFor();
  return page;
}

/** Polls by 20 ms: Playwright's own waiting slows down to half a second. */
async function until(question, { limitMs, what }) {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    if (await question()) return performance.now();
    await wait(20);
  }
  throw new Error(`${what} did not come within ${limitMs / 1000} s`);
}

/** Seconds from `start` (a promise-returning action) to the first chart with data and to "Analysis complete". */
export async function timeAnalysis(page, start, { limitMs = 600_000 } = {}) {
  const chart = page.getByRole('figure', { name: 'Modality', exact: true }).locator('svg path, svg circle, svg rect');
  const complete = page.getByRole('status').filter({ hasText: 'Analysis complete' });
  const began = performance.now();
  await start();
  const [first, done] = await Promise.all([
    until(async () => (await chart.count()) > 0, { limitMs, what: 'The first chart' }),
    until(async () => (await complete.count()) > 0, { limitMs, what: 'The end of the analysis' }),
  ]);
  return { firstChart: (first - began) / 1000, done: (done - began) / 1000 };
}

export function analyse(page, source) {
  return async () => {
    await page.getByRole('textbox', { name: 'Source URL', exact: true }).fill(source);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  };
}
