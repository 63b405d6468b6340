// The shared parts: reading in sequence, keeping, names of members, growing steps.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failure, same } from '../../../tests/support/source-server.ts';
import { crc32 } from './crc32.ts';
import { inflated, steps } from './inflate.ts';
import { distinct, memberName, shownName } from './member-name.ts';
import { sequential } from './sequential.ts';
import { bytesText, spool } from './spool.ts';

const BODY = Uint8Array.from({ length: 50_000 }, (_, i) => i % 249);

/** A stream of pieces that counts how often it was begun and how far it was read. */
function counted(piece = 1000) {
  const seen = { begun: 0, read: 0 };
  async function* stream() {
    seen.begun++;
    for (let at = 0; at < BODY.length; at += piece) {
      seen.read += Math.min(piece, BODY.length - at);
      yield BODY.slice(at, at + piece);
    }
  }
  return { seen, stream };
}

describe('sequential', () => {
  const open = (more: { size?: number; keep?: number; limit?: number } = {}) => {
    const { seen, stream } = counted();
    return { seen, bytes: sequential({ stream, limit: 1 << 20, ...more }) };
  };
  it('reads no further than it must, and each byte of the beginning once', async () => {
    const { seen, bytes } = open();
    expect(await bytes.slice(0, 10)).toEqual(BODY.slice(0, 10));
    expect(await bytes.slice(500, 1500)).toEqual(BODY.slice(500, 1500));
    expect(await bytes.slice(3, 900)).toEqual(BODY.slice(3, 900));
    expect(seen).toEqual({ begun: 1, read: 2000 });
  });
  it('goes on where it was, and begins anew only for a step back', async () => {
    const { seen, bytes } = open({ keep: 2000 });
    for (const at of [10_000, 20_000, 21_000, 30_000]) expect(await bytes.slice(at, at + 700)).toEqual(BODY.slice(at, at + 700));
    expect(seen.begun).toBe(1);
    expect(await bytes.slice(5000, 5010)).toEqual(BODY.slice(5000, 5010));
    expect(seen.begun).toBe(2);
    expect(await bytes.slice(1990, 2010)).toEqual(BODY.slice(1990, 2010));
  });
  it('is right for every kind of slice, at once and in any order', async () => {
    for (const options of [{}, { size: BODY.length }, { keep: 100 }]) {
      const { bytes } = open(options);
      const spans: [number, number?][] = [
        [49_990],
        [0, 5],
        [49_999, 60_000],
        [0],
        [60_000, 60_010],
        [7, 7],
        [9, 3],
        [100, 101],
        [0, 50_000],
        [25_000],
      ];
      const read = await Promise.all(spans.map(([start, end]) => bytes.slice(start, end)));
      for (const [i, [start, end]] of spans.entries())
        expect(same(read[i]!, BODY.slice(start, end === undefined ? undefined : Math.max(start, end))), `${start} ${end}`).toBe(true);
    }
  });
  it('learns its size at the end', async () => {
    const { bytes } = open();
    expect(bytes.size).toBeUndefined();
    await bytes.slice(49_000, 51_000);
    expect(bytes.size).toBe(50_000);
  });
  it('refuses more bytes at once than its limit, and serves others after a failure', async () => {
    const { bytes } = open({ limit: 20_000 });
    expect((await failure(bytes.slice(0))).code).toBe('E-BOMB');
    expect(await bytes.slice(0, 100)).toEqual(BODY.slice(0, 100));
  });
});

describe('steps', () => {
  it('grow fourfold, end at the end, and are read ahead only when asked', async () => {
    const asked: number[] = [];
    const bytes = {
      slice: async (start: number, end: number) => {
        asked.push(end - start);
        return BODY.slice(start, end);
      },
    };
    let sum = 0;
    for await (const part of steps(bytes, { start: 0, end: Number.POSITIVE_INFINITY, first: 1000, ahead: false })) sum += part.length;
    expect(sum).toBe(50_000);
    expect(asked).toEqual([1000, 4000, 16_000, 64_000]);
    asked.length = 0;
    for await (const _ of steps(bytes, { start: 10, end: 20, first: 1000, ahead: true }));
    for await (const _ of steps(bytes, { start: 10, end: 20_000, first: 1000, ahead: false })) break;
    expect(asked).toEqual([10, 1000]);
  });
});

describe('spool', () => {
  it('keeps a stream byte by byte, up to a limit', async () => {
    const blob = await spool(counted().stream(), 50_000);
    expect(same(new Uint8Array(await blob.arrayBuffer()), BODY)).toBe(true);
    expect((await failure(spool(counted().stream(), 49_999))).code).toBe('E-BOMB');
  });
  it('writes amounts as people read them', () => {
    expect([3, 12_345, 4_100_000_000, 1e6].map(bytesText)).toEqual(['3 bytes', '12 kB', '4.1 GB', '1 MB']);
  });
});

describe('names of members', () => {
  it('become labels with slashes', () => {
    expect(['a/b.dcm', './a//b', 'a\\b\\c', 'ä b', '__proto__', '...'].map(memberName)).toEqual([
      'a/b.dcm',
      'a/b',
      'a/b/c',
      'ä b',
      '__proto__',
      '...',
    ]);
  });
  it('are refused where they lead elsewhere', () => {
    for (const name of ['', '.', '/', '/a', '\\a', '..', '../a', 'a/../b', 'a\\..\\b', 'C:\\a', 'c:a', 'a\0b'])
      expect(memberName(name), name).toBeUndefined();
    expect([shownName('a\0b\n'), shownName('')]).toEqual(['a␀b␀', '(no name)']);
  });
  it('are made distinct, also from names that look made distinct', () => {
    const seen = new Map<string, number>();
    expect(['a', 'a (2)', 'a', 'a', 'b'].map((name) => distinct(seen, name))).toEqual(['a', 'a (2)', 'a (3)', 'a (4)', 'b']);
  });
});

it('crc32 is that of zip and gzip', async () => {
  const hash = await crc32();
  hash.update(new TextEncoder().encode('1234'));
  hash.update(new TextEncoder().encode('56789'));
  expect(hash.value()).toBe(0xcbf43926);
});

describe('inflated', () => {
  it('lets other messages through while little becomes much: a reader that does not answer is ended', async () => {
    const packed = deflateRawSync(new Uint8Array(96 << 20));
    let heard = 0;
    const timer = setInterval(() => heard++, 1);
    const stream = (async function* () {
      yield packed;
    })();
    let sum = 0;
    for await (const chunk of inflated(stream, { kind: 'raw', what: 'this' })) sum += chunk.length;
    clearInterval(timer);
    expect(sum).toBe(96 << 20);
    expect(heard).toBeGreaterThan(0);
  });
});
