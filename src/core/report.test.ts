import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Label } from './evidence.ts';
import type { FileRecord, Item } from './item.ts';
import { openUrl, type ReportInput, reportPieces } from './report.ts';
import type { Run } from './run.ts';

const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ } });
const valid = ajv.compile(JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')));

const label = (value: string, more: Partial<Label> = {}): Label => ({ value, confidence: 0.97, conflict: false, evidence: [], ...more });

const run: Run = {
  id: 'run-1',
  name: 'sample',
  version: 1,
  state: 'done',
  given: ['https://example.org/a.zip?X-Amz-Signature=secret'],
  sources: [{ url: 'https://example.org/a.zip?X-Amz-Signature=secret', kind: 'zip' }],
  startedAt: '2026-11-23T01:00:00.000Z',
  finishedAt: '2026-11-23T01:00:09.000Z',
  progress: { stages: [], fetched: 1200, requests: 3, held: 90_000, files: 9, items: 9, unreadable: 9, skipped: 9 },
  notices: [],
  models: [{ id: 'modality', sha256: 'a'.repeat(64), provider: 'wasm' }],
};

const colon: Item = {
  id: 'item-00000001',
  name: 'Colon "portal"',
  format: 'dicom',
  parts: [
    { path: 'a.zip!/1.dcm', images: 1 },
    { path: 'a.zip!/2.dcm', images: 1 },
  ],
  shape: [512, 512, 2],
  stored: { columns: 512, rows: 512, slices: 1, frames: 1, samples: 1, bits: 16 },
  spacingMm: [0.7, 0.7, 5],
  bytes: 80_000,
  tags: {},
  labels: {
    dimension: label('3D'),
    modality: label('CT', {
      conflict: true,
      evidence: [
        { question: 'modality', value: 'CT', logOdds: 5, from: 'header', by: 'tags', because: '(0008,0060) Modality = CT' },
        { question: 'modality', value: 'MR', logOdds: 3, from: 'path', by: 'names', because: 'a folder is called mri' },
      ],
    }),
    anatomy: label('COLON'),
    sequence: label('UNKNOWN'),
    contrast: label('yes'),
  },
  features: [{ kind: 'tumour', examined: true, present: true, probability: 0.98, by: 'SEG', why: 'a segment is called tumor' }],
  warnings: ['one slice is missing'],
  masks: [],
  undecoded: 'Pixels of this kind are not decoded yet.',
};
const photo: Item = {
  ...colon,
  id: 'item-00000002',
  parts: [{ path: 'b.png', images: 1 }],
  shape: [8, 8],
  labels: { dimension: label('UNKNOWN'), modality: label('UNKNOWN'), anatomy: label('UNKNOWN') },
  features: [],
  warnings: [],
  spacingMm: null,
};

const files: FileRecord[] = [
  { path: 'a.zip', status: 'container', bytes: 90_000 },
  { path: 'a.zip!/1.dcm', status: 'image', bytes: 40_000, item: colon.id, pixelSha256: 'f'.repeat(64) },
  { path: 'a.zip!/2.dcm', status: 'image', bytes: 40_000, item: colon.id },
  { path: 'a.zip!/bad.dcm', status: 'unreadable', bytes: 10, because: 'The file ends in the middle of its header.', code: 'E-TRUNCATED' },
  { path: 'a.zip!/silent', status: 'skipped', bytes: null },
  { path: 'b.png', status: 'image', bytes: 70, item: photo.id },
];

async function* batches<T>(...lists: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* lists;
}

async function report(more: Partial<ReportInput> = {}) {
  let text = '';
  for await (const piece of reportPieces({
    run,
    app: '0.1.0',
    items: batches([colon], [photo]),
    files: batches(files),
    corrections: [],
    ...more,
  }))
    text += piece;
  return JSON.parse(text);
}

describe('report', () => {
  it('is what the schema promises', async () => {
    const made = await report();
    expect(valid(made), JSON.stringify(valid.errors)).toBe(true);
  });

  it('names every file once and counts what it names', async () => {
    const made = await report({ files: batches(files.slice(0, 4), files.slice(2)), items: batches([colon, photo], [colon]) });
    expect(made.files.map((file: FileRecord) => file.path)).toEqual(files.map((file) => file.path));
    expect(made.counts).toEqual({ files: 6, items: 2, unreadable: 1, skipped: 1 });
    expect(made.files[3].reason).toBe('The file ends in the middle of its header.');
    expect(made.files[4].reason).toMatch(/\.$/);
    expect(made.files[1]).toEqual({ path: 'a.zip!/1.dcm', status: 'image', bytes: 40_000, pixelSha256: 'f'.repeat(64) });
  });

  it('shows groups, ancestors, further labels and evidence as probabilities', async () => {
    const [item] = (await report()).items;
    expect(item.modality).toMatchObject({ value: 'CT', group: 'CT', conflict: true });
    expect(item.modality.evidence).toEqual([
      { from: 'header', value: 'CT', confidence: 0.9933, detail: '(0008,0060) Modality = CT' },
      { from: 'path', value: 'MR', confidence: 0.9526, detail: 'a folder is called mri' },
    ]);
    expect(item.anatomy.ancestors).toEqual(['GITRACT', 'ABDOMEN']);
    expect(Object.keys(item.further)).toEqual(['contrast']);
    expect(item.warnings).toEqual(['one slice is missing', 'Pixels of this kind are not decoded yet.']);
  });

  it('has one entry for every kind of feature, examined or not', async () => {
    const made = await report();
    for (const item of made.items)
      expect(item.features.map((feature: { kind: string }) => feature.kind)).toEqual(['tumour', 'lesion', 'vessels']);
    expect(made.items[0].features[0]).toMatchObject({ examined: true, present: true, probability: 0.98, by: 'SEG' });
    expect(made.items[1].features[0]).toMatchObject({ examined: false, present: null, probability: null, by: null });
  });

  it('lets a person win and keeps what the machine said', async () => {
    const at = '2026-11-23T02:00:00.000Z';
    const made = await report({
      corrections: [
        { itemId: colon.id, question: 'modality', value: 'PT', at },
        { itemId: colon.id, question: 'plane', value: 'axial', at },
        { itemId: colon.id, question: 'tumour', value: 'no', at },
        { itemId: photo.id, question: 'anatomy', value: 'SKIN', at },
        { itemId: photo.id, question: 'anatomy', value: null, at: '2026-11-23T02:01:00.000Z' },
      ],
    });
    expect(valid(made), JSON.stringify(valid.errors)).toBe(true);
    const [first, second] = made.items;
    expect(first.modality).toMatchObject({ value: 'PT', group: 'Nuclear', confidence: 1, conflict: false });
    expect(first.modality.evidence.map((piece: { from: string }) => piece.from)).toEqual(['user', 'header', 'path']);
    expect(first.further.plane.value).toBe('axial');
    expect(first.features[0]).toMatchObject({ present: false, probability: 0, by: 'user' });
    expect(second.anatomy.value).toBe('UNKNOWN');
  });

  it('never says an unknown dimension', async () => {
    const made = await report();
    expect(made.items[1].dimension.value).toBe('2D');
  });

  it('writes an empty run too', async () => {
    const failed: Run = { ...run, sources: [], given: [], finishedAt: undefined, state: 'failed' };
    const made = await report({ run: failed, items: batches<Item>(), files: batches<FileRecord>(), now: '2026-11-23T03:00:00.000Z' });
    expect(valid(made), JSON.stringify(valid.errors)).toBe(true);
    expect(made).toMatchObject({
      items: [],
      files: [],
      sources: [{ url: 'local', kind: 'local' }],
      finishedAt: '2026-11-23T03:00:00.000Z',
    });
  });

  it('keeps no secrets of links', async () => {
    expect(JSON.stringify(await report())).not.toContain('secret');
    expect(openUrl('https://u:p@example.org/a?download=1#x')).toBe('https://example.org/a?download=1');
    expect(openUrl('https://h.blob.core.windows.net/c/a.zip?sv=2021&sig=abc')).toBe('https://h.blob.core.windows.net/c/a.zip');
    expect(openUrl('https://example.org/a?b=1')).toBe('https://example.org/a?b=1');
    expect(openUrl('local')).toBe('local');
  });

  it('streams: a batch is written before the next is asked for', async () => {
    let asked = 0;
    async function* slow(): AsyncGenerator<readonly Item[]> {
      for (; asked < 3; asked++) yield [{ ...colon, id: `item-1000000${asked}` }];
    }
    const pieces = reportPieces({ run, app: '0', items: slow(), files: batches(files), corrections: [] });
    await pieces.next();
    await pieces.next();
    expect(asked).toBe(0);
    for await (const piece of pieces) expect(piece.length).toBeLessThan(10_000);
    expect(asked).toBe(3);
  });
});
