// The relay against a small host of our own. Its name is stubbed; no socket may go anywhere but to that host.
import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRelay, type RelayOptions } from './relay.mjs';

const PAGE = 'http://127.0.0.1:4173';
let port = 0;
let seen: http.IncomingHttpHeaders = {};
const replies: Record<string, (request: http.IncomingMessage, response: http.ServerResponse) => void> = {
  '/plain': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-length': '5', 'set-cookie': 'a=b', link: '<x>', refresh: '1' })
      .end('hello'),
  '/gzip': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
  '/part': (_, response) =>
    response.writeHead(206, { 'content-range': 'bytes 2-3/10', 'content-length': '2', etag: '"v1"', 'accept-ranges': 'bytes' }).end('cd'),
  '/401': (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end('no'),
  '/404': (_, response) => response.writeHead(404).end('none'),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/nowhere': (_, response) => response.writeHead(302).end(),
  '/two': (_, response) => response.writeHead(302, ['Location', '/plain', 'Location', '/404'] as unknown as http.OutgoingHttpHeaders).end(),
  '/big': (_, response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000)),
  '/chunks': (_, response) => {
    response.writeHead(200);
    for (let piece = 0; piece < 5; piece += 1) response.write('x'.repeat(1000));
    response.end();
  },
  '/silent': () => undefined,
  '/stalls': (_, response) => {
    response.writeHead(200);
    response.write('x');
  },
  '/headers': (_, response) => response.writeHead(200, { big: 'x'.repeat(60_000) }).end(),
};

const host = http.createServer((request, response) => {
  seen = request.headers;
  const url = new URL(request.url ?? '/', 'http://x');
  const to = url.searchParams.get('to');
  const chain = /^\/chain\/(\d+)$/.exec(url.pathname);
  if (to) response.writeHead(Number(url.pathname.slice(1)), { location: to }).end();
  else if (chain) response.writeHead(302, { location: Number(chain[1]) > 1 ? `/chain/${Number(chain[1]) - 1}` : '/plain' }).end();
  else (replies[url.pathname] ?? replies['/404'])?.(request, response);
});

const names: Record<string, string[]> = {
  'a127.test': ['127.0.0.1'],
  'aaaa1.test': ['::1'],
  'mixed.test': ['1.1.1.1', '10.0.0.1'],
  'mapped.test': ['::ffff:10.0.0.1'],
  'meta.test': ['169.254.169.254'],
  'empty.test': [],
};
const lookups: string[] = [];
async function resolve(name: string): Promise<{ address: string; family: number }[]> {
  lookups.push(name);
  if (name === 'slow.test') await new Promise((done) => setTimeout(done, 2_000));
  const found = name === 'host.test' ? ['127.0.0.1'] : names[name];
  if (!found) throw new Error('ENOTFOUND');
  return found.map((address) => ({ address, family: net.isIP(address) }));
}

const sockets: string[] = [];
const connect = net.Socket.prototype.connect;
beforeAll(async () => {
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  port = (host.address() as net.AddressInfo).port;
  // Every socket of the process passes here, whoever opens it.
  net.Socket.prototype.connect = function (this: net.Socket, ...all: unknown[]) {
    const options = [all[0]].flat()[0] as { host?: string; port?: number };
    sockets.push(`${options.host}:${options.port}`);
    return Reflect.apply(connect, this, all);
  } as typeof connect;
});
afterEach(() => {
  expect(sockets.filter((to) => to !== `host.test:${port}` && to !== `127.0.0.1:${port}`)).toEqual([]);
  sockets.length = 0;
  lookups.length = 0;
});
afterAll(() => {
  net.Socket.prototype.connect = connect;
  host.closeAllConnections();
  host.close();
});

const limits = { bytes: 4_000, connectMs: 300, idleMs: 300 };
function ask(url: string, init: RequestInit & { relay?: RelayOptions } = {}): Promise<Response> {
  const relay = createRelay({ allow: new Set([`host.test:${port}`]), resolve, limits, ...init.relay });
  const headers = { 'sec-fetch-site': 'same-origin', ...(init.headers as Record<string, string>) };
  return relay(
    new Request(`${PAGE}/proxy?url=${encodeURIComponent(url.replace('origin:', `http://host.test:${port}`))}`, { ...init, headers }),
  );
}
async function rule(response: Response): Promise<string> {
  expect(response.headers.get('x-medley-refused')).toBe('1');
  const said = await response.json();
  expect(said.because).toMatch(/^[A-Z].*\.$|\.$/);
  return said.rule;
}

describe('a reply', () => {
  it('comes back as bytes that cannot run, with its true type beside it', async () => {
    const response = await ask('origin:/plain');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('hello');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '5',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'x-medley-type': 'text/html',
      'x-medley-url': `http://host.test:${port}/plain`,
    });
    for (const name of ['set-cookie', 'link', 'refresh']) expect(response.headers.has(name)).toBe(false);
  });

  it('keeps ranges and validators', async () => {
    const response = await ask('origin:/part', { headers: { range: 'bytes=2-3', 'if-range': '"v1"' } });
    expect(response.status).toBe(206);
    expect(seen.range).toBe('bytes=2-3');
    expect(seen['if-range']).toBe('"v1"');
    expect(response.headers.get('content-range')).toBe('bytes 2-3/10');
    expect(response.headers.get('etag')).toBe('"v1"');
    expect(response.headers.get('access-control-expose-headers')).toContain('Content-Range');
  });

  it('is never inflated here', async () => {
    const response = await ask('origin:/gzip');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(new Uint8Array(await response.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x1f, 0x8b]));
  });

  it('passes a 404 through, and a request to sign in as a sentence', async () => {
    expect((await ask('origin:/404')).status).toBe(404);
    const denied = await ask('origin:/401');
    expect(denied.status).toBe(502);
    expect(denied.headers.has('www-authenticate')).toBe(false);
    expect(await rule(denied)).toBe('sign-in');
  });

  it('answers HEAD without a body', async () => {
    const response = await ask('origin:/plain', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('5');
    expect(response.body).toBeNull();
  });
});

