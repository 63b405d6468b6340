import { expect, it } from 'vitest';
import type { Item } from '../../core/item.ts';
import type { OutlineCard } from '../../core/outline-card.ts';
import { whoMayLook } from './may-look.ts';

const label = (value: string) => ({ value, confidence: 0.95, conflict: false, evidence: [] });
const item = {
  tags: {},
  shape: [256, 256],
  spacingMm: null,
  name: 'a',
  labels: { dimension: label('2D'), modality: label('US'), anatomy: label('BREAST') },
} as unknown as Item;
const card = {
  id: 'outline',
  tasks: [
    {
      id: 'breast',
      kind: 'tumour',
      examines: true,
      routes: [{ modality: ['US'], anatomy: ['BREAST'] }],
      from: { modality: 0.8, anatomy: 0.8 },
    },
  ],
} as unknown as OutlineCard;
const said = (from: 'pixels' | 'header', by: string) => ({ question: 'tumour', value: 'no', logOdds: 1, from, by, because: '' }) as const;

it('names who may look and has not', () => {
  expect(whoMayLook(item, [card])).toEqual(['outline']);
  expect(whoMayLook({ ...item, findings: [said('header', 'outline')] }, [card])).toEqual(['outline']);
  expect(whoMayLook({ ...item, findings: [said('pixels', 'outline')] }, [card])).toEqual([]);
});

it('names nobody where none fits or nothing can be decoded', () => {
  expect(whoMayLook({ ...item, undecoded: 'No.' }, [card])).toEqual([]);
  expect(whoMayLook(item, [])).toEqual([]);
});
