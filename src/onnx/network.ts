// One network in onnxruntime: opened, held against its card, run a few pictures at a time. Every tensor is given back as soon as it is read.
import type * as Ort from 'onnxruntime-web/wasm';
import { tensorLength } from '../core/tensor.ts';
import { Unreadable } from '../core/unreadable.ts';
import type { Provider } from './provider.ts';
import { type Expected, expectedOf, type Runnable, sizeOf } from './runnable.ts';
import { createNetwork, type Network, RUN_OPTIONS, type Runtime, startRuntime } from './runtime.ts';

/** The raw numbers of each output that the card names: `[count, classes]`, or `[count, tasks, rows, columns]` and `[count, tasks]` of one that outlines. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** A network that is ready. */
export interface Running {
  readonly card: Runnable;
  readonly provider: Provider['provider'];
  readonly runtime: Runtime;
  readonly network: Network;
  /** Pictures that go in at once. */
  readonly step: number;
  /** Aborted when the graphics card is lost; never with WASM. */
  readonly gone: AbortSignal;
}

/** Pictures at once: WASM gains nothing by more, and its memory never shrinks; a graphics card wants some. */
const STEP = { wasm: 1, webgpu: 8 } as const;
/** A graphics card that does not answer for so long is taken for lost. Compiling shaders counts, and is slow in software. */
const PATIENCE_MS = 120_000;
/** WASM computes without a pause, run after run; a worker that answers no ping is taken for hung, so it listens once in a while. */
const BREATH_MS = 500;
const NEVER = new AbortController().signal;

/** Rejects with Unreadable where this is no network, or not the card's; on WebGPU also with whatever the library throws. */
export async function openOn(provider: Provider['provider'], { weights, card }: { weights: Uint8Array; card: Runnable }): Promise<Running> {
  const runtime = await startRuntime(provider);
  const creating = createNetwork(runtime, { weights, provider });
  const network = await (provider === 'webgpu' ? inTime(creating, NEVER) : creating).catch((cause: unknown) => {
    throw new Unreadable('E-MALFORMED', `“${card.title}” is no network that can be run here.`, { cause });
  });
  try {
    checkNames(network, card);
  } catch (thrown) {
    await network.release();
    throw thrown;
  }
  const [first] = network.inputMetadata;
  const fixed = first?.isTensor ? first.shape[0] : undefined;
  const step = typeof fixed === 'number' && fixed >= 1 ? fixed : STEP[provider];
  return { card, provider, runtime, network, step, gone: provider === 'webgpu' ? await lossOf(runtime) : NEVER };
}

function checkNames({ inputNames, outputNames }: Network, card: Runnable): void {
  const { title, input } = card;
  const no = (what: string) => new Unreadable('E-MALFORMED', `The network of “${title}” does not fit its card: ${what}.`);
  if (!inputNames.includes(input.name)) throw no(`it has no input “${input.name}”, only ${quoted(inputNames)}`);
  if (inputNames.length > 1) throw no(`it wants more than pictures: ${quoted(inputNames)}`);
  const missing = expectedOf(card).find(({ name }) => !outputNames.includes(name));
  if (missing) throw no(`it has no output “${missing.name}”, only ${quoted(outputNames)}`);
}

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');

async function lossOf({ env }: Runtime): Promise<AbortSignal> {
  const gone = new AbortController();
  const device = (await env.webgpu.device) as GPUDevice;
  void device.lost.then(() => gone.abort());
  return gone.signal;
}

/** The outputs that the card names, for `count` pictures. Rejects with Unreadable; on WebGPU also with whatever the library throws. */
export async function runOn(running: Running, { batch, count }: { batch: Float32Array; count: number }): Promise<Outputs> {
  const { card, step } = running;
  const size = tensorLength(card.input);
  if (batch.length < count * size) throw new RangeError(`${batch.length} numbers are not ${count} pictures of ${size}`);
  const outputs = expectedOf(card);
  const all = Object.fromEntries(outputs.map((output) => [output.name, new Float32Array(count * sizeOf(output))]));
  let breath = performance.now();
  for (let at = 0; at < count; at += step) {
    if (performance.now() - breath > BREATH_MS) {
      await new Promise((go) => setTimeout(go));
      breath = performance.now();
    }
    const here = Math.min(step, count - at);
    const piece = batch.subarray(at * size, (at + here) * size);
    await runPiece(running, { piece: isFixed(running) ? filled(piece, step * size) : piece, here, at, outputs, all });
  }
  return all;
}

const isFixed = ({ provider, step }: Running): boolean => step !== STEP[provider];

/** As long as the network wants it: the rest is nought. */
function filled(piece: Float32Array, length: number): Float32Array {
  if (piece.length === length) return piece;
  const whole = new Float32Array(length);
  whole.set(piece);
  return whole;
}

interface Piece {
  readonly piece: Float32Array;
  /** Pictures in it that were asked for. */
  readonly here: number;
  /** The first of them, among all. */
  readonly at: number;
  readonly outputs: readonly Expected[];
  readonly all: Readonly<Record<string, Float32Array>>;
}

async function runPiece({ card, runtime, network, provider, gone }: Running, { piece, here, at, outputs, all }: Piece): Promise<void> {
  const { columns, rows, channels, layout, name } = card.input;
  const count = piece.length / tensorLength(card.input);
  const dims = layout === 'NCHW' ? [count, channels, rows, columns] : [count, rows, columns, channels];
  const input = new runtime.Tensor('float32', piece, dims);
  try {
    const wanted = outputs.map((output) => output.name);
    const running = network.run({ [name]: input }, wanted, RUN_OPTIONS);
    const found = await (provider === 'webgpu' ? inTime(running, gone) : running).catch((cause: unknown) => {
      throw new Unreadable('E-MALFORMED', `“${card.title}” failed on a picture.`, { cause });
    });
    for (const output of outputs) read(found[output.name], { output, card, count, here, at, into: all[output.name] as Float32Array });
    for (const tensor of Object.values(found)) tensor.dispose();
  } finally {
    input.dispose();
  }
}

interface Reading {
  readonly output: Expected;
  readonly card: Runnable;
  readonly count: number;
  readonly here: number;
  readonly at: number;
  readonly into: Float32Array;
}

function read(tensor: Ort.Tensor | undefined, { output, card, count, here, at, into }: Reading): void {
  const data = tensor?.data;
  const size = sizeOf(output);
  if (!(data instanceof Float32Array) || data.length !== count * size || !fits(tensor?.dims, output)) {
    const got = data instanceof Float32Array ? `${data.length / count} numbers a picture` : 'something else than plain numbers';
    throw new Unreadable('E-MALFORMED', `The output “${output.name}” of “${card.title}” gives ${got}; its card ${output.says}.`);
  }
  into.set(data.subarray(0, here * size), at * size);
}

/** Masks of another shape would be masks all the same, and wrong. */
const fits = (dims: readonly number[] | undefined, { dims: wanted, shaped }: Expected): boolean =>
  !shaped || (dims?.length === wanted.length + 1 && wanted.every((one, i) => dims[i + 1] === one));

/** Rejects when the graphics card is gone, or has not answered in time: the library's own promise may then never settle. */
async function inTime<T>(work: Promise<T>, gone: AbortSignal): Promise<T> {
  let fail: (reason: Error) => void = () => {};
  const late = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const onGone = (): void => fail(new Error('The graphics card was lost.'));
  const timer = setTimeout(() => fail(new Error('The graphics card did not answer.')), PATIENCE_MS);
  gone.addEventListener('abort', onGone);
  if (gone.aborted) onGone();
  // Whichever comes second is heard by nobody.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', onGone);
  }
}
