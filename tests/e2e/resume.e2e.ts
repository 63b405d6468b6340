// A run that lasts: over reloads, closed tabs, pauses, a full quota and workers that die. In the built app, with hosts that count what is asked.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { launchOptions } from '../../tools/chromium.mjs';
import { dicomFile, pictureElements } from '../../tools/samples/dicom.mjs';
import { type SlowHost, serveSlowly } from './support/slow-host.ts';
import { test as base, expect } from './support/test.ts';

/** One square CT slice, of 8 kB where nothing else is said; every series has its own study. */
function slice(series: number, n: number, side = 64): Uint8Array {
  const uid = `2.25.91.${series}`;
  const pixels = new Int16Array(side * side).map((_, at) => (at % side) * 8 + n);
  return dicomFile([
    ...pictureElements({
      columns: side,
      rows: side,
      spacing: [1, 1],
      pixels,
      modality: 'CT',
      sopClass: '1.2.840.10008.5.1.4.1.1.2',
      study: uid,
      series: uid,
      sop: `${uid}.${n}`,
    }),
    ['00180015', 'CS', 'CHEST'],
    ['00200013', 'IS', n],
    ['00200032', 'DS', [0, 0, n * 2]],
    ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
    ['00180050', 'DS', 2],
  ]);
}

/** Four series of `per` slices and one long, evenly numbered one that is skimmed; a side file; a text. */
function dataset({ per = 24, long = 64, side = 64 } = {}): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let n = 0; n < per * 4; n++) files.set(`s${n % 4}-${n * 3}.dcm`, slice(n % 4, n, side));
  for (let n = 0; n < long; n++) files.set(`long${String(n).padStart(3, '0')}.dcm`, slice(9, n, side));
  files.set('dataset_description.json', Buffer.from('{"Name":"A test","BIDSVersion":"1.8.0"}'));
  files.set('readme.txt', Buffer.from('A test.'));
  return files;
}

const test = base.extend<{ slowly: (files: ReadonlyMap<string, Uint8Array>, delay: number) => Promise<SlowHost>; profile: string }>({
  slowly: async ({ allowedHosts }, use) => {
    const hosts: SlowHost[] = [];
    await use(async (files, delay) => {
      const host = await serveSlowly(files, { delay });
      allowedHosts.add(new URL(host.url).host);
      hosts.push(host);
      return host;
    });
    await Promise.all(hosts.map((host) => host.close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
  profile: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'medley-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});
test.setTimeout(120_000);

declare global {
  interface FileSystemHandle {
    requestPermission(options: { mode: 'read' }): Promise<PermissionState>;
  }
}

/** Switches models off: what they look at is read once more, and here headers are counted. */
const withoutModels = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => location.protocol.startsWith('http') && localStorage.setItem('medley-pixels', 'false'));
test.beforeEach(async ({ context }) => {
  await withoutModels(context);
});

async function open(profile: string, baseURL: string | undefined): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    ...(baseURL && { baseURL }),
    serviceWorkers: 'block',
    acceptDownloads: true,
  });
  await withoutModels(context);
  return context;
}

const begin = (page: Page, url: string) => page.goto(`/?src=${encodeURIComponent(url)}`);
const complete = (page: Page) =>
  expect(page.getByRole('status').getByText('Analysis complete', { exact: true })).toBeAttached({ timeout: 90_000 });
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue where it was' });

interface Kept {
  path: string;
  status: string;
  code?: string;
  because?: string;
}

/** What the browser's database holds. */
function kept(
  page: Page,
): Promise<{ runs: { state: string; code?: string }[]; files: Kept[]; items: { id: string }[]; corrections: unknown[] }> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const asked = indexedDB.open('medley');
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    const all = (table: string) =>
      new Promise<never[]>((done) => {
        const asked = db.transaction(table).objectStore(table).getAll();
        asked.onsuccess = () => done(asked.result as never[]);
      });
    const values = async (table: string) => (await all(table)).map(({ value }) => value);
    const found = {
      runs: await all('runs'),
      files: await values('files'),
      items: await values('items'),
      corrections: await all('corrections'),
    };
    db.close();
    return found;
  });
}

