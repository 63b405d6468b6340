import { describe, expect, it } from 'vitest';
import type { Label } from './evidence.ts';
import type { OutlineCard, OutlineTask } from './outline-card.ts';
import { type RoutedItem, routesFor } from './routing.ts';

const task = (id: string, more: Partial<OutlineTask>): OutlineTask =>
  ({ id, title: id, kind: 'tumour', examines: true, routes: [], from: { modality: 0.8, anatomy: 0.6 }, ...more }) as OutlineTask;

const CARDS = [
  {
    id: 'outline',
    tasks: [
      task('polyp', { routes: [{ modality: ['ES'], anatomy: ['GITRACT'] }] }),
      task('brain-mr', { routes: [{ modality: ['MR'], anatomy: ['HEAD'], sequence: ['FLAIR', 'T1', 'UNKNOWN'] }] }),
      task('ms-mr', { kind: 'lesion', routes: [{ modality: ['MR'], anatomy: ['HEAD'], sequence: ['FLAIR'] }] }),
      task('lung-ct', {
        routes: [{ modality: ['CT'], anatomy: ['CHEST'] }],
        examines: false,
        why: 'The model finds too few lung tumours in CT (Dice 0.31).',
      }),
      task('lung-organ', { kind: 'organ', routes: [{ modality: ['CT'], anatomy: ['CHEST'] }] }),
    ],
  },
  {
    id: 'vessels',
    tasks: [
      task('xa', { kind: 'vessels', routes: [{ modality: ['XA'], anatomy: [] }] }),
      task('octa', { kind: 'vessels', routes: [{ modality: ['OPT'], anatomy: ['EYE'], dimension: ['2D'] }] }),
    ],
  },
] as unknown as OutlineCard[];

const label = (value: string, confidence = 0.95, conflict = false): Label => ({ value, confidence, conflict, evidence: [] });
const item = (
  modality: Label,
  anatomy: Label,
  more: { sequence?: string; tags?: RoutedItem['tags']; undecoded?: string } = {},
): RoutedItem => ({
  labels: { dimension: label('2D'), modality, anatomy, ...(more.sequence !== undefined && { sequence: label(more.sequence) }) },
  tags: more.tags ?? {},
  ...(more.undecoded !== undefined && { undecoded: more.undecoded }),
});
const asked = (one: RoutedItem): string[] => routesFor(one, CARDS).tasks.map(({ card, task: { id } }) => `${card.id}/${id}`);

describe('which tasks may look', () => {
  it.each([
    ['the body part itself', 'ES', 'GITRACT', undefined, ['outline/polyp']],
    ['a part of it', 'ES', 'COLON', undefined, ['outline/polyp']],
    ['not what it is part of', 'ES', 'ABDOMEN', undefined, []],
    ['a part of the head, sequence named', 'MR', 'BRAIN', 'FLAIR', ['outline/brain-mr', 'outline/ms-mr']],
    ['sequence not known, where that will do', 'MR', 'BRAIN', undefined, ['outline/brain-mr']],
    ['another sequence', 'MR', 'HEAD', 'T2', []],
    ['organs too, but not who is silenced', 'CT', 'LUNG', undefined, ['outline/lung-organ']],
    ['any body part, unknown too', 'XA', 'UNKNOWN', undefined, ['vessels/xa']],
    ['no such modality', 'MG', 'BREAST', undefined, []],
    ['no medical image', 'OTHER', 'UNKNOWN', undefined, []],
    ['unknown modality', 'UNKNOWN', 'BRAIN', undefined, []],
  ])('%s: %s %s', (_, modality, anatomy, sequence, expected) =>
    expect(asked(item(label(modality), label(anatomy), sequence === undefined ? {} : { sequence }))).toEqual(expected),
  );

  it('asks for pictures only where it says so', () => {
    const picture = item(label('OPT'), label('EYE'));
    const volume = { ...picture, labels: { ...picture.labels, dimension: label('3D') } };
    expect(asked(picture)).toEqual(['vessels/octa']);
    expect(asked(volume)).toEqual([]);
    expect(routesFor(volume, CARDS).why.vessels).toContain('as 3D');
  });

  it.each([
    [0.8, 0.6, 1],
    [0.79, 0.99, 0],
    [0.99, 0.59, 0],
    [1, 1, 1],
  ])('asks for confidence: modality %d, body part %d', (modality, anatomy, count) =>
    expect(asked(item(label('ES', modality), label('COLON', anatomy)))).toHaveLength(count),
  );

  it('asks for no confidence of a body part where any will do', () =>
    expect(asked(item(label('XA'), label('HEART', 0.1)))).toEqual(['vessels/xa']));

  it('is not sure of what header and picture disagree on', () => expect(asked(item(label('ES', 0.9, true), label('COLON')))).toEqual([]));

  it('takes the best of several routes', () => {
    const two = task('two', {
      routes: [
        { modality: ['MR'], anatomy: ['PROSTATE'] },
        { modality: ['US', 'CT'], anatomy: [] },
      ],
    });
    const cards = [{ id: 'c', tasks: [two] }] as unknown as OutlineCard[];
    expect(routesFor(item(label('CT'), label('FOOT')), cards).tasks).toHaveLength(1);
    expect(routesFor(item(label('MR'), label('FOOT')), cards).tasks).toHaveLength(0);
  });
});

