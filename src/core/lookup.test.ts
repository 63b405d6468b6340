import { describe, expect, it } from 'vitest';
import { lookup } from './lookup.ts';
import { anatomyOf, groupOf, modalityOf, nameOf } from './vocabulary.ts';

const STRANGE = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', 'CONSTRUCTOR', '__PROTO__'];

describe('lookup', () => {
  it('knows its rows', () => expect(lookup({ a: 1 }).a).toBe(1));
  it.each(STRANGE)('does not know %s', (word) => expect(lookup({ a: 1 })[word]).toBeUndefined());
});

it.each(STRANGE)('the vocabulary has no word %s', (word) => {
  expect(modalityOf(word)).toBeUndefined();
  expect(anatomyOf(word)).toBeUndefined();
  expect(groupOf(word)).toBe('Unknown');
  expect(nameOf(word)).toBe(word);
});
