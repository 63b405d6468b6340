import { expect, test, vi } from 'vitest';
import type { Item } from '../../core/item.ts';
import type { Store } from '../../core/store.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { type Thumbnail, Thumbnails } from './thumbnails.ts';

const picture: Thumbnail = { width: 1, height: 1, rgba: new Uint8ClampedArray(4) };
const store = { item: async (_: string, id: string) => ({ id }) as Item } as unknown as Store;

function slow() {
  const asked: { id: string; finish(): void }[] = [];
  const thumbnail = ({ item }: { item: Item }) =>
    new Promise<Thumbnail>((done) => asked.push({ id: item.id, finish: () => done(picture) }));
  return { asked, pictures: new Thumbnails({ store, jobs: { thumbnail } as unknown as Jobs }, { runId: 'r' }) };
}

test('three at once, and of those that wait the last first', async () => {
  const { asked, pictures } = slow();
  for (const id of ['a', 'b', 'c', 'd', 'e']) pictures.ask({ id }, () => {});
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a', 'b', 'c']));
  asked[0]?.finish();
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e']));
});

test('a row that left is not asked for, nor told', async () => {
  const { asked, pictures } = slow();
  const told = vi.fn();
  for (const id of ['a', 'b', 'c']) pictures.ask({ id }, () => {});
  pictures.ask({ id: 'd' }, told)();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  for (const one of asked) one.finish();
  await vi.waitFor(() => expect(pictures.peek('c')).toBe(picture));
  expect(asked.map(({ id }) => id)).not.toContain('d');
  expect(told).not.toHaveBeenCalled();
});

test('what cannot be drawn is remembered as such', async () => {
  const jobs = { thumbnail: async () => Promise.reject({ because: 'not decoded yet' }) } as unknown as Jobs;
  const pictures = new Thumbnails({ store, jobs }, { runId: 'r' });
  expect(pictures.peek('a')).toBeUndefined();
  await new Promise<void>((done) => pictures.ask({ id: 'a' }, () => done()));
  expect(pictures.peek('a')).toBeNull();
});

test('only the last few hundred are kept', async () => {
  const jobs = { thumbnail: async () => picture } as unknown as Jobs;
  const pictures = new Thumbnails({ store, jobs }, { runId: 'r' });
  for (let at = 0; at < 450; at += 1) await new Promise<void>((done) => pictures.ask({ id: `i${at}` }, () => done()));
  expect(pictures.peek('i0')).toBeUndefined();
  expect(pictures.peek('i449')).toBe(picture);
});
