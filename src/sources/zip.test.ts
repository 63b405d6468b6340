// Zips made by Python's zipfile and by hand, read over a real server and from Blobs.
import { describe, expect, it } from 'vitest';
import { archiveOf, keptArchive } from '../../tests/support/archives.ts';
import { all, blobEntry, contextOf, entriesOf, failure, serve } from '../../tests/support/source-server.ts';
import type { Listed } from '../core/source.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';
import zip from './zip.ts';

/** What Python writes to `z` (a ZipFile on a.zip). */
function python(body: string, { open = "zipfile.ZipFile('a.zip','w',zipfile.ZIP_DEFLATED)" } = {}): Uint8Array {
  const script = `import zipfile,os,struct,random,io,sys,tempfile\nos.chdir(tempfile.mkdtemp())\nwith ${open} as z:\n${body.replace(/^/gm, '  ')}\n`;
  return archiveOf(`${script}sys.stdout.buffer.write(open('a.zip','rb').read())`);
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
  it('encrypted entries, and the others still open', async () => {
    // zip -P pw encrypted.zip secret.txt; zip encrypted.zip open.txt
    const listed = await all(zip.list(blobEntry('x.zip', keptArchive('encrypted.zip')), context()));
    expect(listed[0]).toMatchObject({
      kind: 'refused',
      status: 'unreadable',
      path: 'x.zip!/secret.txt',
      code: 'E-ENCRYPTED',
      because: expect.stringMatching(/is encrypted/),
    });
    expect(text(await read(listed, 'x.zip!/open.txt'))).toBe('open');
  });
  it('unsafe names, and the others still open', async () => {
    const bytes = python(`
for n in ['../../etc/passwd','/abs','C:\\\\win.ini','a/../b']: z.writestr(n,'bad')
z.writestr('good.txt','good'); z.writestr('nul_.txt','bad'); z.writestr('win_dir_file.txt','w')`);
    const patch = (from: string, to: string) => {
      const raw = Buffer.from(bytes.buffer);
      for (let at = raw.indexOf(from); at >= 0; at = raw.indexOf(from, at + 1)) bytes.set(new TextEncoder().encode(to), at);
    };
    patch('nul_.txt', 'nul\0.txt');
    patch('win_dir_file', 'win\\dir\\file');
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(refusals(listed)).toEqual({
      'x.zip!/../../etc/passwd': 'E-NAME',
      'x.zip!//abs': 'E-NAME',
      'x.zip!/C:\\win.ini': 'E-NAME',
      'x.zip!/a/../b': 'E-NAME',
      'x.zip!/nul␀.txt': 'E-NAME',
    });
    expect(names(listed)).toEqual(['x.zip!/good.txt', 'x.zip!/win/dir/file.txt']);
    expect(text(await read(listed, 'x.zip!/good.txt'))).toBe('good');
  });
  it('methods that cannot be unpacked, by their names', async () => {
    const bytes = python(
      "z.writestr('b.txt','b'*100,zipfile.ZIP_BZIP2); z.writestr('l.txt','l'*100,zipfile.ZIP_LZMA); z.writestr('d.txt','d'*100)",
    );
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(listed.map((one) => (one.kind === 'refused' ? one.because : one.entry.path))).toEqual([
      'This zip entry is packed with bzip2, which cannot be unpacked here.',
      'This zip entry is packed with LZMA, which cannot be unpacked here.',
      'x.zip!/d.txt',
    ]);
  });
  it('entries that share bytes, as in a zip bomb', async () => {
    const bytes = python(`
z.writestr('a.txt','a'*1000); z.writestr('b.txt','b'*1000); z.writestr('c.txt','c'*1000)
z.filelist[1].header_offset = z.filelist[0].header_offset; z._didModify=True`);
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(refusals(listed)).toEqual({ 'x.zip!/a.txt': 'E-OVERLAP', 'x.zip!/b.txt': 'E-OVERLAP' });
    expect(names(listed)).toEqual(['x.zip!/c.txt']);
  });
  it('lies about sizes and places', async () => {
    const bytes = python(`
for n in 'pqrstuv': z.writestr(n,n*5000)
z.writestr(zipfile.ZipInfo('w'),'w'*50)
f={i.filename:i for i in z.filelist}
f['p'].header_offset=10**9; f['q'].file_size=10**9; f['r'].file_size=100; f['s'].file_size=6000; f['t'].compress_size+=10**7; f['w'].file_size=99; z._didModify=True`);
    // 't' now reaches over all behind it and out of the zip.
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(refusals(listed)).toMatchObject({
      'x.zip!/p': 'E-MALFORMED',
      'x.zip!/q': 'E-BOMB',
      'x.zip!/t': 'E-MALFORMED',
      'x.zip!/w': expect.stringMatching(/MALFORMED|OVERLAP/),
    });
    expect((await failure(read(listed, 'x.zip!/r'))).code).toMatch(/E-MALFORMED|E-BOMB/);
    expect((await failure(read(listed, 'x.zip!/s'))).code).toBe('E-MALFORMED');
  });
  it('an entry that unpacks to more than its directory says', async () => {
    const bytes = python(`
z.writestr('r','r'*5000)`);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 30; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true);
    }
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(await failure(read(listed, 'x.zip!/r'))).toEqual({
      code: 'E-BOMB',
      because: expect.stringMatching(/unpacks to more than its directory says/),
    });
  });
  it('a bomb of 1 MB that unpacks to 1 GB: its header can be read, the whole only within the limit', async () => {
    const bytes = python(`
with z.open('zeros.dcm','w',force_zip64=True) as f:
  for i in range(1024): f.write(bytes(1<<20))`);
    expect(bytes.length).toBeLessThan(1_100_000);
    const tight = contextOf(sources, { limits: { entryBytes: 100_000_000, archiveBytes: 200_000_000 } });
    const [entry] = entriesOf(await all(zip.list(blobEntry('x.zip', bytes), tight)));
    const member = tight.open(entry!.place);
    expect(member.size).toBe(2 ** 30);
    expect(await member.slice(0, 4096)).toHaveLength(4096);
    expect(await failure(member.slice(0))).toEqual({
      code: 'E-BOMB',
      because: 'Unpacking was stopped: this unpacks to more than 100 MB, the limit that protects your computer.',
    });
  });
  it('too many entries, and archives too deep', async () => {
    const entry = blobEntry('x.zip', python(PLAIN));
    expect((await failure(all(zip.list(entry, contextOf(sources, { limits: { entries: 2 } }))))).code).toBe('E-LIMIT');
    expect(await failure(all(zip.list({ ...entry, depth: 3 }, context())))).toEqual({
      code: 'E-DEPTH',
      because: expect.stringMatching(/opened to a depth of 3/),
    });
  });
  it('zips in parts, and directories that are no directories', async () => {
    const bytes = python(PLAIN);
    const end = bytes.length - 22;
    const view = new DataView(bytes.buffer);
    view.setUint16(end + 4, 1, true);
    expect((await failure(all(zip.list(blobEntry('x.zip', bytes), context())))).code).toBe('E-UNSUPPORTED');
    view.setUint16(end + 4, 0, true);
    view.setUint32(end + 12, 30, true);
    expect((await failure(all(zip.list(blobEntry('x.zip', bytes), context())))).code).toBe('E-MALFORMED');
    view.setUint32(end + 12, 0xfffffff0, true);
    expect((await failure(all(zip.list(blobEntry('x.zip', bytes), context())))).code).toBe('E-MALFORMED');
  });
});

