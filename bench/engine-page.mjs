// A page with the app's engine and preprocessing in workers of its own, built by Vite and opened in headless Chromium, for bench:parity and bench:models.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { launchOptions } from '../tools/chromium.mjs';

const ROOT = join(import.meta.dirname, '..');
/** The software adapter; nothing else is needed for it. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** Longer than any question here takes. */
const PATIENCE_MS = 1_800_000;

/**
 * @param {{ models?: string, pack?: string, gpu?: boolean }} [options] `models`: folder of card and weights; `pack`: folder of index.json and
 * pictures.bin; `gpu`: with WebGPU's software adapter
 * @returns `ask(name, options)` calls window.bench; `processes()` are the ids of the page's processes
 */
export async function openEnginePage({ models = join(ROOT, 'public/models'), pack, gpu = false } = {}) {
  const outDir = mkdtempSync(join(benchCache('engine-page'), 'built-'));
  const root = join(import.meta.dirname, 'engine-page');
  const shared = { root, configFile: false, logLevel: 'error', publicDir: false };
  await build({ ...shared, worker: { format: 'es' }, build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 } });
  cpSync(models, join(outDir, 'models'), { recursive: true });
  if (pack) cpSync(pack, join(outDir, 'pack'), { recursive: true });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const options = launchOptions();
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...(gpu ? SOFTWARE_GPU : [])] });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.waitForFunction(() => 'bench' in window);
  const system = await browser.newBrowserCDPSession();
  return {
    ask: (name, asked = {}) => page.evaluate(([one, with_]) => window.bench[one](with_), [name, asked]),
    async processes() {
      const { processInfo } = await system.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Resident memory that is the page's own (not mapped files), MB. */
export async function memoryOf(page) {
  const ids = await page.processes();
  return ids.reduce((sum, id) => sum + Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0), 0) / 1024;
}

/** The weights as they lie beside their card. */
export function weightsIn(models = join(ROOT, 'public/models')) {
  const card = JSON.parse(readFileSync(join(models, 'recognise.card.json'), 'utf8'));
  return { card, file: join(models, card.weights.file) };
}

/** Folder for what benchmarks fetch and make; not in the repository. */
export function benchCache(name) {
  const folder = join(ROOT, '.cache/bench', name);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  return folder;
}
