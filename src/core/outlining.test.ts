import { describe, expect, it } from 'vitest';
import { logistic, logit } from './log-odds.ts';
import { bitsOf } from './mask-grid.ts';
import type { OutlineTask } from './outline-card.ts';
import cases from './outlining.fixture.json' with { type: 'json' };
import { aboutOf, averageMirrored, evidenceOf, marksOf, outlinePicture, presenceLogit, type TaskAnswer, turnedBack } from './outlining.ts';

const TASK: OutlineTask = {
  id: 'polyp',
  title: 'Polyps in endoscopy',
  kind: 'tumour',
  index: 0,
  examines: true,
  routes: [{ modality: ['ES'], anatomy: [] }],
  from: { modality: 0.8, anatomy: 0.6 },
  window: null,
  maskFrom: 0.5,
  smallest: 0,
  filled: false,
  presence: { bias: 0, logit: 1, peak: 0, area: 0 },
  measured: { leftOut: 'sources', dice: 0.7, auroc: 0.95, falseAlarms: 0.02, images: 10, negatives: 10, sources: ['a'] },
};
const SURE = { bias: 9, logit: 0, peak: 0, area: 0 };
const floats = (base64: string): Float32Array => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
const answer = (logits: readonly number[], columns: number, presence = 0): TaskAnswer => ({
  logits: Float32Array.from(logits),
  grid: { columns, rows: logits.length / columns },
  presence,
});

describe('outlinePicture', () => {
  it.each(cases.map((one) => [one.name, one] as const))('marks what its Python twin marks: %s', (_, one) => {
    const { grid, to, maskFrom, smallest, filled, presence } = one;
    const task = { ...TASK, maskFrom, smallest, filled, presence: SURE };
    const found = outlinePicture({ logits: floats(one.logits), grid, presence }, { task, by: 'outline', to });
    const bits = found?.mask ? bitsOf(found.mask) : new Uint8Array(to.columns * to.rows);
    expect([...bits].map((bit) => (bit ? '#' : '.')).join('')).toBe(one.bits);
  });

  it.each(cases.map((one) => [one.name, one] as const))(
    'takes the cues of presence that its twin takes: %s',
    (_, { logits, grid, maskFrom, presence, cues }) => {
      const given = { logits: floats(logits), grid, presence };
      const weights = [{ logit: 1 }, { peak: 1 }, { area: 1 }];
      for (const [i, weight] of weights.entries()) {
        const only = { bias: 0, logit: 0, peak: 0, area: 0, ...weight };
        expect(presenceLogit({ ...TASK, maskFrom, presence: only }, given)).toBeCloseTo(cues[i] as number, 5);
      }
    },
  );

  it('keeps no mask of what is not present, and says how probable it is', () => {
    const found = outlinePicture(answer([5, 5, 5, 5], 2, -2), { task: TASK, by: 'outline', to: { columns: 4, rows: 4 } });
    expect(found).toMatchObject({ probability: logistic(-2), mask: undefined });
  });

  it('says who made a mask, and of what', () => {
    const found = outlinePicture(answer([5, 5, 5, 5], 2, 3), { task: TASK, by: 'outline', to: { columns: 4, rows: 3 } });
    expect(found?.mask).toMatchObject({
      kind: 'tumour',
      label: 'Polyps in endoscopy',
      by: 'outline',
      from: 'model',
      columns: 4,
      rows: 3,
      slices: 1,
    });
    expect(found?.mask?.probability).toBeCloseTo(logistic(3), 9);
    expect([...(found?.mask?.runs ?? [])]).toEqual([0, 12]);
  });

  it('says nothing where the network answered no numbers', () => {
    expect(outlinePicture(answer([1, 1, 1, 1], 2, Number.NaN), { task: TASK, by: 'b', to: { columns: 4, rows: 4 } })).toBeUndefined();
    const marks = marksOf(new Float32Array(4).fill(Number.NaN), {
      from: { columns: 2, rows: 2 },
      to: { columns: 3, rows: 3 },
      threshold: 0,
    });
    expect(marks).toBeUndefined();
  });

  it('is present without a mask where no pixel is marked, or all pieces are too small', () => {
    expect(outlinePicture(answer([-5, -5, -5, -5], 2, 3), { task: TASK, by: 'b', to: { columns: 4, rows: 4 } })).toMatchObject({
      mask: undefined,
    });
    const speck = answer([9, -9, -9, -9], 2, 3);
    expect(outlinePicture(speck, { task: { ...TASK, smallest: 0.5 }, by: 'b', to: { columns: 8, rows: 8 } })?.mask).toBeUndefined();
    expect(outlinePicture(speck, { task: TASK, by: 'b', to: { columns: 8, rows: 8 } })?.mask).toBeDefined();
  });
});

