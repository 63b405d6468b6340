// From the numbers of all cuts of an item to its masks and to what they say: the same whether one reader answered or several shared the cuts.
import type { Cuts } from '../../core/cuts.ts';
import type { Evidence } from '../../core/evidence.ts';
import { logistic } from '../../core/log-odds.ts';
import type { Mask } from '../../core/mask.ts';
import { createMaskBuilder, type Grid } from '../../core/mask-grid.ts';
import { createMaskVolume } from '../../core/mask-volume.ts';
import type { OutlineCard, OutlineTask } from '../../core/outline-card.ts';
import type { TaskAnswers } from '../../core/outline-job.ts';
import type { Step } from '../../core/outliner.ts';
import { aboutOf, evidenceOf, outlinePicture, presenceLogit, type TaskAnswer, type TaskOutline, tidied } from '../../core/outlining.ts';
import { createVolumeOutliner, presenceOfPlanes } from '../../core/volume-outlining.ts';

export interface Composing {
  readonly cards: readonly OutlineCard[];
  readonly grid: Grid;
  /** Slices follow each other in time. */
  readonly cine: boolean;
  readonly cuts: Cuts;
  readonly step: Step;
}

export interface Composed {
  readonly masks: readonly Mask[];
  readonly evidence: readonly Evidence[];
}

/** `parts`: what was answered about each part of the cuts, in their order. Rejects as `step` does. */
export async function compose(parts: readonly (readonly TaskAnswers[])[], composing: Composing): Promise<Composed> {
  const masks: Mask[] = [];
  const evidence: Evidence[] = [];
  const [first = []] = parts;
  for (const [n, { card: id, task: name }] of first.entries()) {
    const card = composing.cards.find((one) => one.id === id);
    const task = card?.tasks.find((one) => one.id === name);
    if (!card || !task) continue;
    const answers = parts.flatMap((part) => part.flatMap((one) => (one.card === id && one.task === name ? planesOf(one) : [])));
    const outline = await outlineOf(answers, { task, by: id, ...composing });
    await composing.step(n + 1, first.length);
    if (!outline) continue;
    if (outline.mask) masks.push(outline.mask);
    const voice = evidenceOf(outline, { card });
    if (voice) evidence.push(voice);
  }
  return { masks, evidence };
}

function planesOf({ columns, rows, logits, presence }: TaskAnswers): TaskAnswer[] {
  const size = columns * rows;
  return Array.from(presence, (z, i) => ({ logits: logits.subarray(i * size, (i + 1) * size), grid: { columns, rows }, presence: z }));
}

interface Outlining extends Composing {
  readonly task: OutlineTask;
  readonly by: string;
}

/** Undefined where the network answered no numbers. */
async function outlineOf(answers: readonly TaskAnswer[], outlining: Outlining): Promise<TaskOutline | undefined> {
  const { task, by, grid, cine, cuts } = outlining;
  const [only] = answers;
  if (grid.slices === 1) return only && outlinePicture(only, { task, by, to: grid });
  const odds = presenceOfPlanes(answers.map((answer) => presenceLogit(task, answer)));
  if (!Number.isFinite(odds)) return undefined;
  const probability = logistic(odds);
  if (probability < 0.5) return { task, probability, mask: undefined };
  const about = aboutOf(task, { by, probability });
  const mask =
    cuts.plane === 'stored' ? await alongSlices(answers, { about, ...outlining }) : await acrossSlices(answers, { about, ...outlining });
  return { task, probability, mask: tidied(mask, { task, frames: cine }) };
}

type Marking = Outlining & { readonly about: ReturnType<typeof aboutOf> };

async function alongSlices(answers: readonly TaskAnswer[], { about, grid, ...marking }: Marking): Promise<Mask> {
  const builder = createMaskBuilder(grid);
  await marked(answers, { ...marking, grid, emit: (_, bits) => (bits ? builder.add(bits) : builder.skip(1)) });
  return builder.mask(about);
}

/** Cuts through one row or one column of every slice: the mask is put together from all of them, one bit a voxel. */
async function acrossSlices(answers: readonly TaskAnswer[], { about, grid, ...marking }: Marking): Promise<Mask> {
  const volume = createMaskVolume(grid, { plane: marking.cuts.plane });
  await marked(answers, { ...marking, grid, emit: (at, bits) => (bits ? volume.put(bits, at) : undefined) });
  return volume.mask(about);
}

type Emitting = Omit<Marking, 'about'> & { readonly emit: (at: number, bits: Uint8Array | undefined) => void };

async function marked(answers: readonly TaskAnswer[], { task, cuts, cine, emit, step }: Emitting): Promise<void> {
  const outliner = createVolumeOutliner({ task, plane: cuts, planes: cuts.count, examined: cuts.at, frames: cine, emit });
  for (const [n, answer] of answers.entries()) {
    outliner.add(answer);
    await step(n, answers.length);
  }
  outliner.finish();
}
