// What every store promises, asked of each; and what only the browser's database has to survive.
import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileRecord, Item } from '../../src/core/item.ts';
import type { Mask } from '../../src/core/mask.ts';
import type { Correction, Run } from '../../src/core/run.ts';
import { type Store, type StoreChange, StoreFull } from '../../src/core/store.ts';
import { type IndexedDbStore, openIndexedDbStore } from '../../src/stores/indexed-db.ts';
import { createMemoryStore } from '../../src/stores/memory.ts';

let serial = 0;

const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  name: `Run ${id}`,
  version: 1,
  state: 'running',
  given: ['https://example.org/a.zip'],
  sources: [],
  startedAt: '2026-11-23T01:00:00.000Z',
  progress: { stages: [], fetched: 0, requests: 0, held: null, files: 0, items: 0, unreadable: 0, skipped: 0 },
  notices: [],
  models: [],
  ...more,
});

const label = { value: 'UNKNOWN', confidence: 0, conflict: false, evidence: [] };

const item = (id: string, name = id): Item => ({
  id,
  name,
  format: 'dicom',
  parts: [{ path: `a.zip!/${id}.dcm`, images: 1 }],
  shape: [8, 8],
  stored: { columns: 8, rows: 8, slices: 1, frames: 1, samples: 1, bits: 16 },
  spacingMm: null,
  bytes: 128,
  tags: { Modality: 'CT' },
  labels: { dimension: label, modality: label, anatomy: label },
  features: [],
  warnings: [],
  masks: [],
});

const file = (path: string, more: Partial<FileRecord> = {}): FileRecord => ({ path, status: 'image', bytes: 128, ...more });

const mask = (label: string, runs: readonly number[] = [3, 2, 59], more: Partial<Mask> = {}): Mask => ({
  ...{ kind: 'tumour', label, by: 'outline', from: 'model', columns: 8, rows: 8, slices: 1, probability: 0.9 },
  runs: Uint32Array.from(runs),
  ...more,
});

const numbered = <T>(count: number, make: (id: string) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(`x-${String((n * 7919) % count).padStart(6, '0')}`));

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<{ values: T[]; largest: number }> {
  const values: T[] = [];
  let largest = 0;
  for await (const batch of batches) {
    values.push(...batch);
    largest = Math.max(largest, batch.length);
  }
  return { values, largest };
}

const correction = (itemId: string, value: string | null, at = '2026-11-23T01:02:00.000Z'): Correction => ({
  itemId,
  question: 'modality',
  value,
  at,
});

const opened: IndexedDbStore[] = [];

async function openBrowserStore(name = `test-${serial++}`): Promise<IndexedDbStore> {
  const store = await openIndexedDbStore({ name });
  opened.push(store);
  return store;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  vi.restoreAllMocks();
});

const stores: readonly [string, () => Promise<Store>][] = [
  ['memory', async () => createMemoryStore()],
  ['indexed-db', () => openBrowserStore()],
];

