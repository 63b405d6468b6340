// Every gzip and zip of the real corpus, against Node's zlib and Python's zipfile. Skipped where the corpus is not unpacked.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CORPUS, corpusFiles } from '../../tests/support/corpus.ts';
import { all, blobEntry, contextOf, entriesOf, same } from '../../tests/support/source-server.ts';
import gzip from './gzip.ts';
import { sources } from './index.ts';
import zip from './zip.ts';

const found = corpusFiles ? readdirSync(corpusFiles, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
const ending = (suffix: RegExp) => found.filter(({ name }) => suffix.test(name)).map(({ parentPath, name }) => join(parentPath, name));
const context = contextOf(sources);

describe.skipIf(found.length === 0)(CORPUS, () => {
  it('every gzip unpacks to what zlib makes of it', async () => {
    const paths = ending(/gz$/i);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const packed = new Uint8Array(readFileSync(path));
      if (!gzip.claim({ path, head: packed.subarray(0, 4096) })) continue;
      const [entry] = entriesOf(await all(gzip.list(blobEntry(path, packed), context)));
      const expected = gunzipSync(packed);
      const bytes = context.open(entry!.place);
      expect(same(await bytes.slice(0, 540), expected.subarray(0, 540)), path).toBe(true);
      expect(same(await bytes.slice(0), expected), path).toBe(true);
    }
  }, 120_000);
  it('every zip lists and unpacks to what zipfile makes of it', async () => {
    for (const path of ending(/zip$/i)) {
      const script =
        'import zipfile,sys,json,zlib\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps([[i.filename,i.file_size,zlib.crc32(z.read(i))] for i in z.infolist() if not i.is_dir()]))';
      const expected: [string, number, number][] = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }));
      const entries = entriesOf(await all(zip.list(blobEntry('x.zip', new Uint8Array(readFileSync(path))), context)));
      expect(entries.map((entry) => [entry.path.slice('x.zip!/'.length), entry.size]).sort()).toEqual(
        expected.map(([name, size]) => [name, size]).sort(),
      );
      for (const entry of entries) expect(await context.open(entry.place).slice(0)).toHaveLength(entry.size!);
    }
  }, 120_000);
});
