// An entry: one file that a source lists, and the place where its bytes are. Plain data, so that it crosses threads and is kept.

/** Random access to bytes. `slice` may answer fewer bytes than asked only at the end of the file. Throws Unreadable. */
export interface Bytes {
  /** Bytes in all; undefined until somebody has said (a gzip, a host that names no length). */
  readonly size: number | undefined;
  /** Bytes [start, end); without `end`, to the end of the file. A whole read of an archive member checks its CRC. */
  slice(start: number, end?: number): Promise<Uint8Array>;
  /** All bytes in order, checked at the end. Present only where late bytes cannot be reached without reading all before them (packed members, hosts without ranges). */
  stream?(): AsyncIterable<Uint8Array>;
}

/** Where bytes are: the id of the source that can open it, and what that source needs (structured-cloneable, no functions). */
export interface Place {
  readonly source: string;
  readonly at: unknown;
}

export interface Entry {
  /** Path inside the source; members of archives as outer.zip!/inner/path. A label for people, never a path to open. */
  readonly path: string;
  /** Bytes in all, exact; absent where the listing does not say. */
  readonly size?: number | undefined;
  readonly place: Place;
  /** The archive or page that listed this entry; provenance by parent link. */
  readonly inside?: { readonly path: string; readonly source: string } | undefined;
  /** How many archives deep: 0 for a file, 1 inside a zip, … */
  readonly depth?: number | undefined;
}

/** The last name of a path: `a/b.zip!/c/d.dcm` → `d.dcm`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Everything before the last name, without the slash; '' at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
