// Test setup: assets that the bundler names by address (`?url`) are read from disk, since no server runs under vitest.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const real = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const address = typeof input === 'string' ? input : '';
  if (!/^\/(@fs\/|node_modules\/)/.test(address)) return real(input, init);
  const path = address.startsWith('/@fs/') ? address.slice(4) : join(process.cwd(), address);
  return new Response(new Uint8Array(await readFile(path)));
};
