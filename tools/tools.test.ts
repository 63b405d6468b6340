// The parts of start and of the headless run that need no browser: options, table, site, folder server, checks of Host.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagePath, readOptions } from './analyze-options.mjs';
import { serveFolder } from './folder-server.mjs';
import { reportTable } from './report-table.mjs';
import { portFrom, serve } from './serve.mjs';
import { spanOf } from './site.mjs';

describe('readOptions', () => {
  it('reads every option, in any order', () => {
    expect(readOptions(['--no-pixels', 'https://a.test/x.zip', '--json', '-', '--hash-pixels', '--masks=m', '--timeout', '2.5'])).toEqual({
      source: 'https://a.test/x.zip',
      json: '-',
      models: false,
      hashPixels: true,
      masks: 'm',
      timeoutS: 2.5,
    });
  });
  it.each([
    [[]],
    [['--json']],
    [['a', 'b']],
    [['a', '--what']],
    [['a', '--timeout', 'soon']],
    [['a', '--timeout', '0']],
    [['a', '--json', '--no-pixels']],
  ])('says what is wrong with %j', (args) => expect(readOptions(args)).toMatch(/[.]$/));
  it('makes the address that the page reads', () => {
    const options = readOptions(['x', '--no-pixels', '--hash-pixels']);
    if (typeof options === 'string') throw new Error(options);
    const search = new URLSearchParams(pagePath(options, 'http://127.0.0.1:1/a b&c#d').slice(2));
    expect(Object.fromEntries(search)).toEqual({ src: 'http://127.0.0.1:1/a b&c#d', headless: '1', models: '0', hash: '1' });
  });
});

it('reportTable counts what is there', () => {
  const label = (value: string) => ({ value });
  const report = {
    bytes: { fetched: 10, total: 20 },
    files: [{ status: 'image' }, { status: 'image' }, { status: 'non-image' }],
    items: [
      { modality: label('CT'), anatomy: label('CHEST'), dimension: label('3D') },
      { modality: label('MR'), anatomy: label('BRAIN'), dimension: label('3D') },
    ],
  };
  expect(reportTable(report)).toContain('2 items in 3 files\nfiles: 2 image, 1 non-image\nbytes fetched: 10 of 20');
  expect(reportTable(report)).toMatch(/Dimension\n {2}3D +2$/);
});

