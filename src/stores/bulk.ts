// What a kept record may hold: handles yes, files and bytes no. IndexedDB would copy every dropped file into its own folder.
import type { Place } from '../core/entry.ts';
import type { FileRecord } from '../core/item.ts';

/** Where a dropped file was: after a reload only the person can give it again. */
export const GONE: Place = { source: 'gone', at: null };

const LITTLE = 65_536;

/** The record without file contents: a place that holds a File, a Blob or many bytes becomes `GONE`; handles of the file system stay, and so does how it was packed. */
export function withoutBulk(record: FileRecord): FileRecord {
  if (!record.entry || !holdsBulk(record.entry.place.at)) return record;
  return { ...record, entry: { ...record.entry, place: emptied(record.entry.place) } };
}

function emptied({ source, at }: Place): Place {
  const inner = source === 'gzip' && (at as { inner?: Place } | null)?.inner;
  return inner ? { source, at: { ...(at as object), inner: emptied(inner) } } : GONE;
}

function holdsBulk(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Blob) return true;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength > LITTLE;
  if (Array.isArray(value)) return value.some(holdsBulk);
  const above: unknown = Object.getPrototypeOf(value);
  // Anything else of the platform (FileSystemFileHandle) is cloned by the browser itself.
  return above === Object.prototype || above === null ? Object.values(value).some(holdsBulk) : false;
}