describe('mirrored and turned answers', () => {
  it('averages the mirror image, row by row', () => {
    const straight = Float32Array.of(1, 2, 3, 4, 5, 6);
    averageMirrored(straight, Float32Array.of(5, 4, 3, 0, 0, 0), { columns: 3 });
    expect([...straight]).toEqual([2, 3, 4, 2, 2.5, 3]);
  });

  it.each([
    [false, false, false],
    [true, false, false],
    [false, true, false],
    [false, false, true],
    [true, true, false],
    [true, false, true],
    [true, true, true],
  ])('undoes how the plane was turned: %s %s %s', (turned, mirror, over) => {
    const [columns, rows] = [3, 2];
    const stored = Float32Array.from({ length: 6 }, (_, i) => i);
    // As core/views.ts turns pictures.
    const shownColumns = turned ? rows : columns;
    const shownRows = turned ? columns : rows;
    const shown = new Float32Array(6);
    for (let y = 0; y < shownRows; y++) {
      for (let x = 0; x < shownColumns; x++) {
        const [u, v] = [mirror ? shownColumns - 1 - x : x, over ? shownRows - 1 - y : y];
        shown[y * shownColumns + x] = stored[turned ? u * columns + v : v * columns + u] as number;
      }
    }
    const back = turnedBack({ logits: shown, grid: { columns: shownColumns, rows: shownRows }, presence: 1 }, { turned, mirror, over });
    expect([...back.logits]).toEqual([...stored]);
    expect(back.grid).toEqual({ columns, rows });
  });
});

describe('evidence of a task', () => {
  const said = (probability: number, mask?: unknown, task = TASK) =>
    evidenceOf({ task, probability, mask: mask as never }, { card: { id: 'outline' } });

  it('is a yes or a no with its odds, by the card', () => {
    expect(said(0.9, {})).toMatchObject({ question: 'tumour', value: 'yes', from: 'pixels', by: 'outline' });
    expect(said(0.9, {})?.logOdds).toBeCloseTo(logit(0.9), 9);
    expect(said(0.2)).toMatchObject({ value: 'no', because: 'Polyps in endoscopy: looked for, not found (20 % likely)' });
    expect(said(0.2)?.logOdds).toBeCloseTo(logit(0.8), 9);
    expect(Number.isFinite(said(1)?.logOdds)).toBe(true);
  });

  it('says in words whether there is an outline', () => {
    expect(said(0.999, {})?.because).toBe('Polyps in endoscopy: found and outlined (over 99 % likely)');
    expect(said(0.6)?.because).toBe('Polyps in endoscopy: found, but no outline is clear enough (60 % likely)');
  });

  it('is none for organs', () => expect(said(0.9, {}, { ...TASK, kind: 'organ' })).toBeUndefined());

  it('names a mask after its task', () =>
    expect(aboutOf(TASK, { by: 'outline', probability: 0.7 })).toEqual({
      kind: 'tumour',
      label: 'Polyps in endoscopy',
      by: 'outline',
      from: 'model',
      probability: 0.7,
    }));
});
