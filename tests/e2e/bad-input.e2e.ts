// Bad input as a person meets it: a plain sentence for each, nothing lost, the good files beside it still right, and never a page that hangs.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { badInput, zipOf } from '../../tools/make-bad-input.mjs';
import { serveSlowly } from './support/slow-host.ts';
import { expect, RELAYED_PORT, test } from './support/test.ts';

/** A plain sentence: no stack, no library's words. */
const PLAIN = /^\p{Lu}.{8,300}[.!?]$/su;
const ODD = /undefined|NaN|\[object|\bat \S+:\d+|Error:|fault of ours/;
const LONGEST_MS = 30_000;
const GOOD = ['explicit.dcm', 'rle.dcm', 'multi-frame.dcm'];
const bad = badInput({ big: false });
const fixture = (name: string) => path.join('tests/fixtures/dicom', name);
const page404 =
  '<!doctype html><html><head><title>Sign in</title></head><body><form action="/login"><input type="password"></form></body></html>';

let folder = '';
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'medley-bad-'));
  mkdirSync(path.join(folder, 'all'));
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(path.join(folder, name), bytes);
  for (const [name, { bytes }] of Object.entries(bad)) put(`all/${name}`, bytes as Uint8Array);
  for (const name of GOOD) copyFileSync(fixture(name), path.join(folder, 'all', name));
  for (const name of ['login.zip', 'login.nii.gz', 'login.dcm', 'login']) put(name, page404);
  for (const name of ['empty.zip', 'truncated.zip', 'cut-in-header.dcm', 'huge.nii', 'extension-loop.nii', 'empty.dcm', 'nested.dcm'])
    put(name, bad[name]?.bytes as Uint8Array);
  put('bomb.zip', bombOfVoxels());
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 1 MB that unpacks to a volume of 1024 × 1024 × 1023 voxels, all of them there, beside a small file. */
function bombOfVoxels(): Uint8Array {
  const header = Buffer.alloc(352);
  header.writeInt32LE(348, 0);
  for (const [at, n] of [3, 1024, 1024, 1023, 1, 1, 1, 1].entries()) header.writeInt16LE(n, 40 + at * 2);
  header.writeInt16LE(2, 70);
  header.writeInt16LE(8, 72);
  header.writeFloatLE(352, 108);
  header.write('n+1\0', 344, 'latin1');
  const zeros = Buffer.alloc(2 ** 20);
  const block = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH });
  const packed = Buffer.concat([
    deflateRawSync(header, { finishFlush: constants.Z_FULL_FLUSH }),
    ...Array.from({ length: 1023 }, () => block),
    deflateRawSync(Buffer.alloc(0)),
  ]);
  let crc = crc32(header);
  for (let n = 0; n < 1023; n++) crc = crc32(zeros, crc);
  return zipOf([
    { name: 'bomb.nii', data: Buffer.alloc(0), packed, size: 352 + 1023 * zeros.length, crc },
    { name: 'good.dcm', data: readFileSync(fixture('explicit.dcm')) },
  ]);
}

interface Report {
  readonly files: readonly { path: string; status: string; reason?: string; bytes: number | null; pixelSha256?: string }[];
  readonly items: readonly { name: string; paths: readonly string[]; warnings: readonly string[] }[];
  readonly counts: { readonly files: number };
}

/** Opens a link as `?src=`, waits for the end, answers how it ended. */
async function analyse(page: Page, url: string, query = ''): Promise<{ state: string; because?: string }> {
  await page.goto(`/?src=${encodeURIComponent(url)}${query}`);
  await expect.poll(() => page.evaluate(() => 'medley' in window)).toBe(true);
  // biome-ignore lint/suspicious/noExplicitAny: what scripts ask of the page (src/app/headless.ts)
  const ended = page.evaluate(() => (window as any).medley.ended);
  // What is hashed is work that goes on, and may take longer on a busy machine.
  const limit = query ? 3 * LONGEST_MS : LONGEST_MS;
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`${url} did not end in time`)), limit).unref());
  return Promise.race([ended, late]);
}

async function reportOf(page: Page): Promise<Report> {
  const text = await page.evaluate(async () => {
    let all = '';
    for (let n = 0; ; n++) {
      // biome-ignore lint/suspicious/noExplicitAny: see above
      const piece = await (window as any).medley.reportChunk(n);
      if (piece === null) return all;
      all += piece;
    }
  });
  return JSON.parse(text);
}

