// One worker that outlines as readers of the app do: its shelf, its drawing, its networks, its way from numbers to masks. Routing is forced: the caller
// names card and task; for Dice, presence is not asked, and its probability is told beside.
import { expose } from 'comlink';
import type { Mask } from '../../src/core/mask.ts';
import type { OutlineCard, OutlineTask } from '../../src/core/outline-card.ts';
import type { TaskAnswers } from '../../src/core/outline-job.ts';
import type { Slices } from '../../src/core/outliner.ts';
import { outlinePicture } from '../../src/core/outlining.ts';
import type { Pixels } from '../../src/core/pixels.ts';
import { createShelf } from '../../src/models/look/shelf.ts';
import { askNetworks } from '../../src/models/outlining/ask.ts';
import { compose } from '../../src/models/outlining/compose.ts';
import { planOf } from '../../src/models/outlining/pictures.ts';

export interface Wish {
  readonly card: string;
  readonly task: string;
}

export interface Outlined {
  /** Run lengths of the mask; [all pixels] where nothing is marked. */
  readonly runs: number[];
  readonly probability: number;
  /** From decoded pixels to the mask. */
  readonly ms: number;
}

const step = async (): Promise<void> => {};
/** Always present. */
const CERTAIN = { bias: 1000, logit: 0, peak: 0, area: 0 };
let shelf: ReturnType<typeof createShelf> | undefined;

function opened(): ReturnType<typeof createShelf> {
  if (!shelf) throw new Error('Open the models first.');
  return shelf;
}

function slicesOf(pixels: Pixels): Slices {
  const { columns, rows, frames, samples, data } = pixels;
  const size = columns * rows * samples;
  const shape = { columns, rows, slices: frames, frames: 1, samples, bits: 8 * data.BYTES_PER_ELEMENT };
  const header = { format: 'png', role: 'image', shape, tags: {} } as const;
  const read = async (first: number, count: number): Promise<Pixels> => ({
    ...pixels,
    frames: count,
    data: data.slice(first * size, (first + count) * size),
  });
  return { columns, rows, count: frames, cine: false, spacingMm: null, header, read };
}

async function cardAndTask({ card: id, task: name }: Wish): Promise<{ card: OutlineCard; task: OutlineTask }> {
  const card = await opened().outlineCard(id);
  const task = card.tasks.find((one) => one.id === name);
  if (!task) throw new Error(`The card “${id}” has no task “${name}”.`);
  return { card, task };
}

function masksOf(
  parts: readonly (readonly TaskAnswers[])[],
  { slices, card, task }: { slices: Slices; card: OutlineCard; task: OutlineTask },
) {
  const sure: OutlineCard = { ...card, tasks: card.tasks.map((one) => (one.id === task.id ? { ...one, presence: CERTAIN } : one)) };
  const { columns, rows, count } = slices;
  return compose(parts, { cards: [sure], grid: { columns, rows, slices: count }, cine: false, cuts: planOf(slices), step });
}

const runsOf = (mask: Mask | undefined, slices: Slices): number[] =>
  mask ? [...mask.runs] : [slices.columns * slices.rows * slices.count];

const worker = {
  open(base: string, wish: 'webgpu' | 'wasm'): void {
    shelf = createShelf({ base, provider: wish, own: [] }, { get: (url) => fetch(url) });
  },

  /** One picture. */
  async picture(pixels: Pixels, wish: Wish): Promise<Outlined> {
    const { card, task } = await cardAndTask(wish);
    const slices = slicesOf(pixels);
    const began = performance.now();
    const { answers } = await askNetworks(slices, { networks: [{ card: card.id, tasks: [task.id] }], part: 0, parts: 1, step }, opened());
    const { masks } = await masksOf([answers], { slices, card, task });
    const ms = performance.now() - began;
    const [answer] = answers;
    if (!answer) throw new Error('The network gave no answer.');
    const { columns, rows, logits, presence } = answer;
    const told = outlinePicture({ logits, grid: { columns, rows }, presence: presence[0] as number }, { task, by: card.id, to: slices });
    return { runs: runsOf(masks[0], slices), probability: told?.probability ?? Number.NaN, ms };
  },

  /** A part of the slices of a volume. */
  async part(volume: Pixels, wish: Wish, { part, parts }: { part: number; parts: number }): Promise<readonly TaskAnswers[]> {
    const { card, task } = await cardAndTask(wish);
    const asked = { networks: [{ card: card.id, tasks: [task.id] }], part, parts, step };
    return (await askNetworks(slicesOf(volume), asked, opened())).answers;
  },

  /** The mask of the whole volume from its parts; answers how many runs it has. */
  async whole(parts: readonly (readonly TaskAnswers[])[], volume: Pixels, wish: Wish): Promise<number> {
    const { masks } = await masksOf(parts, { slices: slicesOf(volume), ...(await cardAndTask(wish)) });
    return masks[0]?.runs.length ?? 0;
  },
};

export type OutlineWorker = typeof worker;

expose(worker);
