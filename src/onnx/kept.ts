// What is kept for offline use: weights and the engine's own WebAssembly, in the browser's Cache Storage. Every failure of the cache (none there,
// full, private window) means that nothing is kept, never that nothing works.

/** One file a folder is kept: a newer one takes the place of the older. */
export interface Place {
  readonly folder: string;
  readonly name: string;
}

const CACHE = 'medley-models';

// A cache's keys are addresses; these are asked of no server.
const addressOf = ({ folder, name }: Place): string => new URL(`/kept/${folder}/${encodeURIComponent(name)}`, self.location.origin).href;

async function open(): Promise<Cache | undefined> {
  if (!('caches' in globalThis)) return undefined;
  return caches.open(CACHE).catch(() => undefined);
}

export async function keptAt(place: Place): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const found = await (await open())?.match(addressOf(place));
    return found && new Uint8Array(await found.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Size of what is kept there, without reading it. Bytes. */
export async function keptSize(place: Place): Promise<number | undefined> {
  const found = await (await open())?.match(addressOf(place)).catch(() => undefined);
  return found ? Number(found.headers.get('content-length')) : undefined;
}

export async function keep(place: Place, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const cache = await open();
    const address = addressOf(place);
    await cache?.put(address, new Response(bytes, { headers: { 'content-length': String(bytes.length) } }));
    const folder = address.slice(0, address.lastIndexOf('/') + 1);
    for (const { url } of (await cache?.keys()) ?? []) if (url.startsWith(folder) && url !== address) await cache?.delete(url);
  } catch {
    // No room, or not allowed: it is downloaded again the next time.
  }
}

export async function drop(place: Place): Promise<void> {
  await (await open())?.delete(addressOf(place)).catch(() => false);
}

/** Forgets all weights, and the engine with them. */
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(CACHE).catch(() => false);
}

/** One worker of this page at a time: what one has fetched, the next finds kept. */
export async function alone<T>({ folder, name }: Place, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks ? ((await locks.request(`medley ${folder} ${name}`, work)) as T) : work();
}
