// Single files behind URLs.
import { describe, expect, it } from 'vitest';
import { all, contextOf, entriesOf, failure, same, serve } from '../../tests/support/source-server.ts';
import { surest } from '../core/claim.ts';
import file from './file.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';

const BODY = Uint8Array.from({ length: 400_000 }, (_, i) => (i * 7) % 253);

async function open(url: string) {
  const context = contextOf(sources);
  const { entry, glimpse } = pasted(await context.net.probe(url), url);
  return { context, entry, glimpse };
}

describe('file', () => {
  it('is what any URL is that nobody else claims, and lists itself', async () => {
    const served = await serve({ '/d/scan 1.dcm': BODY });
    const { context, entry, glimpse } = await open(`${served.url}/d/scan%201.dcm`);
    expect(surest(sources, glimpse)?.id).toBe('file');
    expect(entriesOf(await all(file.list(entry, context)))).toEqual([entry]);
    expect(entry).toMatchObject({ path: 'scan 1.dcm', size: 400_000 });
    expect(structuredClone(entry)).toEqual(entry);
    await served.close();
  });
  it('reads any slice by ranges', async () => {
    const served = await serve({ '/a': BODY });
    const { context, entry } = await open(`${served.url}/a`);
    const bytes = context.open(entry.place);
    expect(bytes.stream).toBeUndefined();
    const parts = await Promise.all([
      bytes.slice(0, 10),
      bytes.slice(399_990),
      bytes.slice(399_999, 500_000),
      bytes.slice(400_000, 400_001),
      bytes.slice(7, 7),
    ]);
    expect(parts).toEqual([BODY.slice(0, 10), BODY.slice(399_990), BODY.slice(399_999), new Uint8Array(0), new Uint8Array(0)]);
    expect(same(await bytes.slice(0), BODY)).toBe(true);
    await served.close();
  });
  it('reads any slice where the host has no ranges, fetching the whole once', async () => {
    const served = await serve({ '/a': BODY }, { ranges: false });
    const { context, entry } = await open(`${served.url}/a`);
    const bytes = context.open(entry.place);
    expect(bytes.stream).toBeDefined();
    expect(await bytes.slice(0, 10)).toEqual(BODY.slice(0, 10));
    const before = served.asked.length;
    const [middle, last, whole] = await Promise.all([bytes.slice(300_000, 300_010), bytes.slice(399_999), bytes.slice(0)]);
    expect([middle, last]).toEqual([BODY.slice(300_000, 300_010), BODY.slice(399_999)]);
    expect(same(whole!, BODY)).toBe(true);
    expect(served.asked.length - before).toBe(1);
    await served.close();
  });
  it('heals where a listing promised ranges that the host has not', async () => {
    const served = await serve({ '/a': BODY }, { ranges: false });
    const context = contextOf(sources);
    const bytes = context.open({ source: 'file', at: { url: `${served.url}/a`, via: 'direct', range: true, listed: 400_000 } });
    expect(bytes.size).toBe(400_000);
    expect(await bytes.slice(10, 20)).toEqual(BODY.slice(10, 20));
    await served.close();
  });
  it('says so when the file changes between two reads', async () => {
    let body = BODY;
    const { answer } = await import('../../tests/support/source-server.ts');
    const served = await serve({
      '/a': (request, response) => answer(request, response, { body: Buffer.from(body), ranges: true, etag: `"${body[0]}"` }),
    });
    const context = contextOf(sources);
    const bytes = context.open({ source: 'file', at: { url: `${served.url}/a`, via: 'direct', range: true } });
    await bytes.slice(0, 10);
    body = BODY.map((byte) => byte + 1);
    expect((await failure(bytes.slice(10, 20))).code).toBe('E-CHANGED');
    await served.close();
  });
  it('names a login page and an empty file', async () => {
    const served = await serve({ '/scan.dcm': '<!-- x -->\n<!DOCTYPE html><html><title>Sign in</title>', '/empty.dcm': new Uint8Array(0) });
    const login = await open(`${served.url}/scan.dcm`);
    expect(surest(sources, login.glimpse)?.id).toBe('file');
    expect(await failure(all(file.list(login.entry, login.context)))).toEqual({
      code: 'E-HTML',
      because: 'We received a web page (HTML), not an image – the link needs sign-in or is a viewer page.',
    });
    const empty = await open(`${served.url}/empty.dcm`);
    expect((await failure(all(file.list(empty.entry, empty.context)))).code).toBe('E-EMPTY');
    await served.close();
  });
  it('keeps the given address where a redirect leads to a signed one', async () => {
    const served = await serve({
      '/x': (_, response) => void response.writeHead(302, { location: '/y.dcm?signature=1' }).end(),
      '/y.dcm': BODY,
    });
    const { entry } = await open(`${served.url}/x`);
    expect(entry.place.at).toMatchObject({ url: `${served.url}/x` });
    await served.close();
  });
});
