import { describe, expect, it } from 'vitest';
import type { ReaderJob, ReaderResult } from '../core/reading.ts';
import { createPool } from './pool.ts';

const job = (index: number): ReaderJob => ({
  kind: 'read',
  index,
  beside: [],
  entry: { path: `f${index}`, place: { source: 'x', at: null } },
});
const answer = (index: number): ReaderResult => ({ kind: 'read', index, outcome: { index, size: 1, kind: 'other', because: 'fine' } });

/** A pool whose readers hang on the files named, as a spinning worker does: no result, no ping. */
function poolThatHangsOn(bad: ReadonlySet<number>, { size = 2 } = {}) {
  const results = new Map<number, ReaderResult>();
  const started: number[] = [];
  let mostInFlight = 0;
  const pool = createPool({
    size,
    patienceMs: 80,
    onTraffic: () => {},
    onResult: (result) => {
      expect(results.has(result.index)).toBe(false);
      results.set(result.index, result);
    },
    async reader(slot, on) {
      started.push(slot);
      let hung = false;
      let inFlight = 0;
      return {
        async work(jobs) {
          inFlight += jobs.length;
          mostInFlight = Math.max(mostInFlight, inFlight);
          await new Promise((go) => setTimeout(go, 2));
          if (hung) return;
          for (const one of jobs) {
            if (bad.has(one.index)) hung = true;
            if (hung) return;
            inFlight--;
            on.results([answer(one.index)], { fetched: 0, requests: 0 });
          }
        },
        ping: () => (hung ? new Promise<boolean>(() => {}) : Promise.resolve(true)),
      };
    },
  });
  return { pool, results, started, most: () => mostInFlight };
}

describe('pool', () => {
  it('answers every job once, a few in flight', async () => {
    const { pool, results, most } = poolThatHangsOn(new Set());
    pool.push(Array.from({ length: 100 }, (_, i) => job(i)));
    await pool.idle();
    pool.stop();
    expect(results.size).toBe(100);
    expect(most()).toBeLessThanOrEqual(12);
  });

  it('replaces a reader that hangs, names the file, and reads the others', async () => {
    const { pool, results, started } = poolThatHangsOn(new Set([7, 20]));
    pool.push(Array.from({ length: 30 }, (_, i) => job(i)));
    await pool.idle();
    pool.stop();
    const hung = [...results.values()].filter(
      (one) => one.kind === 'read' && one.outcome.kind === 'unreadable' && one.outcome.code === 'E-HUNG',
    );
    expect(hung.map((one) => one.index).sort((a, b) => a - b)).toEqual([7, 20]);
    expect(results.size).toBe(30);
    expect(started.length).toBeGreaterThan(2);
  });

  it('renews a reader that has served long, and loses nothing', async () => {
    const { pool, results, started } = poolThatHangsOn(new Set(), { size: 1 });
    pool.push(Array.from({ length: 8100 }, (_, i) => job(i)));
    await pool.idle();
    pool.stop();
    expect(results.size).toBe(8100);
    expect(started).toEqual([0, 0]);
  });

  it('holds still while paused', async () => {
    const { pool, results } = poolThatHangsOn(new Set());
    pool.pause();
    pool.push([job(1)]);
    await new Promise((go) => setTimeout(go, 60));
    expect(results.size).toBe(0);
    pool.resume();
    await pool.idle();
    pool.stop();
    expect(results.size).toBe(1);
  });

  it('refuses what is left when no reader can be started', async () => {
    const results: ReaderResult[] = [];
    let tries = 0;
    const pool = createPool({
      size: 2,
      onTraffic: () => {},
      onResult: (result) => results.push(result),
      reader: async () => {
        tries++;
        throw new Error('404');
      },
    });
    pool.push([
      job(1),
      job(2),
      { kind: 'hash', index: 3, task: { ...job(3), header: { format: 'x', role: 'image', tags: {} }, first: 0, count: 1 } as never },
    ]);
    await pool.idle();
    expect(results.map((one) => one.index).sort()).toEqual([1, 2, 3]);
    expect(results.every((one) => JSON.stringify(one).includes('could not be started'))).toBe(true);
    expect(tries).toBe(6);
    // What comes later is refused too, not waited for.
    pool.push([job(4)]);
    await pool.idle();
    pool.stop();
    expect(results).toHaveLength(4);
  });

  it('starts a reader again after one try that failed', async () => {
    const results: ReaderResult[] = [];
    let tries = 0;
    const pool = createPool({
      size: 1,
      onTraffic: () => {},
      onResult: (result) => results.push(result),
      async reader(_slot, on) {
        if (++tries === 1) throw new Error('busy');
        return {
          work: async (jobs) =>
            on.results(
              jobs.map((one) => answer(one.index)),
              { fetched: 0, requests: 0 },
            ),
          ping: async () => true,
        };
      },
    });
    pool.push([job(1)]);
    await pool.idle();
    pool.stop();
    expect(results).toEqual([answer(1)]);
  });

  it('settles idle when stopped', async () => {
    const { pool } = poolThatHangsOn(new Set([1]));
    pool.push([job(1)]);
    const idle = pool.idle();
    pool.stop();
    await expect(idle).resolves.toBeUndefined();
  });

  it('renews a reader that has lost the graphics card, once', async () => {
    let started = 0;
    const pool = createPool({
      size: 1,
      onTraffic: () => {},
      onResult: () => {},
      async reader(_slot, on) {
        started++;
        return {
          async work(jobs) {
            for (const one of jobs) on.results([{ kind: 'look', index: one.index, evidence: [], lost: true }], { fetched: 0, requests: 0 });
          },
          ping: async () => true,
        };
      },
    });
    pool.push(Array.from({ length: 30 }, (_, i) => job(i)));
    await pool.idle();
    pool.stop();
    expect(started).toBe(2);
  });
});
