// @ts-check
// Drives the built page in headless Chromium: opens one source, waits, fetches the report. The page does all the work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

/** @typedef {{ state: string, because?: string }} Ended as window.medley.ended gives it */
/** @typedef {{ name: string, data?: string, because?: string }} MaskPiece as window.medley.maskChunk gives it: base64, or why there is none */

/** A browser on a busy computer takes its time to begin. Milliseconds. */
const START_MS = 180_000;

export class Crashed extends Error {}

/**
 * @param {string} url of the page, with its ?src=
 * @param {{ say: (line: string) => void }} options `say` takes a line of progress, about once a second
 * @returns {Promise<{ ended: Promise<Ended>, masks: () => AsyncGenerator<MaskPiece>, report: () => AsyncGenerator<string>, close: () => Promise<void> }>}
 */
export async function openHeadless(url, { say }) {
  // A profile on disk: the one in memory has a much smaller quota for the page's own store.
  const profile = mkdtempSync(path.join(tmpdir(), 'medley-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    headless: true,
    serviceWorkers: 'block',
    timeout: START_MS,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  /** @type {Promise<never>} */
  const crash = new Promise((_, reject) => {
    page.on('crash', () => reject(new Crashed('The page ran out of memory or crashed.')));
    context.on('close', () => reject(new Crashed('The browser was closed.')));
  });
  crash.catch(() => undefined);
  page.on('pageerror', (error) => say(`page: ${error.message}`));
  let open = true;
  const close = async () => {
    open = false;
    await context.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await page.goto(url, { timeout: START_MS });
    await appear(page);
  } catch (cause) {
    await close();
    throw cause instanceof Crashed ? cause : new Crashed('The page did not start.');
  }
  const ended = Promise.race([page.evaluate(() => /** @type {any} */ (window).medley.ended), crash]);
  ended.catch(() => undefined);
  void watch(page, { say, ended, isOpen: () => open });
  return { ended, masks: () => pieces(page, crash, 'maskChunk'), report: () => pieces(page, crash, 'reportChunk'), close };
}

/** @param {import('@playwright/test').Page} page */
async function appear(page) {
  // Not waitForFunction: it evaluates text inside the page, which the page's own policy forbids.
  for (const until = performance.now() + START_MS; performance.now() < until; ) {
    if (await page.evaluate(() => 'medley' in window)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Crashed('The page did not start.');
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {{ say: (line: string) => void, ended: Promise<unknown>, isOpen: () => boolean }} options
 */
async function watch(page, { say, ended, isOpen }) {
  let over = false;
  const stop = () => {
    over = true;
  };
  ended.then(stop, stop);
  let last = '';
  while (!over && isOpen()) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const progress = await page.evaluate(() => /** @type {any} */ (window).medley.progress()).catch(() => undefined);
    if (!progress || over) continue;
    const stages = progress.stages.map(
      (/** @type {any} */ { id, name, done, total }) => `${id ?? name} ${done}${total ? `/${total}` : ''}`,
    );
    const line = [...stages, `${progress.files} files`, `${progress.items} items`, `${(progress.fetched / 1e6).toFixed(1)} MB`].join(' · ');
    if (line !== last) say(line);
    last = line;
  }
}

/**
 * One piece crosses at a time, so that neither side holds more.
 * @param {import('@playwright/test').Page} page @param {Promise<never>} crash @param {'reportChunk' | 'maskChunk'} question
 * @returns {AsyncGenerator<any>}
 */
async function* pieces(page, crash, question) {
  for (let piece = 0; ; piece += 1) {
    const answer = await Promise.race([
      page.evaluate(([name, index]) => /** @type {any} */ (window).medley[name](index), /** @type {const} */ ([question, piece])),
      crash,
    ]);
    if (answer === null) return;
    yield answer;
  }
}
