import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { CardOutput, MeasuredOutput } from '../../core/card.ts';
import { ClassTable, inOrder } from './class-table.tsx';
import { elapsed } from './speed-test.tsx';

const OUTPUT: CardOutput = {
  name: 'modality',
  question: 'modality',
  activation: 'softmax',
  temperature: 1,
  answerFrom: 0.5,
  classes: [
    { label: 'CT', value: 'CT' },
    { label: 'X-ray', value: 'DX' },
    { label: 'junk', value: null },
  ],
};
const one = (label: string, { sources, accuracy, value = 'CT' }: { sources: number; accuracy: number | null; value?: string | null }) => ({
  label,
  value,
  sources,
  images: 10,
  accuracy,
  taughtAccuracy: accuracy,
});
const MEASURED: MeasuredOutput = {
  question: 'modality',
  macroAccuracy: 0.951,
  ece: 0.0312,
  classes: [
    one('thin', { sources: 1, accuracy: 1 }),
    one('CT', { sources: 5, accuracy: 0.9 }),
    one('X-ray', { sources: 3, accuracy: 0.97, value: 'DX' }),
    one('none', { sources: 0, accuracy: null }),
  ],
};

it('puts the best first and what few sources show last', () => {
  expect(inOrder(MEASURED.classes).map(({ label }) => label)).toEqual(['X-ray', 'CT', 'thin', 'none']);
});

it('says in words what is thin, what was not measured, and what a class stands for', () => {
  const drawn = renderToStaticMarkup(<ClassTable output={OUTPUT} measured={MEASURED} />).replace(/<[^>]*>/g, ' ');
  expect(drawn).toContain('95 %');
  expect(drawn).toContain('expected calibration error 0.031');
  expect(drawn).toMatch(/thin\s.*thin\s+100 %/);
  expect(drawn).toMatch(/none\s.*not measured\s+–/);
  expect(drawn).toContain('digital radiography');
});

it('shows beside it how well kinds did that another source had taught', () => {
  const taught = { ...MEASURED, taught: { macroAccuracy: 0.97, ece: 0.02 }, rejectionAuroc: 0.981 };
  const drawn = renderToStaticMarkup(<ClassTable output={OUTPUT} measured={taught} />).replace(/<[^>]*>/g, ' ');
  expect(drawn).toContain('Where taught (97 % right, off by 2.0 points)');
  expect(drawn).toContain('area under the curve of 0.981');
  expect(drawn).toMatch(/CT\s+90 %\s+90 %\s+5/);
  expect(renderToStaticMarkup(<ClassTable output={OUTPUT} measured={MEASURED} />)).not.toContain('Where taught');
});

it('lists the classes of a model that nobody measured', () => {
  const drawn = renderToStaticMarkup(<ClassTable output={OUTPUT} measured={undefined} />).replace(/<[^>]*>/g, '');
  expect(drawn).toContain('How well it does was not measured.');
  expect(drawn).toContain('X-ray → digital radiography');
  expect(drawn).toContain('junk never answered');
});

it('tells how long something took', () => {
  expect([4.23, 38.6, 999, 4213].map(elapsed)).toEqual(['4.2 ms', '39 ms', '999 ms', '4.2 s']);
});
