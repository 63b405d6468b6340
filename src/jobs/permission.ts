// Whether this tab may read kept handles of folders and files. The browser asks the person, and only after a click or a key.

interface Asking {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

/**
 * Asks the browser for leave to read `handles` (folders that were given once). `ask`: a person is waiting, so a question may be shown;
 * without it only leave that exists counts. Never rejects.
 */
export async function mayRead(handles: readonly unknown[], { ask }: { ask: boolean }): Promise<boolean> {
  for (const handle of handles as readonly Asking[]) {
    const now = (await handle.queryPermission?.({ mode: 'read' }).catch(() => 'denied' as const)) ?? 'granted';
    if (now === 'granted') continue;
    // Without a fresh click the browser refuses to ask, and would count it as a no.
    if (now === 'denied' || !ask || !navigator.userActivation?.isActive) return false;
    if ((await handle.requestPermission?.({ mode: 'read' }).catch(() => 'denied' as const)) !== 'granted') return false;
  }
  return true;
}
