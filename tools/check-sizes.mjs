// @ts-check
// Fails where a file has grown too long to be read at once, or where the first load of the page has grown too heavy.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCE_LINES = 300;
const TEST_LINES = 500;
const DOOR_LINES = 40;
/** Bytes of brotli before anything is analysed: index.html and all that it loads by itself. */
const FIRST_LOAD = 350_000;

const found = [...['src', 'workers', 'proxy'].flatMap(tooLong), ...tooHeavy()];
for (const line of found) console.error(line);
console.log(found.length === 0 ? 'sizes: within bounds' : `sizes: ${found.length} found`);
process.exitCode = found.length === 0 ? 0 : 1;

/** @param {string} top @returns {string[]} */
function tooLong(top) {
  return readdirSync(path.join(ROOT, top), { recursive: true })
    .map((name) => path.join(top, String(name)))
    .filter((name) => /\.(tsx?|mjs)$/.test(name))
    .flatMap((name) => {
      const lines = readFileSync(path.join(ROOT, name), 'utf8').split('\n').length - 1;
      const most = name.includes('.test.') ? TEST_LINES : name.endsWith('.worker.ts') ? DOOR_LINES : SOURCE_LINES;
      return lines > most ? [`${name} has ${lines} lines; at most ${most}`] : [];
    });
}

/** @returns {string[]} */
function tooHeavy() {
  const dist = path.join(ROOT, 'dist');
  if (!existsSync(path.join(dist, 'index.html'))) return [];
  const page = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const queue = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => String(match[1]));
  const seen = new Set(['/index.html']);
  while (queue.length > 0) {
    const name = String(queue.pop());
    if (seen.has(name) || !existsSync(path.join(dist, name))) continue;
    seen.add(name);
    // What the module asks for at once; `import()` is not part of the first load.
    for (const match of readFileSync(path.join(dist, name), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      queue.push(path.posix.join(path.posix.dirname(name), String(match[1])));
    }
  }
  const bytes = [...seen].reduce((sum, name) => sum + zlib.brotliCompressSync(readFileSync(path.join(dist, name))).length, 0);
  console.log(`first load: ${Math.round(bytes / 1000)} kB brotli in ${seen.size} files`);
  return bytes > FIRST_LOAD ? [`the first load is ${bytes} bytes of brotli; at most ${FIRST_LOAD}`] : [];
}
