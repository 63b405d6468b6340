// The engine: opens networks from weights that are checked against their card, and runs them, one after the other, on WebGPU or WASM.
// It knows tensors, not pictures: what goes in is made by core/tensor.ts, what comes out is read by core/answers.ts.
import type { ProviderWish } from '../core/model.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import type { Get } from './download.ts';
import { type Outputs, openOn, type Running, runOn } from './network.ts';
import { chooseProvider, LOST, type Provider } from './provider.ts';
import { expectedOf, type Runnable } from './runnable.ts';
import { type Weighted, weightsOf } from './weights.ts';

export interface Session<Card extends Runnable = Runnable> {
  readonly card: Card;
  /** SHA-256 of the weights that run. */
  readonly sha256: string;
  /** Where it runs now: WASM from the moment that the graphics card is lost. */
  readonly provider: Provider['provider'];
  /** `batch`: `count` pictures, one after the other, in the card's layout. Runs wait for each other. Rejects with Unreadable. */
  run(batch: Float32Array, options: { count: number }): Promise<Outputs>;
  /** Frees its memory; runs under way are answered first. */
  close(): Promise<void>;
}

export interface Engine {
  /** Where networks run from now on; changes when the graphics card is lost. Loads no network. */
  provider(): Promise<Provider>;
  /** The network is loaded once and kept; asking again gives the same session. Rejects with Unreadable. */
  open<Card extends Runnable>(model: Weighted<Card>): Promise<Session<Card>>;
  /**
   * Whether the graphics card was lost in this worker. It goes on with WASM, and no answer is missing; a new worker may have the card again, once
   * (onnxruntime's WebGPU stays broken in the worker that saw it go).
   */
  readonly lost: boolean;
}

export interface EngineOptions {
  /** auto: WebGPU where there is a real adapter; webgpu: any adapter, a software one too; wasm: never WebGPU. */
  readonly wish?: ProviderWish | undefined;
  /** Fetches weights that are not kept yet, for those that lie on other hosts. */
  readonly get?: Get | undefined;
}

export function createEngine({ wish = 'auto', get }: EngineOptions = {}): Engine {
  const sessions = new Map<string, Promise<Session>>();
  let chosen: Promise<Provider> | undefined;
  let lost = false;
  let line: Promise<unknown> = Promise.resolve();
  /** One thing at a time, over all sessions: they share one WebAssembly memory, and WebGPU's build refuses to be entered twice. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = line.then(work);
    line = next.catch(() => {});
    return next;
  };
  const provider = async (): Promise<Provider> => {
    chosen ??= chooseProvider(wish);
    return lost ? LOST : chosen;
  };

  /** What fails on WebGPU and goes well with WASM was the graphics card's fault; what fails on both is the network's. */
  async function openWith(weights: Uint8Array, card: Runnable): Promise<Running> {
    const { provider: on } = await provider();
    if (on === 'webgpu') {
      const found = await openOn(on, { weights, card }).catch(() => undefined);
      if (found) return found;
    }
    const found = await openOn('wasm', { weights, card });
    lost ||= on === 'webgpu';
    return found;
  }

  async function sessionOf(model: Weighted): Promise<Session> {
    const { card } = model;
    const weights = await weightsOf(model, get);
    let running: Running | undefined = await inTurn(() => openWith(weights, card));
    const run = async (batch: Float32Array, count: number): Promise<Outputs> => {
      if (!running) throw new Unreadable('E-ABORTED', `“${card.title}” was put away already.`);
      if (running.provider === 'wasm') return runOn(running, { batch, count });
      const found = lost ? undefined : await runOn(running, { batch, count }).catch(() => undefined);
      if (found) return found;
      const instead = await openOn('wasm', { weights: await weightsOf(model, get), card });
      const outputs = await runOn(instead, { batch, count }).catch(async (thrown: unknown) => {
        // It fails with both, so the graphics card stays, and so would this one, once a run.
        await instead.network.release().catch(() => {});
        throw thrown;
      });
      // The old one is not released: where the card is gone that may never end.
      running = instead;
      lost = true;
      return outputs;
    };
    return {
      card,
      sha256: card.weights.sha256,
      get provider() {
        return lost ? 'wasm' : (running?.provider ?? 'wasm');
      },
      run: (batch, { count }) => inTurn(() => run(batch, count)),
      close: () =>
        inTurn(async () => {
          const ending = running;
          running = undefined;
          sessions.delete(keyOf(model));
          if (ending?.provider === 'wasm' || !lost) await ending?.network.release().catch(() => {});
        }),
    };
  }

  return {
    provider,
    open<Card extends Runnable>(model: Weighted<Card>): Promise<Session<Card>> {
      const key = keyOf(model);
      let found = sessions.get(key);
      if (!found) {
        found = sessionOf(model).catch((thrown: unknown) => {
          sessions.delete(key);
          throw asUnreadable(thrown, `“${model.card.title}” could not be loaded.`);
        });
        sessions.set(key, found);
      }
      // The key holds all of the card that the session uses.
      return found as Promise<Session<Card>>;
    },
    get lost() {
      return lost;
    },
  };
}

/** The same weights under another description are another network: names, sizes and classes are checked against it. */
const keyOf = ({ card, url }: Weighted): string =>
  JSON.stringify([card.weights.sha256, url, card.input, card.outputs, expectedOf(card).map(({ dims }) => dims)]);
