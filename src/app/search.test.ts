import { expect, test } from 'vitest';
import { one, parseSearch, several, stringifySearch } from './search.ts';

test('repeated parameters become lists, others stay texts, also where they look like numbers', () => {
  expect(parseSearch('?src=https%3A%2F%2Fa.org%2F%3Fx%3D1&src=b&models=0')).toEqual({ src: ['https://a.org/?x=1', 'b'], models: '0' });
  expect(parseSearch('')).toEqual({});
});

test('what was written is read again', () => {
  const search = { f: ['modality:CT', 'anatomy:LUNG'], q: 'a&b=c', sort: '-files' };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test('nothing is written for what is absent or empty', () => {
  expect(stringifySearch({ f: undefined, q: '', view: null, list: [] })).toBe('');
});

test('one and several take what they can use', () => {
  expect(one(['a', 'b'])).toBe('a');
  expect(one('')).toBeUndefined();
  expect(one(7)).toBeUndefined();
  expect(several('a')).toEqual(['a']);
  expect(several(['a', '', 3])).toEqual(['a']);
  expect(several(undefined)).toBeUndefined();
});
