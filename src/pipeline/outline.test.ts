// Outlining through the whole pipeline: hand-made networks in the real engine, real readers in this thread, pictures and volumes of a few pixels.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptCaches } from '../../tests/support/kept-caches.ts';
import { tinyOutlineOnnx } from '../../tests/support/tiny-onnx.ts';
import { tinyOutlineCard, tinyTask } from '../../tests/support/tiny-outline-card.ts';
import type { Item } from '../core/item.ts';
import type { Mask } from '../core/mask.ts';
import { bitsOf } from '../core/mask-grid.ts';
import type { OutlineTask } from '../core/outline-card.ts';
import type { JobEvent } from '../core/run.ts';
import { analyse } from './analyse.ts';
import { createControl } from './options.ts';
import { affordable, type Outlinable } from './outline.ts';
import { createReader } from './reader.ts';

const SIDE = 16;
const BASE = 'https://app.test/models/';
const real = globalThis.fetch;
/** Bright where red is above 0.7: logit 20 · (red − 0.7). */
const WEIGHTS = tinyOutlineOnnx({ weights: [[20, 0, 0]], bias: [-14], side: SIDE });
let task: OutlineTask;
let asked: string[];

beforeEach(() => {
  task = tinyTask({ routes: [{ modality: ['MR'], anatomy: [] }], from: { modality: 0.5, anatomy: 0.5 } });
  asked = [];
  vi.stubGlobal('caches', keptCaches());
  vi.stubGlobal('self', { location: { origin: 'https://app.test' } });
  vi.stubGlobal('location', new URL('https://app.test/'));
  vi.stubGlobal('fetch', async (url: string) => {
    if (!url.startsWith(BASE)) return real(url);
    const name = url.slice(BASE.length);
    asked.push(name);
    if (name === 'outline.card.json') return Response.json(tinyOutlineCard(WEIGHTS, { id: 'outline', side: SIDE, tasks: [task] }));
    return name === 'outline.onnx' ? new Response(WEIGHTS) : new Response('', { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

interface Volume {
  readonly shape: readonly number[];
  readonly value?: (x: number, y: number, z: number) => number;
  /** Rows of the affine: which way the three axes run. */
  readonly axes?: readonly (readonly [number, number, number])[];
}

const RAS = [
  [-1, 0, 0],
  [0, -1, 0],
  [0, 0, 1],
] as const;

/** A NIfTI-1 of int16, 1 mm, whose axes run to the left, to the back and to the head unless told. */
function nifti({ shape, value = () => 0, axes = RAS }: Volume): Uint8Array {
  const [columns = 1, rows = 1, slices = 1] = shape;
  const bytes = new Uint8Array(352 + columns * rows * slices * 2);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  for (const [i, n] of [3, columns, rows, slices].entries()) view.setInt16(40 + 2 * i, n, true);
  for (let i = 4; i < 8; i++) view.setInt16(40 + 2 * i, 1, true);
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  for (let i = 0; i < 4; i++) view.setFloat32(76 + 4 * i, 1, true);
  view.setFloat32(108, 352, true);
  view.setInt16(254, 1, true);
  for (let row = 0; row < 3; row++)
    for (let axis = 0; axis < 3; axis++) view.setFloat32(280 + 16 * row + 4 * axis, axes[axis]?.[row] ?? 0, true);
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let z = 0, at = 352; z < slices; z++)
    for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++, at += 2) view.setInt16(at, value(x, y, z), true);
  return bytes;
}

async function* given(items: readonly Item[]) {
  if (items.length) yield items;
}

/** Runs the pipeline over a BIDS-like folder, so that names and side files say what it is. */
async function run(files: Readonly<Record<string, Uint8Array>>, { models = true, readers = 1, found = [] as readonly Item[] } = {}) {
  const root = {
    kind: 'files' as const,
    name: 'given',
    files: Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes as BlobPart]) })),
  };
  const events: JobEvent[] = [];
  const jobs: string[] = [];
  const batches = analyse(
    { roots: [root], readers, hashPixels: false, models, ...(models ? { modelsAt: BASE } : {}), found: given(found) },
    {
      control: createControl(),
      async reader(_slot, on) {
        const reader = createReader({ models: models ? { base: BASE, provider: 'wasm', own: [] } : undefined });
        reader.listen(on.results);
        return {
          async work(some) {
            for (const job of some) jobs.push(job.kind);
            reader.work(some);
          },
          ping: async () => true,
        };
      },
    },
  );
  for await (const batch of batches) events.push(...structuredClone(batch));
  const items = new Map<string, Item>();
  const masks = new Map<string, readonly Mask[]>();
  for (const event of events) {
    if (event.kind === 'items') for (const item of event.items) items.set(item.id, item);
    if (event.kind === 'masks') for (const one of event.masks) masks.set(one.itemId, one.masks);
  }
  return { events, items: [...items.values()], masks, jobs: jobs.filter((kind) => kind === 'outline').length };
}

const T1 = 'sub-01/anat/sub-01_T1w.nii';
const inside = (low: number, high: number) => (at: number) => at >= low && at < high;

/** A bright box in a dim volume with some darkness, so that the window is the whole range. */
const box = (x: number, y: number, z: number): number => {
  if (inside(4, 12)(x) && inside(8, 12)(y) && inside(10, 20)(z)) return 1000;
  return (x + y) % 3 ? 100 : 0;
};

function boundsOf(mask: Mask): readonly (readonly [number, number])[] {
  const bits = bitsOf(mask);
  const seen: [number, number, number][] = [];
  for (let i = 0; i < bits.length; i++)
    if (bits[i]) seen.push([i % mask.columns, Math.floor(i / mask.columns) % mask.rows, Math.floor(i / mask.columns / mask.rows)]);
  return [0, 1, 2].map((axis) => {
    const along = seen.map((one) => one[axis] as number);
    return [Math.min(...along), Math.max(...along)] as const;
  });
}

