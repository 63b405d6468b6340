// The page of onnx-engine.e2e.ts: starts workers with an engine each, and passes questions on.
import type { Answered, Asked } from './engine.worker.ts';

declare global {
  interface Window {
    engines: { start(): number; ask(worker: number, asked: Asked): Promise<Answered> };
  }
}

const workers: Worker[] = [];

window.engines = {
  start: () => workers.push(new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })) - 1,
  ask: (worker, asked) =>
    new Promise((resolve) => {
      workers[worker]?.addEventListener('message', ({ data }) => resolve(data), { once: true });
      workers[worker]?.postMessage(asked);
    }),
};