/** The report as it is exported, without times, counts of bytes and order. */
async function report(page: Page): Promise<unknown> {
  await page.getByRole('tab', { name: 'Report' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Whole report as JSON').click()]);
  const { items, files, counts } = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<
    string,
    { id: string; path: string }[]
  >;
  const by = (key: 'id' | 'path') => (a: Record<typeof key, string>, b: Record<typeof key, string>) => (a[key] < b[key] ? -1 : 1);
  return { items: items?.sort(by('id')), files: files?.sort(by('path')), counts };
}

/** The report of the same source read in one go by a fresh browser. */
async function uninterrupted(url: string, baseURL: string | undefined): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'medley-'));
  const context = await open(folder, baseURL);
  try {
    const page = await context.newPage();
    await begin(page, url);
    await complete(page);
    return await report(page);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settles when some files are read and the others are known by name. */
async function halfWay(page: Page): Promise<Kept[]> {
  let files: Kept[] = [];
  await expect
    .poll(
      async () => {
        files = (await kept(page)).files;
        return files.some(({ code }) => code === 'E-QUEUED') && files.filter(({ code }) => code !== 'E-QUEUED').length > 20;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return files;
}

test('a reload shows a finished run whole, and asks the host only for what is looked at', async ({ page, slowly }) => {
  const host = await slowly(dataset({ per: 8, long: 0 }), 0);
  await begin(page, host.url);
  await complete(page);
  host.asked.splice(0);
  await page.reload();
  await expect(page.getByRole('figure', { name: 'Modality' })).toBeVisible();
  await expect(page.getByText('1 of 34 files could not be read')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  expect(host.asked).toEqual([]);
  await page.getByRole('tab', { name: /^Items/ }).click();
  const rows = page.getByRole('grid', { name: 'Items' }).getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1).locator('canvas')).toBeVisible();
  expect(host.asked.length).toBeGreaterThan(0);
  await rows.nth(1).click();
  const details = page.getByRole('region', { name: 'Item details' });
  await expect(details.locator('canvas').first()).toBeVisible();
  await details.getByRole('tab', { name: 'Tags' }).click();
  await details.getByRole('searchbox', { name: 'Search tags' }).fill('(0008,0060)');
  await expect(details.getByRole('list', { name: 'Tags of the file' })).toContainText('CT');
});

test('a browser closed in the middle: the run goes on where it was, and ends as if it had not stopped', async ({
  slowly,
  profile,
  baseURL,
}) => {
  const host = await slowly(dataset(), 0);
  const whole = await uninterrupted(host.url, baseURL);
  host.delay = 900;
  const one = await open(profile, baseURL);
  const page = await one.newPage();
  await begin(page, host.url);
  await halfWay(page);
  await page.getByRole('tab', { name: /^Items/ }).click();
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  const anatomy = page.getByRole('region', { name: 'Item details' });
  await anatomy.getByRole('tab', { name: 'Labels' }).click();
  await anatomy.getByRole('combobox', { name: 'Correct anatomy' }).selectOption('LIVER');
  await expect(anatomy.getByText('corrected by you').first()).toBeVisible();
  await one.close();
  host.asked.splice(0);
  host.delay = 0;

  const second = await open(profile, baseURL);
  const again = await second.newPage();
  await again.goto('/');
  await expect(again.getByText('interrupted', { exact: false }).first()).toBeVisible();
  const { files, corrections } = await kept(again);
  expect(corrections).toHaveLength(1);
  expect(new Set(files.map((file) => file.path)).size).toBe(162);
  const had = new Set(files.filter(({ code, status }) => code !== 'E-QUEUED' && status !== 'container').map((file) => file.path));
  expect(had.size).toBeGreaterThan(20);
  expect(had.size).toBeLessThan(162);
  await again.getByRole('link', { name: /interrupted/ }).click();
  expect(host.asked).toEqual([]);
  await goOn(again).click();
  await complete(again);
  // Whether the host knows ranges is asked once, of the first file it lists.
  const [first, ...rest] = host.asked.map((one) => one.path);
  expect(had.has(first ?? '') ? rest.filter((name) => had.has(name)) : 'the first file was read before').toEqual([]);
  expect(host.asked.length).toBeGreaterThan(0);
  expect((await kept(again)).corrections).toHaveLength(1);
  await again.getByRole('tab', { name: /^Items/ }).click();
  await again.getByRole('grid', { name: 'Items' }).getByRole('row').filter({ hasText: 'Liver' }).click();
  const details = again.getByRole('region', { name: 'Item details' });
  await details.getByRole('tab', { name: 'Labels' }).click();
  await details.getByRole('region', { name: 'Anatomy' }).getByRole('button', { name: 'Undo' }).click();
  await expect(details.getByText('corrected by you')).toHaveCount(0);
  expect(await report(again)).toEqual(whole);
  await second.close();
});

test('a tab closed while it reads a zip: what is in the zip is not fetched twice', async ({ page, context, slowly, baseURL }) => {
  const members = Object.fromEntries(
    [...dataset({ per: 20, long: 0, side: 256 })].map(([name, bytes]) => [name, [bytes, { level: 0 }] as const]),
  );
  const zip = zipSync(members as never);
  const host = await slowly(new Map([['data.zip', zip]]), 0);
  const whole = await uninterrupted(`${host.url}data.zip`, baseURL);
  const bytes = () => host.asked.splice(0).reduce((sum, { from, to }) => sum + to - from, 0);
  const inOneGo = bytes();
  host.delay = 1500;
  await begin(page, `${host.url}data.zip`);
  await halfWay(page);
  await page.close();
  const before = bytes();
  host.delay = 0;
  const again = await context.newPage();
  await again.goto('/');
  await again.getByRole('link', { name: /interrupted/ }).click();
  await goOn(again).click();
  await complete(again);
  const after = bytes();
  expect(await report(again)).toEqual(whole);
  // The directory, and what was under way when the tab closed, are the price.
  test.info().annotations.push({ type: 'bytes', description: `${inOneGo} in one go; ${before} and ${after} in two` });
  expect(after).toBeLessThan(inOneGo * 0.8);
});

test('local files: asks to choose them again, then goes on without reading what it knows', async ({ page, context, profile }) => {
  const { writeFileSync, mkdirSync } = await import('node:fs');
  const folder = path.join(profile, 'local');
  mkdirSync(folder);
  const files = dataset({ per: 12, long: 0 });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
  await page.goto('/');
  await page.getByLabel('Folder', { exact: true }).setInputFiles(folder);
  await complete(page);
  const whole = await report(page);
  const runId = page.url().match(/r-[\w-]+/)?.[0];
  await page.close();
  // As it is left when a tab dies half-way: some files known by name only.
  const again = await context.newPage();
  await again.goto('/icon.svg');
  await again.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const asked = indexedDB.open('medley');
      asked.onsuccess = () => done(asked.result);
    });
    const tx = db.transaction(['runs', 'files'], 'readwrite');
    const runs = tx.objectStore('runs').getAll();
    runs.onsuccess = () => tx.objectStore('runs').put({ ...runs.result[0], state: 'running' });
    const rows = tx.objectStore('files').getAll();
    rows.onsuccess = () => {
      for (const row of rows.result.slice(0, 20)) {
        const { header: _, text: __, item: ___, ...rest } = row.value;
        tx.objectStore('files').put({ ...row, value: { ...rest, status: 'skipped', code: 'E-QUEUED' } });
      }
    };
    await new Promise((done) => {
      tx.oncomplete = done;
    });
    db.close();
  });
  await again.goto(`/r/${runId}`);
  await expect(again.getByText('choose the same folder again')).toBeVisible();
  await again.getByLabel('Folder', { exact: true }).setInputFiles(folder);
  await complete(again);
  expect(await report(again)).toEqual(whole);
  await again.getByRole('tab', { name: /^Items/ }).click();
  await again.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  await expect(again.getByRole('region', { name: 'Viewer', exact: true }).locator('canvas').first()).toBeVisible();
});

