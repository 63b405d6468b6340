// Offline: the service worker that keeps the shell is fetched once there is something to come back to, so that a first look costs little.
import type { Store } from '../core/store.ts';

/** So long nothing must have changed: the shell is not fetched while a run needs the network. */
const QUIET_MS = 5000;

/** Registers the service worker, once, when a run is kept and at rest. Does nothing where there is none (development, private windows). */
export function keepForOffline(store: Store): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      unwatch();
      void navigator.serviceWorker.register('/sw.js').catch(() => {});
    }, QUIET_MS);
  };
  const unwatch = store.watch('*', later);
  void store.list().then((runs) => runs.length && later());
}
