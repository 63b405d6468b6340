import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { OutlineCard, OutlineTask } from '../../core/outline-card.ts';
import { inOrder, routeInWords, TaskTable } from './task-table.tsx';

const task = (id: string, part: Partial<OutlineTask> = {}, measured: Partial<OutlineTask['measured']> = {}): OutlineTask => ({
  id,
  title: id,
  kind: 'tumour',
  index: 0,
  examines: true,
  routes: [{ modality: ['US'], anatomy: ['BREAST'] }],
  from: { modality: 0.8, anatomy: 0.7 },
  window: null,
  maskFrom: 0.5,
  smallest: 0,
  filled: true,
  presence: { bias: 0, logit: 1, peak: 0, area: 0 },
  measured: {
    leftOut: 'sources',
    dice: 0.71,
    auroc: 0.934,
    falseAlarms: 0.04,
    images: 120,
    negatives: 60,
    sources: ['a', 'b'],
    ...measured,
  },
  ...part,
});

it('says in words which images a task looks at', () => {
  expect(routeInWords({ modality: ['CT'], anatomy: ['LIVER', 'KIDNEY'] })).toBe('CT, liver or kidney');
  expect(routeInWords({ modality: ['DMS', 'XC', 'OP'], anatomy: [] })).toMatch(
    /^dermoscopy, external-camera photography or ophthalmic photography$/,
  );
  expect(routeInWords({ modality: ['MR'], anatomy: ['BRAIN'], sequence: ['FLAIR', 'UNKNOWN'] })).toBe(
    'MR, brain (FLAIR or sequence unknown)',
  );
});

it('puts those that are asked first, the best at the top', () => {
  const tasks = [
    task('poor', { examines: false, why: 'Too weak.' }, { dice: 0.9 }),
    task('b', {}, { dice: 0.6 }),
    task('a'),
    task('none', {}, { dice: null }),
  ];
  expect(inOrder(tasks).map(({ id }) => id)).toEqual(['a', 'b', 'none', 'poor']);
});

it('tells figures, what was not measured, and why one is not asked', () => {
  const card = {
    id: 'outline',
    title: 'Outlines',
    tasks: [
      task('breast'),
      task(
        'lung',
        { examines: false, why: 'Only 24 images.' },
        { dice: null, auroc: null, falseAlarms: null, leftOut: 'patients', negatives: 0 },
      ),
    ],
  };
  const drawn = renderToStaticMarkup(<TaskTable card={card as unknown as OutlineCard} />).replace(/<[^>]*>/g, ' ');
  expect(drawn).toMatch(/breast\s+tumour\s+ultrasound, breast\s+Asked where labels are at least 80 % and 70 % sure\./);
  expect(drawn).toMatch(/0\.71\s+0\.934\s+4 %\s+120\s+\+ 60 without\s+2 sources left out/);
  expect(drawn).toMatch(/lung\s+tumour\s+not asked/);
  expect(drawn).toContain('Only 24 images.');
  expect(drawn).toMatch(/not measured\s+–\s+–\s+120\s+patients left out/);
});
