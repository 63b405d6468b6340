// Writes training/vocabulary.json from src/core/vocabulary.ts: the Python code speaks the same language.
import { writeFileSync } from 'node:fs';
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
writeFileSync(file, json);
