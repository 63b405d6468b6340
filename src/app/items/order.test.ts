import { expect, test } from 'vitest';
import type { Row } from '../../core/row.ts';
import { nextOrder, type Order, ordering, orderOf, orderText } from './order.ts';

const row = (name: string, parts: Partial<Row> = {}): Row => ({ id: name, name, features: [], confidence: 0.5, files: 1, ...parts }) as Row;
/** All steps at once. */
function ordered(rows: readonly Row[], order: Order): readonly Row[] {
  const steps = ordering(rows, order);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const names = (rows: readonly Row[]): string[] => rows.map((one) => one.name);

test('numbers in names are ordered as numbers', () => {
  const rows = [row('img10'), row('img2'), row('Img1')];
  expect(names(ordered(rows, { by: 'name', down: false }))).toEqual(['Img1', 'img2', 'img10']);
  expect(names(ordered(rows, { by: 'name', down: true }))).toEqual(['img10', 'img2', 'Img1']);
});

test('equal rows stay as they came, both ways', () => {
  const rows = [row('a', { files: 2 }), row('b', { files: 1 }), row('c', { files: 2 })];
  expect(names(ordered(rows, { by: 'files', down: false }))).toEqual(['b', 'a', 'c']);
  expect(names(ordered(rows, { by: 'files', down: true }))).toEqual(['a', 'c', 'b']);
});

test('rows without features come last', () => {
  const rows = [row('a'), row('b', { features: ['vessels'] }), row('c', { features: ['lesion'] })];
  expect(names(ordered(rows, { by: 'features', down: false }))).toEqual(['c', 'b', 'a']);
});

test('long lists are sorted in many small steps, with the same outcome', () => {
  const rows = Array.from({ length: 20_001 }, (_, at) => row(`r${(at * 7919) % 20_001}`, { files: at % 7 }));
  let steps = 0;
  const sorting = ordering(rows, { by: 'name', down: false });
  let step = sorting.next();
  while (!step.done) {
    steps += 1;
    step = sorting.next();
  }
  expect(steps).toBeGreaterThan(10);
  expect(names(step.value)).toEqual(Array.from({ length: 20_001 }, (_, at) => `r${at}`));
  const byFiles = ordered(rows, { by: 'files', down: false });
  const first = byFiles.slice(0, 2858).map((one) => rows.indexOf(one));
  expect(first).toEqual([...first].sort((a, b) => a - b));
});

test('a header goes up, down, and back to the order of arrival', () => {
  const up = nextOrder(undefined, 'name');
  const down = nextOrder(up, 'name');
  expect([orderText(up), orderText(down), orderText(nextOrder(down, 'name'))]).toEqual(['name', '-name', undefined]);
  expect(nextOrder(down, 'files')).toEqual({ by: 'files', down: false });
});

test('orders are read from the address', () => {
  expect(orderOf('-confidence')).toEqual({ by: 'confidence', down: true });
  expect(orderOf('nonsense')).toBeUndefined();
  expect(orderOf(undefined)).toBeUndefined();
});
