// @vitest-environment node
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readyFolder, writeMasks } from './mask-writer.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'medley-masks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');
async function* handed(...pieces: { name: string; data?: string; because?: string }[]) {
  yield* pieces;
}

it('joins pieces, begins a file of an earlier run anew, and tells what failed', async () => {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const name = 'i-00000001.tumour.png';
  await writeMasks(handed({ name, data: base64('old') }), { folder, say });
  const other = 'i-00000002.vessels.nii.gz';
  const pieces = handed({ name, data: base64('ne') }, { name, data: base64('w') }, { name: other, because: 'No room.' });
  expect(await writeMasks(pieces, { folder, say })).toBe(1);
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(path.join(folder, name), 'utf8')).toBe('new');
  expect(said.join('\n')).toContain(`${other} was not written: No room.`);
});

it('writes nowhere but into the folder', async () => {
  for (const name of ['../i-00000001.tumour.png', 'i-00000001.tumour.sh', '/etc/i-00000001.tumour.png', 'i-00000001.organ.png'])
    await expect(writeMasks(handed({ name, data: '' }), { folder, say: () => undefined })).rejects.toThrow('no such name');
});

it('tells of a folder that cannot be written before anything is analysed', () => {
  const fresh = path.join(folder, 'new', 'masks');
  readyFolder(fresh);
  expect(readdirSync(fresh)).toEqual([]);
  writeFileSync(path.join(folder, 'a-file'), '');
  expect(() => readyFolder(path.join(folder, 'a-file'))).toThrow('Masks cannot be written to');
});
