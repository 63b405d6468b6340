// @ts-check
// The app and its relay on this computer only: 127.0.0.1, whatever port is free. `node tools/serve.mjs [--port N]`.
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeDoor } from '../proxy/node-door.mjs';
import { createRelay } from '../proxy/relay.mjs';
import { parseAllowed } from '../proxy/target.mjs';
import { createSite } from './site.mjs';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const DEFAULT_PORT = 4173;

/**
 * @typedef {{ url: string, close: () => Promise<void> }} Served
 * @param {object} [options]
 * @param {string} [options.root] folder of the built app
 * @param {number} [options.port] 0 takes any free one
 * @param {boolean} [options.next] goes on to the next ports where this one is taken
 * @param {string} [options.allow] host:port[,host:port] that the relay may reach whatever its rules say
 * @param {(line: string) => void} [options.log] one line a relayed request
 * @returns {Promise<Served>}
 */
export async function serve({ root = path.join(ROOT, 'dist'), port = DEFAULT_PORT, next = false, allow, log } = {}) {
  const site = createSite(root);
  const relay = nodeDoor(createRelay({ allow: parseAllowed(allow), ...(log && { log }) }));
  const server = http.createServer((request, response) => {
    // A foreign name that was made to resolve to this computer must not become "our own page" (DNS rebinding).
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
      response.writeHead(421).end();
      return;
    }
    const answer = request.url?.startsWith('/proxy?') ? relay : site;
    answer(request, response).catch(() => response.destroy());
  });
  const taken = await listen(server, { port, next });
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {http.Server} server @param {{ port: number, next: boolean }} options @returns {Promise<number>} */
async function listen(server, { port, next }) {
  for (let turn = port; ; turn += 1) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(turn, '127.0.0.1', () => resolve(server.off('error', reject)));
      });
      return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    } catch (cause) {
      const busy = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      if (!busy || !next || turn >= port + 50) throw cause;
    }
  }
}

/** The port asked for by --port or PORT. @param {readonly string[]} args @returns {number | undefined} */
export function portFrom(args) {
  const at = args.findIndex((arg) => arg === '--port' || arg.startsWith('--port='));
  const text = at < 0 ? process.env.PORT : args[at]?.includes('=') ? args[at]?.split('=')[1] : args[at + 1];
  const port = Number(text);
  return text && Number.isInteger(port) && port >= 0 && port < 65536 ? port : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = portFrom(process.argv.slice(2));
  const { url } = await serve({ port: port ?? DEFAULT_PORT, next: port === undefined, allow: process.env.MEDLEY_PROXY_ALLOW });
  console.log(url);
}