/** Every path once, every failure with a sentence, items of images only; answers the report's files by path. */
function expectSound(report: Report): Map<string, Report['files'][number]> {
  const files = new Map(report.files.map((file) => [file.path, file]));
  expect(files.size).toBe(report.files.length);
  expect(report.counts.files).toBe(report.files.length);
  for (const { path, status, reason } of report.files) {
    if (status !== 'unreadable' && status !== 'skipped') continue;
    expect(reason, path).toMatch(PLAIN);
    expect(reason, path).not.toMatch(ODD);
  }
  for (const { name, paths, warnings } of report.items) {
    for (const one of paths) expect(files.get(one)?.status, `${name}: ${one}`).toBe('image');
    for (const warning of warnings) expect(warning, name).toMatch(PLAIN);
  }
  return files;
}

/** Most memory that any process of pages has held so far, in bytes; undefined where the system does not tell. */
async function peakOfPages(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1024);
  return Math.max(...peaks);
}

test('what cannot be opened at all is said in one sentence, with what to do', async ({ page, serveData, allowedHosts }) => {
  const data = await serveData(folder);
  allowedHosts.add('no-such-host.example.com');
  const cases: readonly (readonly [string, RegExp])[] = [
    [`${data.url}gone.zip`, /nothing at this address.*404/i],
    [
      'http://no-such-host.example.com/scan.zip',
      /no host called no-such-host\.example\.com|no-such-host\.example\.com could not be reached/,
    ],
    [`${data.url}login.zip`, /web page \(HTML\).*sign-in/i],
    [`${data.url}login.nii.gz`, /web page \(HTML\).*sign-in/i],
    [`${data.url}login.dcm`, /web page \(HTML\).*sign-in/i],
    [`${data.url}login`, /web page \(HTML\).*sign-in/i],
    [`${data.url}empty.zip`, /zip is empty/i],
    [`${data.url}empty.dcm`, /empty \(0 bytes\)/i],
  ];
  for (const [url, sentence] of cases) {
    const { state, because } = await analyse(page, url);
    expect(because ?? state, url).toMatch(sentence);
    expect(because, url).toMatch(PLAIN);
    await expect(page.getByText(because ?? '').first(), url).toBeVisible();
  }
});

test('a host that refuses pages: through the relay it says so, and where the relay may not go it says why', async ({ page, serveData }) => {
  const closed = await serveData(folder, { cors: false });
  const { state, because } = await analyse(page, `${closed.url}truncated.zip`);
  expect(state).toBe('failed');
  expect(because).toMatch(PLAIN);
  expect(because).not.toMatch(ODD);
  await expect(page.getByText(because ?? '').first()).toBeVisible();
  const open = await serveData(path.join(folder, 'all'), { cors: false, port: RELAYED_PORT });
  expect(await analyse(page, `${open.url}explicit.dcm`)).toMatchObject({ state: 'done' });
  await expect(page.getByText(/does not let other sites read its files.*relay/)).toBeVisible();
});

test('one bad file pasted alone ends with its sentence', async ({ page, serveData }) => {
  const data = await serveData(folder);
  const cases: readonly (readonly [string, RegExp])[] = [
    ['cut-in-header.dcm', /ends in the middle of its header/],
    ['huge.nii', /promises 1000 × 1000 × 1000/],
    ['extension-loop.nii', /extension|promises|only 0 bytes/i],
    ['nested.dcm', /nests sequences deeper/],
  ];
  for (const [name, sentence] of cases) {
    const { state } = await analyse(page, data.url + name);
    expect(state, name).toBe('done');
    const files = expectSound(await reportOf(page));
    expect(files.get(name), name).toMatchObject({ status: 'unreadable', reason: expect.stringMatching(sentence) });
  }
});

test('a zip without its end gives what lies before the cut', async ({ page, serveData }) => {
  const data = await serveData(folder);
  expect(await analyse(page, `${data.url}truncated.zip`, '&hash=1')).toMatchObject({ state: 'done' });
  const report = await reportOf(page);
  const files = expectSound(report);
  expect(files.get('truncated.zip')).toMatchObject({ status: 'unreadable', reason: expect.stringMatching(/cut short/) });
  expect(files.get('truncated.zip!/a.dcm')).toMatchObject({ status: 'image', pixelSha256: expect.any(String) });
  await expect(page.getByText(/This zip is cut short/).first()).toBeVisible();
});

