// @ts-check
// Fails where a file imports what the table does not allow, or where docs/architecture.md shows another table. `--write` renews the document.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import layers from './layers.cjs';
import { readSources } from './layers-graph.mjs';
import { violations } from './layers-rules.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DOCUMENT = path.join(ROOT, 'docs/architecture.md');

const found = violations(readSources(ROOT));
const text = readFileSync(DOCUMENT, 'utf8');
const fresh = text.replace(/(<!-- layers -->\n)[\s\S]*?(\n<!-- \/layers -->)/, (_, open, close) => open + layers.table() + close);
if (process.argv.includes('--write')) writeFileSync(DOCUMENT, fresh);
else if (fresh !== text || !text.includes(layers.table()))
  found.push('docs/architecture.md shows another table: node tools/check-layers.mjs --write');

for (const line of found) console.error(line);
console.log(found.length === 0 ? 'layers: as the table says' : `layers: ${found.length} found`);
process.exitCode = found.length === 0 ? 0 : 1;