describe('names', () => {
  it.each(['a127.test', 'aaaa1.test', 'mixed.test', 'mapped.test', 'meta.test', 'empty.test', 'nx.test', 'slow.test'])(
    '%s is refused',
    async (name) => {
      expect(await rule(await ask(`http://${name}/`))).toBe('dns');
    },
  );

  it('is looked up once a request, and the socket goes to the address that was checked', async () => {
    let turn = 0;
    const rebind = async () => [{ address: turn++ === 0 ? '1.1.1.1' : '127.0.0.1', family: 4 }];
    await ask('origin:/plain');
    expect(lookups).toEqual(['host.test']);
    const addresses = await (await import('./hop.mjs')).addressesOf(
      { url: new URL('http://rebind.test/'), exempt: false },
      { resolve: rebind, connectMs: 300 },
    );
    expect(addresses).toEqual([{ address: '1.1.1.1', family: 4 }]);
    expect(turn).toBe(1);
  });
});

describe('redirects', () => {
  it('are followed, three public ones', async () => {
    const response = await ask('origin:/chain/3');
    expect(await response.text()).toBe('hello');
    expect(response.headers.get('x-medley-url')).toBe(`http://host.test:${port}/plain`);
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    '//127.0.0.1/',
    'http://user:pw@host.test/',
    'http:\\\\127.0.0.1\\',
  ])('to %s is refused', async (to) => {
    expect(await rule(await ask(`origin:/302?to=${encodeURIComponent(to)}`))).toBe('redirect');
    expect(await rule(await ask(`origin:/307?to=${encodeURIComponent(to)}`))).toBe('redirect');
  });

  it('to a name with a private address is refused', async () => {
    expect(await rule(await ask('origin:/302?to=http://a127.test/'))).toBe('dns');
  });

  it.each(['/chain/6', '/loop', '/nowhere', '/two'])('%s is refused', async (path) => {
    expect(await rule(await ask(`origin:${path}`))).toBe('redirect');
  });
  it('five in a row are followed', async () => expect((await ask('origin:/chain/5')).status).toBe(200));
});

describe('limits', () => {
  it('refuses an announced body that is too large, before it comes', async () => {
    const response = await ask('origin:/big');
    expect(response.status).toBe(413);
    expect(await rule(response)).toBe('size');
  });

  it('fails an unannounced one at the limit: never a short body that looks whole', async () => {
    const response = await ask('origin:/chunks');
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('gives up on silence', async () => {
    expect(await rule(await ask('origin:/silent'))).toBe('slow');
    await expect((await ask('origin:/stalls')).arrayBuffer()).rejects.toThrow();
  });

  it('gives up on a trickle', async () => {
    const response = await ask('origin:/chunks', { relay: { limits: { ...limits, slowAfterMs: -1, slowest: 1e12 } } });
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('refuses a flood of headers', async () => expect(await rule(await ask('origin:/headers'))).toBe('header'));
});

describe('who asks', () => {
  it.each<[string, RequestInit]>([
    ['POST', { method: 'POST' }],
    ['another page', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['another origin', { headers: { origin: 'https://example.org' } }],
    ['a window', { headers: { 'sec-fetch-dest': 'document' } }],
    ['a frame', { headers: { 'sec-fetch-dest': 'iframe' } }],
    ['an upgrade', { headers: { upgrade: 'websocket' } }],
    ['a thousand ranges', { headers: { range: `bytes=${'0-1,'.repeat(999)}0-1` } }],
  ])('%s is refused', async (_, init) => {
    expect(['header', 'origin']).toContain(await rule(await ask('origin:/plain', init)));
    expect(sockets).toEqual([]);
  });

  it('nobody in particular is refused', async () => {
    const response = await createRelay({ resolve })(new Request(`${PAGE}/proxy?url=http://1.1.1.1/`));
    expect(await rule(response)).toBe('origin');
  });

  it('an older browser is known by its Origin', async () => {
    const response = await createRelay({ resolve })(new Request(`${PAGE}/proxy?url=http://10.0.0.1/`, { headers: { origin: PAGE } }));
    expect(await rule(response)).toBe('address');
  });

  it('one link at a time', async () => {
    const request = new Request(`${PAGE}/proxy?url=http://a.test&url=http://b.test`, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(await rule(await createRelay({ resolve })(request))).toBe('header');
  });

  it('passes on nothing about the person', async () => {
    await ask('origin:/plain', {
      headers: { cookie: 'a=b', authorization: 'Basic x', 'x-forwarded-for': '1.2.3.4', referer: PAGE, 'accept-language': 'de' },
    });
    for (const name of ['cookie', 'authorization', 'x-forwarded-for', 'referer', 'accept-language', 'origin'])
      expect(seen[name]).toBeUndefined();
    expect(seen.host).toBe(`host.test:${port}`);
  });

  it('writes down host and bytes, never the path', async () => {
    const lines: string[] = [];
    await (await ask('origin:/plain?secret=1', { relay: { log: (line) => lines.push(line) } })).text();
    expect(lines).toEqual(['host.test 5']);
  });

  it('closes the way to the host when the page leaves', async () => {
    const response = await ask('origin:/stalls');
    await response.body?.cancel();
    await expect
      .poll(() => new Promise((done) => host.getConnections((_, count) => done(count))), { timeout: 1_000 })
      .toBeLessThanOrEqual(1);
  });
});
