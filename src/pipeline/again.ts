// Going on with an interrupted run: which of its records hold, which files are read again, and where files of this computer are now.
import type { Entry, Place } from '../core/entry.ts';
import type { FileRecord } from '../core/item.ts';
import type { UnreadableCode } from '../core/unreadable.ts';

/** Code of files that were listed and not read yet: an interrupted run accounts for them too. */
export const QUEUED: UnreadableCode = 'E-QUEUED';

/** A file that was listed and not read yet. */
export function queuedRecord(entry: Entry): FileRecord {
  return {
    path: entry.path,
    status: 'skipped',
    because: 'The run ended before this file was read.',
    code: QUEUED,
    bytes: entry.size ?? null,
    entry,
  };
}

/** Failures of the moment: another try may go well. */
const PASSING: ReadonlySet<string> = new Set([
  'E-QUEUED',
  'E-NETWORK',
  'E-429',
  'E-SERVER',
  'E-DENIED',
  'E-GONE',
  'E-HUNG',
  'E-CRASHED',
  'E-ABORTED',
] satisfies UnreadableCode[]);

/** Whether a file has to be read (or, for an archive, listed) again. */
export function isOpenStill({ status, header, code }: FileRecord): boolean {
  return (status === 'container' && !header) || PASSING.has(code ?? '');
}

const innerOf = (place: Place): Place | undefined => (place.source === 'gzip' ? (place.at as { inner?: Place } | null)?.inner : undefined);

/** Whether a place was in a tab that is gone. */
export function isLost(place: Place | undefined): boolean {
  return place !== undefined && (place.source === 'gone' || isLost(innerOf(place)));
}

/** The same place, as unpacked as before, in what a fresh listing found; undefined where the old one still holds. */
export function renewed(old: Place, fresh: Place): Place | undefined {
  if (old.source === 'gone' || old.source === 'local') return fresh;
  const inner = innerOf(old);
  const again = inner && renewed(inner, fresh);
  return again && { source: old.source, at: { ...(old.at as object), inner: again } };
}

/** Bytes of the file as its listing said: of the packed one, where it was gzipped. */
export function sizeListed({ entry }: FileRecord): number | undefined {
  if (entry?.place.source !== 'gzip') return entry?.size;
  return (entry.place.at as { size?: number } | null)?.size;
}