describe.each(stores)('%s store', (id, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  it('says its name and is empty at first', async () => {
    expect(store.id).toBe(id);
    expect(await store.list()).toEqual([]);
    expect(await store.load('nobody')).toBeUndefined();
    expect(await store.item('nobody', 'x')).toBeUndefined();
    expect(await store.file('nobody', 'x')).toBeUndefined();
    expect((await all(store.items('nobody'))).values).toEqual([]);
    expect((await all(store.files('nobody'))).values).toEqual([]);
    expect(await store.masks('nobody', 'x')).toEqual([]);
    expect(await store.corrections('nobody')).toEqual([]);
  });

  it('lists runs newest first and loads what was saved last', async () => {
    await store.save(run('old', { startedAt: '2026-11-22T01:00:00.000Z' }));
    await store.save(run('new', { startedAt: '2026-11-24T01:00:00.000Z' }));
    await store.save(run('mid'));
    await store.save(run('old', { startedAt: '2026-11-22T01:00:00.000Z', state: 'done' }));
    expect((await store.list()).map((r) => r.id)).toEqual(['new', 'mid', 'old']);
    expect((await store.load('old'))?.state).toBe('done');
  });

  it('keeps items in order of first arrival, put by id', async () => {
    await store.save(run('r'));
    await store.add('r', { items: [item('zz'), item('aa'), item('mm')] });
    await store.add('r', { items: [item('aa', 'second'), item('bb')] });
    const { values } = await all(store.items('r'));
    expect(values.map((i) => [i.id, i.name])).toEqual([
      ['zz', 'zz'],
      ['aa', 'second'],
      ['mm', 'mm'],
      ['bb', 'bb'],
    ]);
    expect((await store.item('r', 'aa'))?.name).toBe('second');
  });

  it('takes the last of several with one id in a batch, at the place of the first', async () => {
    await store.save(run('r'));
    await store.add('r', { items: [item('a', '1'), item('b'), item('a', '2')] });
    expect((await all(store.items('r'))).values.map((i) => i.name)).toEqual(['2', 'b']);
  });

  it('removes items that are gone before it puts the others', async () => {
    await store.save(run('r'));
    await store.add('r', { items: [item('a'), item('b'), item('c')] });
    await store.add('r', { items: [item('d')], gone: ['a', 'c', 'never-there'] });
    expect((await all(store.items('r'))).values.map((i) => i.id)).toEqual(['b', 'd']);
    await store.add('r', { items: [item('a')] });
    expect((await all(store.items('r'))).values.map((i) => i.id)).toEqual(['b', 'd', 'a']);
  });

  it('keeps files by path with their headers, in order of first arrival', async () => {
    await store.save(run('r'));
    const header = { format: 'nifti', role: 'image', tags: { descrip: 'x', dim: [3, 4, 5] } } as const;
    await store.add('r', { files: [file('z/ü.nii'), file('a b.nii', { header })] });
    await store.add('r', { files: [file('z/ü.nii', { status: 'unreadable', because: 'The file ends too early.', code: 'E-TRUNCATED' })] });
    expect((await all(store.files('r'))).values.map((f) => f.path)).toEqual(['z/ü.nii', 'a b.nii']);
    expect((await store.file('r', 'z/ü.nii'))?.code).toBe('E-TRUNCATED');
    expect((await store.file('r', 'a b.nii'))?.header).toEqual(header);
  });

  it('answers thousands in batches of at most 500, none twice, none lost', async () => {
    await store.save(run('r'));
    const items = numbered(1_203, item);
    const files = numbered(1_777, (path) => file(path));
    await store.add('r', { items, files });
    await store.add('r', { items: items.slice(0, 600).map((i) => ({ ...i, name: 'again' })) });
    const gotItems = await all(store.items('r'));
    const gotFiles = await all(store.files('r'));
    expect(gotItems.values.map((i) => i.id)).toEqual(items.map((i) => i.id));
    expect(gotItems.values.filter((i) => i.name === 'again')).toHaveLength(600);
    expect(gotFiles.values.map((f) => f.path)).toEqual(files.map((f) => f.path));
    expect(Math.max(gotItems.largest, gotFiles.largest)).toBeLessThanOrEqual(500);
  });

  it('keeps runs apart, whatever their ids look like', async () => {
    for (const id of ['r', 'r1', 'r\u0000', 'R']) await store.save(run(id));
    await store.add('r', { items: [item('a', 'of r')], files: [file('p')] });
    await store.add('r1', { items: [item('a', 'of r1')], files: [file('p', { bytes: 1 })] });
    expect((await store.item('r', 'a'))?.name).toBe('of r');
    expect((await store.item('r1', 'a'))?.name).toBe('of r1');
    expect((await store.file('r1', 'p'))?.bytes).toBe(1);
    expect((await all(store.items('r\u0000'))).values).toEqual([]);
    expect((await all(store.files('R'))).values).toEqual([]);
  });

  it('takes parallel additions without losing or doubling any', async () => {
    await store.save(run('r'));
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.add('r', { items: [item(`own-${n}`), item('shared', `${n}`)], files: [file(`${n}`)] })),
    );
    const ids = (await all(store.items('r'))).values.map((i) => i.id);
    expect(ids).toHaveLength(21);
    expect(new Set(ids).size).toBe(21);
    expect((await all(store.files('r'))).values).toHaveLength(20);
  });

  it('keeps the last word on a label and takes it back', async () => {
    await store.save(run('r'));
    await store.correct('r', correction('b', 'MR', '2026-11-23T01:05:00.000Z'));
    await store.correct('r', correction('a', 'CT', '2026-11-23T01:06:00.000Z'));
    await store.correct('r', correction('b', 'US', '2026-11-23T01:04:00.000Z'));
    await store.correct('r', { ...correction('b', 'HEAD'), question: 'anatomy' });
    expect((await store.corrections('r')).map((c) => c.value)).toEqual(['HEAD', 'US', 'CT']);
    await store.correct('r', correction('b', null));
    expect((await store.corrections('r')).map((c) => c.value)).toEqual(['HEAD', 'CT']);
    await store.add('r', { items: [item('a')] });
    expect(await store.corrections('r')).toHaveLength(2);
  });

  it('keeps masks of an item in their order, put by item', async () => {
    await store.save(run('r'));
    const [polyp, organ] = [mask('polyp'), mask('liver', [0, 64], { kind: 'organ', from: 'file', by: 'seg.dcm', probability: null })];
    await store.add('r', { items: [item('a'), item('b')], masks: [{ itemId: 'a', masks: [polyp, organ] }] });
    expect(await store.masks('r', 'a')).toEqual([polyp, organ]);
    expect(await store.masks('r', 'b')).toEqual([]);
    await store.add('r', { masks: [{ itemId: 'a', masks: [organ] }] });
    expect(await store.masks('r', 'a')).toEqual([organ]);
    // Items are put again without their masks being lost.
    await store.add('r', { items: [item('a', 'again')] });
    expect(await store.masks('r', 'a')).toEqual([organ]);
    await store.add('r', { masks: [{ itemId: 'a', masks: [] }] });
    expect(await store.masks('r', 'a')).toEqual([]);
  });

  it('keeps long runs exactly, and only its own numbers of a larger buffer', async () => {
    await store.save(run('r'));
    const long = mask('vessels', [2 ** 27 - 130, 127, 0, 1, 2], { columns: 512, rows: 512, slices: 512 });
    const room = Uint32Array.from([9, 9, 60, 4, 9]);
    await store.add('r', { masks: [{ itemId: 'a', masks: [long, { ...long, runs: room.subarray(2, 4) }] }] });
    const [first, second] = await store.masks('r', 'a');
    expect(first).toEqual(long);
    expect([...(second?.runs ?? [])]).toEqual([60, 4]);
    expect(second?.runs.buffer.byteLength).toBe(8);
  });

  it('removes masks with their item', async () => {
    await store.save(run('r'));
    const masks = [
      { itemId: 'a', masks: [mask('x')] },
      { itemId: 'b', masks: [mask('y')] },
    ];
    await store.add('r', { items: [item('a'), item('b')], masks });
    await store.add('r', { gone: ['a', 'never-there'] });
    expect(await store.masks('r', 'a')).toEqual([]);
    expect(await store.masks('r', 'b')).toEqual([mask('y')]);
    await store.add('r', { gone: ['b'], items: [item('b')], masks: [{ itemId: 'b', masks: [mask('z')] }] });
    expect(await store.masks('r', 'b')).toEqual([mask('z')]);
  });

  it('takes masks of more items than go into one batch', async () => {
    await store.save(run('r'));
    await store.add('r', { masks: numbered(300, (id) => ({ itemId: id, masks: [mask(id)] })) });
    for (const id of ['x-000000', 'x-000151', 'x-000299']) expect(await store.masks('r', id)).toEqual([mask(id)]);
  });

  it('removes a run and all that belongs to it, and nothing else', async () => {
    for (const id of ['r', 'other']) {
      await store.save(run(id));
      await store.add(id, { items: [item('a')], files: [file('p')], masks: [{ itemId: 'a', masks: [mask('x')] }] });
      await store.correct(id, correction('a', 'CT'));
    }
    await store.remove('r');
    expect((await store.list()).map((r) => r.id)).toEqual(['other']);
    expect(await store.item('r', 'a')).toBeUndefined();
    expect(await store.file('r', 'p')).toBeUndefined();
    expect(await store.corrections('r')).toEqual([]);
    expect(await store.masks('r', 'a')).toEqual([]);
    expect(await store.masks('other', 'a')).toHaveLength(1);
    expect((await all(store.items('other'))).values).toHaveLength(1);
    expect((await all(store.files('other'))).values).toHaveLength(1);
    expect(await store.corrections('other')).toHaveLength(1);
  });

  it('does not bring a removed run back when its job ends later', async () => {
    await store.save(run('r'));
    await store.remove('r');
    await store.add('r', { items: [item('late')], files: [file('late')], masks: [{ itemId: 'late', masks: [mask('late')] }] });
    expect(await store.masks('r', 'late')).toEqual([]);
    await store.correct('r', correction('late', 'CT'));
    await store.save(run('r', { state: 'done' }));
    expect(await store.list()).toEqual([]);
    expect((await all(store.items('r'))).values).toEqual([]);
    expect((await all(store.files('r'))).values).toEqual([]);
    expect(await store.corrections('r')).toEqual([]);
  });

  it('tells who watches a run, or all runs, and stops when asked', async () => {
    const heard: StoreChange[] = [];
    const everything: StoreChange[] = [];
    const stop = store.watch('r', (change) => heard.push(change));
    store.watch('*', (change) => everything.push(change));
    await store.save(run('r'));
    await store.save(run('other'));
    await store.add('r', { items: [item('a')], gone: ['b'] });
    await store.add('r', { files: [file('p')] });
    await store.correct('r', correction('a', 'CT'));
    expect(heard.map((change) => change.kind)).toEqual(['run', 'items', 'correction']);
    expect(heard[1]).toEqual({ kind: 'items', runId: 'r', items: [item('a')], gone: ['b'] });
    stop();
    await store.remove('r');
    expect(heard).toHaveLength(3);
    expect(everything.map((change) => `${change.kind} ${change.runId}`)).toEqual([
      'run r',
      'run other',
      'items r',
      'correction r',
      'removed r',
    ]);
  });

  it('reads on while it is written to', async () => {
    await store.save(run('r'));
    await store.add('r', { files: numbered(900, (path) => file(path)) });
    const seen: string[] = [];
    for await (const batch of store.files('r')) {
      if (seen.length === 0) await store.add('r', { files: [file('x-000000', { status: 'mask' }), file('late')] });
      seen.push(...batch.map((f) => f.path));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(900);
  });
});

