// @vitest-environment jsdom
import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import type { ExportTask } from '../../core/export-task.ts';
import type { Item } from '../../core/item.ts';
import type { Mask } from '../../core/mask.ts';
import { bitsOf, maskFrom } from '../../core/mask-grid.ts';
import { outlineOf } from '../../core/outline.ts';
import type { Run } from '../../core/run.ts';
import { write } from '../../exports/write.ts';
import { openZip } from '../../exports/zip.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { createMemoryStore } from '../../stores/memory.ts';
import { maskFilesOf, taskOf } from './mask-files.ts';
import { type MaskPiece, maskPieces } from './mask-pieces.ts';
import { originalOf } from './original.ts';
import { namesOf } from './save.ts';
import { saveDataset } from './save-dataset.ts';

const saved = vi.hoisted(() => ({ files: [] as { name: string; bytes: Uint8Array }[] }));
vi.mock('../report/download.ts', async (original) => ({
  ...(await original<typeof import('../report/download.ts')>()),
  async download(pieces: AsyncIterable<Uint8Array>, { name }: { name: string }) {
    const all: number[] = [];
    for await (const piece of pieces) all.push(...piece);
    saved.files.push({ name, bytes: Uint8Array.from(all) });
  },
}));

const label = (value: string) => ({ value, confidence: 0.9, conflict: false, evidence: [] });

function item(id: string, about: Partial<Item> = {}): Item {
  return {
    id,
    name: `${id}.png`,
    format: 'png',
    parts: [{ path: `${id}.png`, images: 1 }],
    shape: [4, 2],
    stored: { columns: 4, rows: 2, slices: 1, frames: 1, samples: 1, bits: 8 },
    spacingMm: null,
    bytes: 10,
    tags: {},
    labels: { dimension: label('2D'), modality: label('US'), anatomy: label('BREAST') },
    features: [],
    warnings: [],
    masks: [],
    ...about,
  };
}

function mask(bits: readonly number[], about: Partial<Mask> = {}): Mask {
  const all = { kind: 'tumour', label: 'tumour', by: 'outline', from: 'model', probability: 0.9, ...about } as const;
  return maskFrom(Uint8Array.from(bits), { grid: { columns: 4, rows: 2, slices: bits.length / 8 }, about: all });
}

const LEFT = [1, 1, 0, 0, 0, 0, 0, 0];
const RIGHT = [0, 0, 0, 1, 0, 0, 0, 0];
const NONE = [0, 0, 0, 0, 0, 0, 0, 0];
const jobs = { tags: async () => [] } as unknown as Jobs;

const RUN: Run = {
  id: 'r',
  name: 'set',
  version: 1,
  state: 'done',
  given: [],
  sources: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  progress: { stages: [], fetched: 0, requests: 0, held: 0, files: 0, items: 0, unreadable: 0, skipped: 0 },
  notices: [],
  models: [],
};

async function storeOf(all: readonly { item: Item; masks: readonly Mask[] }[]) {
  const store = createMemoryStore();
  await store.save(RUN);
  const items = all.map(({ item: one, masks }) => ({
    ...one,
    outlines: masks.flatMap((each) => outlineOf(each, { spacingMm: null }) ?? []),
  }));
  const masks = all.map(({ item: one, masks: each }) => ({ itemId: one.id, masks: each }));
  await store.add('r', { items, masks });
  return { store, jobs, runId: 'r' };
}

