// What the page asks about models outside of an analysis: where they run, whether they are kept, how fast they are, and what one says of a picture.
import type { ShippedModel, ShippedOutline } from '../core/models-setting.ts';
import { type Door, openDoor } from './door.ts';
import { modelsFolder } from './models-folder.ts';
import type { ModelDoor } from './protocol.ts';

/** What the worker answers, without its wiring. Every method rejects with one plain sentence. */
export interface ModelDesk extends Omit<ModelDoor, 'configure' | 'ping' | 'cards' | 'outlines'> {
  /** The models that come with the page. */
  cards(): Promise<readonly ShippedModel[]>;
  /** Those among them that outline. */
  outlines(): Promise<readonly ShippedOutline[]>;
}

/** A worker started when first asked, and ended when nothing was asked for a while: a loaded network holds memory. */
const REST_MS = 60_000;
/** A network that computes answers no ping; one that computes for so long may never end, and every later question would wait for it. */
const PATIENCE_MS = 30_000;

const spawnModels = (): Worker =>
  new Worker(new URL('../../workers/models.worker.ts', import.meta.url), { type: 'module', name: 'models' });

export function createModelDesk({ proxy }: { proxy?: string } = {}): ModelDesk {
  let door: Door<ModelDoor> | undefined;
  let busy = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  async function ask<R>(question: (remote: Door<ModelDoor>['remote']) => Promise<R>): Promise<R> {
    clearTimeout(rest);
    if (!door || door.ended) {
      door = openDoor<ModelDoor>(spawnModels());
      if (proxy !== undefined) void door.remote.configure({ proxy });
    }
    const current = door;
    busy++;
    const watch = watched(current);
    try {
      return await current.race(question(current.remote));
    } finally {
      clearInterval(watch);
      if (--busy === 0) rest = setTimeout(() => current.end('Nothing was asked for a while.'), REST_MS);
    }
  }

  return {
    cards: () => ask((remote) => remote.cards(modelsFolder())),
    outlines: () => ask((remote) => remote.outlines(modelsFolder())),
    provider: (wish) => ask((remote) => remote.provider(wish)),
    kept: (model) => ask((remote) => remote.kept(model)),
    measure: (model, wish) => ask((remote) => remote.measure(model, wish)),
    look: (model, options) => ask((remote) => remote.look(model, options)),
    weigh: (url) => ask((remote) => remote.weigh(url)),
    forget: () => ask((remote) => remote.forget()),
  };
}

function watched({ remote, end }: Door<ModelDoor>): ReturnType<typeof setInterval> {
  let asked: number | undefined;
  return setInterval(() => {
    if (asked === undefined) {
      asked = Date.now();
      void remote.ping().then(() => {
        asked = undefined;
      });
    } else if (Date.now() - asked > PATIENCE_MS) {
      end(`The model made no progress for ${PATIENCE_MS / 1000} seconds, so it was given up.`);
    }
  }, PATIENCE_MS / 10);
}