test('all of it at once beside good files: every file once, the good ones right', async ({ page, serveData }) => {
  const data = await serveData(path.join(folder, 'all'));
  expect(await analyse(page, data.url, '&hash=1')).toMatchObject({ state: 'done' });
  const report = await reportOf(page);
  const files = expectSound(report);
  for (const name of [...Object.keys(bad), ...GOOD]) expect(files.has(name), name).toBe(true);
  for (const name of GOOD) {
    const truth = JSON.parse(readFileSync(`${fixture(name)}.json`, 'utf8'));
    const sha = JSON.stringify(truth)
      .match(/"[0-9a-f]{64}"/)?.[0]
      .slice(1, -1);
    expect(files.get(name), name).toMatchObject({ status: 'image', pixelSha256: sha ?? expect.any(String) });
  }
  const reasons: Readonly<Record<string, RegExp>> = {
    'encrypted.zip!/secret.dcm': /encrypted/,
    'wrong-crc.zip!/labels.csv': /checksum \(CRC\)/,
    'lying-size.zip!/a.dcm': /more than its directory says/,
    'names.zip!/../../up.dcm': /name points outside/,
    'page.zip': /web page/,
    'empty.zip': /is empty/,
    'empty.png': /empty \(0 bytes\)/,
    'empty.nii.gz': /empty \(0 bytes\)/,
    'negative.nii': /impossible sizes/,
    'extension-back.nii': PLAIN,
  };
  for (const [name, sentence] of Object.entries(reasons)) expect(files.get(name)?.reason, name).toMatch(sentence);
  const shas = ['encrypted.zip!/open.dcm', 'wrong-crc.zip!/fine.dcm', 'names.zip!/same.dcm', 'names.zip!/same.dcm (2)'].map(
    (name) => files.get(name)?.pixelSha256,
  );
  expect(new Set(shas).size).toBe(1);
  expect(shas[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(report.items.find(({ name }) => name === 'claims-60000.png')?.warnings, 'why it has no pixels').toHaveLength(1);
});

test('chosen files: what failed is listed with its reason, the rest becomes items', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 4000 });
  await page.goto('/');
  await page
    .getByLabel('Files', { exact: true })
    .setInputFiles([...Object.keys(bad), ...GOOD].map((name) => path.join(folder, 'all', name)));
  await expect(page.getByText('Analysis complete').first()).toBeAttached({ timeout: LONGEST_MS });
  const sentence = await page
    .getByText(/^\d+ of \d+ files could not be read/)
    .first()
    .textContent();
  const said = Number(sentence?.match(/\d+/)?.[0]);
  await page.getByRole('link', { name: 'Show them' }).click();
  const lines = page.getByRole('region', { name: 'Files' }).getByRole('listitem');
  await expect(lines.filter({ hasText: 'secret.dcm' })).toContainText('encrypted');
  await expect(lines.filter({ hasText: 'nested.dcm' })).toContainText('deeper than 256 levels');
  await expect(lines).toHaveCount(said);
  for (const text of await lines.allTextContents()) expect(text).not.toMatch(ODD);
});

test('one megabyte that is one gigabyte: looked at and hashed within bounds', async ({ page, serveData, browser }) => {
  test.setTimeout(150_000);
  const data = await serveData(folder);
  expect(await analyse(page, `${data.url}bomb.zip`, '&hash=1')).toMatchObject({ state: 'done' });
  const report = await reportOf(page);
  const files = expectSound(report);
  expect(files.get('bomb.zip!/good.dcm')).toMatchObject({ status: 'image', pixelSha256: expect.any(String) });
  const bomb = files.get('bomb.zip!/bomb.nii');
  expect(bomb?.status).toMatch(/^(image|unreadable)$/);
  expect(bomb?.pixelSha256 ?? bomb?.reason).toBeTruthy();
  const peak = await peakOfPages(browser);
  if (peak !== undefined) expect(peak, 'bytes of memory').toBeLessThan(1.2e9);
});

test('readers that die in the middle are replaced, and no file is lost', async ({ page, allowedHosts }) => {
  const files = new Map<string, Uint8Array>();
  for (let n = 0; n < 16; n++) files.set(`a${n * 3}.dcm`, readFileSync(fixture(GOOD[n % 3] as string)));
  files.set('nested.dcm', bad['nested.dcm']?.bytes as Uint8Array);
  const host = await serveSlowly(files, { delay: 2_000 });
  allowedHosts.add(new URL(host.url).host);
  const ended = analyse(page, host.url);
  const readers = () => page.workers().filter((worker) => worker.url().includes('reader'));
  await expect.poll(() => host.asked.length && readers().length, { timeout: 20_000 }).toBeGreaterThan(0);
  await Promise.all(readers().map((reader) => reader.evaluate(() => self.close()).catch(() => undefined)));
  host.delay = 0;
  expect(await ended).toMatchObject({ state: 'done' });
  const found = expectSound(await reportOf(page));
  expect([...found.keys()].sort()).toEqual([...files.keys()].sort());
  expect([...found.values()].filter(({ status }) => status === 'image')).toHaveLength(16);
  await host.close();
});
