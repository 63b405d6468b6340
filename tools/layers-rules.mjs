// @ts-check
// Holds what was read (layers-graph.mjs) against the table (layers.cjs). Pure: sources in, sentences out.
import layers from './layers.cjs';

const { LAYERS, SHARED_HOMES, GLOBALS } = layers;
const byName = new Map(LAYERS.map((layer) => [layer.name, layer]));

/** @typedef {import('./layers-graph.mjs').Source} Source @typedef {import('./layers-graph.mjs').Import} Import */

/** @param {readonly Source[]} sources @returns {string[]} one sentence a violation, in order of files; empty when all is well */
export function violations(sources) {
  const plugins = sources.filter(({ plugin, file }) => plugin && byName.get(layerOf(file) ?? '')?.strangers).map(({ file }) => stem(file));
  const found = sources.flatMap((source) => [
    ...(byName.has(layerOf(source.file) ?? '') ? [] : [`${source.file} is in no layer of the table`]),
    ...source.imports.flatMap((one) => judge(source, one, plugins).map((why) => `${source.file}:${one.line} ${why}`)),
    ...source.globals
      .filter(({ name }) => !homesOf(name).some((home) => source.file.startsWith(home)))
      .map(({ name, line }) => `${source.file}:${line} uses ${name}, which only ${homesOf(name)[0]} may`),
  ]);
  return [...found, ...cycles(sources)];
}

/** @param {string} name @returns {readonly string[]} */
function homesOf(name) {
  return /** @type {Record<string, readonly string[]>} */ (GLOBALS)[name] ?? [];
}

/** @param {string} file @returns {string | undefined} */
function layerOf(file) {
  const parts = file.split('/');
  return parts[0] === 'src' ? parts[1] : parts[0] === 'workers' ? 'workers' : undefined;
}

/** @param {string} file @returns {string} its path without the ending */
function stem(file) {
  return file.replace(/\.[a-z]+$/, '');
}

/** @param {Source} source @param {Import} one @param {readonly string[]} plugins @returns {string[]} */
function judge(source, one, plugins) {
  const layer = byName.get(layerOf(source.file) ?? '');
  if (!layer) return [];
  if (one.file === undefined) return judgeLibrary(layer, one);
  const target = layerOf(one.file);
  if (target === undefined) return [`imports ${one.from}, which is in no layer`];
  const allowed =
    target === layer.name || layer.may.some((may) => may === target || (may.includes('/') && stem(one.file ?? '') === `src/${may}`));
  if (!allowed) return [`imports ${target}: ${layer.name} may import ${layer.may.join(', ') || 'nothing'}`];
  const owner = plugins.find((plugin) => stem(one.file ?? '') === plugin || one.file?.startsWith(`${plugin}/`));
  const inside = owner !== undefined && (stem(source.file) === owner || source.file.startsWith(`${owner}/`));
  if (target === layer.name && owner !== undefined && !inside) return [`imports a part of the plug-in ${owner}: plug-ins are strangers`];
  return [];
}

/** @param {import('./layers.cjs').Layer} layer @param {Import} one @returns {string[]} */
function judgeLibrary(layer, one) {
  if (/^(vite\/|virtual:)/.test(one.from)) return [];
  if (layer.libraries === 'none') return [`imports the library ${one.from}: ${layer.name} uses none`];
  const homes = LAYERS.filter(({ home }) => home.some((pattern) => matches(pattern, one.from))).map(({ name }) => name);
  for (const [library, names] of Object.entries(SHARED_HOMES)) if (matches(library, one.from)) homes.push(...names);
  if (homes.length > 0 && !homes.includes(layer.name)) return [`imports ${one.from}, whose only home is ${homes.join(' and ')}`];
  if (layer.libraries === 'lazy' && !one.lazy && !one.type)
    return [`imports ${one.from} at once: ${layer.name} takes libraries by await import()`];
  return [];
}

/** @param {string} pattern @param {string} from @returns {boolean} */
function matches(pattern, from) {
  return pattern.endsWith('*') ? from.startsWith(pattern.slice(0, -1)) : from === pattern || from.startsWith(`${pattern}/`);
}

/** @param {readonly Source[]} sources @returns {string[]} one cycle for each way back that is met; types count */
function cycles(sources) {
  const next = new Map(sources.map(({ file, imports }) => [file, imports.map((one) => one.file).filter((to) => to !== undefined)]));
  /** @type {string[]} */
  const found = [];
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} file @param {string[]} way */
  const walk = (file, way) => {
    const at = way.indexOf(file);
    if (at >= 0) return void found.push(`${[...way.slice(at), file].join(' → ')} is a cycle`);
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}
