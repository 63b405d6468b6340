// Plants one violation of each kind in a small tree of its own and asks for exactly that one to be found, in TypeScript sources.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import layers from './layers.cjs';
import { readSources } from './layers-graph.mjs';
import { violations } from './layers-rules.mjs';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(files: Record<string, string>): string[] {
  root = mkdtempSync(path.join(tmpdir(), 'layers-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return violations(readSources(root));
}

const CLEAN = {
  'src/core/item.ts': 'export interface Item { readonly id: string }',
  'src/formats/png.ts':
    "import type { Item } from '../core/item.ts';\nimport { size } from './png/size.ts';\nexport default { id: 'png', size } satisfies Item & { size: number };",
  'src/formats/png/size.ts': "export const size = 1;\nexport const read = async () => (await import('fast-png')).decode;",
  'src/formats/index.ts': 'export const formats = 1;',
  'src/jobs/door.ts': "export const door = () => new Worker(new URL('../../workers/a.worker.ts', import.meta.url));",
  'src/jobs/protocol.ts': 'export type Ask = 1;',
  'src/sources/net/ask.ts': 'export const ask = (url: string) => fetch(url);',
  'workers/a.worker.ts':
    "import { expose } from 'comlink';\nimport type { Ask } from '../src/jobs/protocol.ts';\nexpose({} as unknown as Ask);",
};

describe('layers', () => {
  it('finds nothing in a clean tree', () => expect(check(CLEAN)).toEqual([]));

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a value from above',
      { 'src/core/a.ts': "import { x } from '../formats/index.ts'; export const a = x;" },
      /core\/a\.ts:1 imports formats/,
    ],
    [
      'a type from above',
      { 'src/core/a.ts': "\nimport type { Item } from '../app/item.ts'; export type A = Item;" },
      /core\/a\.ts:2 imports app/,
    ],
    ['a type written in place', { 'src/core/a.ts': "export type A = import('../app/item.ts').Item;" }, /imports app/],
    ['a re-export', { 'src/core/a.ts': "export * from '../jobs/protocol.ts';" }, /imports jobs/],
    ['a late import', { 'src/formats/gif.ts': "export const a = () => import('../app/item.ts');" }, /imports app/],
    ['another plug-in', { 'src/formats/gif.ts': "import png from './png.ts'; export default png;" }, /plug-ins are strangers/],
    [
      'a part of another plug-in',
      { 'src/formats/gif.ts': "import { size } from './png/size.ts'; export default size;" },
      /plug-ins are strangers/,
    ],
    [
      'more of jobs than its protocol',
      { 'workers/b.worker.ts': "import { door } from '../src/jobs/door.ts'; door();" },
      /workers may import/,
    ],
    ['a library in core', { 'src/core/a.ts': "import { max } from 'd3-array'; export const a = max;" }, /core uses none/],
    ['a library away from home', { 'src/app/a.ts': "import { max } from 'd3-array'; export const a = max;" }, /only home is charts/],
    ['a codec away from home', { 'src/app/a.ts': "import '@cornerstonejs/codec-charls/decode';" }, /only home is formats/],
    ['a heavy library at once', { 'src/formats/gif.ts': "import { decode } from 'fast-png'; export default decode;" }, /await import/],
    ['fetch elsewhere', { 'src/app/a.ts': "export const a = () => fetch('/x');" }, /uses fetch/],
    ['fetch by its long name', { 'src/app/a.ts': "export const a = () => globalThis.fetch('/x');" }, /uses fetch/],
    ['a worker elsewhere', { 'src/app/a.ts': "export const a = () => new Worker('/x.js');" }, /uses Worker/],
    ['a folder of no layer', { 'src/helpers/a.ts': 'export const a = 1;' }, /helpers\/a\.ts is in no layer/],
    [
      'a cycle',
      {
        'src/core/a.ts': "import { b } from './b.ts'; export const a = b;",
        'src/core/b.ts': "import { a } from './a.ts'; export const b = a;",
      },
      /is a cycle/,
    ],
    [
      'a cycle of types',
      {
        'src/core/a.ts': "import type { B } from './b.ts'; export type A = B;",
        'src/core/b.ts': "import type { A } from './a.ts'; export type B = A;",
      },
      /a\.ts → src\/core\/b\.ts → src\/core\/a\.ts is a cycle/,
    ],
  ])('finds %s', (_name, planted, pattern) => {
    const found = check({ ...CLEAN, ...planted });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(pattern);
  });

  it('takes a type or a parameter of that name for what it is', () => {
    expect(
      check({ 'src/app/a.ts': 'export interface A { worker: Worker; fetch?: typeof fetch }\nexport const f = (a: A) => a.worker;' }),
    ).toEqual([]);
  });

  it('draws one row a layer', () => expect(layers.table().split('\n')).toHaveLength(layers.LAYERS.length + 2));
});
