import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Row } from '../core/row.ts';
import { weightOf } from './chart.ts';
import { EITHER, hasValue } from './field.ts';
import { charts } from './index.ts';
import { anatomyName, formatName, percent, portion } from './names.ts';
import { spanName, spanOf } from './span.ts';

const MODALITIES = ['CT', 'CT', 'MR', 'DX', 'CR', 'US', 'PT', 'XC', 'MG', 'XA', 'OTHER', 'UNKNOWN'];
const row = (at: number): Row => ({
  id: `i${at}`,
  name: `item ${at}`,
  path: `p/${at}.dcm`,
  files: 2,
  images: 10,
  format: at % 2 ? 'dicom' : 'nifti',
  shape: [512, 512, at % 300],
  spacingMm: at % 3 ? [0.7, 0.7, 2] : null,
  bytes: 1,
  dimension: at % 2 ? '3D' : '2D',
  modality: MODALITIES[at % MODALITIES.length] ?? 'CT',
  anatomy: at % 5 ? 'LUNG' : 'UNKNOWN',
  sequence: at % 3 ? undefined : 'FLAIR',
  contrast: undefined,
  plane: 'axial',
  confidence: 0.9,
  conflict: at % 7 === 0,
  differs: at % 7 ? (at % 2 ? [] : undefined) : at % 3 ? ['modality'] : ['modality', 'anatomy'],
  features: at % 4 ? [] : ['tumour', 'vessels'],
  ...(at % 3 ? {} : { dice: (at % 21) / 20 }),
  manufacturer: 'ACME',
  date: undefined,
  warnings: 0,
  masks: 0,
  undecoded: false,
});
const rows = Array.from({ length: 120 }, (_, at) => row(at));
const chart = (id: string) => charts.find((one) => one.id === id)!;

test('the charts of the contract come first, in its order', () => {
  expect(charts.slice(0, 4).map((one) => one.title)).toEqual(['Modality', 'Anatomy', 'Dimension', 'Features']);
  expect(new Set(charts.map((one) => one.id)).size).toBe(charts.length);
});

test.each(charts.map((one) => [one.title, one] as const))('%s: nothing, little and much', (_, { tally, summary, Draw, id }) => {
  const none = tally([], 'items');
  expect(none).toEqual({ slices: [], total: 0 });
  expect(summary(none, 'items')).toMatch(/\.$/);
  const data = tally(rows, 'items');
  expect(data.total).toBe(120);
  expect(tally(rows, 'images').total).toBe(1200);
  expect(tally(rows, 'files').total).toBe(240);
  expect(summary(data, 'items')).toMatch(/\.$/);
  for (const { value, count } of data.slices) expect(rows.filter((one) => hasValue(one, id, value))).toHaveLength(count);
  const drawn = renderToStaticMarkup(
    <Draw data={data} counting="items" picked={new Set([data.slices[0]?.value ?? ''])} onPick={() => {}} />,
  );
  for (const slice of data.slices.slice(0, 8)) expect(drawn).toContain(`data-mark="${slice.value}"`);
  expect(drawn.match(/tabindex="0"/gi)?.length ?? 0).toBe(data.slices.length ? 1 : 0);
  expect(drawn.match(/aria-pressed="true"/g)?.length ?? 0).toBe(data.slices.length ? 1 : 0);
});

test('the pie has at most six slices and the others, whose filter means all of them', () => {
  const { slices, total } = chart('modality').tally(rows, 'items');
  expect(slices).toHaveLength(7);
  expect(slices.reduce((sum, slice) => sum + slice.count, 0)).toBe(total);
  const others = slices.at(-1)!;
  expect(others.value.split(EITHER).length).toBeGreaterThan(1);
  expect(slices.every((slice) => slice.colour?.startsWith('light-dark('))).toBe(true);
});

test('a modality can be asked for by group and by code', () => {
  expect(hasValue(row(3), 'modality', 'X-ray')).toBe(true);
  expect(hasValue(row(3), 'modality', 'DX')).toBe(true);
  expect(hasValue(row(3), 'modality', 'CR')).toBe(false);
});

test('what is unknown comes last, however much there is', () => {
  const unknown = Array.from({ length: 9 }, () => row(0));
  expect(
    chart('anatomy')
      .tally([...unknown, row(1)], 'items')
      .slices.map((slice) => slice.value),
  ).toEqual(['LUNG', 'UNKNOWN']);
});

