import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptCaches } from '../../tests/support/kept-caches.ts';
import { tinyCard } from '../../tests/support/tiny-card.ts';
import { forgetKept } from './kept.ts';
import { keptWeights, weigh, weightsOf } from './weights.ts';

const GOOD = new Uint8Array(5000).map((_, i) => i % 251);
const card = tinyCard(GOOD);
const model = { card, url: 'https://app.test/models/tiny.onnx' };
/** What the server sends, in turn; the last again and again. */
let sent: (Uint8Array<ArrayBuffer> | number)[] = [];
let asked = 0;

beforeEach(() => {
  sent = [GOOD];
  asked = 0;
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('fetch', async () => {
    const next = sent[Math.min(asked++, sent.length - 1)] as Uint8Array<ArrayBuffer> | number;
    return typeof next === 'number' ? new Response('', { status: next }) : new Response(next);
  });
});
afterEach(() => vi.unstubAllGlobals());

const damaged = (): Uint8Array<ArrayBuffer> => GOOD.map((byte, i) => (i === 2500 ? byte ^ 1 : byte));
const keptCopy = async (): Promise<{ cache: Cache; key: string }> => {
  const cache = await caches.open('medley-models');
  return { cache, key: (await cache.keys())[0]?.url ?? '' };
};

describe('weightsOf', () => {
  it('downloads once, and then takes what is kept', async () => {
    expect(await keptWeights(model)).toBeUndefined();
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(asked).toBe(1);
    expect(await keptWeights(model)).toBe(GOOD.length);
  });

  it('refuses a download that is not what the card says, and keeps none of it', async () => {
    sent = [damaged()];
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-CHANGED', because: expect.stringContaining('“Tiny”') });
    expect(asked).toBe(1);
    expect(await keptWeights(model)).toBeUndefined();
  });

  it('throws a damaged copy away and fetches it once more', async () => {
    await weightsOf(model);
    const { cache, key } = await keptCopy();
    await cache.put(key, new Response(damaged()));
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(asked).toBe(2);
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(asked).toBe(2);
  });

  it('refuses when the copy is damaged and the download too', async () => {
    await weightsOf(model);
    const { cache, key } = await keptCopy();
    await cache.put(key, new Response(damaged()));
    sent = [damaged()];
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-CHANGED' });
    expect(await keptWeights(model)).toBeUndefined();
  });

  it('stops reading what is larger than it should be', async () => {
    sent = [new Uint8Array(GOOD.length + 1)];
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-TOOBIG' });
  });

  it('says in a sentence what is missing and what cannot be reached', async () => {
    sent = [404, 503];
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-NOTFOUND' });
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-NETWORK' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(weightsOf(model)).rejects.toMatchObject({ code: 'E-NETWORK', because: expect.stringContaining('online') });
  });

  it('gives a download up that has gone silent', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
      const body = new ReadableStream({
        start(control) {
          control.enqueue(GOOD.slice(0, 100));
          signal?.addEventListener('abort', () => control.error(new DOMException('aborted', 'AbortError')));
        },
      });
      return new Response(body);
    });
    const waiting = weightsOf(model).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(70_000);
    vi.useRealTimers();
    expect(await waiting).toMatchObject({ code: 'E-NETWORK' });
  });

  it('keeps one version a model', async () => {
    await weightsOf(model);
    sent = [damaged()];
    const newer = { ...model, card: tinyCard(damaged()) };
    await weightsOf(newer);
    expect(await keptWeights(model)).toBeUndefined();
    expect(await keptWeights(newer)).toBe(GOOD.length);
    await forgetKept();
    expect(await keptWeights(newer)).toBeUndefined();
  });

  it('keeps ours and a brought one of the same id side by side', async () => {
    vi.stubGlobal('location', { href: 'https://app.test/', origin: 'https://app.test' });
    sent = [GOOD, damaged()];
    const brought = { card: tinyCard(damaged()), url: 'https://elsewhere.test/tiny.onnx' };
    await weightsOf(model);
    await weightsOf(brought);
    expect([await keptWeights(model), await keptWeights(brought)]).toEqual([GOOD.length, GOOD.length]);
    expect(await keptWeights({ ...model, card: brought.card })).toBeUndefined();
  });

  it('works where nothing can be kept', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) });
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(await weightsOf(model)).toEqual(GOOD);
    expect(asked).toBe(2);
  });

  it('asks other hosts by the way it is given', async () => {
    vi.stubGlobal('location', { href: 'https://app.test/', origin: 'https://app.test' });
    const get = vi.fn(async () => new Response(GOOD));
    expect(await weightsOf({ card, url: 'https://elsewhere.test/tiny.onnx' }, get)).toEqual(GOOD);
    expect(get).toHaveBeenCalledOnce();
    expect(asked).toBe(0);
    expect(await weigh('https://elsewhere.test/tiny.onnx', { get })).toEqual({ bytes: 5000, sha256: card.weights.sha256 });
  });
});
