// Windows over small neighbours of a zip: one request reads them all. Bounded by bytes; shared by the members that this worker opens.
import type { Bytes } from '../../core/entry.ts';

/** Bytes of all windows that are held. */
const HELD = 32 << 20;
const windows = new Map<string, { bytes: Promise<Uint8Array>; length: number }>();
let held = 0;

/** The bytes [start, end) of `outer`; `key` names zip and window. */
export function blockOf(outer: Bytes, window: { key: string; start: number; end: number }): Promise<Uint8Array> {
  const known = windows.get(window.key);
  if (known) {
    windows.delete(window.key);
    windows.set(window.key, known);
    return known.bytes;
  }
  const bytes = outer.slice(window.start, window.end);
  const length = window.end - window.start;
  windows.set(window.key, { bytes, length });
  held += length;
  bytes.catch(() => forget(window.key));
  for (const key of windows.keys()) {
    if (held <= HELD || key === window.key) break;
    forget(key);
  }
  return bytes;
}

function forget(key: string): void {
  held -= windows.get(key)?.length ?? 0;
  windows.delete(key);
}

const SMALL = 32 << 10;
const GAP = 4 << 10;
const BLOCK = 128 << 10;

/** Which of these extents, in order of `start`, are small neighbours: for each the window it is read in, or undefined. */
export function blocks(extents: readonly { start: number; end: number }[]): ([number, number] | undefined)[] {
  const out: ([number, number] | undefined)[] = extents.map(() => undefined);
  let first = 0;
  for (let i = 1; i <= extents.length; i++) {
    const next = extents[i];
    const last = extents[i - 1]!;
    const fits =
      next &&
      next.end - next.start <= SMALL &&
      last.end - last.start <= SMALL &&
      next.start - last.end <= GAP &&
      next.end - extents[first]!.start <= BLOCK;
    if (fits) continue;
    if (i - first > 1) out.fill([extents[first]!.start, last.end], first, i);
    first = i;
  }
  return out;
}
