// Loads onnxruntime-web, once a provider, with its WebAssembly kept for offline use. One thread: a page without cross-origin isolation has no more,
// and two workers of one thread each are as fast as one of two.
import type * as Ort from 'onnxruntime-web/wasm';
import { Unreadable } from '../core/unreadable.ts';
import { download } from './download.ts';
import { alone, drop, keep, keptAt, type Place } from './kept.ts';
import type { Provider } from './provider.ts';

export type Runtime = typeof Ort;
export type Network = Ort.InferenceSession;

/** Nothing of this library is told to the console: what fails comes as an error, and becomes a sentence. */
const SILENT = 4;
export const RUN_OPTIONS: Ort.InferenceSession.RunOptions = { logSeverityLevel: SILENT };
/** The larger of the two builds has 27 MB. */
const MOST = 64 * 2 ** 20;

const BUILDS = {
  wasm: async () => [await import('onnxruntime-web/wasm'), (await import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url')).default],
  webgpu: async () => [
    await import('onnxruntime-web/webgpu'),
    (await import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url')).default,
  ],
} satisfies Record<Provider['provider'], () => Promise<readonly [Runtime, string]>>;

const started = new Map<Provider['provider'], Promise<Runtime>>();

/** Rejects with Unreadable; what could not be downloaded is tried again the next time. */
export function startRuntime(provider: Provider['provider']): Promise<Runtime> {
  let found = started.get(provider);
  if (!found) {
    found = start(provider);
    started.set(provider, found);
    found.catch(() => started.delete(provider));
  }
  return found;
}

async function start(provider: Provider['provider']): Promise<Runtime> {
  const [runtime, address] = await BUILDS[provider]().catch((cause: unknown) => {
    throw new Unreadable('E-NETWORK', 'The part of this app that runs models could not be loaded. Reload the page when you are online.', {
      cause,
    });
  });
  const { env } = runtime;
  env.logLevel = 'fatal';
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = await wasmAt(address, provider);
  return runtime;
}

/** The name carries a hash of the content, so what is kept under it is right as long as it is whole. */
function wasmAt(address: string, provider: Provider['provider']): Promise<Uint8Array<ArrayBuffer>> {
  const place: Place = { folder: `engine/${provider}`, name: address.slice(address.lastIndexOf('/') + 1) };
  return alone(place, async () => {
    const kept = await keptAt(place);
    if (kept && WebAssembly.validate(kept)) return kept;
    if (kept) await drop(place);
    const fetched = await download(address, { what: 'The parts of this app that run models', most: MOST });
    await keep(place, fetched);
    return fetched;
  });
}

/** A network from its weights; the weights may be let go afterwards. Rejects with whatever the library throws. */
export async function createNetwork(
  runtime: Runtime,
  { weights, provider }: { weights: Uint8Array; provider: Provider['provider'] },
): Promise<Network> {
  const network = await runtime.InferenceSession.create(weights, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    logSeverityLevel: SILENT,
  });
  // Compiled by now: the bytes need not be held.
  delete runtime.env.wasm.wasmBinary;
  return network;
}