describe('kinds of zip', () => {
  it('zip64: sizes and counts beyond 32 bits, forced and real', async () => {
    const forced = python(
      "with z.open('a.txt','w',force_zip64=True) as f: f.write(b'a'*10)\nzipfile.ZIP64_LIMIT=5; z.writestr('b.txt','b'*10)",
    );
    expect(text(await read(await all(zip.list(blobEntry('x.zip', forced), context())), 'x.zip!/b.txt'))).toBe('bbbbbbbbbb');
    const many = python("for i in range(66000): z.writestr('%d'%i,'')", { open: "zipfile.ZipFile('a.zip','w')" });
    expect(await all(zip.list(blobEntry('x.zip', many), context()))).toHaveLength(66_000);
  });
  it('data descriptors (streamed zips), comments with an end mark in them, and a program in front', async () => {
    const streamed = python("z.writestr('a.txt','a'*100)\nz.comment=b'PK\\x05\\x06 is not the end'", {
      open: "zipfile.ZipFile(type('S',(io.RawIOBase,),{'f':open('a.zip','wb'),'writable':lambda s:True,'write':lambda s,b:s.f.write(b),'flush':lambda s:s.f.flush()})(),'w',zipfile.ZIP_DEFLATED)",
    });
    for (const front of [new Uint8Array(0), new Uint8Array(5000).fill(0x4d)]) {
      const bytes = new Uint8Array(Buffer.concat([front, streamed]));
      const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
      expect(text(await read(listed, 'x.zip!/a.txt'))).toBe('a'.repeat(100));
    }
  });
  it('names in UTF-8 with and without the flag, and in code page 437', async () => {
    const bytes = python("z.writestr('ä日.txt','1'); z.writestr('Thorax___.txt','2'); z.writestr('K____.txt','3')");
    const raw = Buffer.from(bytes.buffer);
    for (let at = raw.indexOf('Thorax___'); at >= 0; at = raw.indexOf('Thorax___', at)) raw.set(Buffer.from('Thorax日'), at);
    for (let at = raw.indexOf('K____'); at >= 0; at = raw.indexOf('K____', at)) raw.set([0x4b, 0x94, 0x70, 0x66, 0xe1], at);
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(names(listed)).toEqual(['x.zip!/ä日.txt', 'x.zip!/Thorax日.txt', 'x.zip!/Köpfß.txt']);
  });
  it('two members of one name are both listed, and macOS rubbish is listed like any file', async () => {
    const bytes = python(
      "z.writestr('a.dcm','1'); z.writestr('a.dcm','2'); z.writestr('__MACOSX/._a.dcm','3'); z.writestr('__proto__','4')",
    );
    const listed = await all(zip.list(blobEntry('x.zip', bytes), context()));
    expect(names(listed)).toEqual(['x.zip!/a.dcm', 'x.zip!/a.dcm (2)', 'x.zip!/__MACOSX/._a.dcm', 'x.zip!/__proto__']);
    expect(text(await read(listed, 'x.zip!/a.dcm (2)'))).toBe('2');
  });
  it.each(['ZIP_STORED', 'ZIP_DEFLATED'])('a zip inside a zip, %s', async (method) => {
    const bytes = python(`
o=io.BytesIO()
with zipfile.ZipFile(o,'w') as y: y.writestr('deep.txt','deep')
z.writestr('in.zip',o.getvalue(),zipfile.${method})`);
    const outer = entriesOf(await all(zip.list(blobEntry('x.zip', bytes), context())));
    const inner = entriesOf(await all(zip.list(outer[0]!, context())));
    expect(inner.map(({ path, depth, inside }) => [path, depth, inside?.path])).toEqual([['x.zip!/in.zip!/deep.txt', 2, 'x.zip!/in.zip']]);
    expect(text(await context().open(inner[0]!.place).slice(0))).toBe('deep');
  });
  it('is known by its first bytes or its name', () => {
    const claim = (path: string, ...head: number[]) => zip.claim({ path, head: Uint8Array.from(head) });
    expect([
      claim('x', 0x50, 0x4b, 3, 4),
      claim('x', 0x50, 0x4b, 5, 6),
      claim('x.ZIP', 1),
      claim('x', 0x50, 0x4b, 1, 2),
      claim('x'),
    ]).toEqual([2, 2, 1, 0, 0]);
  });
});

