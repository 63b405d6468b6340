// Tars of Python's tarfile in its three formats, plain and packed, whole and damaged.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archiveOf } from '../../tests/support/archives.ts';
import { all, blobEntry, contextOf, entriesOf, failure, serve } from '../../tests/support/source-server.ts';
import type { Entry } from '../core/entry.ts';
import type { Listed } from '../core/source.ts';
import gzip from './gzip.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';
import tar from './tar.ts';

const LONG = `${'deep/'.repeat(40)}Aufnahme-ä.dcm`;

function python(body: string, format = 'PAX'): Uint8Array {
  const script = `import tarfile,io,sys
o=io.BytesIO()
t=tarfile.open(fileobj=o,mode='w',format=tarfile.${format}_FORMAT)
def add(name,data=b'',**more):
  i=tarfile.TarInfo(name); i.size=len(data)
  for k,v in more.items(): setattr(i,k,v)
  t.addfile(i,io.BytesIO(data))
${body}
t.close(); sys.stdout.buffer.write(o.getvalue())`;
  return archiveOf(script);
}

const PLAIN = `add('a/one.txt',b'one '*1000)\nadd('a',type=tarfile.DIRTYPE)\nadd('two.bin',bytes(range(256))*3)\nadd('empty')\nadd('link',type=tarfile.SYMTYPE,linkname='two.bin')`;
const context = contextOf(sources);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Lists what can be had and says how it ended. */
async function partly(entry: Entry, here = context): Promise<{ listed: Listed[]; code: string | undefined; because: string | undefined }> {
  const listed: Listed[] = [];
  try {
    for await (const one of tar.list(entry, here)) listed.push(one);
  } catch (error) {
    const { code, because } = error as { code: string; because: string };
    return { listed, code, because };
  }
  return { listed, code: undefined, because: undefined };
}

async function packed(bytes: Uint8Array): Promise<Entry> {
  return entriesOf(await all(gzip.list(blobEntry('x.tar.gz', gzipSync(bytes)), context)))[0]!;
}

describe('tar', () => {
  it('is known by the checksum of its first header, or by name', () => {
    const bytes = python(PLAIN);
    expect(tar.claim({ path: 'x', head: bytes.subarray(0, 4096) })).toBe(2);
    expect(tar.claim({ path: 'x.tar', head: new Uint8Array(4096) })).toBe(1);
    expect(tar.claim({ path: 'x.tgz', head: gzipSync(bytes).subarray(0, 512) })).toBe(0);
    expect(tar.claim({ path: 'x.bin', head: new Uint8Array(4096) })).toBe(0);
  });
  it('lists files with sizes, skips folders, names links, and reads members', async () => {
    const listed = await all(tar.list(blobEntry('x.tar', python(PLAIN)), context));
    expect(entriesOf(listed).map(({ path, size, depth }) => [path, size, depth])).toEqual([
      ['x.tar!/a/one.txt', 4000, 1],
      ['x.tar!/two.bin', 768, 1],
      ['x.tar!/empty', 0, 1],
    ]);
    expect(listed.at(-1)).toMatchObject({
      kind: 'refused',
      status: 'skipped',
      path: 'x.tar!/link',
      because: 'This is only a link to another file.',
    });
    const two = context.open(entriesOf(listed)[1]!.place);
    expect([...(await two.slice(766, 900))]).toEqual([254, 255]);
    expect(text(await context.open(entriesOf(listed)[0]!.place).slice(0, 7))).toBe('one one');
    expect(await context.open(entriesOf(listed)[2]!.place).slice(0)).toHaveLength(0);
  });
  it.each(['PAX', 'GNU', 'USTAR'])('reads long names in %s', async (format) => {
    const name = format === 'USTAR' ? LONG.slice(0, 150).replace(/\/$/, 'x') : LONG;
    const listed = await all(tar.list(blobEntry('x.tar', python(`add('${name}',b'x')\nadd('next',b'y')`, format)), context));
    expect(entriesOf(listed).map(({ path }) => path)).toEqual([`x.tar!/${name}`, 'x.tar!/next']);
  });
  it('reads sizes beyond octal (GNU base-256, pax)', async () => {
    for (const format of ['GNU', 'PAX']) {
      const bytes = python(`i=tarfile.TarInfo('big'); i.size=9*2**30; o.write(i.tobuf(t.format)); o.write(bytes(5000))`, format);
      const { listed, code } = await partly(blobEntry('x.tar', bytes));
      expect(listed).toEqual([
        {
          kind: 'refused',
          path: 'x.tar!/big',
          status: 'unreadable',
          code: 'E-TRUNCATED',
          size: 9 * 2 ** 30,
          because: expect.stringMatching(/cut short/),
        },
      ]);
      expect(code).toBe('E-TRUNCATED');
    }
  });
  it('refuses unsafe names and sparse files by name, and the rest still opens', async () => {
    const body = `add('../../etc/passwd',b'x')\nadd('/abs',b'x')\nadd('good',b'g')\nadd('good',b'h')\nadd('holes',b'x',pax_headers={'GNU.sparse.major':'1'})`;
    const listed = await all(tar.list(blobEntry('x.tar', python(body)), context));
    expect(listed.map((one) => (one.kind === 'entry' ? one.entry.path : [one.path, one.code]))).toEqual([
      ['x.tar!/../../etc/passwd', 'E-NAME'],
      ['x.tar!//abs', 'E-NAME'],
      'x.tar!/good',
      'x.tar!/good (2)',
      ['x.tar!/holes', 'E-UNSUPPORTED'],
    ]);
  });
  it('says what is damaged, and gives what came before', async () => {
    const bytes = python(PLAIN);
    const cut = await partly(blobEntry('x.tar', bytes.slice(0, 6000)));
    expect(cut.listed.map(({ kind }) => kind)).toEqual(['entry', 'refused']);
    expect(cut).toMatchObject({ code: 'E-TRUNCATED', because: 'This tar archive is cut short: it ends in the middle of a file.' });
    const wrong = bytes.slice();
    wrong[5120]! ^= 1;
    expect(await partly(blobEntry('x.tar', wrong))).toMatchObject({
      code: 'E-MALFORMED',
      because: expect.stringMatching(/damaged in the middle/),
    });
    expect(await partly(blobEntry('x.tar', new Uint8Array(10_240)))).toMatchObject({ code: 'E-EMPTY' });
    expect(await partly(blobEntry('x.tar', new Uint8Array(5000).fill(7)))).toMatchObject({ code: 'E-MALFORMED' });
  });
  it('stops at the limits of entries and of depth', async () => {
    const entry = blobEntry('x.tar', python(PLAIN));
    expect((await partly(entry, contextOf(sources, { limits: { entries: 2 } }))).code).toBe('E-LIMIT');
    expect((await partly({ ...entry, depth: 3 })).code).toBe('E-DEPTH');
  });
  it('walks a remote tar without reading its members', async () => {
    const served = await serve({ '/x.tar': python(`for i in range(5): add('m%d'%i,bytes(500000))`) });
    const here = contextOf(sources);
    const { entry } = pasted(await here.net.probe(`${served.url}/x.tar`), `${served.url}/x.tar`);
    expect(entriesOf(await all(tar.list(entry, here)))).toHaveLength(5);
    expect(here.net.fetched).toBeLessThan(150_000);
    await served.close();
  });
});