test('each kind of feature is present, not sure, not found or not examined in every row, and filters say the same', () => {
  const { tally, summary } = chart('feature');
  const four: Row[] = [
    row(0),
    { ...row(1), absent: ['tumour'] },
    { ...row(1), absent: ['tumour', 'lesion'], unsure: ['vessels'] },
    { ...row(1), unexamined: { tumour: 'Nothing fits.' } },
  ];
  const data = tally(four, 'items');
  expect(data.total).toBe(4);
  expect(data.slices.map((slice) => [slice.value, slice.count, slice.name])).toEqual([
    ['tumour', 1, 'Tumour'],
    ['no-tumour', 2, 'Tumour not found'],
    ['unseen-tumour', 1, 'Tumour not examined'],
    ['no-lesion', 1, 'Lesion not found'],
    ['unseen-lesion', 3, 'Lesion not examined'],
    ['vessels', 1, 'Vessels'],
    ['unsure-vessels', 1, 'Vessels not sure'],
    ['unseen-vessels', 2, 'Vessels not examined'],
  ]);
  expect(summary(data, 'items')).toBe(
    'Tumours: looked for in 3 of 4 items, found in 1. Other lesions: looked for in 1 of 4 items, found in none. Vessels: looked for in 2 of 4 items, found in 1.',
  );
  expect(summary(tally([row(1)], 'files'), 'files')).toBe('No tumours, other lesions or vessels were looked for in these files.');
  expect(four.filter((one) => hasValue(one, 'feature', 'none'))).toHaveLength(3);
  expect(chart('feature').note).toBe('Research use, not a diagnosis.');
});

test('histograms keep the gaps between what there is', () => {
  const flat = { ...row(1), shape: [64, 64] };
  const { slices } = chart('matrix').tally([flat, { ...flat, shape: [600, 400] }], 'items');
  expect(slices.map((slice) => [slice.name, slice.count])).toEqual([
    ['64–127', 1],
    ['128–255', 0],
    ['256–511', 0],
    ['512–1023', 1],
  ]);
});

test('intervals hold their lower edge', () => {
  const edges = [1, 2, 5, 10];
  expect(spanOf(2, edges)).toBe('2');
  expect(spanOf(4.99, edges)).toBe('2');
  expect(spanOf(0.5, edges)).toBeUndefined();
  expect(spanOf(Number.NaN, edges)).toBeUndefined();
  expect(spanOf(undefined, edges)).toBeUndefined();
  expect(spanName('2', { edges, whole: true })).toBe('2–4');
  expect(spanName('1', { edges, whole: true })).toBe('1');
  expect(spanName('2', { edges })).toBe('2–5');
  expect(spanName('10', { edges })).toBe('10 +');
});

test('names for people', () => {
  expect(anatomyName('CSPINE')).toBe('Cervical spine');
  expect(anatomyName('LEFT_FOOT')).toBe('Left foot');
  expect(formatName('nifti')).toBe('NIfTI');
  expect(formatName('dicom')).toBe('DICOM');
  expect(percent(1, 1000)).toBe('< 1 %');
  expect(percent(999, 1000)).toBe('> 99 %');
  expect(portion(5, { whole: 5, counting: 'items' })).toBe('all items');
  expect(portion(1, { whole: 5, counting: 'files' })).toBe('20 % of the files');
  expect(weightOf(row(0), 'files')).toBe(2);
});

test('a hundred thousand rows are tallied', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => row(at));
  for (const { tally } of charts) expect(tally(many, 'items').total).toBe(100_000);
});

test('header and picture: an item that differs on two questions is in both bars', () => {
  const { tally, summary } = chart('agreement');
  const data = tally(rows, 'items');
  expect(data.slices.map(({ value, count }) => [value, count])).toEqual([
    ['agree', 51],
    ['modality', 18],
    ['anatomy', 6],
  ]);
  expect(summary(data, 'items')).toBe('Differ on modality: 15 % of the items. Differ on anatomy: 5 % of the items.');
  const agreeing = tally(
    rows.filter((one) => one.differs?.length === 0),
    'items',
  );
  expect(summary(agreeing, 'items')).toBe('They agree wherever both speak: all items.');
});

test('masks compared: overlaps in tenths, a whole one in the last', () => {
  const { tally, summary } = chart('dice');
  const data = tally(
    [0.84, 0.86, 0.31, 1].map((dice) => ({ ...row(1), dice })),
    'items',
  );
  expect(data.slices.map(({ name, count }) => [name, count])).toEqual([
    ['0.3–0.4', 1],
    ['0.4–0.5', 0],
    ['0.5–0.6', 0],
    ['0.6–0.7', 0],
    ['0.7–0.8', 0],
    ['0.8–0.9', 2],
    ['0.9 +', 1],
  ]);
  expect(data.total).toBe(4);
  expect(summary(data, 'items')).toBe('In 4 items there are masks of both to compare; 3 of them overlap by 0.7 (Dice) or more.');
  expect(summary(tally([row(1)], 'items'), 'items')).toBe('No mask that came with the data could be compared with ours.');
});
