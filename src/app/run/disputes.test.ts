import { expect, test } from 'vitest';
import type { Row } from '../../core/row.ts';
import { disputedIn, disputesOf, withDisputes } from './disputes.ts';
import { filtersOf, passing, textOf } from './filters.ts';

const rows = [
  { id: 'a', differs: ['modality'] },
  { id: 'b', differs: ['modality', 'anatomy'] },
  { id: 'c', differs: [] },
  { id: 'd' },
] as unknown as readonly Row[];
const ids = (texts: string[]): string =>
  passing(rows, { filters: filtersOf(texts) })
    .map(({ id }) => id)
    .join('');

test('an item that differs on two questions is one item', () => {
  expect(disputesOf(rows)).toEqual({
    items: 2,
    on: [
      { question: 'modality', items: 2 },
      { question: 'anatomy', items: 1 },
    ],
  });
  expect(disputesOf(rows.slice(2))).toBeUndefined();
});

test('the address says what they differ on, and filters by it', () => {
  expect(ids(['agreement:modality', 'agreement:anatomy'])).toBe('ab');
  expect(ids(['agreement:anatomy'])).toBe('b');
  expect(ids(['agreement:agree'])).toBe('c');
});

test('switching leaves other filters as they are', () => {
  const before = filtersOf(['modality:CT', 'agreement:agree']);
  const after = withDisputes(before, ['modality', 'anatomy']);
  expect(after.map(textOf)).toEqual(['modality:CT', 'agreement:modality', 'agreement:anatomy']);
  expect([...disputedIn(after)]).toEqual(['modality', 'anatomy']);
  expect([...disputedIn(before)]).toEqual([]);
  expect(withDisputes(after, []).map(textOf)).toEqual(['modality:CT']);
});
