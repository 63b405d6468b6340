// @ts-check
// Reads what every source file imports and which globals it uses, types included. Reads only; judging is layers-rules.mjs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/**
 * @typedef {object} Import
 * @property {string} from as written
 * @property {string | undefined} file path from the root, where it is one of ours
 * @property {boolean} lazy by `await import()`
 * @property {boolean} type only types cross
 * @property {number} line
 *
 * @typedef {object} Source
 * @property {string} file path from the root, with forward slashes
 * @property {readonly Import[]} imports
 * @property {boolean} plugin directly in its folder, with a default export
 * @property {readonly { name: string, line: number }[]} globals `fetch` called, `Worker` made
 */

/** @param {string} root @returns {readonly Source[]} every module under src/ and workers/ that is no test */
export function readSources(root) {
  const files = ['src', 'workers'].flatMap((top) => list(path.join(root, top)));
  return files.filter((file) => /\.(ts|tsx|mts|mjs|js)$/.test(file) && !/\.test\.tsx?$/.test(file)).map((file) => readSource(root, file));
}

/** @param {string} folder @returns {string[]} */
function list(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  } catch {
    return [];
  }
}

/** @param {string} root @param {string} full @returns {Source} */
function readSource(root, full) {
  const file = path.relative(root, full).split(path.sep).join('/');
  const text = readFileSync(full, 'utf8');
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const lineOf = (/** @type {number} */ at) => text.slice(0, at).split('\n').length;
  /** @type {Import[]} */
  const imports = [];
  const add = (/** @type {string} */ from, /** @type {number} */ at, /** @type {{ lazy?: boolean, type?: boolean }} */ how) =>
    imports.push({ from, file: resolve(file, from), lazy: how.lazy ?? false, type: how.type ?? false, line: lineOf(at) });
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, start, { type: entries.length > 0 && entries.every(({ isType }) => isType) });
  }
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, start, { type: isType });
  }
  /** @type {{ name: string, line: number }[]} */
  const globals = [];
  new Visitor({
    ImportExpression: ({ source, start }) => {
      if (source.type === 'Literal' && typeof source.value === 'string') add(source.value, start, { lazy: true });
    },
    TSImportType: ({ source, start }) => add(source.value, start, { type: true }),
    Identifier: ({ name, start }) => {
      if (name === 'fetch' || name === 'Worker') globals.push({ name, line: lineOf(start) });
    },
  }).visit(program);
  const plugin = module.staticExports.some(({ entries }) => entries.some(({ exportName }) => exportName.kind === 'Default'));
  return { file, imports, plugin: plugin && /^src\/[^/]+\/[^/]+$/.test(file), globals: usedGlobals(program, globals) };
}

/** @param {string} file @param {string} from @returns {string | undefined} */
function resolve(file, from) {
  const bare = from.split('?')[0] ?? from;
  return bare.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), bare)) : undefined;
}

/**
 * Only `fetch(…)`, `globalThis.fetch` and `new Worker(…)` count: a type called Worker, or a parameter called fetch, opens nothing.
 * @param {import('oxc-parser').Program} program @param {{ name: string, line: number }[]} named
 */
function usedGlobals(program, named) {
  if (named.length === 0) return [];
  const used = new Set();
  const isGlobal = (/** @type {any} */ node) => node.type === 'Identifier' && /^(globalThis|window|self)$/.test(node.name);
  new Visitor({
    CallExpression: ({ callee }) => {
      if (callee.type === 'Identifier' && callee.name === 'fetch') used.add('fetch');
    },
    MemberExpression: ({ object, property }) => {
      if (isGlobal(object) && property.type === 'Identifier') used.add(property.name);
    },
    NewExpression: ({ callee }) => {
      if (callee.type === 'Identifier' && callee.name === 'Worker') used.add('Worker');
    },
  }).visit(program);
  return named.filter(({ name }, at) => used.has(name) && named.findIndex((other) => other.name === name) === at);
}
