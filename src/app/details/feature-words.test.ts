import { expect, it } from 'vitest';
import type { Feature } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import type { Outline } from '../../core/outline.ts';
import { diceInWords, figure, fraction, measuresOf, outlinesOf, routedFrom, sizeInWords, stateInWords } from './feature-words.ts';

const feature = (part: Partial<Feature>): Feature => ({
  kind: 'tumour',
  examined: true,
  present: true,
  probability: 0.93,
  by: 'outline',
  why: '',
  ...part,
});
const label = (value: string, confidence = 0.97) => ({ value, confidence, conflict: false, evidence: [] });
const outline = (part: Partial<Outline> = {}): Outline => ({
  kind: 'tumour',
  label: 'polyp',
  by: 'outline',
  from: 'model',
  probability: 0.9,
  areaFraction: 0.0123,
  areaMm2: 134.4,
  volumeMl: 1.234,
  largestMm: 14.06,
  count: 2,
  slices: [11, 19],
  ...part,
});
const volume = { shape: [256, 256, 140], labels: { dimension: label('3D') } } as unknown as Item;

it('says what is known and how sure', () => {
  expect(stateInWords(feature({}))).toEqual({ state: 'present', name: 'Present', sure: 'Very likely, 93 %' });
  expect(stateInWords(feature({ present: false, probability: 0.04 }))).toEqual({
    state: 'absent',
    name: 'Not found',
    sure: 'Very unlikely, 4 %',
  });
  expect(stateInWords(feature({ present: false, probability: 0.001 })).sure).toBe('Almost certainly not, < 1 %');
  expect(stateInWords(feature({ examined: false, present: null, probability: null }))).toEqual({
    state: 'unexamined',
    name: 'Not examined',
    sure: undefined,
  });
  expect(stateInWords(feature({ by: 'user', present: null, probability: null })).name).toBe('Not sure');
  expect(stateInWords(feature({ by: 'user', probability: 1 })).sure).toBeUndefined();
});

it('tells measures with their units and leaves out what is not known', () => {
  expect(measuresOf(outline(), volume)).toEqual([
    ['Of all pixels', '1.2 %'],
    ['Volume', '1.2 ml'],
    ['Largest area', '134 mm²'],
    ['Largest diameter', '14.1 mm'],
    ['Pieces', '2'],
    ['Slices', '12–20 of 140'],
  ]);
  const flat = { shape: [256, 256], labels: { dimension: label('2D') } } as unknown as Item;
  expect(measuresOf(outline({ areaMm2: null, volumeMl: null, largestMm: null, count: 1, slices: [0, 0] }), flat)).toEqual([
    ['Of the picture', '1.2 %'],
    ['Pieces', '1'],
  ]);
  expect([0.00123, 12.34, 1234.5].map(figure)).toEqual(['0.0012', '12.3', '1,235']);
  expect([0.000001, 0.0004, 0.123].map(fraction)).toEqual(['< 0.01 %', '0.04 %', '12 %']);
  expect([outline(), outline({ volumeMl: null }), outline({ volumeMl: null, areaMm2: null })].map(sizeInWords)).toEqual([
    '1.2 ml',
    '134 mm²',
    '1.2 %',
  ]);
  expect(diceInWords(0.834)).toBe('0.83, much alike');
});

it('names the labels by which models were chosen', () => {
  const labels = { dimension: label('2D'), modality: label('US'), anatomy: label('BREAST', 0.91), sequence: label('UNKNOWN', 0) };
  expect(routedFrom({ labels })).toBe('ultrasound (97 %), breast (91 %)');
  expect(routedFrom({ labels: { ...labels, anatomy: label('UNKNOWN', 0) } })).toBe('ultrasound (97 %), anatomy unknown');
});

it('puts our outlines before those in the data, and keeps the place of each', () => {
  const outlines = [outline({ from: 'file' }), outline({ areaFraction: 0.1 }), outline({ kind: 'organ' }), outline({ areaFraction: 0.2 })];
  expect(outlinesOf({ outlines }, 'tumour').map(({ index }) => index)).toEqual([3, 1, 0]);
  expect(outlinesOf({}, 'tumour')).toEqual([]);
});