describe('files of masks', () => {
  it('joins all of one kind, ours before those of the data, and leaves out organs and empty ones', () => {
    const data = mask([1, 1, 1, 1, 1, 1, 1, 1], { from: 'file', by: 'm.png', probability: null });
    const files = maskFilesOf('i-1', [data, mask(LEFT), mask(RIGHT), mask(LEFT, { kind: 'organ' }), mask(NONE, { kind: 'lesion' })]);
    expect(files.map(({ name }) => name)).toEqual(['i-1.tumour.png']);
    expect([...bitsOf(files[0]?.mask as Mask)]).toEqual([1, 1, 0, 1, 0, 0, 0, 0]);
    const [own] = maskFilesOf('i-1', [{ ...data, kind: 'vessels' }, mask(NONE, { kind: 'vessels' })]);
    expect(own?.name).toBe('i-1.vessels.png');
    expect(own?.mask.from).toBe('file');
    expect(maskFilesOf('i-2', [mask([...LEFT, ...RIGHT])])[0]?.name).toBe('i-2.tumour.nii.gz');
  });

  it('asks for PNG of pictures and NIfTI of volumes, with what the records say', async () => {
    const within = await storeOf([]);
    const header = {
      format: 'nrrd',
      role: 'image',
      tags: {},
      geometry: { orientation: [1, 0, 0, 0, 1, 0], positions: [5, 6, 7], through: [0, 0, 1] },
    } as const;
    await within.store.add('r', { files: [{ path: 'v.nrrd', status: 'image', bytes: 1, header }] });
    const volume = item('v', { format: 'nrrd', parts: [{ path: 'v.nrrd', images: 2 }], shape: [4, 2, 2] });
    const task = await taskOf(mask([...LEFT, ...RIGHT]), { item: volume, within });
    expect(task).toMatchObject({
      as: 'nifti',
      original: { orientation: [1, 0, 0, 0, 1, 0], through: [0, 0, 1], positions: [[5, 6, 7], undefined], tags: [] },
    });
    expect(await taskOf(mask(LEFT), { item: item('p'), within })).toMatchObject({ as: 'png', slice: 0 });
  });

  it('reads the identity of DICOM images whose header was not read at the time, and only of those that are marked', async () => {
    const asked: string[] = [];
    const listing = async ({ file }: { file: { path: string } }) => {
      asked.push(file.path);
      return [{ tag: '(0008,0018)', keyword: 'SOPInstanceUID', value: `1.2.${file.path}` }];
    };
    const within = { ...(await storeOf([])), jobs: { tags: listing } as unknown as Jobs };
    const file = (path: string, uid?: string) => ({
      path,
      status: 'image' as const,
      bytes: 1,
      header: { format: 'dicom', role: 'image' as const, tags: { SOPClassUID: '1.2.840', ...(uid ? { SOPInstanceUID: uid } : {}) } },
    });
    await within.store.add('r', { files: [file('0', '9.0'), file('1'), file('2')] });
    const series = item('s', { format: 'dicom', parts: ['0', '1', '2'].map((path) => ({ path, images: 1 })), shape: [4, 2, 3] });
    const { instances } = await originalOf(series, { within, identities: [0, 1] });
    expect(instances).toEqual([{ sopClass: '1.2.840', sopInstance: '9.0' }, { sopClass: '1.2.840', sopInstance: '1.2.1' }, undefined]);
    expect(asked.sort()).toEqual(['0', '1']);
  });

  it('names files after their labels, told apart by number', () => {
    const names = namesOf(
      [
        { kind: 'tumour', label: 'GTV 1/2' },
        { kind: 'tumour', label: 'GTV-1.2' },
        { kind: 'lesion', label: '..' },
      ],
      'a',
    );
    expect(names).toEqual(['a.GTV-1-2', 'a.GTV-1-2-2', 'a.lesion']);
  });
});

describe('masks of a run', () => {
  it('come as base64 pieces with the names of whole files; one that fails says why', async () => {
    const within = await storeOf([
      { item: item('i-00000001'), masks: [mask(LEFT)] },
      { item: item('i-00000002'), masks: [] },
      { item: item('i-00000003'), masks: [mask(RIGHT, { kind: 'vessels' })] },
    ]);
    const written = new Set<string>();
    const desk = {
      async write(task: ExportTask) {
        if (task.as === 'png' && task.mask.kind === 'vessels') throw new Error('No room.');
        return { bytes: new Uint8Array(7_000_000).fill(7), notes: [] };
      },
    };
    const pieces: MaskPiece[] = [];
    for await (const piece of maskPieces(within, written, desk)) pieces.push(piece);
    expect(pieces.map(({ name, data, because }) => [name, data && atob(data).length, because])).toEqual([
      ['i-00000001.tumour.png', 3_000_000, undefined],
      ['i-00000001.tumour.png', 3_000_000, undefined],
      ['i-00000001.tumour.png', 1_000_000, undefined],
      ['i-00000003.vessels.png', undefined, 'No room.'],
    ]);
    expect([...written]).toEqual(['i-00000001.tumour.png']);
  });

  it('become several zips where one would hold too many; the first has the measurements', async () => {
    const all = [1, 2, 3].map((n) => ({ item: item(`i-0000000${n}`), masks: [mask(LEFT)] }));
    const within = await storeOf([...all, { item: item('i-00000009'), masks: [mask(RIGHT)] }]);
    const desk = {
      async zip() {
        const zip = await openZip();
        return { add: zip.add, end: async () => zip.end() };
      },
    };
    saved.files.length = 0;
    const ids = new Set(all.map((one) => one.item.id));
    const done = await saveDataset({ within, ids, stem: 'set', limits: { files: 3, bytes: 1e9 }, desk });
    expect(done).toMatchObject({ files: 3, failed: [] });
    expect(saved.files.map(({ name }) => name)).toEqual(['set.masks.zip', 'set.masks-2.zip']);
    const [first, second] = saved.files.map(({ bytes }) => unzipSync(bytes));
    expect(Object.keys(first ?? {})).toEqual(['README.txt', 'measurements.csv', 'i-00000001.tumour.png', 'i-00000002.tumour.png']);
    expect(Object.keys(second ?? {})).toEqual(['README.txt', 'i-00000003.tumour.png']);
    const rows = new TextDecoder().decode(first?.['measurements.csv']).trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect(first?.['i-00000001.tumour.png']).toEqual((await write({ as: 'png', mask: mask(LEFT), slice: 0 })).bytes);
    await expect(saveDataset({ within, ids: new Set(), stem: 'set', desk })).rejects.toThrow('no masks');
  });
});