describe('what the header forbids', () => {
  const brain = (tags: RoutedItem['tags'], more = {}): RoutedItem =>
    item(label('MR'), label('BRAIN'), { sequence: 'FLAIR', tags, ...more });

  it.each([
    [{ ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }, 'localizer'],
    [{ ImageType: 'ORIGINAL\\PRIMARY\\SCOUT' }, 'localizer'],
    [{ ImageType: ['DERIVED', 'SECONDARY', 'OTHER'] }, 'computed'],
    [{ ImageType: ['DERIVED', 'PRIMARY', 'PROJECTION IMAGE', 'MIP'] }, 'computed'],
    [{ SOPClassUID: '1.2.840.10008.5.1.4.1.1.7' }, 'secondary capture'],
    [{ SOPClassUID: '1.2.840.10008.5.1.4.1.1.7.4' }, 'secondary capture'],
    [{ SeriesDescription: 'ACR Phantom T1' }, 'phantom'],
    [{ SeriesDescription: 'brain mask' }, 'mask'],
  ])('%j', (tags, word) => {
    const { tasks, why } = routesFor(brain(tags), CARDS);
    expect(tasks).toEqual([]);
    for (const kind of ['tumour', 'lesion', 'vessels'] as const) expect(why[kind]).toContain(word);
  });

  it.each([
    [{ ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'] }],
    [{ ImageType: ['DERIVED', 'PRIMARY'] }],
    [{ SeriesDescription: 'FLAIR unmasked', SOPClassUID: '1.2.840.10008.5.1.4.1.1.4' }],
  ])('lets %j pass', (tags) => expect(asked(brain(tags))).toHaveLength(2));

  it('lets photographs come as secondary captures', () => {
    const tags = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', ImageType: ['DERIVED', 'SECONDARY'] };
    expect(asked(item(label('ES'), label('COLON'), { tags }))).toEqual(['outline/polyp']);
    expect(asked(item(label('ES'), label('COLON'), { tags: { ...tags, SeriesDescription: 'phantom' } }))).toEqual([]);
  });

  it('forbids localizers that are known by name only, and pixels that cannot be read', () => {
    expect(routesFor(item(label('MR'), label('BRAIN'), { sequence: 'localizer' }), CARDS).why.tumour).toContain('localizer');
    expect(routesFor(brain({}, { undecoded: 'No.' }), CARDS).why.vessels).toBe('Its pixels cannot be read, so nobody looked.');
  });
});

describe('why nobody looked', () => {
  const why = (one: RoutedItem) => routesFor(one, CARDS).why;

  it.each([
    ['tumour', item(label('UNKNOWN', 0.4), label('COLON')), 'It is not known what kind of image this is, so nobody looked for tumours.'],
    ['tumour', item(label('MG'), label('BREAST')), 'No model here looks for tumours in such images (mammography).'],
    ['lesion', item(label('CT'), label('HEAD')), 'No model here looks for other lesions in such images (computed tomography).'],
    [
      'vessels',
      item(label('XA', 0.7), label('HEART')),
      'That this is X-ray angiography is not sure enough to look for vessels (70 %, 80 % are needed).',
    ],
    [
      'vessels',
      item(label('XA', 0.9, true), label('HEART')),
      'Header and picture disagree about what kind of image this is, so nobody looked for vessels.',
    ],
    ['tumour', item(label('ES'), label('UNKNOWN', 0)), 'It is not known which part of the body is shown, so nobody looked for tumours.'],
    [
      'tumour',
      item(label('ES'), label('FOOT')),
      'No model here looks for tumours in such images of this part of the body (endoscopy, foot).',
    ],
    [
      'tumour',
      item(label('ES'), label('COLON', 0.42)),
      'That this shows colon is not sure enough to look for tumours (42 %, 60 % are needed).',
    ],
    [
      'tumour',
      item(label('MR'), label('BRAIN'), { sequence: 'DWI' }),
      'No model here has learnt to find tumours in this MR sequence (DWI).',
    ],
    ['lesion', item(label('MR'), label('BRAIN')), 'Which MR sequence this is is not known, so nobody looked for other lesions.'],
    ['tumour', item(label('CT'), label('LUNG')), 'The model finds too few lung tumours in CT (Dice 0.31).'],
  ] as const)('%s %#', (kind, one, sentence) => expect(why(one)[kind]).toBe(sentence));

  it('says nothing of kinds that are looked for', () => {
    const { why: reasons } = routesFor(item(label('MR'), label('BRAIN'), { sequence: 'FLAIR' }), CARDS);
    expect(Object.keys(reasons)).toEqual(['vessels']);
  });

  it('says it of every kind where there are no cards', () => {
    const { tasks, why: reasons } = routesFor(item(label('MR'), label('BRAIN')), []);
    expect(tasks).toEqual([]);
    expect(reasons.tumour).toBe('No model here looks for tumours in such images (magnetic resonance).');
  });
});
