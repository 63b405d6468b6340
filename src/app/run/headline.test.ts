import { expect, test } from 'vitest';
import type { Row } from '../../core/row.ts';
import { headline } from './headline.ts';

const rows = (parts: Partial<Row>[]): Row[] => parts.map((part) => ({ images: 1, modality: 'CT', anatomy: 'CHEST', ...part }) as Row);

test('nothing yet says nothing', () => {
  expect(headline([])).toBeUndefined();
});

test('what all are', () => {
  expect(headline(rows([{}, { images: 30 }]))).toBe('2 items, 31 images: all CT; all chest.');
  expect(headline(rows([{}]))).toBe('1 image: all CT; all chest.');
});

test('what leads is given with its share, by group', () => {
  const text = headline(rows([{}, {}, {}, { modality: 'DX', anatomy: 'KNEE' }]));
  expect(text).toBe('4 images: CT 75 %, X-ray 25 %; chest 75 %, knee 25 %.');
});

test('where nothing leads, things are named', () => {
  const text = headline(rows(['CT', 'MR', 'DX', 'US', 'OP'].map((modality) => ({ modality, anatomy: 'UNKNOWN' }))));
  expect(text).toBe('5 images: CT, MRI, Optical and 2 more.');
});

test('what is not known is not said', () => {
  expect(headline(rows([{ modality: 'UNKNOWN', anatomy: 'UNKNOWN' }]))).toBe('1 image.');
});
