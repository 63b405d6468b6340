import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Item } from '../../core/item.ts';
import type { Run } from '../../core/run.ts';
import { createMemoryStore } from '../../stores/memory.ts';
import { RowBook } from './row-book.ts';

const label = (value: string) => ({ value, confidence: 0.9, conflict: false, evidence: [] });
const item = (id: string, modality = 'CT'): Item => ({
  id,
  name: id,
  format: 'dicom',
  parts: [{ path: `${id}.dcm`, images: 3 }],
  shape: [4, 4],
  stored: { columns: 4, rows: 4, slices: 1, frames: 1, samples: 1, bits: 8 },
  spacingMm: null,
  bytes: null,
  tags: {},
  labels: { dimension: label('2D'), modality: label(modality), anatomy: label('CHEST') },
  features: [],
  warnings: [],
  masks: [],
});
const run: Run = {
  id: 'r',
  name: 'r',
  version: 1,
  state: 'running',
  given: [],
  sources: [],
  startedAt: '2026-01-01T00:00:00Z',
  progress: { stages: [], fetched: 0, requests: 0, held: null, files: 0, items: 0, unreadable: 0, skipped: 0 },
  notices: [],
  models: [],
};
const open = async () => {
  const store = createMemoryStore();
  await store.save(run);
  const book = new RowBook(store, { runId: 'r' });
  return { store, book };
};
const seen = (book: RowBook) => book.now().rows.map((row) => `${row.id}:${row.modality}`);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what the store has is read, in order of arrival, and then said to be loaded', async () => {
  const { store, book } = await open();
  await store.add('r', { items: [item('a'), item('b')] });
  expect(book.now()).toEqual({ rows: [], loaded: false });
  book.open();
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual(['a:CT', 'b:CT']);
  expect(book.now().loaded).toBe(true);
});

test('later items come in, replace those of the same id, and take away what is gone', async () => {
  const { store, book } = await open();
  book.open();
  await store.add('r', { items: [item('a'), item('b'), item('c')] });
  await vi.advanceTimersByTimeAsync(1000);
  const before = book.now();
  await store.add('r', { items: [item('b', 'MR'), item('d')], gone: ['a'] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual(['b:MR', 'c:CT', 'd:CT']);
  expect(book.now()).not.toBe(before);
  await store.add('r', { items: [item('c', 'US')] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual(['b:MR', 'c:US', 'd:CT']);
});

test('corrections hold, whether they were made before or while it is open, and can be taken back', async () => {
  const { store, book } = await open();
  await store.add('r', { items: [item('a'), item('b')] });
  await store.correct('r', { itemId: 'a', question: 'modality', value: 'PT', at: '2026-01-01T00:00:00Z' });
  book.open();
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual(['a:PT', 'b:CT']);
  await store.correct('r', { itemId: 'b', question: 'modality', value: 'US', at: '2026-01-02T00:00:00Z' });
  await store.correct('r', { itemId: 'a', question: 'modality', value: null, at: '2026-01-03T00:00:00Z' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual(['a:CT', 'b:US']);
});

test('many changes in a moment are told once', async () => {
  const { store, book } = await open();
  book.open();
  await vi.advanceTimersByTimeAsync(1000);
  const told = vi.fn();
  book.subscribe(told);
  for (let at = 0; at < 50; at += 1) await store.add('r', { items: [item(`i${at}`)] });
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(300);
  expect(told).toHaveBeenCalledTimes(1);
  expect(book.now().rows).toHaveLength(50);
});

test('after closing nothing is told any more', async () => {
  const { store, book } = await open();
  const close = book.open();
  await vi.advanceTimersByTimeAsync(1000);
  close();
  await store.add('r', { items: [item('a')] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen(book)).toEqual([]);
});
