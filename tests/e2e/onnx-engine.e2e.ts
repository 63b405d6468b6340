// The engine in a real browser, built and served under the app's own rules (CSP): WASM, WebGPU on the adapter of software, damaged weights, no server.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { launchOptions } from '../../tools/chromium.mjs';
import { createSite } from '../../tools/site.mjs';
import { tinyCard } from '../support/tiny-card.ts';
import { tinyOnnx } from '../support/tiny-onnx.ts';
import type { Answered, Asked } from './engine-page/engine.worker.ts';

const SIDE = 8;
const WEIGHTS = tinyOnnx({
  side: SIDE,
  weights: [
    [1, 2, 3],
    [-1, 0, 1],
  ],
  bias: [0.5, -0.25],
});
const CARD = tinyCard(WEIGHTS);
const DAMAGED = WEIGHTS.map((byte, i) => (i === WEIGHTS.length - 40 ? byte ^ 1 : byte));
/** Two pictures, of the colours (1, 2, -1) and (2, 4, -2). */
const BATCH = [1, 2, -1, 2, 4, -2].flatMap((value) => Array<number>(SIDE * SIDE).fill(value));
const EXPECTED = [2.5, -2.25, 4.5, -4.25];
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

let folder: string;
let server: http.Server;
let origin: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = await mkdtemp(path.join(tmpdir(), 'medley-engine-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('./engine-page/', import.meta.url)),
    publicDir: false,
    worker: { format: 'es' },
    build: { outDir: path.join(folder, 'site'), target: 'es2023', assetsInlineLimit: 0, emptyOutDir: true },
  });
  await serveWeights(WEIGHTS);
  server = http.createServer(createSite(path.join(folder, 'site')));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function serveWeights(bytes: Uint8Array): Promise<void> {
  await mkdir(path.join(folder, 'site/models'), { recursive: true });
  await writeFile(path.join(folder, 'site/models/tiny.onnx'), bytes);
}

/** A page with its own empty cache, which must have nothing to complain of. */
async function open(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(origin);
  return page;
}
let complaints: string[] = [];
test.beforeEach(() => {
  complaints = [];
});
test.afterEach(() => expect(complaints, 'what the console says').toEqual([]));

const start = (page: Page): Promise<number> => page.evaluate(() => window.engines.start());
const ask = (page: Page, worker: number, asked: Partial<Asked> = {}): Promise<Answered> =>
  page.evaluate(([to, what]) => window.engines.ask(to, what), [
    worker,
    { wish: 'wasm', card: CARD, batch: BATCH, count: 2, ...asked },
  ] as const);
const askNew = async (page: Page, asked?: Partial<Asked>): Promise<Answered> => ask(page, await start(page), asked);

/** Puts other bytes in the place of what is kept under an address with this in it. */
const damageKept = (page: Page, part: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const cache = await caches.open('medley-models');
    const keys = (await cache.keys()).filter(({ url }) => url.includes(wanted));
    for (const key of keys) await cache.put(key, new Response(new Uint8Array(64)));
    return keys.length;
  }, part);

test('runs on WASM, and without a server afterwards', async ({ browser }) => {
  const page = await open(browser);
  const first = await askNew(page);
  expect(first).toMatchObject({ numbers: EXPECTED, ran: 'wasm', lost: false, kept: WEIGHTS.length });
  const parts = (await readdir(path.join(folder, 'site/assets'))).filter((name) => name.endsWith('.wasm'));
  expect(parts).toHaveLength(2);
  await page.context().route(/\.(wasm|onnx)$/, (route) => route.abort('internetdisconnected'));
  expect(await askNew(page)).toMatchObject({ numbers: EXPECTED, ran: 'wasm' });
  await page.context().close();
});

test('throws damaged copies away and fetches them once more', async ({ browser }) => {
  const page = await open(browser);
  await askNew(page);
  expect(await damageKept(page, '/kept/weights/')).toBe(1);
  expect(await damageKept(page, '/kept/engine/')).toBe(1);
  expect(await askNew(page)).toMatchObject({ numbers: EXPECTED, kept: WEIGHTS.length });
  await page.context().close();
});

test('refuses weights that are not those of the card', async ({ browser }) => {
  const page = await open(browser);
  await serveWeights(DAMAGED);
  const worker = await start(page);
  expect(await ask(page, worker)).toEqual({
    because: 'The weights of “Tiny” are not those that its card describes, so they were not used.',
  });
  await serveWeights(WEIGHTS);
  expect(await ask(page, worker)).toMatchObject({ numbers: EXPECTED });
  await page.context().close();
});

test('runs on WebGPU, and goes on with WASM when the graphics card is lost', async () => {
  test.setTimeout(240_000);
  const { args = [], ...options } = launchOptions();
  const browser = await chromium.launch({ ...options, args: [...args, ...SOFTWARE_GPU] });
  const page = await open(browser);
  expect(await askNew(page, { wish: 'auto' })).toMatchObject({ ran: 'wasm', provider: { because: expect.stringContaining('software') } });
  const worker = await start(page);
  expect(await ask(page, worker, { wish: 'webgpu' })).toMatchObject({
    numbers: EXPECTED,
    ran: 'webgpu',
    provider: { adapter: 'google swiftshader' },
  });
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess' as 'Browser.crash').catch(() => {});
  const after = { numbers: EXPECTED, ran: 'wasm', lost: true, provider: { because: expect.stringContaining('graphics card') } };
  await expect.poll(() => ask(page, worker, { wish: 'webgpu' }), { timeout: 60_000 }).toMatchObject(after);
  // A new worker has it again, or goes on with WASM where the browser gives it none any more.
  expect(await askNew(page, { wish: 'webgpu' })).toMatchObject({ numbers: EXPECTED });
  // What the browser itself says of a graphics card that went is no complaint of ours.
  complaints = complaints.filter((line) => !/GPU|device|WebGL/i.test(line));
  await browser.close();
});
