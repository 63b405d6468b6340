// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Run } from '../core/run.ts';
import type { Store } from '../core/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { analysisStarted, cut, exposeHeadless } from './headless.ts';

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
async function all(chunks: AsyncIterable<string>): Promise<string[]> {
  const out: string[] = [];
  for await (const chunk of chunks) out.push(chunk);
  return out;
}

const run: Run = {
  id: 'r1',
  name: 'x',
  version: 1,
  state: 'done',
  given: [],
  sources: [{ url: 'https://e.org/a', kind: 'file' }],
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  progress: { stages: [], fetched: 1, requests: 1, held: 1, files: 0, items: 0, unreadable: 0, skipped: 0 },
  notices: [],
  models: [],
};
async function* nothing(): AsyncGenerator<never> {}
const store = {
  load: async (id: string) => (id === 'r1' ? run : undefined),
  items: nothing,
  files: nothing,
  corrections: async () => [],
  watch: () => () => undefined,
} as unknown as Store;
const running = (runId: string) => ({ runId, ended: Promise.resolve(), pause() {}, resume() {}, stop() {} });

describe('headless', () => {
  it('cuts text at one length, and no character in two', async () => {
    expect(await all(cut(pieces('abc', 'defg', ''), 3))).toEqual(['abc', 'def', 'g']);
    expect(await all(cut(pieces('ab😀c'), 3))).toEqual(['ab', '😀c']);
    expect(await all(cut(pieces(), 3))).toEqual([]);
  });

  it('says how the run ended and hands out its report, piece by piece, again and again', async () => {
    exposeHeadless({ store, jobs: {} as Jobs });
    await expect(window.medley?.reportChunk(0)).rejects.toThrow();
    analysisStarted(running('r1'));
    expect(await window.medley?.ended).toEqual({ state: 'done', because: undefined, code: undefined, runId: 'r1' });
    expect(window.medley?.progress()?.fetched).toBe(1);
    const first = await window.medley?.reportChunk(0);
    expect(JSON.parse(first ?? '')).toMatchObject({ schema: 'medley.report/1', files: [] });
    expect(await window.medley?.reportChunk(1)).toBeNull();
    expect(await window.medley?.reportChunk(7)).toBeNull();
    expect(await window.medley?.reportChunk(0)).toBe(first);
  });

  it('follows a later run of the same page, and says when it was not kept', async () => {
    analysisStarted(running('lost'));
    expect(await window.medley?.ended).toMatchObject({ state: 'failed', runId: 'lost', because: 'The run was not kept.' });
  });
});