describe('outlines', () => {
  it('a volume: its mask, its measures, its features, and the model', async () => {
    const { items, masks, events } = await run({ [T1]: nifti({ shape: [16, 16, 30], value: box }) });
    const [item] = items as [Item];
    expect(item.features[0]).toMatchObject({ kind: 'tumour', examined: true, present: true, by: 'outline' });
    expect(item.features[2]).toMatchObject({ kind: 'vessels', examined: false });
    const [mask] = masks.get(item.id) as [Mask];
    expect(mask).toMatchObject({ kind: 'tumour', label: 'Bright spots', by: 'outline', from: 'model', columns: 16, rows: 16, slices: 30 });
    const [x, y, z] = boundsOf(mask);
    expect([x, y]).toEqual([
      [4, 11],
      [8, 11],
    ]);
    expect(z).toEqual([10, 19]);
    expect(item.outlines?.[0]).toMatchObject({ kind: 'tumour', by: 'outline', slices: [10, 19], volumeMl: 0.32, count: 1 });
    expect(events).toContainEqual({ kind: 'model', model: expect.objectContaining({ id: 'outline', provider: 'wasm' }) });
    const last = events.findLast((event) => event.kind === 'progress');
    expect(last?.kind === 'progress' && last.progress.stages.find(({ id }) => id === 'outline')).toEqual({ id: 'outline', done: 1, of: 1 });
  });

  it('a volume that is stored on its side, cut across its slices', async () => {
    // Columns run to the back, rows to the head, slices to the left.
    const axes = [
      [0, -1, 0],
      [0, 0, 1],
      [-1, 0, 0],
    ] as const;
    const { items, masks } = await run({ [T1]: nifti({ shape: [16, 30, 16], value: (x, y, z) => box(z, x, y), axes }) });
    const [mask] = masks.get((items[0] as Item).id) as [Mask];
    expect(boundsOf(mask)).toEqual([
      [8, 11],
      [10, 19],
      [4, 11],
    ]);
  });

  it('the same whether one reader does it or several share it', async () => {
    const files = { [T1]: nifti({ shape: [16, 16, 70], value: box }) };
    const alone = await run(files);
    const shared = await run(files, { readers: 3 });
    expect([alone.jobs, shared.jobs]).toEqual([1, 3]);
    expect([...shared.masks.values()]).toEqual([...alone.masks.values()]);
    expect(shared.items[0]?.features).toEqual(alone.items[0]?.features);
  });

  it('nothing where nothing is, and says so', async () => {
    const { items, masks } = await run({ [T1]: nifti({ shape: [16, 16, 30], value: (x, y) => ((x + y) % 2 ? 100 : 0) }) });
    task = tinyTask({ ...task, presence: { ...task.presence, bias: -30 } });
    const none = await run({ [T1]: nifti({ shape: [16, 16, 30], value: box }) });
    expect(none.items[0]?.features[0]).toMatchObject({ examined: true, present: false, by: 'outline', areaFraction: 0 });
    expect(none.masks.size).toBe(0);
    expect(items.length + masks.size).toBeGreaterThan(0);
  });

  it('nothing that no route leads to, and says why', async () => {
    task = tinyTask({ ...task, routes: [{ modality: ['US'], anatomy: [] }] });
    const { items, jobs } = await run({ [T1]: nifti({ shape: [16, 16, 30], value: box }) });
    expect(jobs).toBe(0);
    expect(items[0]?.features[0]).toMatchObject({
      examined: false,
      present: null,
      why: expect.stringContaining('No model here looks for tumours'),
    });
    expect(asked).not.toContain('outline.onnx');
  });

  it('nothing with models off, and says so', async () => {
    const { items, jobs } = await run({ [T1]: nifti({ shape: [16, 16, 30], value: box }) }, { models: false });
    expect(jobs).toBe(0);
    expect(items[0]?.features[0]?.why).toBe('Models were switched off, so nobody looked.');
    expect(asked).toEqual([]);
  });

  it('nothing twice when a run goes on', async () => {
    const files = { [T1]: nifti({ shape: [16, 16, 30], value: box }) };
    const first = await run(files);
    const again = await run(files, { found: first.items });
    expect(again.jobs).toBe(0);
    expect(again.items[0]).toEqual(first.items[0]);
  });

  it('says at the item why it could not, and goes on with the others', async () => {
    const cut = nifti({ shape: [16, 16, 30], value: box }).slice(0, 352 + 16 * 16 * 2 * 10);
    const { items } = await run({ [T1]: cut, 'sub-02/anat/sub-02_T1w.nii': nifti({ shape: [16, 16, 30], value: box }) });
    const [bad, good] = [...items].sort((a, b) => (a.name < b.name ? -1 : 1)) as [Item, Item];
    expect(bad.warnings.join(' ')).toMatch(/could not be outlined/);
    expect(good.features[0]?.present).toBe(true);
  });
});

describe('affordable', () => {
  const one = (cuts: number, bytes: number) => ({ cuts, bytes }) as Outlinable;
  it('takes pictures before volumes, and of a source far away a share', () => {
    const all = [one(100, 2e8), one(1, 1e6), one(50, 1e8)];
    expect(affordable(all, { sizes: { far: false, held: null } }).map(({ cuts }) => cuts)).toEqual([1, 50, 100]);
    expect(affordable(all, { sizes: { far: true, held: 1e9 } }).map(({ cuts }) => cuts)).toEqual([1, 50]);
    expect(affordable([one(1, Number.POSITIVE_INFINITY)], { sizes: { far: true, held: null } })).toEqual([]);
  });
});
