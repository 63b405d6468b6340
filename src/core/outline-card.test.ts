import { describe, expect, it } from 'vitest';
import { readOutlineCard } from './outline-card.ts';
import { Unreadable } from './unreadable.ts';

const CARD = {
  schema: 'medley.outline/1',
  id: 'outline',
  version: '1.0',
  title: 'Outline',
  summary: 'Marks polyps.',
  weights: { file: 'outline.onnx', bytes: 3_900_000, sha256: 'b'.repeat(64) },
  input: { name: 'image', columns: 256, rows: 256, channels: 3, layout: 'NCHW', scale: 255, mean: [0.5, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
  mirrored: true,
  outputs: { masks: 'masks', presence: 'presence', columns: 64, rows: 64 },
  tasks: [
    {
      id: 'polyp',
      title: 'Polyps in endoscopy',
      kind: 'tumour',
      index: 0,
      examines: true,
      routes: [{ modality: ['ES'], anatomy: ['GITRACT'] }],
      from: { modality: 0.8, anatomy: 0.6 },
      window: null,
      maskFrom: 0.45,
      smallest: 0.002,
      filled: true,
      presence: { bias: -1, logit: 1.2, peak: 0.3, area: 0.1 },
      measured: { leftOut: 'sources', dice: 0.7, auroc: null, falseAlarms: 0.03, images: 300, negatives: 200, sources: ['a', 'b'] },
    },
    {
      id: 'brain-ct',
      title: 'Infarcts and haemorrhages in brain CT',
      kind: 'lesion',
      index: 3,
      examines: false,
      why: 'It finds too few of them.',
      routes: [{ modality: ['CT'], anatomy: [], sequence: ['FLAIR', 'UNKNOWN'] }],
      from: { modality: 0.8, anatomy: 0 },
      window: { center: 40, width: 80 },
      maskFrom: 0.5,
      smallest: 0,
      filled: false,
      presence: { bias: 0, logit: 1, peak: 0, area: 0 },
      measured: { leftOut: 'patients', dice: null, auroc: null, falseAlarms: null, images: 0, negatives: 0, sources: [] },
    },
  ],
  begunFrom: 'a published trunk, Apache-2.0',
  data: [{ source: 'a', original: 'https://example.org', licence: 'CC BY 4.0', images: 12 }],
  how: 'Whole sources left out in turn.',
  limits: ['Grown-ups only.'],
  notice: 'Research use only, not a medical device.',
};

/** The card with something else at this path. */
function altered(path: string, value: unknown): unknown {
  const copy = structuredClone(CARD) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at: Record<string, unknown>, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** tasks.0.window.width → tasks[0].window.width */
const named = (path: string): string => path.replace(/\.(\d+)/g, '[$1]');

describe('readOutlineCard', () => {
  it('gives a whole card back as it is', () => expect(readOutlineCard(CARD)).toEqual(CARD));

  it('leaves out what it does not know', () => {
    expect(readOutlineCard(altered('tasks.0.colour', 'blue'))).toEqual(CARD);
    expect(readOutlineCard({ ...CARD, colour: 'blue' })).toEqual(CARD);
  });

  it('does without what may be missing', () => {
    const { begunFrom: _, notice: __, ...least } = CARD;
    expect(readOutlineCard(least)).toEqual({ ...least, notice: CARD.notice });
  });

  it.each([
    ['id', 'Outline'],
    ['version', 1],
    ['weights.sha256', 'b'],
    ['mirrored', 'yes'],
    ['outputs', undefined],
    ['outputs.masks', ''],
    ['outputs.presence', undefined],
    ['outputs.columns', 0],
    ['outputs.rows', 1e6],
    ['tasks', []],
    ['tasks.0.id', 'a b'],
    ['tasks.0.title', ''],
    ['tasks.0.kind', 'polyp'],
    ['tasks.0.index', -1],
    ['tasks.0.index', 1.5],
    ['tasks.0.examines', 1],
    ['tasks.1.why', undefined],
    ['tasks.0.routes', []],
    ['tasks.0.routes.0.modality', []],
    ['tasks.0.routes.0.anatomy', undefined],
    ['tasks.1.routes.0.sequence', []],
    ['tasks.0.from', undefined],
    ['tasks.0.from.modality', 80],
    ['tasks.0.from.anatomy', -0.1],
    ['tasks.0.window', undefined],
    ['tasks.1.window.width', 0],
    ['tasks.0.maskFrom', 0],
    ['tasks.0.maskFrom', 1],
    ['tasks.0.smallest', 2],
    ['tasks.0.filled', undefined],
    ['tasks.0.presence.peak', undefined],
    ['tasks.0.presence.area', Number.POSITIVE_INFINITY],
    ['tasks.0.measured', undefined],
    ['tasks.0.measured.leftOut', 'images'],
    ['tasks.0.measured.dice', 70],
    ['tasks.0.measured.images', -1],
    ['tasks.0.measured.sources', 'a'],
    ['data', undefined],
    ['how', undefined],
    ['limits', 'none'],
  ])('refuses %s = %j with a sentence that names it', (path, value) => {
    const failed = (): unknown => readOutlineCard(altered(path, value));
    expect(failed).toThrow(Unreadable);
    expect(failed).toThrow(named(path));
  });

  it.each([
    ['tasks.0.routes.0.modality', ['XX'], 'XX'],
    ['tasks.0.routes.0.modality', ['UNKNOWN'], 'UNKNOWN'],
    ['tasks.0.routes.0.anatomy', ['TOE'], 'TOE'],
    ['schema', 'medley.model/1', 'medley.outline/1'],
    ['input.channels', 1, '3 channels'],
    ['input.layout', 'NHWC', 'NCHW'],
    ['tasks.1.id', 'polyp', 'same id'],
    ['tasks.1.index', 0, 'same index'],
  ])('refuses %s = %j', (path, value, words) => {
    if (path === 'input.channels')
      return expect(() => readOutlineCard({ ...CARD, input: { ...CARD.input, channels: 1, mean: [0], std: [1] } })).toThrow(words);
    return expect(() => readOutlineCard(altered(path, value))).toThrow(words);
  });

  it.each([null, undefined, 3, 'card', []])('refuses %j', (json) => expect(() => readOutlineCard(json)).toThrow(Unreadable));
});
