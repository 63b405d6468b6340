import { expect, test } from 'vitest';
import type { Run } from '../../core/run.ts';
import { readLog } from './read-log.ts';

const run: Run = {
  id: 'r-1',
  name: 'chest.zip',
  version: 1,
  state: 'done',
  given: ['https://example.org/chest.zip'],
  sources: [{ url: 'https://example.org/chest.zip', kind: 'zip' }],
  startedAt: '2026-11-23T01:57:12.000Z',
  finishedAt: '2026-11-23T01:57:15.400Z',
  progress: {
    stages: [
      { id: 'list', done: 73, of: 73 },
      { id: 'headers', done: 70 },
    ],
    fetched: 246_000,
    requests: 30,
    held: 2_900_000,
    files: 73,
    items: 2,
    unreadable: 1,
    skipped: 0,
  },
  notices: [{ code: 'E-NORANGE', because: 'This server sends only whole files.', path: 'chest.zip' }],
  models: [],
};

test('says where from, when, how far each stage came, and what was odd', () => {
  expect(readLog(run, { app: '0.1.0' }).split('\n')).toEqual([
    'Medley        0.1.0',
    'Run           chest.zip',
    'Source        https://example.org/chest.zip (zip)',
    'Started       2026-11-23 01:57:12 UTC',
    'Ended         2026-11-23 01:57:15 UTC (3.4 s)',
    'State         complete',
    'List          73 of 73',
    'Read headers  70',
    'Fetched       246 kB of 2.9 MB in 30 requests',
    'Found         2 items in 73 files, 1 unreadable',
    'Note          This server sends only whole files. [chest.zip] E-NORANGE',
  ]);
});

test('a run of dropped files that failed says so', () => {
  const text = readLog(
    {
      ...run,
      state: 'failed',
      because: 'It is empty.',
      code: 'E-EMPTY',
      given: [],
      sources: [],
      progress: { ...run.progress, requests: 0 },
    },
    { app: '0.1.0' },
  );
  expect(text).toContain('Source        files of this computer');
  expect(text).toContain('State         failed · It is empty. · E-EMPTY');
  expect(text).toContain('nothing over the network');
});