describe('tar.gz', () => {
  it('is streamed once and its members are kept', async () => {
    const entry = await packed(python(PLAIN));
    expect(tar.claim({ path: entry.path, head: await context.open(entry.place).slice(0, 4096) })).toBe(2);
    const { listed, code } = await partly(entry);
    expect(code).toBeUndefined();
    expect(entriesOf(listed).map(({ path, place }) => [path, place.source])).toEqual([
      ['x.tar.gz!/a/one.txt', 'kept'],
      ['x.tar.gz!/two.bin', 'kept'],
      ['x.tar.gz!/empty', 'kept'],
    ]);
    expect(text(await context.open(entriesOf(listed)[0]!.place).slice(3996))).toBe('one ');
  });
  it('keeps a member of many megabytes whole', async () => {
    const { listed } = await partly(await packed(python(`add('big',bytes(20000000)+b'end')\nadd('next',b'n')`)));
    const [big, next] = entriesOf(listed).map(({ place }) => context.open(place));
    expect(text(await big!.slice(20_000_000))).toBe('end');
    expect(text(await next!.slice(0))).toBe('n');
  });
  it('gives what came before the place where it is cut', async () => {
    const noise = python(`import random\nrandom.seed(1)\nadd('one',b'1')\nadd('two',random.randbytes(100000))`);
    const gz = gzipSync(noise);
    const [entry] = entriesOf(await all(gzip.list(blobEntry('x.tar.gz', gz.subarray(0, gz.length / 2)), context)));
    const { listed, code } = await partly(entry!);
    expect(listed.map((one) => (one.kind === 'entry' ? one.entry.path : [one.path, one.code]))).toEqual([
      'x.tar.gz!/one',
      ['x.tar.gz!/two', 'E-TRUNCATED'],
    ]);
    expect(code).toBe('E-TRUNCATED');
  });
  it('stops unpacking at the limit of bytes', async () => {
    const entry = await packed(python(`add('zeros',bytes(50000000))`));
    const said = await failure(all(tar.list(entry, contextOf(sources, { limits: { archiveBytes: 10_000_000 } }))));
    expect(said.code).toBe('E-BOMB');
  });
});
