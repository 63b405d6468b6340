// Door of the writer of masks: one file, or a zip that grows file by file. Holds no logic.
import { expose, transfer } from 'comlink';
import type { Exported } from '../src/core/export-task.ts';
import { write } from '../src/exports/write.ts';
import { type GrowingZip, openZip } from '../src/exports/zip.ts';
import type { ExportDoor } from '../src/jobs/protocol.ts';

const zips = new Map<number, GrowingZip>();
const handed = (exported: Exported): Exported => transfer(exported, [exported.bytes.buffer as ArrayBuffer]);

const door: ExportDoor = {
  write: async (task) => handed(await write(task)),
  begin: async (zip) => void zips.set(zip, await openZip()),
  add: async (zip, name, task) => handed(await (zips.get(zip) as GrowingZip).add(name, task)),
  end: (zip) => {
    const bytes = zips.get(zip)?.end() ?? new Uint8Array();
    zips.delete(zip);
    return transfer(bytes, [bytes.buffer as ArrayBuffer]);
  },
  ping: () => true,
};

expose(door);
