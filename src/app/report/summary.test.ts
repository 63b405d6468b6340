import { describe, expect, it } from 'vitest';
import type { Label } from '../../core/evidence.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import { byGroup, ranked, summarise } from './summary.ts';

const label = (value: string, conflict = false): Label => ({ value, confidence: 1, conflict, evidence: [] });
const item = (id: string, modality: string, more: Partial<Item> = {}): Item => ({
  id,
  name: id,
  format: 'dicom',
  parts: [{ path: `${id}.dcm`, images: 3 }],
  shape: [4, 4, 3],
  stored: { columns: 4, rows: 4, slices: 1, frames: 1, samples: 1, bits: 16 },
  spacingMm: null,
  bytes: 1,
  tags: {},
  features: [],
  warnings: [],
  masks: [],
  labels: { dimension: label('3D'), modality: label(modality), anatomy: label('CHEST') },
  ...more,
});
async function* batches<T>(...lists: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* lists;
}

describe('summary', () => {
  it('counts items and images by every label', async () => {
    const items = [
      item('a', 'DX'),
      item('b', 'CR'),
      item('c', 'CT', { labels: { ...item('c', 'CT').labels, modality: label('CT', true) } }),
    ];
    const summary = await summarise({
      items: batches(items.slice(0, 2), items.slice(2)),
      files: batches<FileRecord>(),
      corrections: new Map(),
    });
    expect(summary).toMatchObject({ items: 3, images: 9, conflicts: 1 });
    expect(byGroup(summary?.modality ?? new Map())).toEqual(
      new Map([
        ['X-ray', { items: 2, images: 6 }],
        ['CT', { items: 1, images: 3 }],
      ]),
    );
    expect(summary?.anatomy.get('CHEST')).toEqual({ items: 3, images: 9 });
  });

  it('sums warnings that differ in numbers only, with a few examples', async () => {
    const items = [1, 2, 3, 4, 5].map((n) => item(`i${n}`, 'CT', { warnings: [`${n} of 80 slices are missing.`] }));
    const summary = await summarise({ items: batches(items), files: batches<FileRecord>(), corrections: new Map() });
    expect([...(summary?.warnings ?? [])]).toEqual([
      ['1 of 80 slices are missing.', { count: 5, examples: ['i1.dcm', 'i2.dcm', 'i3.dcm'] }],
    ]);
  });

  it('counts where header and picture disagree, an item once', async () => {
    const voice = (from: 'header' | 'pixels', value: string) => ({
      ...{ question: 'modality' as const, by: from, because: '' },
      from,
      value,
      logOdds: 4,
    });
    const disputed: Label = { ...label('CT', true), evidence: [voice('header', 'CT'), voice('pixels', 'MR')] };
    const agreed: Label = { ...label('CT'), evidence: [voice('header', 'CT'), voice('pixels', 'CT')] };
    const items = [disputed, agreed, label('CT')].map((modality, at) =>
      item(`i${at}`, 'CT', { labels: { dimension: label('3D'), anatomy: label('CHEST'), modality } }),
    );
    const summary = await summarise({ items: batches(items), files: batches<FileRecord>(), corrections: new Map() });
    expect(summary).toMatchObject({ conflicts: 1, compared: 2, differing: 1, differingOn: new Map([['modality', 1]]) });
  });

  it('counts features as present, not found and not examined', async () => {
    const seen = (present: boolean | null) => [
      { kind: 'tumour' as const, examined: present !== null, present, probability: null, by: null, why: '' },
    ];
    const items = [
      item('a', 'CT', { features: seen(true) }),
      item('b', 'CT', { features: seen(false) }),
      item('c', 'CT', { features: seen(null) }),
    ];
    const summary = await summarise({ items: batches(items), files: batches<FileRecord>(), corrections: new Map() });
    expect(summary?.features.get('tumour')).toEqual({ present: 1, absent: 1, unsure: 0, unexamined: 1 });
    expect(summary?.features.get('vessels')).toEqual({ present: 0, absent: 0, unsure: 0, unexamined: 3 });
  });

  it('counts files by what became of them and why', async () => {
    const files: FileRecord[] = [
      { path: 'a', status: 'unreadable', bytes: 1, because: 'The file is empty.' },
      { path: 'b', status: 'unreadable', bytes: 1, because: 'The file is empty.' },
      { path: 'c', status: 'skipped', bytes: null },
      { path: 'd', status: 'image', bytes: 1 },
    ];
    const summary = await summarise({ items: batches<Item>(), files: batches(files), corrections: new Map() });
    expect(summary?.unreadable.get('The file is empty.')).toEqual({ count: 2, examples: ['a', 'b'] });
    expect(summary?.skipped.size).toBe(1);
    expect(summary?.statuses.get('image')).toBe(1);
  });

  it('stops when told', async () => {
    const control = new AbortController();
    control.abort();
    expect(
      await summarise({ items: batches([item('a', 'CT')]), files: batches<FileRecord>(), corrections: new Map(), signal: control.signal }),
    ).toBeUndefined();
  });

  it('ranks the largest first and the unknown last', () => {
    const one = (items: number) => ({ items, images: 0 });
    expect(
      ranked(
        new Map([
          ['UNKNOWN', one(9)],
          ['b', one(1)],
          ['a', one(1)],
          ['c', one(5)],
        ]),
      ).map(([value]) => value),
    ).toEqual(['c', 'a', 'b', 'UNKNOWN']);
  });
});
