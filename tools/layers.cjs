// @ts-check
// Who may import whom: the one table. tools/check-layers.mjs enforces it, docs/architecture.md shows it (checked to be the same).
'use strict';

/**
 * @typedef {object} Layer
 * @property {string} name folder under src/, or `workers`
 * @property {readonly string[]} may layers whose files it may import; `jobs/protocol` is one file of a layer, for its types
 * @property {readonly string[]} home libraries that only this layer may import; a trailing * stands for any ending
 * @property {'lazy' | 'eager' | 'none'} libraries lazy: libraries only by `await import()` (types aside); none: no library at all
 * @property {boolean} [strangers] files directly in it are plug-ins and do not import each other, nor each other's folders
 * @property {boolean} [later] the folder comes with a later issue; its rules stand already
 */

/** @type {readonly Layer[]} */
const LAYERS = [
  { name: 'core', may: [], home: [], libraries: 'none' },
  { name: 'sources', may: ['core'], home: ['pako'], libraries: 'lazy', strangers: true },
  {
    name: 'formats',
    may: ['core'],
    libraries: 'lazy',
    strangers: true,
    home: ['@cornerstonejs/codec-*', 'dcmjs', 'dcmjs-codecs', 'geotiff', 'jpeg-js', 'jsfive'],
  },
  { name: 'classifiers', may: ['core'], home: [], libraries: 'lazy', strangers: true },
  { name: 'onnx', may: ['core'], home: ['onnxruntime-web'], libraries: 'lazy' },
  { name: 'models', may: ['core', 'onnx'], home: [], libraries: 'none', strangers: true },
  { name: 'exports', may: ['core'], home: [], libraries: 'lazy' },
  { name: 'pipeline', may: ['core', 'sources', 'formats', 'classifiers', 'models'], home: [], libraries: 'lazy' },
  { name: 'workers', may: ['core', 'pipeline', 'exports', 'jobs/protocol'], home: [], libraries: 'eager' },
  { name: 'jobs', may: ['core'], home: [], libraries: 'eager' },
  { name: 'cloud', may: ['core'], home: ['firebase'], libraries: 'lazy', later: true },
  { name: 'stores', may: ['core', 'cloud'], home: ['idb'], libraries: 'eager', strangers: true },
  { name: 'charts', may: ['core'], home: ['d3-*'], libraries: 'eager', strangers: true },
  { name: 'viewer', may: ['core', 'jobs'], home: [], libraries: 'eager' },
  {
    name: 'app',
    may: ['core', 'jobs', 'stores', 'cloud', 'charts', 'viewer'],
    home: ['@mantine/*', '@tanstack/*', 'react-dom'],
    libraries: 'eager',
  },
];

/** Libraries with several homes. */
const SHARED_HOMES = {
  comlink: ['jobs', 'workers'],
  'fast-png': ['formats', 'exports'],
  fflate: ['formats', 'exports'],
  'hash-wasm': ['sources', 'pipeline'],
  react: ['app', 'charts', 'viewer'],
};

/** Where a global may be used at all: folders, or single files that fetch a part of the app itself (a codec, the list of samples). */
const GLOBALS = {
  fetch: [
    'src/sources/net/',
    'src/formats/dicom/codecs/wasm.ts',
    'src/formats/jpeg/decode.ts',
    'src/onnx/download.ts',
    'src/app/start/samples.tsx',
  ],
  Worker: ['src/jobs/'],
};

/** The table as it stands in docs/architecture.md. @returns {string} */
function table() {
  const rows = LAYERS.map(({ name, may, home, later }) => {
    const shared = Object.entries(SHARED_HOMES)
      .filter(([, homes]) => homes.includes(name))
      .map(([library]) => library);
    return `| ${name}${later ? ' (later)' : ''} | ${may.join(', ') || '—'} | ${[...home, ...shared].join(', ') || '—'} |`;
  });
  return ['| folder | may import | libraries whose only home it is |', '|---|---|---|', ...rows].join('\n');
}

module.exports = { LAYERS, SHARED_HOMES, GLOBALS, table };
