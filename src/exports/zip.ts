// A zip that grows: each file is written, packed and handed out before the next, so that only one is ever held. No zip64: whoever fills it keeps below its limits.
import type { Exported, ExportTask } from '../core/export-task.ts';
import { write } from './write.ts';

export interface GrowingZip {
  /** Writes one file; answers the bytes of the zip since the last answer. Files that are packed already are stored. */
  add(name: string, task: ExportTask): Promise<Exported>;
  /** The rest of the bytes; nothing can be added any more. */
  end(): Uint8Array;
}

export async function openZip(): Promise<GrowingZip> {
  const { Zip, ZipDeflate, ZipPassThrough } = await import('fflate');
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const taken = (): Uint8Array => {
    const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    pieces = [];
    return all;
  };
  return {
    async add(name, task) {
      const { bytes, notes } = await write(task);
      const file = task.as === 'png' || task.as === 'nifti' ? new ZipPassThrough(name) : new ZipDeflate(name);
      zip.add(file);
      file.push(bytes, true);
      return { bytes: taken(), notes };
    },
    end() {
      zip.end();
      return taken();
    },
  };
}
