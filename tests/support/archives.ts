// Archives that Python's zipfile and tarfile wrote, kept in tests/fixtures/archives so that tests need no Python. A changed or new script
// is run once: MEDLEY_MAKE_ARCHIVES=1 npx vitest run src/sources (Python 3), and what it wrote is committed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const KEPT = join(import.meta.dirname, '../fixtures/archives');

/** What the script writes to its standard output; a fresh copy. Throws where it was never kept and may not be run. */
export function archiveOf(script: string): Uint8Array<ArrayBuffer> {
  const kept = join(KEPT, `${createHash('sha256').update(script).digest('hex').slice(0, 16)}.gz`);
  if (!existsSync(kept)) {
    if (!process.env.MEDLEY_MAKE_ARCHIVES)
      throw new Error(`${kept} is not there: run this test once with MEDLEY_MAKE_ARCHIVES=1 and Python 3.`);
    const made = execFileSync('python3', ['-W', 'ignore', '-c', script], { maxBuffer: 1 << 28 });
    writeFileSync(kept, gzipSync(made, { level: 9 }));
  }
  return new Uint8Array(gunzipSync(readFileSync(kept)));
}

/** A file of that folder as it is. */
export const keptArchive = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(KEPT, name)));