test('another tab shows a running run live, and does not call it interrupted', async ({ page, context, slowly }) => {
  const host = await slowly(dataset({ long: 0 }), 500);
  await begin(page, host.url);
  await halfWay(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText('Another tab is reading this')).toBeVisible();
  await expect(goOn(other)).toHaveCount(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await other.waitForTimeout(3000);
  await expect(other.getByText('Another tab is reading this')).toBeVisible();
  host.delay = 0;
  await page.getByRole('button', { name: 'Resume' }).click();
  await complete(page);
  await complete(other);
  await expect(other.getByText('Another tab is reading this')).toHaveCount(0);
});

test('the tab that reads is closed: the other one offers to go on', async ({ page, context, slowly }) => {
  const host = await slowly(dataset({ long: 0 }), 500);
  await begin(page, host.url);
  await halfWay(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText('Another tab is reading this')).toBeVisible();
  await page.close();
  host.delay = 0;
  await goOn(other).click({ timeout: 15_000 });
  await complete(other);
});

test('pause asks for nothing more, resume goes on, stop names what is left', async ({ page, slowly }) => {
  const host = await slowly(dataset({ long: 0 }), 500);
  await begin(page, host.url);
  await halfWay(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  // What was under way comes in.
  await page.waitForTimeout(4000);
  host.asked.splice(0);
  await page.waitForTimeout(2500);
  expect(host.asked).toEqual([]);
  expect((await kept(page)).runs[0]?.state).toBe('paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => host.asked.length).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(goOn(page)).toBeVisible();
  await expect.poll(async () => (await kept(page)).runs[0]?.state).toBe('stopped');
  const { counts, files } = (await report(page)) as {
    counts: { files: number; skipped: number };
    files: { status: string; reason?: string }[];
  };
  expect(counts.files).toBe(98);
  expect(counts.skipped).toBeGreaterThan(0);
  expect(files.filter((file) => file.status === 'skipped').every((file) => /before this file was read/.test(file.reason ?? ''))).toBe(true);
  host.delay = 0;
  await goOn(page).click();
  await complete(page);
  expect(((await report(page)) as { counts: unknown }).counts).toMatchObject({ files: 98, skipped: 0, unreadable: 0 });
});

test('delete leaves nothing of a run; delete everything leaves nothing at all', async ({ page, slowly }) => {
  const host = await slowly(dataset({ per: 4, long: 0 }), 0);
  for (const _ of [1, 2]) {
    await begin(page, host.url);
    await complete(page);
  }
  await page.goto('/');
  await page
    .getByRole('button', { name: /^Delete / })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^Delete / })).toHaveCount(1);
  const one = await kept(page);
  expect([one.runs.length, one.files.length, one.items.length]).toEqual([1, 18, 4]);
  await page.evaluate(async () => {
    await (await navigator.storage.getDirectory()).getFileHandle('left.bin', { create: true });
    await (await caches.open('left')).put('/icon.svg', new Response('left'));
  });
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Delete everything now' }).click();
  await expect(page.getByRole('button', { name: 'Delete everything', exact: true })).toBeVisible();
  await expect(page.getByText('0 runs kept')).toBeVisible();
  expect(await kept(page)).toEqual({ runs: [], files: [], items: [], corrections: [] });
  const left = await page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return { files, caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length };
  });
  expect(left).toEqual({ files: [], caches: [], workers: 0 });
});

