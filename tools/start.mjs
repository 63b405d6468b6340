// @ts-check
// `npm start`: works in a fresh clone. Installs, builds, serves, says where.
import { ensureBuilt, ensureInstalled } from './ready.mjs';

if (!ensureInstalled()) fail('The packages could not be installed. Is the network reachable?');
if (!ensureBuilt()) fail('The app could not be built; the lines above say why.');
// Only now: these need what was just installed.
const { DEFAULT_PORT, portFrom, serve } = await import('./serve.mjs');
const port = portFrom(process.argv.slice(2));
try {
  const { url } = await serve({
    port: port ?? DEFAULT_PORT,
    next: port === undefined,
    allow: process.env.MEDLEY_PROXY_ALLOW,
    log: (line) => console.log(`relayed ${line}`),
  });
  console.log(`Medley is at ${url}`);
  console.log('Stop it with Ctrl+C.');
} catch {
  fail(`Port ${port} is taken. Choose another: npm start -- --port N`);
}

/** @param {string} why @returns {never} */
function fail(why) {
  console.error(why);
  process.exit(1);
}
