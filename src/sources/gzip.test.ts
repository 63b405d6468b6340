// Gzip of one member and of several, with padding, cut, damaged and growing without end.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { all, blobEntry, contextOf, entriesOf, failure, same, serve } from '../../tests/support/source-server.ts';
import gzip from './gzip.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';

const BODY = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 256);
const context = contextOf(sources);

async function opened(packed: Uint8Array, here = context) {
  const [entry] = entriesOf(await all(gzip.list(blobEntry('b.nii.gz', packed), here)));
  return { entry: entry!, bytes: here.open(entry!.place) };
}

describe('gzip', () => {
  it('is known by its first bytes, not by its name, and keeps the path', async () => {
    expect(gzip.claim({ path: 'x.nii.gz', head: gzipSync(BODY).subarray(0, 100) })).toBe(2);
    expect(gzip.claim({ path: 'x.nii.gz', head: new Uint8Array(100) })).toBe(0);
    expect(gzip.transparent).toBe(true);
    const { entry } = await opened(gzipSync(BODY));
    expect(entry.path).toBe('b.nii.gz');
    expect(entry.size).toBeUndefined();
    expect(entry.place.source).toBe('gzip');
  });
  it('reads beginnings, slices and the whole', async () => {
    const { bytes } = await opened(gzipSync(BODY));
    expect(bytes.size).toBeUndefined();
    expect(await bytes.slice(0, 348)).toEqual(BODY.slice(0, 348));
    expect(await bytes.slice(200_000, 200_100)).toEqual(BODY.slice(200_000, 200_100));
    expect(await bytes.slice(10, 20)).toEqual(BODY.slice(10, 20));
    expect(await bytes.slice(299_999, 400_000)).toEqual(BODY.slice(299_999));
    expect(bytes.size).toBe(300_000);
    expect(same(await bytes.slice(0), BODY)).toBe(true);
    expect(await bytes.slice(300_000, 300_010)).toHaveLength(0);
  });
  it('fetches only the beginning for a header', async () => {
    const noise = Uint8Array.from({ length: 3_000_000 }, () => Math.random() * 256);
    const served = await serve({ '/n.nii.gz': gzipSync(noise) });
    const here = contextOf(sources);
    const { entry } = pasted(await here.net.probe(`${served.url}/n.nii.gz`), `${served.url}/n.nii.gz`);
    const [inner] = entriesOf(await all(gzip.list(entry, here)));
    const bytes = here.open(inner!.place);
    expect(await bytes.slice(0, 4096)).toEqual(noise.slice(0, 4096));
    expect(here.net.fetched).toBeLessThan(20_000);
    expect(same(await bytes.slice(0), noise)).toBe(true);
    await served.close();
  });
  it('reads every member, also where one ends with a piece, and padding of zeros and rubbish behind the end', async () => {
    const [a, b] = [BODY.slice(0, 100_000), BODY.slice(100_000)];
    for (const tail of [new Uint8Array(0), new Uint8Array(70_000), new TextEncoder().encode('rubbish')]) {
      const { bytes } = await opened(new Uint8Array(Buffer.concat([gzipSync(a), gzipSync(b), tail])));
      expect(same(await bytes.slice(0), BODY), `${tail.length} bytes behind`).toBe(true);
    }
    const exact = gzipSync(new Uint8Array(10), { level: 0 });
    const filler = gzipSync(Buffer.alloc(16_384 - exact.length - 23, 1), { level: 0 });
    const { bytes } = await opened(new Uint8Array(Buffer.concat([exact, filler, gzipSync(b)])));
    expect((await bytes.slice(0)).length).toBeGreaterThan(b.length);
  });
  it('names what is cut, damaged or wrong in its checksum', async () => {
    const packed = new Uint8Array(gzipSync(BODY));
    const cut = await opened(packed.slice(0, packed.length / 2));
    expect(await cut.bytes.slice(0, 348)).toEqual(BODY.slice(0, 348));
    expect(await failure(cut.bytes.slice(0))).toEqual({
      code: 'E-TRUNCATED',
      because: 'This gzip file is cut short: its packed data ends in the middle.',
    });
    const wrong = packed.slice();
    wrong[wrong.length - 8]! ^= 1;
    expect((await failure((await opened(wrong)).bytes.slice(0))).code).toBe('E-CRC');
    const broken = packed.slice();
    broken.fill(0xff, 20, 60);
    expect((await failure((await opened(broken)).bytes.slice(0))).code).toBe('E-MALFORMED');
  });
  it('stops what unpacks beyond the limit, by bytes, and lets a genuine 1000:1 through', async () => {
    const zeros = new Uint8Array(gzipSync(new Uint8Array(20_000_000)));
    expect(20_000_000 / zeros.length).toBeGreaterThan(900);
    expect(await (await opened(zeros)).bytes.slice(0)).toHaveLength(20_000_000);
    const tight = contextOf(sources, { limits: { entryBytes: 5_000_000 } });
    const said = await failure((await opened(zeros, tight)).bytes.slice(0));
    expect(said).toEqual({ code: 'E-BOMB', because: expect.stringMatching(/unpacks to more than 5 MB/) });
    expect(await (await opened(zeros, tight)).bytes.slice(0, 4096)).toHaveLength(4096);
  });
  it('does not unpack for ever what is packed for ever', async () => {
    let entry = blobEntry('x.gz', gzipSync(gzipSync(gzipSync(gzipSync(BODY)))));
    for (let i = 0; i < 3; i++) entry = entriesOf(await all(gzip.list(entry, context)))[0]!;
    expect((await context.open(entry.place).slice(0, 2))[0]).toBe(0x1f);
    expect((await failure(all(gzip.list(entry, context)))).code).toBe('E-DEPTH');
  });
});
