// The Net against a real server, and against a fetch that behaves like a browser's: TypeErrors for CORS, hidden headers.
import { describe, expect, it } from 'vitest';
import { answer, failure, serve } from '../../../tests/support/source-server.ts';
import { createNet } from './net.ts';

const BODY = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251);
const fast = { backOffMs: 1 };
const direct = { via: 'direct', range: true } as const;

describe('probe', () => {
  it('asks once, with one safelisted header, and learns ranges, size, type and validator', async () => {
    const served = await serve({ '/a.dcm': BODY });
    const net = createNet(fast);
    const probe = await net.probe(`${served.url}/a.dcm#part`);
    expect(served.asked).toEqual(['GET /a.dcm bytes=0-4095']);
    expect(probe).toEqual({
      url: `${served.url}/a.dcm`,
      type: 'application/octet-stream',
      size: 10_000,
      range: true,
      via: 'direct',
      head: BODY.slice(0, 4096),
      etag: '"10000"',
    });
    expect([net.fetched, net.requests]).toEqual([4096, 1]);
    await served.close();
  });
  it('reads a beginning and leaves where ranges are ignored', async () => {
    const served = await serve({ '/a': new Uint8Array(4 << 20) }, { ranges: false });
    const net = createNet(fast);
    const probe = await net.probe(`${served.url}/a`);
    expect([probe.range, probe.size, probe.head.length]).toEqual([false, 4 << 20, 4096]);
    expect(net.fetched).toBeLessThan(1 << 20);
    await served.close();
  });
  it('knows files shorter than a beginning, and empty ones', async () => {
    const served = await serve({ '/small': BODY.slice(0, 10), '/empty': new Uint8Array(0) });
    const net = createNet(fast);
    expect(await net.probe(`${served.url}/small`)).toMatchObject({ size: 10, head: BODY.slice(0, 10) });
    expect(await net.probe(`${served.url}/empty`)).toMatchObject({ size: 0, head: new Uint8Array(0) });
    await served.close();
  });
  it('takes the size from Content-Length of a HEAD where Content-Range is hidden', async () => {
    const served = await serve({ '/a': BODY });
    const hidden: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const headers = new Headers(response.headers);
      for (const name of ['content-range', 'etag', 'accept-ranges']) headers.delete(name);
      return new Response(init?.method === 'HEAD' ? null : response.body, { status: response.status, headers });
    };
    const probe = await createNet({ ...fast, fetch: hidden }).probe(`${served.url}/a`);
    expect(probe).toMatchObject({ size: 10_000, range: true, etag: undefined });
    expect(served.asked).toEqual(['GET /a bytes=0-4095', 'HEAD /a bytes=0-']);
    await served.close();
  });
  it('follows redirects and says where it ended', async () => {
    const served = await serve({ '/old': (_, response) => void response.writeHead(302, { location: '/new.zip' }).end(), '/new.zip': BODY });
    expect(await createNet(fast).probe(`${served.url}/old`)).toMatchObject({ url: `${served.url}/new.zip`, size: 10_000 });
    await served.close();
  });
  it.each([
    [404, 'E-NOTFOUND', /There is nothing at this address: .* does not know it \(404\)/],
    [401, 'E-DENIED', /refuses access .*\(401\)/],
    [403, 'E-DENIED', /refuses access .*sign-in/],
    [429, 'E-429', /limits how often .*\(429\)/],
    [503, 'E-SERVER', /has a problem of its own \(503\)/],
    [400, 'E-SERVER', /did not accept the request \(400\)/],
  ])('status %i becomes %s and a sentence', async (status, code, sentence) => {
    const served = await serve({ '/x': (_, response) => void response.writeHead(status).end('<html>no</html>') });
    const said = await failure(createNet(fast).probe(`${served.url}/x`));
    expect(said.code).toBe(code);
    expect(said.because).toMatch(sentence);
    await served.close();
  });
  it('repeats what may pass', async () => {
    let turn = 0;
    const served = await serve({
      '/x': (request, response) =>
        turn++ < 2 ? void response.writeHead(503).end() : answer(request, response, { body: Buffer.from(BODY), ranges: true }),
    });
    expect(await createNet(fast).probe(`${served.url}/x`)).toMatchObject({ size: 10_000 });
    expect(turn).toBe(3);
    await served.close();
  });
  it('says in words what an S3 error says in XML', async () => {
    const xml = '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code><Message>m</Message></Error>';
    const served = await serve({ '/x': (_, response) => void response.writeHead(404, { 'content-type': 'application/xml' }).end(xml) });
    expect((await failure(createNet(fast).probe(`${served.url}/x`))).because).toMatch(/There is no bucket of this name/);
    await served.close();
  });
  it('opens no other kinds of address', async () => {
    for (const url of ['ftp://x/a', 'file:///etc/passwd', 'nonsense', 'javascript:alert(1)'])
      expect((await failure((async () => createNet(fast).probe(url))())).because).toMatch(/must begin with https/);
  });
});

