// What must hold for the pipeline whatever it is given: each file once, with a sentence; the good ones beside bad ones still right.
import { describe, expect, it } from 'vitest';
import { badInput, zipOf } from '../../tools/make-bad-input.mjs';
import type { FileRecord, Item } from '../core/item.ts';
import { analyse } from './analyse.ts';
import { createControl } from './options.ts';
import { createReader } from './reader.ts';

type Given = readonly (readonly [path: string, bytes: Uint8Array])[];

async function run(files: Given, { hashPixels = true } = {}) {
  const records = new Map<string, FileRecord>();
  const items = new Map<string, Item>();
  const root = {
    kind: 'files' as const,
    name: 'dropped',
    files: files.map(([path, bytes]) => ({ path, file: new Blob([bytes as BlobPart]) })),
  };
  const reader = async (_slot: number, on: { results: Parameters<ReturnType<typeof createReader>['listen']>[0] }) => {
    const made = createReader({});
    made.listen(on.results);
    return { work: async (jobs: Parameters<typeof made.work>[0]) => made.work(jobs), ping: async () => true };
  };
  let said = '';
  for await (const batch of analyse({ roots: [root], readers: 1, hashPixels }, { control: createControl(), reader })) {
    for (const event of batch) {
      if (event.kind === 'files') for (const file of event.files) records.set(file.path, file);
      if (event.kind === 'items') for (const item of event.items) items.set(item.id, item);
      if (event.kind === 'items') for (const id of event.gone) items.delete(id);
      if (event.kind === 'failed') said = event.because;
    }
  }
  return { records, items: [...items.values()], said };
}

const bad = badInput({ big: false });
const bytesOf = (name: string): Uint8Array => Uint8Array.from(bad[name]?.bytes as Uint8Array);
const png = (...sizes: readonly [number, number]): Uint8Array =>
  Uint8Array.from([
    ...Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    0,
    0,
    0,
    sizes[0],
    0,
    0,
    0,
    sizes[1],
    8,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
describe('hostile files', () => {
  it('all at once: every file is accounted for once, what failed has a plain sentence, items name only images', async () => {
    const { records, items, said } = await run(Object.keys(bad).map((name) => [name, bytesOf(name)]));
    expect(said).toBe('');
    for (const name of Object.keys(bad)) expect(records.has(name), name).toBe(true);
    for (const { path, status, because } of records.values()) {
      if (status !== 'unreadable' && status !== 'skipped') continue;
      expect(because, path).toMatch(/^\p{Lu}.{8,300}[.!?]$/su);
      expect(because, path).not.toMatch(/undefined|NaN|\bat \S+:\d+|Error:|fault of ours/);
    }
    const paths = items.flatMap((item) => item.parts.map((part) => part.path));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(records.get(path)?.status, path).toBe('image');
    const readable = ['encrypted.zip!/open.dcm', 'lying-size.zip!/b.dcm', 'wrong-crc.zip!/fine.dcm', 'names.zip!/same.dcm'];
    expect(new Set(readable.map((path) => records.get(path)?.pixelSha256)).size).toBe(1);
    expect(records.get('names.zip!/same.dcm')?.pixelSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('files of one name are told apart, also where an archive seems to lie inside a name', async () => {
    const zip = zipOf([{ name: 'x', data: Buffer.from('inside') }]);
    const { records } = await run([
      ['a.zip', zip],
      ['a.zip!/x', Buffer.from('beside')],
      ['b.txt', Buffer.from('1')],
      ['b.txt', Buffer.from('2')],
    ]);
    expect([...records.keys()].sort()).toEqual(['a.zip', 'a.zip!/x', 'a.zip!/x (2)', 'b.txt', 'b.txt (2)']);
  });

  it('names that objects have of their own are names', async () => {
    const { records } = await run(['__proto__', 'constructor', 'hasOwnProperty'].map((name) => [name, Buffer.from('text')]));
    expect([...records.values()].map(({ status }) => status)).toEqual(['non-image', 'non-image', 'non-image']);
  });

  it('an image that cannot be decoded says so at its item', async () => {
    const { items } = await run([['cut.png', png(9, 9)]]);
    expect(items.map(({ warnings }) => warnings)).toEqual([[expect.stringMatching(/^\p{Lu}.+\.$/u)]]);
  });

  it('a zip without its end gives what is left', async () => {
    const { records } = await run([['truncated.zip', bytesOf('truncated.zip')]]);
    expect(records.get('truncated.zip')).toMatchObject({ status: 'unreadable', code: 'E-TRUNCATED' });
    expect(records.get('truncated.zip!/a.dcm')).toMatchObject({ status: 'image' });
    expect(records.get('truncated.zip!/b.dcm')?.status).toBeOneOf(['image', 'unreadable']);
  });

  it('pairs whose names differ only by case find their own halves', async () => {
    const header = new Uint8Array(348);
    const view = new DataView(header.buffer);
    view.setInt32(0, 348, true);
    for (const [at, n] of [3, 4, 4, 4, 1, 1, 1, 1].entries()) view.setInt16(40 + at * 2, n, true);
    view.setInt16(70, 2, true);
    view.setInt16(72, 8, true);
    header.set([0x6e, 0x69, 0x31, 0], 344);
    const { items } = await run([
      ['A.hdr', header],
      ['A.img', new Uint8Array(64).fill(1)],
      ['a.HDR', header],
      ['a.IMG', new Uint8Array(64).fill(2)],
    ]);
    expect(items.map((item) => item.parts.map(({ path }) => path).join()).sort()).toEqual(['A.hdr,A.img', 'a.HDR,a.IMG']);
  });
});
