// All masks of a run as files, in pieces small enough to hand to a script that drives the page: one file after the other, never two at once.
import type { ExportDesk } from '../../jobs/export-desk.ts';
import { exportDesk } from './desk.ts';
import { maskFilesOf, taskOf } from './mask-files.ts';
import { masksOf, mayHaveMasks } from './masks-of.ts';
import type { Within } from './original.ts';

/** Bytes of one piece. */
const PIECE = 3_000_000;

export interface MaskPiece {
  /** File that these bytes go on with. */
  readonly name: string;
  /** Base64; absent where the file could not be written. */
  readonly data?: string | undefined;
  /** Why it could not, one plain sentence. */
  readonly because?: string | undefined;
}

/** In order of the items; `written` gets the name of each file that is whole. */
export async function* maskPieces(
  within: Within,
  written: Set<string>,
  desk: Pick<ExportDesk, 'write'> = exportDesk,
): AsyncGenerator<MaskPiece> {
  const { store, runId } = within;
  for await (const batch of store.items(runId)) {
    for (const item of batch) {
      if (!mayHaveMasks(item)) continue;
      for (const { name, mask } of maskFilesOf(item.id, await masksOf(item, within))) {
        try {
          const { bytes } = await desk.write(await taskOf(mask, { item, within }));
          for (let at = 0; at < bytes.length; at += PIECE) yield { name, data: base64(bytes.subarray(at, at + PIECE)) };
          written.add(name);
        } catch (thrown) {
          yield { name, because: thrown instanceof Error ? thrown.message : 'It could not be written.' };
        }
      }
    }
  }
}

/** Arguments of one call are bounded, so letters are made a few thousand at a time. */
function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}
