// A worker door: spawns a worker, and ends every call that the worker will never answer (comlink 4.4.2 never settles a call after terminate()).
import { type Remote, wrap } from 'comlink';
import { Unreadable } from '../core/unreadable.ts';
import type { ReaderDoor } from './protocol.ts';

export interface Door<T> {
  readonly worker: Worker;
  readonly remote: Remote<T>;
  /** The call's result, or a rejection when the worker dies, cannot be loaded, or is ended. */
  race<R>(call: Promise<R>): Promise<R>;
  end(because: string): void;
  readonly ended: boolean;
}

/** Takes a worker that was just started; from now on its death ends every raced call. */
export function openDoor<T>(worker: Worker): Door<T> {
  let end: (because: string) => void = () => {};
  let ended = false;
  const death = new Promise<never>((_, reject) => {
    end = (because) => {
      ended = true;
      worker.terminate();
      reject(new Unreadable('E-CRASHED', because));
    };
  });
  death.catch(() => {});
  worker.addEventListener('error', () => end('A worker of this page stopped because of a fault.'));
  worker.addEventListener('messageerror', () => end('A worker of this page sent something that could not be read.'));
  return {
    worker,
    remote: wrap<T>(worker),
    race: (call) => Promise.race([call, death]),
    end: (because) => end(because),
    get ended() {
      return ended;
    },
  };
}

export const spawnReader = (): Worker =>
  new Worker(new URL('../../workers/reader.worker.ts', import.meta.url), { type: 'module', name: 'reader' });
export const spawnAnalysis = (): Worker =>
  new Worker(new URL('../../workers/analysis.worker.ts', import.meta.url), { type: 'module', name: 'analysis' });

const PATIENCE_MS = 10_000;

/** A reader for the page's own questions, started when first asked and started again after it hung. */
export function createAsker(proxy: string | undefined) {
  let door: Door<ReaderDoor> | undefined;
  const open = (): Door<ReaderDoor> => {
    if (door && !door.ended) return door;
    door = openDoor<ReaderDoor>(spawnReader());
    void door.remote.configure(proxy === undefined ? {} : { proxy });
    return door;
  };
  return <R>(question: (remote: Remote<ReaderDoor>) => Promise<R>): Promise<R> => ask(open(), question);
}

/** Asks; a reader that does not answer a ping for so long is ended, and the call rejects with a sentence. */
export async function ask<R>(
  door: Door<ReaderDoor>,
  question: (remote: Remote<ReaderDoor>) => Promise<R>,
  { patienceMs = PATIENCE_MS } = {},
): Promise<R> {
  let asked: number | undefined;
  const watch = setInterval(() => {
    if (asked !== undefined) {
      if (Date.now() - asked > patienceMs)
        door.end(`Reading this file made no progress for ${patienceMs / 1000} seconds, so it was given up.`);
      return;
    }
    asked = Date.now();
    void door.remote.ping().then(() => {
      asked = undefined;
    });
  }, PATIENCE_MS / 4);
  try {
    return await door.race(question(door.remote));
  } catch (thrown) {
    // comlink carries an error's message, not its other fields; ours is the sentence.
    throw thrown instanceof Unreadable ? thrown : new Unreadable('E-MALFORMED', (thrown as Error).message);
  } finally {
    clearInterval(watch);
  }
}