test('a full quota is said, nothing kept is lost, and the run goes on when there is room', async ({ page, context, slowly, baseURL }) => {
  const host = await slowly(dataset({ long: 0 }), 400);
  const cdp = await context.newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 250_000 });
  await begin(page, host.url);
  await expect(page.getByText(/^The storage that this browser gives us is full/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('E-FULL', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the settings' })).toBeVisible();
  const had = (await kept(page)).files.filter(({ code }) => code !== 'E-QUEUED').map((file) => file.path);
  expect(had.length).toBeGreaterThan(0);
  await expect(page.getByRole('figure', { name: 'Modality' })).toBeVisible();
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  host.asked.splice(0);
  host.delay = 0;
  await goOn(page).click();
  await complete(page);
  const [, ...rest] = host.asked.map((one) => one.path);
  expect(rest.filter((name) => had.includes(name))).toEqual([]);
  expect((await kept(page)).files).toHaveLength(98);
});

const workerOf = (page: Page, name: string) => page.workers().find((worker) => worker.url().includes(name));
/** Makes a worker hang for ever; does not wait for it. */
const hang = (page: Page, name: string) =>
  void workerOf(page, name)
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => {});

test('a reader that hangs is replaced; one that dies too; no file is lost', async ({ page, slowly }) => {
  const host = await slowly(dataset({ long: 0 }), 500);
  await begin(page, host.url);
  await halfWay(page);
  hang(page, 'reader.worker');
  const readers = () => page.workers().filter((worker) => worker.url().includes('reader.worker'));
  const [, second] = readers();
  await second?.evaluate(() => self.close()).catch(() => {});
  host.delay = 0;
  await complete(page);
  const { counts } = (await report(page)) as { counts: { files: number; skipped: number; unreadable: number } };
  expect(counts.files).toBe(98);
  expect(counts.skipped).toBe(0);
});

