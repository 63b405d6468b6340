// @ts-check
// Writes the masks that the page hands out to a folder that is there, piece by piece, under names that can only lie in it.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NAME = /^[a-z0-9-]{8,64}\.(tumour|lesion|vessels)\.(png|nii\.gz)$/;

/** Makes the folder and a file in it, which is gone again: better known before an analysis than after it. Throws where it cannot. @param {string} folder */
export function readyFolder(folder) {
  const trial = path.join(folder, `.medley-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (cause) {
    throw new Error(`Masks cannot be written to ${folder}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/**
 * @param {AsyncIterable<import('./headless-page.mjs').MaskPiece>} pieces
 * @param {{ folder: string, say: (line: string) => void }} options
 * @returns {Promise<number>} files that are whole
 */
export async function writeMasks(pieces, { folder, say }) {
  /** @type {Set<string>} */
  const written = new Set();
  for await (const { name, data, because } of pieces) {
    if (!NAME.test(name)) throw new Error(`The page named a mask ${JSON.stringify(name)}, which is no such name.`);
    const file = path.join(folder, name);
    if (data === undefined) {
      say(`${name} was not written: ${because}`);
      if (written.delete(name)) rmSync(file, { force: true });
    } else if (written.has(name)) appendFileSync(file, Buffer.from(data, 'base64'));
    else {
      // A file of an earlier run is begun anew.
      writeFileSync(file, Buffer.from(data, 'base64'));
      written.add(name);
    }
  }
  say(`${written.size} masks written to ${folder}`);
  return written.size;
}
