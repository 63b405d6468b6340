// Offline: the service worker that keeps the shell is fetched once there is something to come back to, so that a first look costs little.

let asked = false;

/** Registers the service worker, once; does nothing where there is none (development, private windows). */
export function keepForOffline(): void {
  if (asked || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  asked = true;
  void navigator.serviceWorker.register('/sw.js').catch(() => {});
}
