// Zips made by Python's zipfile and by hand, read over a real server and from Blobs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { all, blobEntry, contextOf, entriesOf, failure, serve } from '../../tests/support/source-server.ts';
import type { Listed } from '../core/source.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';
import zip from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'medley-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Python that writes `z` (a ZipFile on a.zip) and answers the bytes. */
function python(body: string, { open = "zipfile.ZipFile('a.zip','w',zipfile.ZIP_DEFLATED)" } = {}): Uint8Array {
  const script = `import zipfile,os,struct,random,io\nwith ${open} as z:\n${body.replace(/^/gm, '  ')}\n`;
  execFileSync('python3', ['-W', 'ignore', '-c', script], { cwd: folder });
  return new Uint8Array(readFileSync(join(folder, 'a.zip')));
}

const refusals = (listed: readonly Listed[]) =>
  Object.fromEntries(listed.flatMap((one) => (one.kind === 'refused' ? [[one.path, one.code]] : [])));
const names = (listed: readonly Listed[]) => entriesOf(listed).map(({ path }) => path);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const context = () => contextOf(sources);

async function read(listed: readonly Listed[], path: string, end?: number): Promise<Uint8Array> {
  const entry = entriesOf(listed).find((one) => one.path === path);
  if (!entry) throw new Error(`no ${path}`);
  return context().open(entry.place).slice(0, end);
}

const PLAIN = `
z.writestr('a/one.txt', 'one '*1000)
z.writestr('a/two.txt', 'two')
z.writestr(zipfile.ZipInfo('stored.bin'), bytes(range(256))*40)
z.mkdir('empty/') if hasattr(z,'mkdir') else z.writestr('empty/','')
`;

describe('a plain zip', () => {
  const bytes = python(PLAIN);
  it('lists its files, not its folders, with exact sizes', async () => {
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(names(listed)).toEqual(['x.zip!/a/one.txt', 'x.zip!/a/two.txt', 'x.zip!/stored.bin']);
    expect(entriesOf(listed).map(({ size, depth, inside }) => [size, depth, inside?.path])).toEqual([
      [4000, 1, 'x.zip'],
      [3, 1, 'x.zip'],
      [10240, 1, 'x.zip'],
    ]);
  });
  it('reads members whole, by prefix, at any place and past their end', async () => {
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(text(await read(listed, 'x.zip!/a/one.txt'))).toBe('one '.repeat(1000));
    expect(text(await read(listed, 'x.zip!/a/one.txt', 7))).toBe('one one');
    expect(text(await read(listed, 'x.zip!/a/two.txt', 4096))).toBe('two');
    const stored = context().open(entriesOf(listed)[2]!.place);
    expect([...(await stored.slice(10_238, 99_999))]).toEqual([254, 255]);
    expect(await stored.slice(20_000, 20_001)).toHaveLength(0);
    const packed = context().open(entriesOf(listed)[0]!.place);
    const parts = await Promise.all([
      packed.slice(3990),
      packed.slice(0, 4),
      packed.slice(2000, 2004),
      packed.slice(1000, 1004),
      packed.slice(4000, 5000),
    ]);
    expect(parts.map(text)).toEqual(['e one one ', 'one ', 'one ', 'one ', '']);
  });
});

describe('a zip on a server', () => {
  it('costs one request for the directory and one for all small neighbours', async () => {
    const served = await serve({ '/d/x.zip': python(PLAIN) });
    const here = context();
    const { entry, glimpse } = pasted(await here.net.probe(`${served.url}/d/x.zip`), `${served.url}/d/x.zip`);
    expect(zip.claim(glimpse)).toBe(2);
    const listed = await all(zip.list(entry, here));
    expect(served.asked).toHaveLength(2);
    for (const one of entriesOf(listed)) expect(await here.open(one.place).slice(0, 4)).not.toHaveLength(0);
    expect(served.asked).toHaveLength(3);
    await served.close();
  });
  it('reads a big member by its beginning only, in one request', async () => {
    const big = python("random.seed(1)\nfor i in range(4): z.writestr('b%d.bin'%i, random.randbytes(200000)+bytes(200000))");
    const served = await serve({ '/x.zip': big });
    const here = context();
    const { entry } = pasted(await here.net.probe(`${served.url}/x.zip`), `${served.url}/x.zip`);
    const listed = entriesOf(await all(zip.list(entry, here)));
    const before = { asked: served.asked.length, fetched: here.net.fetched };
    const first = here.open(listed[1]!.place);
    expect(await first.slice(0, 4096)).toHaveLength(4096);
    expect(served.asked.length - before.asked).toBe(1);
    expect(here.net.fetched - before.fetched).toBeLessThan(8000);
    expect(await first.slice(0)).toHaveLength(400_000);
    await served.close();
  });
  it('is downloaded whole, with a word about it, where the server has no ranges', async () => {
    const served = await serve({ '/x.zip': python(PLAIN) }, { ranges: false });
    const here = context();
    const { entry } = pasted(await here.net.probe(`${served.url}/x.zip`), `${served.url}/x.zip`);
    const listed = await all(zip.list(entry, here));
    expect(here.notices).toEqual([
      {
        code: 'E-NORANGE',
        path: 'x.zip',
        because: expect.stringMatching(/^This server sends only whole files: .* must be downloaded before the zip can be opened\.$/),
      },
    ]);
    expect(text(await here.open(entriesOf(listed)[1]!.place).slice(0))).toBe('two');
    await served.close();
  });
});

describe('what is wrong is named', () => {
  it('an empty zip and a file of 0 bytes', async () => {
    const empty = python('pass');
    expect(await failure(all(zip.list(blobEntry('x.zip', empty), context())))).toEqual({
      code: 'E-EMPTY',
      because: 'This zip is empty: there are no files in it.',
    });
    expect((await failure(all(zip.list(blobEntry('x.zip', new Uint8Array(0)), context())))).code).toBe('E-EMPTY');
  });
  it('a truncated zip', async () => {
    const cut = python(PLAIN).slice(0, 900);
    const said = await failure(all(zip.list(blobEntry('x.zip', cut), context())));
    expect(said.code).toBe('E-TRUNCATED');
    expect(said.because).toMatch(/cut short/);
  });
  it('a wrong CRC, when the entry is read whole, packed or stored', async () => {
    const bytes = python(PLAIN);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 16, 1, true);
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    for (const path of ['x.zip!/a/one.txt', 'x.zip!/a/two.txt', 'x.zip!/stored.bin'])
      expect((await failure(read(listed, path))).code).toBe('E-CRC');
    expect(text(await read(listed, 'x.zip!/a/one.txt', 4))).toBe('one ');
  });
});
