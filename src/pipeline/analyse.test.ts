import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileRecord, Item } from '../core/item.ts';
import type { JobEvent } from '../core/run.ts';
import { withoutBulk } from '../stores/bulk.ts';
import { analyse, portions } from './analyse.ts';
import { type AnalysisOptions, createControl } from './options.ts';
import { createReader } from './reader.ts';

/** Runs the pipeline with readers in this thread; every event must survive a structured clone, as between threads. */
async function run(files: Readonly<Record<string, Uint8Array>>, options: Partial<AnalysisOptions> = {}) {
  const control = createControl();
  const root = {
    kind: 'files' as const,
    name: 'dropped',
    files: Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes as BlobPart]) })),
  };
  const events: JobEvent[] = [];
  const batches = analyse(
    { roots: [root], readers: 2, hashPixels: false, ...options },
    {
      control,
      async reader(_slot, on) {
        const reader = createReader({});
        reader.listen(on.results);
        return { work: async (jobs) => reader.work(jobs), ping: async () => true };
      },
    },
  );
  for await (const batch of batches) events.push(...structuredClone(batch));
  const records = new Map<string, FileRecord>();
  const items = new Map<string, Item>();
  for (const event of events) {
    if (event.kind === 'files') for (const file of event.files) records.set(file.path, file);
    if (event.kind !== 'items') continue;
    for (const item of event.items) items.set(item.id, item);
    for (const id of event.gone) items.delete(id);
  }
  return { events, records, items: [...items.values()], last: events.at(-1) };
}

/** One batch, as a store would hand it out. */
async function* given<Value>(values: readonly Value[]): AsyncGenerator<readonly Value[]> {
  yield values;
}

/** A NIfTI-1 volume of int16 zeros and one ramp. */
function nifti(shape: readonly number[] = [8, 8, 6]): Uint8Array {
  const bytes = new Uint8Array(352 + shape.reduce((a, b) => a * b, 1) * 2);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  for (const [i, n] of [shape.length, ...shape].entries()) view.setInt16(40 + 2 * i, n, true);
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  for (let i = 0; i < 4; i++) view.setFloat32(76 + 4 * i, 1, true);
  view.setFloat32(108, 352, true);
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 352; i < bytes.length; i += 2) view.setInt16(i, i % 997, true);
  return bytes;
}

