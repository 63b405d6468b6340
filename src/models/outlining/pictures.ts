// The pictures of an item that an outlining network is shown: one a cut and window, drawn as people see them. Slices are read a slab at a time, the next one
// while the network is at work; a volume that is cut across its slices is held once, as the bytes of its drawing.
import { type Cuts, cutsOf, sampledOf, windowOf } from '../../core/cuts.ts';
import { type Picture, render, type Window } from '../../core/display.ts';
import type { Slices } from '../../core/outliner.ts';
import type { Pixels } from '../../core/pixels.ts';
import { flipped, frameOf } from '../../core/views.ts';

/** Read at one go. Bytes. */
const SLAB = 4 * 2 ** 20;
/** A volume of more than 512³ is not held, even as bytes: its slices are shown as they are stored. Voxels. */
const HELD = 2 ** 27;

/** Cut number `index` of the plan, drawn in one window, for all of those asked for that come to it. */
export interface Drawn {
  readonly index: number;
  readonly windows: readonly number[];
  readonly picture: Picture;
}

export interface Drawing {
  readonly cuts: Cuts;
  /** Cuts [from, to) of `cuts.at`. */
  readonly from: number;
  readonly to: number;
  /** Windows that are asked for; null: that of the file or of its values. */
  readonly windows: readonly (Window | null)[];
  /** Told of reading that comes before drawing. */
  readonly step: () => Promise<void>;
}

/** How networks are shown this item. */
export function planOf(slices: Pick<Slices, 'columns' | 'rows' | 'count' | 'cine' | 'header'>): Cuts {
  return cutsOf(slices, { across: slices.columns * slices.rows * slices.count <= HELD && (slices.header.shape?.samples ?? 1) === 1 });
}

/** One picture after the other; of each cut all different windows before the next cut, but for volumes that are held: there one window after the other. */
export async function* drawn(slices: Slices, { cuts, from, to, windows, step }: Drawing): AsyncGenerator<Drawn> {
  const whole = slices.count > 1 && !slices.cine ? await windowsOf(slices, { windows, step }) : undefined;
  if (cuts.plane !== 'stored' && whole) {
    for (const { window, of } of different(whole)) {
      const bytes = await bytesOf(slices, { window, step });
      for (let index = from; index < to; index++)
        yield { index, windows: of, picture: cutOf(bytes, { slices, cuts, at: cuts.at[index] as number }) };
    }
    return;
  }
  for await (const { index, pixels } of single(slices, cuts.at.slice(from, to))) {
    for (const { window, of } of different(whole ?? windows.map((asked) => windowOf([pixels], asked)))) {
      yield { index: from + index, windows: of, picture: flipped(render({ pixels, frame: 0, ...window }), cuts.stance) };
    }
  }
}

/** What is no Hounsfield unit is drawn in one window, whatever was asked for: once. */
function different(windows: readonly Window[]): { window: Window; of: number[] }[] {
  const found: { window: Window; of: number[] }[] = [];
  for (const [n, window] of windows.entries()) {
    const same = found.find((one) => one.window.center === window.center && one.window.width === window.width);
    if (same) same.of.push(n);
    else found.push({ window, of: [n] });
  }
  return found;
}

/** One window each for the whole volume. */
async function windowsOf(slices: Slices, { windows, step }: Pick<Drawing, 'windows' | 'step'>): Promise<Window[]> {
  const sampled: Pixels[] = [];
  for (const at of sampledOf(slices.count)) {
    sampled.push(await slices.read(at, 1));
    await step();
  }
  return windows.map((asked) => windowOf(sampled, asked));
}

/** The slices that are named, read a slab at a time where they are neighbours. */
async function* single(slices: Slices, at: readonly number[]): AsyncGenerator<{ index: number; pixels: Pixels }> {
  const slabs = slabsOf(slices, at);
  const read = (slab: readonly number[] | undefined): Promise<Pixels> | undefined => {
    const pixels = slab && slices.read(slab[0] as number, slab.length);
    // Heard when its turn comes.
    pixels?.catch(() => {});
    return pixels;
  };
  let next = read(slabs[0]);
  for (let n = 0, index = 0; n < slabs.length; n++) {
    const slab = (await next) as Pixels;
    next = read(slabs[n + 1]);
    for (let frame = 0; frame < (slabs[n] as readonly number[]).length; frame++) yield { index: index++, pixels: frameOf(slab, frame) };
  }
}

function slabsOf({ columns, rows, header }: Slices, at: readonly number[]): number[][] {
  const { samples = 1, bits = 16 } = header.shape ?? {};
  const most = Math.max(1, Math.floor(SLAB / Math.max(1, (columns * rows * samples * bits) / 8)));
  const slabs: number[][] = [];
  for (const one of at) {
    const last = slabs.at(-1);
    if (last && last.length < most && last.at(-1) === one - 1) last.push(one);
    else slabs.push([one]);
  }
  return slabs;
}

/** The whole volume as it is drawn: one byte a voxel. */
async function bytesOf(slices: Slices, { window, step }: { window: Window; step: () => Promise<void> }): Promise<Uint8Array> {
  const size = slices.columns * slices.rows;
  const bytes = new Uint8Array(size * slices.count);
  const all = Array.from({ length: slices.count }, (_, i) => i);
  for await (const { index, pixels } of single(slices, all)) {
    const { rgba } = render({ pixels, frame: 0, ...window });
    for (let i = 0, to = index * size; i < size; i++) bytes[to + i] = rgba[4 * i] as number;
    await step();
  }
  return bytes;
}

function cutOf(bytes: Uint8Array, { slices, cuts, at }: { slices: Slices; cuts: Cuts; at: number }): Picture {
  const { columns, rows } = cuts;
  const rgba = new Uint8ClampedArray(columns * rows * 4);
  const [start, step] = cuts.plane === 'rows' ? [at * slices.columns, 1] : [at, slices.columns];
  for (let y = 0, to = 0; y < rows; y++) {
    let from = y * slices.columns * slices.rows + start;
    for (let x = 0; x < columns; x++, from += step, to += 4) {
      rgba[to] = rgba[to + 1] = rgba[to + 2] = bytes[from] as number;
      rgba[to + 3] = 255;
    }
  }
  return flipped({ columns, rows, rgba }, cuts.stance);
}
