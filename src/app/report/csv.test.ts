import { describe, expect, it } from 'vitest';
import { standing } from '../../core/correction.ts';
import type { Label } from '../../core/evidence.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import { field, filesCsv, itemsCsv, record } from './csv.ts';
import { fileStem } from './download.ts';

const label = (value: string): Label => ({ value, confidence: 0.98765, conflict: false, evidence: [] });
const item: Item = {
  id: 'item-0001',
  name: '=cmd|calc',
  format: 'dicom',
  parts: [{ path: 'a, "b".dcm', images: 2 }],
  shape: [64, 32, 2],
  stored: { columns: 64, rows: 32, slices: 2, frames: 1, samples: 1, bits: 16 },
  spacingMm: [0.5, 0.5, 2],
  bytes: 8192,
  tags: {},
  warnings: ['Odd.'],
  masks: [],
  features: [{ kind: 'tumour', examined: true, present: false, probability: 0.1, by: 'x', why: 'y' }],
  labels: { dimension: label('3D'), modality: label('CT'), anatomy: label('CHEST'), plane: label('UNKNOWN') },
};
async function* batches<T>(...lists: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* lists;
}
async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}

describe('csv', () => {
  it('quotes by RFC 4180', () => {
    expect(field('a,b')).toBe('"a,b"');
    expect(field('say "x"')).toBe('"say ""x"""');
    expect(field('two\nlines')).toBe('"two\nlines"');
    expect(field(' spaced')).toBe('" spaced"');
    expect(record(['a', 1, null, undefined, true])).toBe('a,1,,,true\r\n');
  });

  it('never writes text that a spreadsheet would run', () => {
    for (const bad of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1', '＝1']) expect(field(bad).replace('"', '')).toMatch(/^'/);
    expect(field(-5)).toBe('-5');
    expect(field('a=b')).toBe('a=b');
  });

  it('writes a line an item, corrections on top', async () => {
    const corrections = standing([{ itemId: item.id, question: 'modality', value: 'PT', at: '2026-01-01T00:00:00Z' }]);
    const [head = '', line = ''] = (await text(itemsCsv(batches([item]), { corrections }))).split('\r\n');
    const columns = head.split(',');
    expect(
      line.startsWith(
        "item-0001,'=cmd|calc,dicom,3D,0.9877,PT,1,CHEST,0.9877,false,,,,no,,,64,32,2,64 x 32 x 2,0.5 x 0.5 x 2,1,2,8192,0,Odd.",
      ),
    ).toBe(true);
    expect(line.endsWith('"a, ""b"".dcm"')).toBe(true);
    expect(columns).toHaveLength(27);
  });

  it('writes only the chosen items, and their files', async () => {
    expect(await text(itemsCsv(batches([item]), { corrections: new Map(), ids: new Set() }))).toMatch(/^id,.*\r\n$/);
    const files: FileRecord[] = [
      {
        path: 'a',
        status: 'image',
        bytes: 1,
        item: item.id,
        entry: { path: 'a', place: { source: 'file', at: { url: 'https://e.org/a?sig=1' } } },
      },
      { path: 'b', status: 'skipped', bytes: null, because: 'Too deep.', code: 'E-DEPTH' },
    ];
    expect((await text(filesCsv(batches(files), { ids: new Set([item.id]) }))).split('\r\n')[1]).toBe(
      'a,image,,,1,item-0001,,file,https://e.org/a',
    );
    expect((await text(filesCsv(batches(files)))).split('\r\n')[2]).toBe('b,skipped,Too deep.,E-DEPTH,,,,,');
  });

  it('makes names of files safe', () => {
    expect(fileStem('lung-ct.tar.gz')).toBe('lung-ct');
    expect(fileStem('https://e.org/a b/c.zip?x=1')).toBe('c');
    expect(fileStem('../..')).toBe('dataset');
    expect(fileStem('')).toBe('dataset');
  });
});
