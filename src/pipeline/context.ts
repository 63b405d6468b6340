// What sources may use inside one worker: its network, the bytes of any place, and a word to the user.
import type { Bytes, Entry, Place } from '../core/entry.ts';
import { baseName } from '../core/entry.ts';
import type { OpenFile } from '../core/format.ts';
import { rememberPrefix } from '../core/prefix.ts';
import { LIMITS, type Notice, type Source, type SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { sources } from '../sources/index.ts';
import { createNet } from '../sources/net/net.ts';

export const sourceById: ReadonlyMap<string, Source> = new Map(sources.map((source) => [source.id, source]));

export interface ContextOptions {
  /** Path of our relay; absent: hosts that refuse pages are refused. */
  readonly proxy?: string | undefined;
  readonly notice?: (notice: Notice) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** One a thread: its Net counts only what this thread fetched. */
export function createContext({ proxy, notice = () => {}, signal = { aborted: false } }: ContextOptions): SourceContext {
  const context: SourceContext = {
    net: createNet({ proxy }),
    signal,
    notice,
    limits: LIMITS,
    open(place) {
      const bytes = sourceById.get(place.source)?.open?.(place, context);
      if (!bytes) throw new Unreadable('E-GONE', 'The file is no longer at hand: choose the folder or file again.');
      return bytes;
    },
    keep: (chunks): Place => ({ source: 'kept', at: { blob: new Blob([...chunks] as BlobPart[]) } }),
  };
  return context;
}

/** An entry with its bytes open and its neighbours in reach by name, whatever the letter case. */
export function openFile(
  entry: Entry,
  { beside, context }: { beside: readonly Entry[]; context: SourceContext },
): OpenFile & { readonly bytes: Bytes } {
  const byName = new Map(beside.map((neighbour) => [baseName(neighbour.path).toLowerCase(), neighbour]));
  const bytes = context.open(entry.place);
  const sized: Bytes = entry.size === undefined ? bytes : { size: entry.size, slice: (start, end) => bytes.slice(start, end) };
  return {
    path: entry.path,
    bytes: rememberPrefix(sized),
    beside(given) {
      const name = given.replace(/^\.\//, '');
      const neighbour = beside.find((one) => baseName(one.path) === name) ?? byName.get(name.toLowerCase());
      return neighbour && neighbour !== entry ? openFile(neighbour, { beside: [], context }) : undefined;
    },
  };
}