it('spanOf follows RFC 9110', () => {
  expect(spanOf('bytes=0-3', 10)).toEqual({ start: 0, end: 3 });
  expect(spanOf('bytes=8-99', 10)).toEqual({ start: 8, end: 9 });
  expect(spanOf('bytes=4-', 10)).toEqual({ start: 4, end: 9 });
  expect(spanOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
  expect(spanOf('bytes=10-', 10)).toBe('none');
  for (const text of [undefined, '', 'bytes=-', 'bytes=0-1,3-4', 'items=0-1']) expect(spanOf(text, 10)).toBeUndefined();
});

it('portFrom takes --port in both spellings', () => {
  expect(portFrom(['--port', '5000'])).toBe(5000);
  expect(portFrom(['--port=5001'])).toBe(5001);
  expect(portFrom(['--port', 'x'])).toBeUndefined();
});

describe('servers', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'served-'));
  let app: Awaited<ReturnType<typeof serve>>;
  let data: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    mkdirSync(path.join(root, 'assets'));
    mkdirSync(path.join(root, 'a b#c'));
    writeFileSync(path.join(root, 'index.html'), '<title>app</title>');
    writeFileSync(path.join(root, 'assets/x-1.js'), 'export const x = 1;'.repeat(50));
    writeFileSync(path.join(root, 'assets/x-1.wasm'), '\0asm');
    writeFileSync(path.join(root, 'scan.nii.gz'), '0123456789');
    writeFileSync(path.join(root, 'a b#c', 'é%<&:.dcm'), 'DICM');
    symlinkSync('/etc', path.join(root, 'out'));
    app = await serve({ root, port: 0 });
    data = await serveFolder(root);
  });
  afterAll(async () => {
    await app.close();
    await data.close();
    rmSync(root, { recursive: true });
  });

  it('answers the address of a screen with the page, and a missing file with 404', async () => {
    for (const name of ['/', '/r/abc', '/about']) expect(await (await fetch(app.url + name)).text()).toContain('app');
    expect((await fetch(`${app.url}/assets/gone.js`)).status).toBe(404);
    expect((await fetch(`${app.url}/%2e%2e/%2e%2e/etc/passwd.txt`)).status).toBe(404);
    expect((await fetch(app.url, { method: 'POST' })).status).toBe(405);
  });

  it('sends the policy with everything, workers included', async () => {
    for (const name of ['/', '/assets/x-1.js']) {
      const { headers } = await fetch(app.url + name);
      expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('names types and keeps hashed names for ever', async () => {
    expect((await fetch(`${app.url}/assets/x-1.wasm`)).headers.get('content-type')).toBe('application/wasm');
    expect((await fetch(`${app.url}/assets/x-1.js`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(app.url)).headers.get('cache-control')).toBe('no-cache');
  });

  it('compresses programs, never data', async () => {
    const raw = (name: string) =>
      new Promise<{ coding: string | undefined; body: Buffer }>((resolve) => {
        http.get(app.url + name, { headers: { 'accept-encoding': 'gzip, br' } }, async (response) => {
          const parts: Buffer[] = [];
          for await (const part of response) parts.push(part);
          resolve({ coding: response.headers['content-encoding'], body: Buffer.concat(parts) });
        });
      });
    const script = await raw('/assets/x-1.js');
    expect(script.coding).toBe('br');
    expect(brotliDecompressSync(script.body).toString()).toBe(readFileSync(path.join(root, 'assets/x-1.js'), 'utf8'));
    expect(await raw('/scan.nii.gz')).toEqual({ coding: undefined, body: Buffer.from('0123456789') });
  });

  it('is nobody else under another name', async () => {
    const status = await new Promise((resolve) => {
      http.get(app.url, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode));
    });
    expect(status).toBe(421);
  });

  it('keeps the relay to its own page', async () => {
    const response = await fetch(`${app.url}/proxy?url=http://127.0.0.1/`);
    expect(response.status).toBe(403);
    const ours = await fetch(`${app.url}/proxy?url=http://127.0.0.1/`, { headers: { origin: app.url } });
    expect(await ours.json()).toMatchObject({ rule: 'address' });
  });

  it('takes the next port where one is taken', async () => {
    const port = Number(new URL(app.url).port);
    await expect(serve({ root, port })).rejects.toThrow();
    const second = await serve({ root, port, next: true });
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    await second.close();
  });

  it('shows a folder with exact sizes, and every name leads to its file', async () => {
    const page = await (await fetch(data.url)).text();
    expect(page).toMatch(/href="\.\/scan\.nii\.gz">scan\.nii\.gz<\/a> \d\d-\w{3}-\d{4} \d\d:\d\d 10\n/);
    const folder = new URL(/href="(\.\/a[^"]+)"/.exec(page)?.[1] ?? '', data.url);
    const inner = await (await fetch(folder)).text();
    const file = new URL(/href="(\.\/%C3[^"]+)"/.exec(inner)?.[1] ?? '', folder);
    expect(await (await fetch(file)).text()).toBe('DICM');
    expect((await fetch(folder.href.slice(0, -1))).url).toBe(folder.href);
  });

  it('answers ranges, and nothing outside', async () => {
    const part = await fetch(`${data.url}scan.nii.gz`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect((await fetch(`${data.url}scan.nii.gz`, { headers: { range: 'bytes=10-' } })).status).toBe(416);
    for (const name of ['out/passwd', '%2e%2e/', 'gone'])
      expect((await fetch(data.url + name, { redirect: 'manual' })).status).not.toBe(206);
    expect((await fetch(`${data.url}out/passwd`)).status).toBe(404);
  });

  it('can be without ranges, without CORS, or one file', async () => {
    const poor = await serveFolder(root, { ranges: false, cors: false, only: 'scan.nii.gz' });
    const reply = await fetch(`${poor.url}scan.nii.gz`, { headers: { range: 'bytes=2-4' } });
    expect([reply.status, reply.headers.get('access-control-allow-origin'), await reply.text()]).toEqual([200, null, '0123456789']);
    expect((await fetch(`${poor.url}index.html`)).status).toBe(404);
    expect(poor.counts).toEqual({ bytes: 10, requests: 2 });
    await poor.close();
  });
});
