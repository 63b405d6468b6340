import { expect, test } from 'vitest';
import { fuse } from '../../core/fuse.ts';
import type { Item } from '../../core/item.ts';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { createMemoryStore } from '../../stores/memory.ts';
import { answerFor, answerStack } from './stack-answer.ts';

const RUN = 'r-1';
const picture = (n: number): Item => ({
  id: `item-${String(n).padStart(4, '0')}`,
  name: `s${n}.png`,
  format: 'png',
  parts: [{ path: `scan/s${n}.png`, images: 1 }],
  shape: [64, 64],
  stored: { columns: 64, rows: 64, slices: 1, frames: 1, samples: 1, bits: 8 } as Item['stored'],
  spacingMm: null,
  bytes: 100,
  tags: {},
  labels: { dimension: fuse('dimension', []), modality: fuse('modality', []), anatomy: fuse('anatomy', []) },
  features: [],
  warnings: ['One of many.'],
  masks: n === 3 ? ['scan/s3_mask.png'] : [],
});

async function filled(): Promise<Store> {
  const store = createMemoryStore();
  const progress = { stages: [], fetched: 0, requests: 0, held: null, files: 11, items: 10, unreadable: 0, skipped: 0 };
  const run: Run = {
    id: RUN,
    name: 'x',
    version: 1,
    state: 'done',
    given: [],
    sources: [],
    startedAt: '',
    progress,
    notices: [],
    models: [],
  };
  await store.save(run);
  const items = Array.from({ length: 10 }, (_, n) => picture(n));
  await store.add(RUN, {
    items,
    files: [
      ...items.map((item) => ({ path: item.parts[0]?.path ?? '', status: 'image' as const, bytes: 100, item: item.id })),
      { path: 'scan/s3_mask.png', status: 'mask', bytes: 10, item: 'item-0003' },
    ],
  });
  return store;
}

async function all(store: Store): Promise<Item[]> {
  const found: Item[] = [];
  for await (const batch of store.items(RUN)) found.push(...batch);
  return found;
}

test('joins the pictures of a folder into one volume, in order, and moves their files and masks', async () => {
  const store = await filled();
  await answerStack(store, { runId: RUN, folder: 'scan', answer: 'volume' });
  const [volume, ...others] = await all(store);
  expect(others).toEqual([]);
  expect(volume?.shape).toEqual([64, 64, 10]);
  expect(volume?.labels.dimension.value).toBe('3D');
  expect(volume?.parts.map((part) => part.path)).toEqual(Array.from({ length: 10 }, (_, n) => `scan/s${n}.png`));
  expect((await store.file(RUN, 'scan/s7.png'))?.item).toBe(volume?.id);
  expect((await store.file(RUN, 'scan/s3_mask.png'))?.item).toBe(volume?.id);
  expect((await store.load(RUN))?.progress.items).toBe(1);
  expect(answerFor(await store.corrections(RUN), 'scan')).toBe('volume');
});

test('takes them apart again as they were', async () => {
  const store = await filled();
  const before = await all(store);
  await answerStack(store, { runId: RUN, folder: 'scan', answer: 'volume' });
  await answerStack(store, { runId: RUN, folder: 'scan', answer: undefined });
  expect(await all(store)).toEqual(before);
  expect((await store.file(RUN, 'scan/s7.png'))?.item).toBe('item-0007');
  expect((await store.file(RUN, 'scan/s3_mask.png'))?.item).toBe('item-0003');
  expect((await store.load(RUN))?.progress.items).toBe(10);
  expect(answerFor(await store.corrections(RUN), 'scan')).toBeUndefined();
});

test('single images stay as they are, and the answer is kept', async () => {
  const store = await filled();
  await answerStack(store, { runId: RUN, folder: 'scan', answer: 'single' });
  expect(await all(store)).toHaveLength(10);
  expect(answerFor(await store.corrections(RUN), 'scan')).toBe('single');
  expect(answerFor(await store.corrections(RUN), 'other')).toBeUndefined();
});