describe('where a host refuses pages', () => {
  /** Like a browser: everything but our own relay is refused. */
  const behindCors: typeof fetch = async (input, init) => {
    if (!String(input).includes('/relay?')) throw new TypeError('Failed to fetch');
    return fetch(input, init);
  };
  it('reads through the relay, ranges too', async () => {
    const served = await serve({ '/relay': (request, response) => answer(request, response, { body: Buffer.from(BODY), ranges: true }) });
    const net = createNet({ ...fast, proxy: `${served.url}/relay`, fetch: behindCors });
    const probe = await net.probe('https://images.test/a b.dcm?x=1&y=2');
    expect(probe).toMatchObject({ via: 'proxy', range: true, size: 10_000, url: 'https://images.test/a%20b.dcm?x=1&y=2' });
    expect((await net.range(probe.url, { start: 5, end: 9, road: probe })).bytes).toEqual(BODY.slice(5, 9));
    await served.close();
  });
  it("gives the relay's own sentence when it refuses", async () => {
    const refuse = { code: 'E-NETWORK', because: 'images.test does not exist: its name cannot be resolved.' };
    const served = await serve({
      '/relay': (_, response) =>
        void response.writeHead(502, { 'x-medley-refused': '1', 'content-type': 'application/json' }).end(JSON.stringify(refuse)),
    });
    expect(await failure(createNet({ ...fast, proxy: `${served.url}/relay`, fetch: behindCors }).probe('https://images.test/a'))).toEqual(
      refuse,
    );
    await served.close();
  });
  it('passes on what the host says through the relay', async () => {
    const served = await serve({});
    expect(
      (await failure(createNet({ ...fast, proxy: `${served.url}/relay`, fetch: behindCors }).probe('https://images.test/a'))).because,
    ).toMatch(/^There is nothing at this address: images\.test/);
    await served.close();
  });
  it('without a relay says what can be done', async () => {
    const said = await failure(createNet({ ...fast, fetch: behindCors }).probe('https://images.test/a'));
    expect(said.code).toBe('E-CORS');
    expect(said.because).toMatch(/images\.test does not allow browsers to read this file \(CORS\).*Access-Control-Allow-Origin/);
  });
  it('says that it was the network when the relay cannot be reached either', async () => {
    const nothing: typeof fetch = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await failure(createNet({ ...fast, proxy: '/relay', fetch: nothing }).probe('https://images.test/a'))).toEqual({
      code: 'E-NETWORK',
      because: 'images.test could not be reached: the connection failed.',
    });
  });
});

