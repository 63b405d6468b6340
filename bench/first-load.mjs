#!/usr/bin/env node
// What a first visit downloads before anything is analysed: every response of the Start page, packed with brotli as a host would send it. Fails above 350 kB.
// usage: node bench/first-load.mjs [--limit 350] [--offline]     (--offline: with what the service worker keeps for later)
import { brotliCompressSync, constants } from 'node:zlib';
import { flag, number } from './options.mjs';
import { openBrowser, serveApp } from './page.mjs';

const PACKED = /\.(png|jpe?g|webp|woff2|zip|gz)$/;
const pack = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

const [app, browser] = [await serveApp(), await openBrowser()];
// The service worker fetches the rest in the background once the page stands; that is counted apart, with --offline.
const context = await browser.newContext({ serviceWorkers: flag('offline') ? 'allow' : 'block' });
const page = await context.newPage();
const responses = [];
context.on('response', (response) => responses.push(response));
await page.goto(app.url);
await page.getByRole('textbox', { name: 'Source URL', exact: true }).waitFor();
await page.waitForLoadState('networkidle');
const sizes = [];
const seen = new Set();
for (const response of responses) {
  const { pathname } = new URL(response.url());
  if (seen.has(pathname)) continue;
  seen.add(pathname);
  const body = response.url().startsWith(app.url) ? await response.body().catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
  sizes.push({ pathname, raw: body.length, sent: PACKED.test(pathname) ? body.length : pack(body) });
}
await browser.close();
await app.close();
const total = sizes.reduce((sum, { sent }) => sum + sent, 0);
for (const { pathname, raw, sent } of sizes.sort((a, b) => b.sent - a.sent))
  console.log(`${(sent / 1000).toFixed(1).padStart(8)} kB of ${(raw / 1000).toFixed(1).padStart(8)}  ${pathname}`);
const limit = number('limit', 350);
console.log(`first load   ${(total / 1000).toFixed(1)} kB brotli (limit ${limit})`);
process.exitCode = total > limit * 1000 ? 1 : 0;
