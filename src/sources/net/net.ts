// The only Net: probes, ranges and whole bodies by fetch, directly or through the relay. RFC 9110 section 14; the probe's rule is that of a simple CORS request.
import type { Net, Probe, Road } from '../../core/net.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { Asker, type AskOptions, Cut, named, type Reply } from './ask.ts';
import { channel } from './channel.ts';
import { badAddress, bucketRefusal, changed, corsRefused, noRange, refusedBy } from './sentences.ts';

const HEAD_BYTES = 4096;

/** A Net of its own counts. Every failure it throws is an Unreadable. */
export function createNet(options: AskOptions = {}): Net {
  const asker = new Asker(options);
  return {
    get fetched() {
      return asker.counts.fetched;
    },
    get requests() {
      return asker.counts.requests;
    },
    probe: (url) => probe(asker, address(url)),
    range: (url, span) => range(asker, { ...span, url: address(url) }),
    whole: (url, road) => whole(asker, address(url), road),
  };
}

function address(url: string): string {
  if (!URL.canParse(url)) throw badAddress();
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw badAddress();
  parsed.hash = '';
  return parsed.href;
}

async function probe(asker: Asker, url: string): Promise<Probe> {
  let direct: unknown;
  try {
    return await probeBy(asker, url, 'direct');
  } catch (error) {
    if (error instanceof Unreadable && error.code !== 'E-NETWORK') throw error;
    direct = error;
  }
  // fetch says no more than TypeError: a CORS refusal, a name that does not resolve and a dead host look alike. The relay can tell them apart.
  if (!asker.hasProxy) throw direct instanceof Unreadable ? direct : corsRefused(url);
  try {
    return await probeBy(asker, url, 'proxy');
  } catch (error) {
    throw named(url, error);
  }
}

async function probeBy(asker: Asker, url: string, via: Road['via']): Promise<Probe> {
  let first = true;
  const request = { range: `0-${HEAD_BYTES - 1}`, via };
  const use = async (reply: Reply): Promise<Probe | undefined> => {
    first = false;
    if (reply.status === 416) {
      await reply.cancel();
      return undefined;
    }
    await expectOk(url, reply);
    return probed(reply, via);
  };
  // The first direct request is not repeated: what CORS refuses once it refuses always.
  let found: Probe | undefined;
  try {
    found = await asker.once(url, request, use);
  } catch (error) {
    if (first && via === 'direct' && !(error instanceof Unreadable)) throw error;
    if (error instanceof Unreadable && !['E-SERVER', 'E-429', 'E-TRUNCATED'].includes(error.code)) throw error;
    found = await asker.ask(url, request, use);
  }
  // 416: no byte 0, so the file is empty, or the host refuses ranges it could serve; a plain request tells.
  found ??= await asker.ask(url, { via }, async (reply) => {
    await expectOk(url, reply);
    return probed(reply, via);
  });
  if (found.range && found.size === undefined) return { ...found, size: await askSize(asker, url, via) };
  return found;
}

async function probed(reply: Reply, via: Road['via']): Promise<Probe> {
  const range = reply.status === 206;
  const { headers } = reply;
  const announced = range ? undefined : plainLength(headers);
  const want = range ? (lengthOf(headers) ?? HEAD_BYTES) : HEAD_BYTES;
  const head = await take(reply, Math.min(want, HEAD_BYTES), { exact: range && lengthOf(headers) !== undefined });
  const short = head.length < HEAD_BYTES;
  const size = contentRange(headers)?.total ?? (short ? head.length : announced);
  if (!range && short && announced !== undefined && announced > head.length) throw new Cut();
  return { url: reply.url, type: typeOf(headers), size, range, via, head, etag: validator(headers) };
}

/** Total length where Content-Range is hidden: Content-Length of a HEAD, else of an open range; both are always readable. */
async function askSize(asker: Asker, url: string, via: Road['via']): Promise<number | undefined> {
  for (const method of ['HEAD', 'GET'] as const) {
    try {
      // Range also keeps the host from compressing on the fly, so the length is the file's own.
      const size = await asker.once(url, { method, range: '0-', via }, async (reply) => {
        const length = reply.status === 200 || reply.status === 206 ? plainLength(reply.headers) : undefined;
        await reply.cancel();
        return length;
      });
      if (size !== undefined) return size;
    } catch (error) {
      if (error instanceof Unreadable && error.code === 'E-ABORTED') throw error;
    }
  }
  return undefined;
}

interface Span {
  readonly url: string;
  readonly start: number;
  readonly end: number;
  readonly road: Road;
  readonly etag?: string | undefined;
  readonly size?: number | undefined;
}

interface Ranged {
  readonly bytes: Uint8Array;
  readonly size: number | undefined;
  readonly etag?: string | undefined;
}