describe('range', () => {
  it('answers exactly what was asked, and less only at the end', async () => {
    const served = await serve({ '/a': BODY });
    const net = createNet(fast);
    const url = `${served.url}/a`;
    expect(await net.range(url, { start: 100, end: 200, road: direct })).toMatchObject({ bytes: BODY.slice(100, 200), size: 10_000 });
    expect((await net.range(url, { start: 9_990, end: 20_000, road: direct })).bytes).toEqual(BODY.slice(9_990));
    expect((await net.range(url, { start: 10_000, end: 10_010, road: direct })).bytes).toHaveLength(0);
    expect((await net.range(url, { start: 5, end: 5, road: direct })).bytes).toHaveLength(0);
    await served.close();
  });
  it('cuts a whole body at the end that was asked, and refuses the middle', async () => {
    const served = await serve({ '/a': new Uint8Array(4 << 20) }, { ranges: false });
    const net = createNet(fast);
    const road = { via: 'direct', range: false } as const;
    expect(await net.range(`${served.url}/a`, { start: 0, end: 10, road })).toMatchObject({ bytes: new Uint8Array(10), size: 4 << 20 });
    expect((await failure(net.range(`${served.url}/a`, { start: 1, end: 10, road }))).code).toBe('E-NORANGE');
    expect((await failure(net.range(`${served.url}/a`, { start: 1, end: 10, road: direct }))).because).toMatch(/sends only whole files/);
    await served.close();
  });
  it('never mixes versions', async () => {
    const served = await serve({ '/a': BODY });
    const net = createNet(fast);
    const span = { start: 0, end: 10, road: direct };
    expect((await failure(net.range(`${served.url}/a`, { ...span, etag: '"other"' }))).code).toBe('E-CHANGED');
    expect((await failure(net.range(`${served.url}/a`, { ...span, size: 9_999 }))).because).toMatch(
      /changed on the server while it was being read/,
    );
    expect((await failure(net.range(`${served.url}/a`, { start: 11_000, end: 11_010, road: direct, size: 12_000 }))).code).toBe(
      'E-CHANGED',
    );
    expect((await net.range(`${served.url}/a`, { ...span, etag: 'Mon, 23 Nov 2026 00:00:00 GMT', size: 10_000 })).bytes).toHaveLength(10);
    await served.close();
  });
  it('asks again after a cut body, then says it was cut', async () => {
    let turn = 0;
    const cut = (keepGoing: boolean) => (_: unknown, response: import('node:http').ServerResponse) => {
      turn++;
      response.writeHead(206, { 'content-range': 'bytes 0-99/10000', 'transfer-encoding': 'chunked' });
      response.end(Buffer.from(BODY.slice(0, keepGoing || turn > 1 ? 100 : 50)));
    };
    const forever = (_: unknown, response: import('node:http').ServerResponse) =>
      void response.writeHead(206, { 'content-range': 'bytes 0-99/10000' }).end(Buffer.from(BODY.slice(0, 50)));
    const served = await serve({ '/once': cut(false), '/ever': forever });
    const net = createNet(fast);
    expect((await net.range(`${served.url}/once`, { start: 0, end: 100, road: direct })).bytes).toEqual(BODY.slice(0, 100));
    expect(turn).toBe(2);
    expect((await failure(net.range(`${served.url}/ever`, { start: 0, end: 100, road: direct }))).code).toBe('E-TRUNCATED');
    await served.close();
  });
  it('gives up on a host that falls silent, and stops when told to', async () => {
    const served = await serve({
      '/a': (_, response) => void response.writeHead(206, { 'content-range': 'bytes 0-9/10', 'content-length': '10' }).write('abc'),
    });
    const said = await failure(createNet({ ...fast, idleMs: 40 }).range(`${served.url}/a`, { start: 0, end: 10, road: direct }));
    expect(said).toEqual({ code: 'E-NETWORK', because: expect.stringMatching(/stopped answering/) });
    const stop = new AbortController();
    const work = createNet({ ...fast, signal: stop.signal }).range(`${served.url}/a`, { start: 0, end: 10, road: direct });
    stop.abort();
    expect((await failure(work)).code).toBe('E-ABORTED');
    await served.close();
  });
});

describe('whole', () => {
  const collect = async (chunks: AsyncIterable<Uint8Array>) => {
    const out: Uint8Array[] = [];
    for await (const chunk of chunks) out.push(chunk);
    return Buffer.concat(out);
  };
  it('hands out every byte and counts it', async () => {
    const served = await serve({ '/a': BODY });
    const net = createNet(fast);
    expect(new Uint8Array(await collect(net.whole(`${served.url}/a`, direct)))).toEqual(BODY);
    expect(net.fetched).toBe(10_000);
    await served.close();
  });
  it('can be left early', async () => {
    const served = await serve({ '/a': new Uint8Array(8 << 20) });
    const net = createNet(fast);
    for await (const _chunk of net.whole(`${served.url}/a`, direct)) break;
    expect(net.fetched).toBeLessThan(4 << 20);
    await served.close();
  });
  it('says that a body was cut or a host gone', async () => {
    const served = await serve({
      '/cut': (_, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('abc');
        setTimeout(() => response.destroy(), 20);
      },
    });
    const net = createNet(fast);
    expect((await failure(collect(net.whole(`${served.url}/cut`, direct)))).because).toMatch(/could not be reached|ended before/);
    expect((await failure(collect(net.whole(`${served.url}/none`, direct)))).code).toBe('E-NOTFOUND');
    await served.close();
    expect((await failure(collect(net.whole(`${served.url}/cut`, direct)))).code).toBe('E-NETWORK');
  });
});
