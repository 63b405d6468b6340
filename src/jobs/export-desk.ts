// What the page asks about masks as files: one file, or a zip that grows. Written in a worker of its own, so that a large volume does not hold the page up.
import type { Exported, ExportTask } from '../core/export-task.ts';
import { type Door, openDoor } from './door.ts';
import type { ExportDoor } from './protocol.ts';

export interface OpenZip {
  /** Adds a file; answers the next bytes of the zip. */
  add(name: string, task: ExportTask): Promise<Exported>;
  /** The last bytes of the zip. */
  end(): Promise<Uint8Array>;
}

/** Every method rejects with an Error of one plain sentence. */
export interface ExportDesk {
  write(task: ExportTask): Promise<Exported>;
  zip(): Promise<OpenZip>;
}

/** The worker is ended when nothing was asked for so long; a zip that waits for its next file keeps it. */
const REST_MS = 30_000;

const spawnExports = (): Worker =>
  new Worker(new URL('../../workers/exports.worker.ts', import.meta.url), { type: 'module', name: 'exports' });

export function createExportDesk(spawn: () => Worker = spawnExports): ExportDesk {
  let door: Door<ExportDoor> | undefined;
  let busy = 0;
  let zips = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const current = (): Door<ExportDoor> => {
    if (!door || door.ended) door = openDoor<ExportDoor>(spawn());
    return door;
  };
  const hold = (): void => {
    clearTimeout(rest);
    busy++;
  };
  const leave = (at: Door<ExportDoor>): void => {
    if (--busy === 0) rest = setTimeout(() => at.end('Nothing was asked for a while.'), REST_MS);
  };

  return {
    async write(task) {
      hold();
      const at = current();
      return at.race(at.remote.write(task)).finally(() => leave(at));
    },
    async zip() {
      hold();
      const at = current();
      const number = ++zips;
      await at.race(at.remote.begin(number));
      let left = false;
      const end = (): void => {
        if (!left) leave(at);
        left = true;
      };
      return {
        async add(name, task) {
          try {
            return await at.race(at.remote.add(number, name, task));
          } catch (thrown) {
            // A file that cannot be written leaves the zip as it was; a worker that died takes the zip with it.
            if (at.ended) end();
            throw thrown;
          }
        },
        end: () => at.race(at.remote.end(number)).finally(end),
      };
    },
  };
}
