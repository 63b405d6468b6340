import { expect, it } from 'vitest';
import type { Row } from '../../core/row.ts';
import { reasonsOf } from './why-unexamined.tsx';

const row = (unexamined: Row['unexamined']): Row => ({ unexamined }) as Row;

it('counts each reason by items, with the kinds that it is told for, the most frequent first', () => {
  const off = 'Models were switched off.';
  const rows = [row({ tumour: off, lesion: off }), row({ tumour: off, vessels: 'No model reads it.' }), row(undefined)];
  expect(reasonsOf(rows)).toEqual([
    { why: off, kinds: ['tumour', 'lesion'], items: 2 },
    { why: 'No model reads it.', kinds: ['vessels'], items: 1 },
  ]);
});
