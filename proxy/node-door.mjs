// @ts-check
// Lets Node's http server speak to a (Request) → Response: for tools/serve.mjs, the development server and tests.
import { Readable } from 'node:stream';

/**
 * @param {(request: Request) => Promise<Response>} respond
 * @returns {(incoming: import('node:http').IncomingMessage, outgoing: import('node:http').ServerResponse) => Promise<void>}
 */
export function nodeDoor(respond) {
  return async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const request = toRequest(incoming, gone.signal);
    if (request === undefined) {
      outgoing.writeHead(400, { connection: 'close' }).end();
      return;
    }
    const response = await respond(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) {
      outgoing.end();
      return;
    }
    const body = Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body));
    // A body that fails half-way must break the connection: ended politely it would pass for complete.
    body.on('error', () => outgoing.destroy());
    outgoing.on('close', () => body.destroy());
    body.pipe(outgoing);
  };
}

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {AbortSignal} signal
 * @returns {Request | undefined} undefined for what no browser sends (an absolute request line, odd methods)
 */
function toRequest(incoming, signal) {
  const path = incoming.url ?? '';
  if (!path.startsWith('/') || path.startsWith('//') || incoming.headers.host === undefined) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  try {
    return new Request(`http://${incoming.headers.host}${path}`, { method: incoming.method ?? 'GET', headers, signal });
  } catch {
    return undefined;
  }
}
