// Asks the networks that outline: every cut and its mirror image through each network, once for each window that the tasks want, and of the answers
// the channels that were asked for. Numbers, not masks: those are made where all pieces of an item come together.

import type { Cuts } from '../../core/cuts.ts';
import type { Window } from '../../core/display.ts';
import type { OutlineCard, OutlineTask } from '../../core/outline-card.ts';
import type { NetworkAsked, OutlineResult, TaskAnswers } from '../../core/outline-job.ts';
import type { Slices, Step } from '../../core/outliner.ts';
import { averageMirrored, turnedBack } from '../../core/outlining.ts';
import { intoTensor, tensorLength } from '../../core/tensor.ts';
import { Unreadable } from '../../core/unreadable.ts';
import type { Network } from '../look/looker.ts';
import { drawn, planOf } from './pictures.ts';

/** How cards and networks are had. */
export interface OutlineShelf {
  outlineCard(id: string): Promise<OutlineCard>;
  network(card: OutlineCard): Promise<Network>;
}

export interface Asking {
  readonly networks: readonly NetworkAsked[];
  /** Number `part` of `parts` equal parts of the cuts. */
  readonly part: number;
  readonly parts: number;
  readonly step: Step;
}

/** Runs of a network that wait for each other on a graphics card; the processor takes one picture at a time. */
const AT_ONCE = { webgpu: 4, wasm: 1 } as const;

interface Ready {
  readonly card: OutlineCard;
  readonly network: Network;
  /** Tasks by window, with where their numbers go. */
  readonly windows: readonly { readonly window: Window | null; readonly tasks: readonly Filling[] }[];
}

interface Filling {
  readonly task: OutlineTask;
  readonly logits: Float32Array;
  readonly presence: Float32Array;
}

export type Asked = Pick<OutlineResult, 'answers' | 'models' | 'lost'>;

/** Rejects with Unreadable, E-ABORTED among others (see Step). */
export async function askNetworks(slices: Slices, { networks, part, parts, step }: Asking, shelf: OutlineShelf): Promise<Asked> {
  const cuts = planOf(slices);
  const [from, to] = [part, part + 1].map((n) => Math.floor((n * cuts.at.length) / parts)) as [number, number];
  const all: Ready[] = [];
  for (const asked of networks) all.push(await readyOf(asked, { shelf, count: to - from }));
  const windows = [...new Map(all.flatMap((one) => one.windows.map(({ window }) => [keyOf(window), window] as const))).values()];
  const total = (to - from) * windows.length;
  let done = 0;
  const waiting = new Map<Ready, Batch[]>();
  for await (const { index, windows: of, picture } of drawn(slices, { cuts, from, to, windows, step: () => step(done, total) })) {
    for (const ready of all) {
      const tasks = ready.windows
        .filter((one) => of.some((n) => keyOf(one.window) === keyOf(windows[n] ?? null)))
        .flatMap((one) => one.tasks);
      if (!tasks.length) continue;
      const batch = waiting.get(ready) ?? [];
      waiting.set(ready, batch);
      batch.push({ at: index - from, picture, tasks });
      if (batch.length >= AT_ONCE[ready.network.provider()]) await run(ready, { batch: batch.splice(0), cuts });
    }
    done += of.length;
    await step(done, total);
  }
  for (const [ready, batch] of waiting) if (batch.length) await run(ready, { batch, cuts });
  return {
    answers: all.flatMap((one) => one.windows.flatMap(({ tasks }) => tasks.map((filling) => answersOf(filling, { ready: one, cuts })))),
    models: all.map(({ card: { id }, network }) => ({ id, sha256: network.sha256, provider: network.provider() })),
    lost: all.some(({ network }) => network.lost()),
  };
}

const keyOf = (window: Window | null): string => (window ? `${window.center} ${window.width}` : '');

async function readyOf({ card: id, tasks: names }: NetworkAsked, { shelf, count }: { shelf: OutlineShelf; count: number }): Promise<Ready> {
  const card = await shelf.outlineCard(id);
  const { columns, rows } = card.outputs;
  const byWindow = new Map<string, { window: Window | null; tasks: Filling[] }>();
  for (const task of card.tasks) {
    if (!names.includes(task.id)) continue;
    const home = byWindow.get(keyOf(task.window)) ?? { window: task.window, tasks: [] };
    byWindow.set(keyOf(task.window), home);
    home.tasks.push({ task, logits: new Float32Array(count * columns * rows), presence: new Float32Array(count) });
  }
  return { card, network: await shelf.network(card), windows: [...byWindow.values()] };
}

interface Batch {
  /** Which of this part's cuts. */
  readonly at: number;
  readonly picture: Parameters<typeof intoTensor>[0];
  readonly tasks: readonly Filling[];
}

async function run({ card, network }: Ready, { batch, cuts }: { batch: readonly Batch[]; cuts: Cuts }): Promise<void> {
  const { input, mirrored, outputs } = card;
  const size = tensorLength(input);
  const views = mirrored ? 2 : 1;
  const tensor = new Float32Array(batch.length * views * size);
  for (const [i, { picture }] of batch.entries()) {
    intoTensor(picture, { input, into: tensor, index: i * views });
    if (mirrored) mirror(tensor, { from: i * views * size, to: (i * views + 1) * size, card });
  }
  const found = await network.run(tensor, { count: batch.length * views });
  const [masks, presences] = [found[outputs.masks], found[outputs.presence]];
  if (!masks || !presences) throw new Unreadable('E-MALFORMED', `“${card.title}” gave no answer.`);
  const plane = { columns: outputs.columns, rows: outputs.rows };
  const area = plane.columns * plane.rows;
  const channels = masks.length / (batch.length * views * area);
  for (const [i, { at, tasks }] of batch.entries()) {
    for (const { task, logits, presence } of tasks) {
      const [one, other] = [i * views, i * views + views - 1].map((view) => view * channels + task.index) as [number, number];
      const straight = masks.slice(one * area, (one + 1) * area);
      if (mirrored) averageMirrored(straight, masks.subarray(other * area, (other + 1) * area), plane);
      const z = ((presences[one] as number) + (presences[other] as number)) / 2;
      logits.set(turnedBack({ logits: straight, grid: plane, presence: z }, cuts.stance).logits, at * area);
      presence[at] = z;
    }
  }
}

/** The same numbers, left and right exchanged: what a mirrored picture would have come to. */
function mirror(tensor: Float32Array, { from, to, card }: { from: number; to: number; card: OutlineCard }): void {
  const { columns, channels, rows, layout } = card.input;
  const [pixel, line, plane] = layout === 'NCHW' ? [1, columns, columns * rows] : [channels, columns * channels, 1];
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < rows; y++) {
      const row = c * plane + y * line;
      for (let x = 0; x < columns; x++) tensor[to + row + x * pixel] = tensor[from + row + (columns - 1 - x) * pixel] as number;
    }
  }
}

function answersOf({ task, logits, presence }: Filling, { ready: { card }, cuts }: { ready: Ready; cuts: Cuts }): TaskAnswers {
  const { columns, rows } = card.outputs;
  const grid = cuts.stance.turned ? { columns: rows, rows: columns } : { columns, rows };
  return { card: card.id, task: task.id, ...grid, logits, presence };
}
