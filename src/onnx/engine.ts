// The engine: opens networks from weights that are checked against their card, and runs them, one after the other, on WebGPU or WASM.
// It knows tensors, not pictures: what goes in is made by core/tensor.ts, what comes out is read by core/answers.ts.
import type { ModelCard } from '../core/card.ts';

/** Where networks run in this worker, and why. Plain data. */
export interface Provider {
  readonly provider: 'webgpu' | 'wasm';
  /** One plain sentence. */
  readonly because: string;
  /** What the graphics card calls itself. */
  readonly adapter?: string | undefined;
}

/** A model and the absolute address of its weights. */
export interface Weighted {
  readonly card: ModelCard;
  readonly url: string;
}

/** What one run answered: the raw numbers of each output that the card names, `[count, classes]`. */
export type Outputs = Readonly<Record<string, Float32Array>>;

export interface Session {
  readonly card: ModelCard;
  /** `batch`: `count` pictures, one after the other, in the card's layout. Runs wait for each other. Rejects with Unreadable. */
  run(batch: Float32Array, options: { count: number }): Promise<Outputs>;
  /** Frees its memory; runs under way are answered first. */
  close(): Promise<void>;
}

export interface Engine {
  /** Where networks run from now on; changes when the graphics card is lost. Loads no network. */
  provider(): Promise<Provider>;
  /** The network is loaded once and kept; asking again gives the same session. Rejects with Unreadable. */
  open(model: Weighted): Promise<Session>;
  /**
   * Whether the graphics card was lost in this worker: it goes on with WASM, and no answer is missing. A new worker, once, may have it again
   * (onnxruntime's WebGPU stays broken in the worker that saw it go).
   */
  readonly lost: boolean;
}

export interface EngineOptions {
  /** auto: WebGPU where there is a real adapter; webgpu: any adapter, a software one too; wasm: never WebGPU. */
  readonly wish?: 'auto' | 'webgpu' | 'wasm';
  /** Fetches weights that are not kept yet, for those that lie on other hosts. The app's own are fetched plainly. */
  readonly get?: ((url: string) => Promise<Response>) | undefined;
}
