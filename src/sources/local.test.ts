// Files and folders of this computer, with handles that behave like the browser's.
import { describe, expect, it } from 'vitest';
import { all, contextOf, entriesOf, failure } from '../../tests/support/source-server.ts';
import { sources } from './index.ts';
import local from './local.ts';

type Tree = { readonly [name: string]: Tree | string | Error };

const file = (name: string, body: string | Error) => ({
  kind: 'file',
  name,
  getFile: async () => {
    if (body instanceof Error) throw body;
    return new File([body], name);
  },
});

function folder(name: string, tree: Tree): FileSystemDirectoryHandle {
  return {
    kind: 'directory',
    name,
    async *values() {
      for (const [key, value] of Object.entries(tree))
        yield typeof value === 'string' || value instanceof Error ? file(key, value) : folder(key, value);
    },
  } as unknown as FileSystemDirectoryHandle;
}

const gone = () => new DOMException('gone', 'NotFoundError');
const context = contextOf(sources);
const open = (place: { source: string; at: unknown }) => local.open(place);

describe('local', () => {
  it('opens a dropped file at any place', async () => {
    const bytes = context.open({ source: 'local', at: { file: new File(['hello world'], 'a.txt') } });
    expect(bytes.size).toBe(11);
    expect(new TextDecoder().decode(await bytes.slice(6, 99))).toBe('world');
    expect(await bytes.slice(99, 100)).toHaveLength(0);
    const entry = { path: 'a.txt', place: { source: 'local', at: { file: new File(['x'], 'a.txt') } } };
    expect(entriesOf(await all(local.list(entry, context)))).toEqual([entry]);
  });
  it('lists a folder with its subfolders and sizes, and opens what it listed', async () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`s${i}.dcm`, 'x'.repeat(i)]));
    const entry = { path: 'data', place: { source: 'local', at: { folder: folder('data', { 'a.txt': 'hello', sub: { deep: many } }) } } };
    const entries = entriesOf(await all(local.list(entry, context)));
    expect(entries).toHaveLength(71);
    expect(entries[0]).toMatchObject({ path: 'a.txt', size: 5, depth: 0 });
    expect(entries.find(({ path }) => path === 'sub/deep/s42.dcm')?.size).toBe(42);
    const bytes = open(entries[0]!.place);
    expect(bytes.size).toBeUndefined();
    expect(new TextDecoder().decode(await bytes.slice(0, 3))).toBe('hel');
    expect(bytes.size).toBe(5);
  });
  it('names files that are gone or may not be read, and the rest is listed', async () => {
    const tree = { 'gone.dcm': gone(), 'secret.dcm': new DOMException('no', 'NotAllowedError'), 'ok.dcm': 'x' };
    const listed = await all(local.list({ path: 'd', place: { source: 'local', at: { folder: folder('d', tree) } } }, context));
    expect(listed).toMatchObject([
      { kind: 'refused', path: 'gone.dcm', code: 'E-GONE', because: expect.stringMatching(/moved, changed or deleted/) },
      { kind: 'refused', path: 'secret.dcm', code: 'E-DENIED', because: expect.stringMatching(/may no longer read/) },
      { kind: 'entry', entry: { path: 'ok.dcm' } },
    ]);
    expect((await failure(open({ source: 'local', at: { handle: file('x', gone()) } }).slice(0))).code).toBe('E-GONE');
  });
  it('says that a file changed while it was being read', async () => {
    const bytes = context.open({ source: 'local', at: { file: new File(['x'], 'a') } });
    expect(await bytes.slice(0)).toHaveLength(1);
    const unreadable = { size: 4, slice: () => ({ arrayBuffer: async () => Promise.reject(new DOMException('x', 'NotReadableError')) }) };
    expect((await failure(open({ source: 'local', at: { file: unreadable } }).slice(0))).code).toBe('E-GONE');
  });
  it('claims no URL, and says that a folder is no file', async () => {
    expect(local.claim()).toBe(0);
    expect(() => open({ source: 'local', at: { folder: folder('d', {}) } })).toThrow(/a folder, not a file/);
  });
});
