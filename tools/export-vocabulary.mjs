// Writes training/vocabulary.json from src/core/vocabulary.ts: the Python code speaks the same language. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const file = fileURLToPath(new URL('../training/vocabulary.json', import.meta.url));
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { MODALITIES, ANATOMY } = await server.ssrLoadModule('/src/core/vocabulary.ts');
await server.close();
const json = `${JSON.stringify({ modality: MODALITIES.map(({ code }) => code), anatomy: ANATOMY.map(({ code, parent }) => ({ code, parent })), plane: ['axial', 'sagittal', 'coronal'] }, null, 1)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== json) {
    console.error('training/vocabulary.json is not what src/core/vocabulary.ts says: run node tools/export-vocabulary.mjs');
    process.exit(1);
  }
} else writeFileSync(file, json);