test('an analysis that dies is a failed run with a sentence, and goes on', async ({ page, slowly }) => {
  const host = await slowly(dataset({ long: 0 }), 500);
  await begin(page, host.url);
  await halfWay(page);
  await workerOf(page, 'analysis.worker')?.evaluate(() => {
    setTimeout(() => {
      throw new Error('died');
    });
  });
  await expect(page.getByText('A worker of this page stopped because of a fault.', { exact: true })).toBeVisible();
  expect((await kept(page)).runs[0]).toMatchObject({ state: 'failed', code: 'E-CRASHED' });
  host.delay = 0;
  await goOn(page).click();
  await complete(page);
  expect(((await report(page)) as { counts: unknown }).counts).toMatchObject({ files: 98, skipped: 0, unreadable: 0 });
});

test("the page's own reader hangs: said after a while, and the next question is answered", async ({ page, slowly }) => {
  const host = await slowly(dataset({ per: 100, long: 0 }), 0);
  await begin(page, host.url);
  await complete(page);
  await page.reload();
  // Slow, so that the viewer has not read ahead to the end.
  host.delay = 2000;
  await page.getByRole('tab', { name: /^Items/ }).click();
  await page.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  const viewer = page.getByRole('region', { name: 'Viewer', exact: true });
  // The two that read for the page, and the one that knows the models.
  await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2);
  for (const worker of page.workers()) {
    void worker
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
  }
  await viewer.getByRole('application').press('End');
  await expect(viewer.getByText('Reading this file made no progress for 10 seconds')).toBeVisible({ timeout: 40_000 });
  host.delay = 0;
  await viewer.getByRole('button', { name: 'Try again' }).click();
  await expect(viewer.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await expect(viewer.locator('canvas').first()).toBeVisible();
});

test('a folder that was dropped is remembered: the browser is asked again, or the person', async ({ slowly: _, profile, baseURL }) => {
  const { mkdirSync, writeFileSync } = await import('node:fs');
  // Not inside of the browser's own folder: no page may read that.
  const folder = `${profile}-dropped`;
  mkdirSync(folder);
  for (const [name, bytes] of dataset({ per: 6, long: 0 })) writeFileSync(path.join(folder, name), bytes);
  const one = await open(profile, baseURL);
  const page = await one.newPage();
  await page.goto('/');
  // What is loaded above it moves it.
  await expect(page.getByRole('button', { name: /Chest CT/ })).toBeVisible();
  const zone = await page.getByRole('region', { name: 'Files of this computer' }).boundingBox();
  const at = { x: (zone?.x ?? 0) + 20, y: (zone?.y ?? 0) + 20 };
  const cdp = await one.newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
  await complete(page);
  const { pathname } = new URL(page.url());
  expect((await kept(page)).runs[0]).toMatchObject({ folders: [expect.anything()] });
  await one.close();
  const two = await open(profile, baseURL);
  const again = await two.newPage();
  // The person's answer: the browser's own question cannot be answered by a test.
  await again.addInitScript(() => {
    FileSystemHandle.prototype.requestPermission = async () => {
      document.documentElement.dataset.asked = String(Number(document.documentElement.dataset.asked ?? 0) + 1);
      return 'denied';
    };
  });
  await again.goto(pathname);
  await expect(again.getByRole('figure', { name: 'Modality' })).toBeVisible();
  await again.getByRole('tab', { name: /^Items/ }).click();
  await again.getByRole('grid', { name: 'Items' }).getByRole('row').nth(1).click();
  const viewer = again.getByRole('region', { name: 'Viewer', exact: true });
  await expect(viewer.getByText(/The browser must ask you before it reads this folder again/)).toBeVisible();
  await expect(viewer.getByText('E-DENIED')).toBeVisible();
  const asked = Number(await again.locator('html').getAttribute('data-asked'));
  expect(asked).toBeGreaterThan(0);
  await viewer.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(async () => Number(await again.locator('html').getAttribute('data-asked'))).toBeGreaterThan(asked);
  await two.close();
  rmSync(folder, { recursive: true });
});
