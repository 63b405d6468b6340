import { expect, test } from 'vitest';
import { givenFromDrop, givenFromFiles } from './given.ts';

const file = (name: string, path = ''): File => ({ name, webkitRelativePath: path }) as File;
const item = (parts: Partial<DataTransferItem>): DataTransferItem =>
  ({ kind: 'file', webkitGetAsEntry: () => null, ...parts }) as DataTransferItem;
const dropped = (items: DataTransferItem[], files: File[] = []): DataTransfer => ({ items, files }) as unknown as DataTransfer;

test('files of one folder are named after it and keep their paths', () => {
  const given = givenFromFiles([file('a.dcm', 'ct/1/a.dcm'), file('b.dcm', 'ct/2/b.dcm')]);
  expect(given).toMatchObject({ kind: 'files', name: 'ct', files: [{ path: 'ct/1/a.dcm' }, { path: 'ct/2/b.dcm' }] });
});

test('loose files are named after the first', () => {
  expect(givenFromFiles([file('a.png')])).toMatchObject({ name: 'a.png' });
  expect(givenFromFiles([file('a.png'), file('b.png')])).toMatchObject({ name: 'a.png and 1 more' });
  expect(givenFromFiles([])).toBeUndefined();
  expect(givenFromFiles(null)).toBeUndefined();
});

test('a dropped folder comes as its handle, dropped files come together', async () => {
  const folder = { kind: 'directory', name: 'ct' } as FileSystemDirectoryHandle;
  const single = { kind: 'file', name: 'a.dcm', getFile: async () => file('a.dcm') } as unknown as FileSystemHandle;
  const given = await givenFromDrop(
    dropped([
      item({ getAsFileSystemHandle: async () => folder }),
      item({ getAsFileSystemHandle: async () => single }),
      item({ kind: 'string' }),
    ]),
  );
  expect(given).toMatchObject([
    { kind: 'folder', handle: { name: 'ct' } },
    { kind: 'files', name: 'a.dcm', files: [{ path: 'a.dcm' }] },
  ]);
});

test('without handles folders are walked, in batches, in order of their paths', async () => {
  const leaf = (fullPath: string) => ({ isFile: true, fullPath, file: (done: (f: File) => void) => done(file(fullPath)) });
  const batches = [[leaf('/ct/b.dcm')], [leaf('/ct/a.dcm')], []];
  const folder = {
    isFile: false,
    fullPath: '/ct',
    createReader: () => ({ readEntries: (done: (e: unknown[]) => void) => done(batches.shift() ?? []) }),
  };
  const given = await givenFromDrop(dropped([item({ webkitGetAsEntry: () => folder as unknown as FileSystemEntry })]));
  expect(given).toMatchObject([{ kind: 'files', name: 'ct', files: [{ path: 'ct/a.dcm' }, { path: 'ct/b.dcm' }] }]);
});

test('a drop of nothing readable gives nothing', async () => {
  expect(await givenFromDrop(dropped([item({ kind: 'string' })]))).toEqual([]);
});