/** A zip of deflated members, as small as the format allows. */
function zip(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, data] of Object.entries(members)) {
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const central = Buffer.alloc(18);
    central.writeUInt32LE(at, 14);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, central.subarray(4), Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const statuses = (records: ReadonlyMap<string, FileRecord>) =>
  Object.fromEntries([...records].map(([path, record]) => [path, record.status]));

describe('analyse', () => {
  it('gives every file one status, and images an item', async () => {
    const { records, items, last } = await run({
      'a/brain_T1w.nii.gz': gzipSync(nifti()),
      'a/notes.txt': text('hello'),
      'a/empty.dcm': new Uint8Array(0),
      'x.bin': new Uint8Array([1, 2, 3, 4, 5]),
    });
    expect(statuses(records)).toEqual({
      'a/brain_T1w.nii.gz': 'image',
      'a/notes.txt': 'non-image',
      'a/empty.dcm': 'unreadable',
      'x.bin': 'non-image',
    });
    expect(records.get('a/empty.dcm')?.because).toMatch(/empty/);
    expect(items).toHaveLength(1);
    expect(items[0]?.labels.dimension.value).toBe('3D');
    expect(items[0]?.shape).toEqual([8, 8, 6]);
    expect(last).toEqual({ kind: 'done' });
  });

  it('opens archives inside archives, and names members by their way in', async () => {
    const inner = zip({ 'v.nii': nifti() });
    const { records, items } = await run({ 'outer.zip': zip({ 'deep/inner.zip': inner, 'read.me': text('words') }) });
    expect(statuses(records)).toEqual({
      'outer.zip': 'container',
      'outer.zip!/deep/inner.zip': 'container',
      'outer.zip!/deep/inner.zip!/v.nii': 'image',
      'outer.zip!/read.me': 'non-image',
    });
    expect(items).toHaveLength(1);
  });

  it('joins a mask to its image and counts one item', async () => {
    const { records, items } = await run({ 'imagesTr/liver_01.nii': nifti(), 'labelsTr/liver_01.nii': nifti() });
    expect(statuses(records)).toEqual({ 'imagesTr/liver_01.nii': 'image', 'labelsTr/liver_01.nii': 'mask' });
    expect(items.map((item) => item.masks)).toEqual([['labelsTr/liver_01.nii']]);
  });

  it('hashes stored values when asked', async () => {
    const { records } = await run({ 'v.nii': nifti() }, { hashPixels: true });
    const { createHash } = await import('node:crypto');
    expect(records.get('v.nii')?.pixelSha256).toBe(createHash('sha256').update(nifti().subarray(352)).digest('hex'));
  });

  it('goes on with an interrupted run without reading again', async () => {
    const side = text('{"Modality":"MR","BodyPartExamined":"BRAIN"}');
    const files = {
      'a.nii': nifti(),
      'a.json': side,
      'b.nii.gz': gzipSync(nifti([8, 8, 5])),
      'c.nii': nifti([4, 4, 4]),
      'gone.nii': nifti(),
    };
    const first = await run(files);
    const unread = { status: 'skipped', code: 'E-QUEUED', header: undefined, text: undefined } as const;
    const lost = { source: 'gone', at: null };
    const known = [...first.records.values()].map((record): FileRecord => {
      const entry = record.entry && {
        ...record.entry,
        place: record.path.endsWith('.gz') ? { source: 'gzip', at: { inner: lost } } : lost,
      };
      return { ...record, entry, ...(record.path === 'b.nii.gz' || record.path === 'gone.nii' ? unread : {}) };
    });
    // Same sizes, other bytes: the records of what was read must be enough. c.nii is another file now.
    const now = {
      'a.nii': new Uint8Array(nifti().length),
      'a.json': new Uint8Array(side.length),
      'b.nii.gz': files['b.nii.gz'],
      'c.nii': nifti([6, 4, 4]),
    };
    const { records, items } = await run(now, { known: given(known), found: given(first.items) });
    const all = new Map([...known.map((record) => [record.path, record] as const), ...records]);
    expect(statuses(all)).toEqual({
      'a.nii': 'image',
      'a.json': 'non-image',
      'b.nii.gz': 'image',
      'c.nii': 'image',
      'gone.nii': 'skipped',
    });
    expect(all.get('gone.nii')?.because).toMatch(/does not list/);
    const labels = (list: readonly Item[], path: string) => list.find((item) => item.parts[0]?.path === path)?.labels;
    expect(labels(items, 'a.nii')).toEqual(labels(first.items, 'a.nii'));
    expect(labels(items, 'a.nii')?.modality.value).toMatch(/MR/);
    expect(items.find((item) => item.parts[0]?.path === 'c.nii')?.shape).toEqual([6, 4, 4]);
    expect(items).toHaveLength(3);
    expect(records.get('a.nii')?.entry?.place.source).toBe('gone');
  });

  it('looks through what was packed when it finds a file again', async () => {
    const first = await run({ 'b.nii.gz': gzipSync(nifti()) });
    const known = [...first.records.values()].map((record) => withoutBulk(record));
    expect(known[0]?.entry?.place).toMatchObject({ source: 'gzip', at: { inner: { source: 'gone' } } });
    const { records } = await run({ 'b.nii.gz': gzipSync(nifti()) }, { known: given(known) });
    expect(records.get('b.nii.gz')?.entry?.place).toMatchObject({ source: 'gzip', at: { inner: { source: 'local' } } });
  });

  it('tells much in portions', () => {
    const files = Array.from({ length: 1200 }, (_, n): FileRecord => ({ path: `${n}`, status: 'image', bytes: 1 }));
    const told = [...portions([{ kind: 'files', files }, { kind: 'items', items: [], gone: ['x'] }, { kind: 'done' }])];
    expect(told.map((events) => events.map((event) => (event.kind === 'files' ? event.files.length : event.kind)))).toEqual([
      [500, 'items', 'done'],
      [500],
      [200],
    ]);
  });

  it('tells several sources apart', async () => {
    const root = (name: string) => ({ kind: 'files' as const, name, files: [{ path: 'a.nii', file: new Blob([nifti() as BlobPart]) }] });
    const { records, items } = await run({}, { roots: [root('x'), root('y')] });
    expect([...records.keys()]).toEqual(['1/a.nii', '2/a.nii']);
    expect(items).toHaveLength(2);
  });

  it('gives the same ids every time', async () => {
    const [one, two] = [await run({ 'a.nii': nifti() }), await run({ 'a.nii': nifti() })];
    expect(one.items[0]?.id).toBe(two.items[0]?.id);
    expect(one.items[0]?.id).toMatch(/^[a-z0-9-]{8,64}$/);
  });

  it('fails with a sentence when the only source cannot be opened', async () => {
    const { last } = await run({}, { roots: [{ kind: 'url', url: 'http://127.0.0.1:9/none.zip' }] });
    expect(last).toMatchObject({ kind: 'failed' });
    expect((last as { because: string }).because).toMatch(/\.$/);
  });
});