describe('a zip without its end', () => {
  const bytes = python(PLAIN);
  const cutAt = async (length: number) => {
    const listed: Listed[] = [];
    const list = async () => {
      for await (const one of zip.list(blobEntry('x.zip', bytes.slice(0, length)), context())) listed.push(one);
    };
    return { listed, said: await failure(list()) };
  };
  it('gives the members that are whole, names the one that is cut, and says what happened', async () => {
    const { listed, said } = await cutAt(bytes.length - 400);
    expect(names(listed)).toEqual(['x.zip!/a/one.txt', 'x.zip!/a/two.txt', 'x.zip!/stored.bin'].slice(0, names(listed).length));
    expect(said).toMatchObject({ code: 'E-TRUNCATED', because: expect.stringMatching(/cut short.*before the cut were read\.$/) });
    expect(text(await read(listed, 'x.zip!/a/two.txt'))).toBe('two');
    const middle = await cutAt(3_000);
    expect(names(middle.listed)).toEqual(['x.zip!/a/one.txt', 'x.zip!/a/two.txt']);
    expect(refusals(middle.listed)).toEqual({ 'x.zip!/stored.bin': 'E-TRUNCATED' });
  });
  it('says so where nothing is left, and where sizes were to follow', async () => {
    expect(await cutAt(20)).toMatchObject({ listed: [], said: { code: 'E-TRUNCATED' } });
    const streamed = bytes.slice(0, 3_000);
    streamed.set([8, 0], 6);
    streamed.fill(0, 18, 26);
    const said = await failure(all(zip.list(blobEntry('x.zip', streamed), context())));
    expect(said.code).toBe('E-TRUNCATED');
  });
  it('knows a web page and rubbish from a zip', async () => {
    const list = (body: string) => failure(all(zip.list(blobEntry('x.zip', new TextEncoder().encode(body)), context())));
    expect((await list('\n<!DOCTYPE html><title>Sign in</title>')).code).toBe('E-HTML');
    expect((await list('rubbish '.repeat(99))).because).toMatch(/^This is not a zip/);
  });
});

it('tells members of one unsafe name apart', async () => {
  const bytes = python("z.writestr('../a','1')\nz.writestr('../a','2')");
  expect(Object.keys(refusals(await all(zip.list(blobEntry('x.zip', bytes), context()))))).toEqual(['x.zip!/../a', 'x.zip!/../a (2)']);
});