describe('indexed-db store', () => {
  it('shows everything again after a reload', async () => {
    const name = `test-${serial++}`;
    const before = await openBrowserStore(name);
    await before.save(run('r', { state: 'running' }));
    await before.add('r', { items: numbered(700, item), files: [file('p')] });
    await before.correct('r', correction('x-000001', 'MR'));
    await before.close();
    const after = await openBrowserStore(name);
    expect((await after.load('r'))?.state).toBe('running');
    expect((await all(after.items('r'))).values).toHaveLength(700);
    expect(await after.file('r', 'p')).toEqual(file('p'));
    expect(await after.corrections('r')).toHaveLength(1);
  });

  it('keeps runs of the time before masks', async () => {
    const name = `test-${serial++}`;
    const before = await openDB(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('runs', { keyPath: 'id' });
        fresh.createObjectStore('items', { keyPath: ['run', 'seq'] }).createIndex('id', ['run', 'id'], { unique: true });
        fresh.createObjectStore('files', { keyPath: ['run', 'seq'] }).createIndex('id', ['run', 'id'], { unique: true });
        fresh.createObjectStore('corrections', { keyPath: ['run', 'item', 'question'] });
      },
    });
    await before.put('runs', run('old'));
    await before.put('items', { run: 'old', seq: 0, id: 'a', value: item('a') });
    await before.put('files', { run: 'old', seq: 0, id: 'p', value: file('p') });
    await before.put('corrections', { run: 'old', item: 'a', question: 'modality', correction: correction('a', 'CT') });
    before.close();
    const store = await openBrowserStore(name);
    expect((await store.list()).map(({ id }) => id)).toEqual(['old']);
    expect(await store.item('old', 'a')).toEqual(item('a'));
    expect(await store.file('old', 'p')).toEqual(file('p'));
    expect(await store.corrections('old')).toHaveLength(1);
    expect(await store.masks('old', 'a')).toEqual([]);
    await store.add('old', { masks: [{ itemId: 'a', masks: [mask('x')] }] });
    expect(await store.masks('old', 'a')).toEqual([mask('x')]);
    await store.remove('old');
    expect(await store.list()).toEqual([]);
  });

  it('tells other tabs, which read the items themselves', async () => {
    const name = `test-${serial++}`;
    const [here, there] = [await openBrowserStore(name), await openBrowserStore(name)];
    const elsewhere = await openBrowserStore();
    const heard: StoreChange[] = [];
    there.watch('r', (change) => heard.push(change));
    elsewhere.watch('*', () => expect.unreachable('another database'));
    await here.save(run('r'));
    await here.add('r', { items: [item('a', 'first')], gone: ['g'] });
    await here.correct('r', correction('a', 'CT'));
    await here.remove('r');
    await vi.waitFor(() => expect(heard.map((change) => change.kind)).toEqual(['run', 'items', 'correction', 'removed']));
    expect(heard[1]).toMatchObject({ gone: ['g'] });
    await there.save(run('r'));
    expect(await here.list()).toEqual([]);
  });

  it('hands another tab the items as they are kept', async () => {
    const name = `test-${serial++}`;
    const [here, there] = [await openBrowserStore(name), await openBrowserStore(name)];
    const heard: StoreChange[] = [];
    there.watch('*', (change) => heard.push(change));
    await here.save(run('r'));
    await here.add('r', { items: [item('a', 'first'), item('b')] });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard[1]).toEqual({ kind: 'items', runId: 'r', items: [item('a', 'first'), item('b')], gone: [] });
  });

  it('keeps no file contents, yet opens dropped files while the tab lives', async () => {
    const name = `test-${serial++}`;
    const before = await openBrowserStore(name);
    const dropped = { source: 'local', at: { file: new File(['bytes'], 'a.dcm') } };
    const inside = { source: 'zip', at: { of: { source: 'local', at: new Blob(['zip']) }, offset: 12 } };
    const remote = { source: 'file', at: { url: 'https://example.org/a.dcm', start: 3 } };
    await before.save(run('r'));
    await before.add('r', {
      files: [
        file('a.dcm', { entry: { path: 'a.dcm', place: dropped } }),
        file('b.zip!/c', { entry: { path: 'b.zip!/c', place: inside } }),
        file('u', { entry: { path: 'u', place: remote } }),
        file('kept', { entry: { path: 'kept', place: { source: 'kept', at: new Uint8Array(1 << 20) } } }),
      ],
    });
    expect((await before.file('r', 'a.dcm'))?.entry?.place).toBe(dropped);
    expect((await all(before.files('r'))).values[1]?.entry?.place).toBe(inside);
    await before.close();
    const after = await openBrowserStore(name);
    const places = (await all(after.files('r'))).values.map((f) => f.entry?.place);
    expect(places).toEqual([{ source: 'gone', at: null }, { source: 'gone', at: null }, remote, { source: 'gone', at: null }]);
  });

  it('comes back when the browser closes the database under it', async () => {
    const name = `test-${serial++}`;
    const store = await openBrowserStore(name);
    await store.save(run('r'));
    await store.add('r', { items: [item('a')] });
    // What a newer page in another tab, or "clear site data", does: every open connection has to go.
    const lost = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    await store.add('r', { items: [item('b')] });
    expect(lost).toHaveBeenCalled();
    expect((await all(store.items('r'))).values.map((i) => i.id)).toEqual(['a', 'b']);
  });

  it('never stands in the way of a deletion and starts empty afterwards', async () => {
    const name = `test-${serial++}`;
    const store = await openBrowserStore(name);
    await store.save(run('r'));
    await deleteDB(name);
    expect(await store.list()).toEqual([]);
    await store.save(run('again'));
    expect(await store.list()).toHaveLength(1);
  });

  it('says StoreFull at the quota and loses nothing that was kept', async () => {
    const store = await openBrowserStore();
    await store.save(run('r'));
    await store.add('r', { items: [item('a')], files: [file('p')], masks: [{ itemId: 'a', masks: [mask('kept')] }] });
    const put = IDBObjectStore.prototype.put;
    let left = 3;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown) {
      if (left-- <= 0) throw new DOMException('Quota', 'QuotaExceededError');
      return put.call(this, value);
    });
    await expect(store.add('r', { items: numbered(10, item), files: [file('p', { bytes: 999 })] })).rejects.toBeInstanceOf(StoreFull);
    await expect(store.save(run('s'))).rejects.toThrow(/room/);
    await expect(store.add('r', { masks: [{ itemId: 'a', masks: [mask('lost')] }] })).rejects.toBeInstanceOf(StoreFull);
    vi.restoreAllMocks();
    expect((await all(store.items('r'))).values.map((i) => i.id)).toEqual(['a']);
    expect((await store.file('r', 'p'))?.bytes).toBe(128);
    expect((await store.masks('r', 'a'))[0]?.label).toBe('kept');
    // What could not be kept is known as long as the tab lives, so that the page can say it.
    expect((await store.load('s'))?.id).toBe('s');
    expect(await store.list()).toHaveLength(2);
    await store.save(run('s', { state: 'failed' }));
    expect((await store.load('s'))?.state).toBe('failed');
    await store.remove('s');
    expect(await store.list()).toHaveLength(1);
    await store.add('r', { items: [item('b')] });
    expect((await all(store.items('r'))).values).toHaveLength(2);
  });

  it('rejects what cannot be kept with its own reason, and goes on', async () => {
    const store = await openBrowserStore();
    await store.save(run('r'));
    const strange = { ...item('s'), tags: { broken: (() => 1) as unknown as string } };
    await expect(store.add('r', { items: [strange] })).rejects.toThrow();
    await store.add('r', { items: [item('a')] });
    expect((await all(store.items('r'))).values.map((i) => i.id)).toEqual(['a']);
  });
});
