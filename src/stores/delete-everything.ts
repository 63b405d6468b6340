// Deletes all that this site keeps on this device: runs, files, caches and the copy of the app for offline use. Settings of looks and keys stay.
import type { Store } from '../core/store.ts';

/** Rejects with the browser's own error where something could not be deleted; the rest is gone all the same. */
export async function deleteEverything(store: Store): Promise<void> {
  for (const { id } of await store.list()) await store.remove(id);
  const rest = await Promise.allSettled([emptyPrivateFiles(), deleteCaches(), unregisterWorkers()]);
  for (const one of rest) if (one.status === 'rejected') throw one.reason;
}

async function emptyPrivateFiles(): Promise<void> {
  const root = await navigator.storage?.getDirectory?.();
  if (!root) return;
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
}

async function deleteCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

async function unregisterWorkers(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
}
