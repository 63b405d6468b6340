// A card for a hand-made network that outlines (tiny-onnx.ts), with the true size and hash of its weights.
import { createHash } from 'node:crypto';
import { OUTLINE_SCHEMA, type OutlineCard, type OutlineTask } from '../../src/core/outline-card.ts';

/** A task that finds what is bright: present where its largest logit is above 0. */
export const tinyTask = (more: Partial<OutlineTask> = {}): OutlineTask => ({
  id: 'bright',
  title: 'Bright spots',
  kind: 'tumour',
  index: 0,
  examines: true,
  routes: [{ modality: ['MR', 'ES'], anatomy: [] }],
  from: { modality: 0.5, anatomy: 0.5 },
  window: null,
  maskFrom: 0.5,
  smallest: 0,
  filled: false,
  presence: { bias: 0, logit: 0, peak: 1, area: 0 },
  measured: {
    leftOut: 'sources',
    dice: 0.9,
    auroc: 0.9,
    falseAlarms: 0.02,
    images: 10,
    negatives: 10,
    sources: ['made up'],
  },
  ...more,
});

export function tinyOutlineCard(
  weights: Uint8Array,
  {
    id = 'tiny',
    side = 8,
    mirrored = true,
    tasks = [tinyTask()],
  }: Partial<Pick<OutlineCard, 'id' | 'mirrored' | 'tasks'>> & { side?: number } = {},
): OutlineCard {
  return {
    schema: OUTLINE_SCHEMA,
    id,
    version: '1',
    title: 'Tiny outlines',
    summary: 'Outlines what is bright.',
    weights: { file: `${id}.onnx`, bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') },
    input: { name: 'image', columns: side, rows: side, channels: 3, layout: 'NCHW', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] },
    mirrored,
    outputs: { masks: 'masks', presence: 'presence', columns: side, rows: side },
    tasks,
    data: [],
    how: 'Made by hand.',
    limits: ['Finds what is bright, and nothing else.'],
    notice: 'Research use only, not a medical device.',
  };
}
