// A worker of onnx-engine.e2e.ts: the engine as it is built for the app, and nothing else.
import type { ModelCard } from '../../../src/core/card.ts';
import type { ProviderWish } from '../../../src/core/model.ts';
import { createEngine, type Engine } from '../../../src/onnx/engine.ts';
import type { Provider } from '../../../src/onnx/provider.ts';
import { keptWeights } from '../../../src/onnx/weights.ts';

export interface Asked {
  readonly wish: ProviderWish;
  readonly card: ModelCard;
  readonly batch: readonly number[];
  readonly count: number;
}
export type Answered =
  | {
      readonly numbers: readonly number[];
      readonly provider: Provider;
      readonly ran: string;
      readonly lost: boolean;
      readonly kept: number | undefined;
    }
  | { readonly because: string };

let engine: Engine | undefined;

async function answer({ wish, card, batch, count }: Asked): Promise<Answered> {
  engine ??= createEngine({ wish });
  const model = { card, url: new URL(`/models/${card.weights.file}`, location.origin).href };
  const session = await engine.open(model);
  const numbers = [...((await session.run(new Float32Array(batch), { count })).modality ?? [])];
  return { numbers, provider: await engine.provider(), ran: session.provider, lost: engine.lost, kept: await keptWeights(model) };
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void answer(data)
    .catch((thrown: unknown): Answered => ({ because: thrown instanceof Error ? thrown.message : String(thrown) }))
    .then((answered) => postMessage(answered));
});