async function range(asker: Asker, span: Span): Promise<Ranged> {
  const { url, start, end, road } = span;
  if (end <= start) return { bytes: new Uint8Array(0), size: span.size };
  if (!road.range && start > 0) throw noRange(url);
  const request = { via: road.via, ...(road.range ? { range: `${start}-${end - 1}` } : {}) };
  try {
    return await asker.ask(url, request, (reply) => answered(span, reply));
  } catch (error) {
    throw named(url, error);
  }
}

async function answered(span: Span, reply: Reply): Promise<Ranged> {
  const { headers, status } = reply;
  const said = contentRange(headers);
  if (status === 416) {
    await reply.cancel();
    if (span.size !== undefined && span.start < span.size) throw changed();
    return { bytes: new Uint8Array(0), size: said?.total ?? span.size };
  }
  await expectOk(span.url, reply);
  const size = said?.total ?? (status === 200 ? plainLength(headers) : undefined);
  if (isOther(span, { size: status === 206 ? size : undefined, etag: validator(headers) }) || (said && said.start !== span.start)) {
    await reply.cancel();
    throw changed();
  }
  if (status !== 206 && span.start > 0) {
    await reply.cancel();
    throw noRange(span.url);
  }
  const total = said?.total ?? span.size;
  const due = Math.min(span.end, total ?? Number.POSITIVE_INFINITY) - span.start;
  const sent = status === 206 ? (said ? said.end + 1 - said.start : lengthOf(headers)) : undefined;
  const bytes = await take(reply, span.end - span.start, { exact: false });
  // Without any word of the length a short body may be the end of the file.
  const least = Math.min(sent ?? due, span.end - span.start);
  if (Number.isFinite(least) && bytes.length < least) throw new Cut();
  return { bytes, etag: validator(headers), size: size ?? (bytes.length < span.end - span.start ? span.start + bytes.length : undefined) };
}

async function* whole(asker: Asker, url: string, road: Road): AsyncGenerator<Uint8Array> {
  // A generator cannot live inside `once`, so the reply is handed out through a queue of one.
  const pipe = channel<Uint8Array>();
  let sum = 0;
  const run = asker
    .ask(url, { via: road.via, again: () => sum === 0 }, async (reply) => {
      await expectOk(url, reply);
      const due = plainLength(reply.headers);
      for await (const chunk of reply.body()) {
        sum += chunk.length;
        if (!(await pipe.put(chunk))) return;
      }
      // More than announced is a body that was compressed on the way.
      if (due !== undefined && sum < due) throw new Cut();
    })
    .then(
      () => pipe.end(),
      (error: unknown) => pipe.end(named(url, error)),
    );
  try {
    yield* pipe.values();
  } finally {
    pipe.leave();
    await run;
  }
}

async function expectOk(url: string, reply: Reply): Promise<void> {
  if (reply.status === 200 || reply.status === 206) return;
  const retryAfter = reply.headers.get('retry-after');
  // Buckets say in a small XML why they refuse.
  const said = /xml/.test(typeOf(reply.headers))
    ? bucketRefusal(url, new TextDecoder().decode(await take(reply, 2048, { exact: false })))
    : undefined;
  await reply.cancel();
  throw said ?? refusedBy(url, reply.status, retryAfter);
}

async function take(reply: Reply, count: number, { exact }: { exact: boolean }): Promise<Uint8Array> {
  const out = new Uint8Array(count);
  let at = 0;
  for await (const chunk of reply.body()) {
    const part = chunk.subarray(0, count - at);
    out.set(part, at);
    at += part.length;
    if (at >= count) break;
  }
  if (exact && at < count) throw new Cut();
  return at === count ? out : out.slice(0, at);
}

function isOther(span: Span, reply: { size: number | undefined; etag: string | undefined }): boolean {
  if (span.size !== undefined && reply.size !== undefined && span.size !== reply.size) return true;
  if (span.etag === undefined || reply.etag === undefined) return false;
  // An ETag beside a date says nothing: some nodes of a host send one, some the other.
  return isTag(span.etag) === isTag(reply.etag) && span.etag !== reply.etag;
}

const isTag = (text: string): boolean => /^(W\/)?"/.test(text);

function contentRange(headers: Headers): { start: number; end: number; total: number | undefined } | undefined {
  const match = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (!match) return undefined;
  return { start: Number(match[1] ?? 0), end: Number(match[2] ?? -1), total: match[3] === '*' ? undefined : Number(match[3]) };
}

function lengthOf(headers: Headers): number | undefined {
  const text = headers.get('content-length');
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Content-Length where it is the file's own length: not of a body that was compressed on the way. */
function plainLength(headers: Headers): number | undefined {
  const coding = headers.get('content-encoding');
  return coding && coding !== 'identity' ? undefined : lengthOf(headers);
}

/** The relay sends bytes under a type that cannot run, and the host's own type beside it. */
function typeOf(headers: Headers): string {
  return (headers.get('x-medley-type') ?? headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

function validator(headers: Headers): string | undefined {
  return headers.get('etag') ?? headers.get('last-modified') ?? undefined;
}
