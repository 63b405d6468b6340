import { expect, test } from 'vitest';
import type { Row } from '../../core/row.ts';
import { filtersOf, passing, switched, textOf } from './filters.ts';

const row = (parts: Partial<Row>): Row =>
  ({
    id: 'x',
    name: '',
    path: '',
    shape: [],
    spacingMm: null,
    features: [],
    modality: 'CT',
    anatomy: 'CHEST',
    dimension: '3D',
    ...parts,
  }) as Row;
const rows = [
  row({ id: 'a', modality: 'CT', anatomy: 'LUNG', name: 'Thorax native', path: 'p1/IM0.dcm' }),
  row({ id: 'b', modality: 'DX', anatomy: 'CHEST', features: ['tumour', 'lesion'] }),
  row({ id: 'c', modality: 'CR', anatomy: 'KNEE', name: 'knee (left)' }),
];
const ids = (list: readonly Row[]): string => list.map((one) => one.id).join('');

test('filters are read from the address, and nonsense is left out', () => {
  expect(filtersOf(['modality:CT', 'nonsense:1', 'modality:', ':x', 'toString:x', 'slices:100'])).toEqual([
    { field: 'modality', value: 'CT' },
    { field: 'slices', value: '100' },
  ]);
  expect(filtersOf(undefined)).toEqual([]);
});

test('a value may hold a colon', () => {
  const [filter] = filtersOf(['manufacturer:A: B']);
  expect(filter).toEqual({ field: 'manufacturer', value: 'A: B' });
  expect(textOf(filter!)).toBe('manufacturer:A: B');
});

test('switching a filter twice leaves what was', () => {
  const filter = { field: 'modality', value: 'CT' } as const;
  const on = switched([], filter);
  expect(on).toEqual([filter]);
  expect(switched(on, { ...filter })).toEqual([]);
});

test('values of one field are alternatives, fields add up', () => {
  expect(ids(passing(rows, { filters: filtersOf(['modality:CT', 'modality:X-ray']) }))).toBe('abc');
  expect(ids(passing(rows, { filters: filtersOf(['modality:X-ray', 'anatomy:KNEE']) }))).toBe('c');
  expect(ids(passing(rows, { filters: filtersOf(['modality:DX']) }))).toBe('b');
  expect(ids(passing(rows, { filters: filtersOf(['modality:CT|Optical']) }))).toBe('a');
  expect(ids(passing(rows, { filters: filtersOf(['feature:lesion']) }))).toBe('b');
  expect(ids(passing(rows, { filters: filtersOf(['feature:none']) }))).toBe('ac');
});

test("a chart's own filters do not hide its marks", () => {
  const filters = filtersOf(['modality:CT', 'anatomy:KNEE']);
  expect(ids(passing(rows, { filters, except: 'modality' }))).toBe('c');
  expect(ids(passing(rows, { filters }))).toBe('');
});

test('words are found in names and paths, any case, signs as they are', () => {
  expect(ids(passing(rows, { filters: [], text: 'THORAX im0' }))).toBe('a');
  expect(ids(passing(rows, { filters: [], text: '(left)' }))).toBe('c');
  expect(ids(passing(rows, { filters: [], text: 'thorax knee' }))).toBe('');
});

test('nothing asked gives the very same array', () => {
  expect(passing(rows, { filters: [], text: ' ' })).toBe(rows);
});
