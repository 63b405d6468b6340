// Tar archives (POSIX.1-2001 pax, ustar, GNU long names): walked by ranges, or streamed once where they are packed (tar.gz), keeping the members.
import { Claim } from '../core/claim.ts';
import type { Bytes, Entry } from '../core/entry.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { distinct, memberName, shownName, UNSAFE_NAME } from './bytes/member-name.ts';
import { type Cursor, rangeCursor, streamCursor } from './tar/cursor.ts';
import { BLOCK, decode, isZero, paxRecords, tarHeader } from './tar/header.ts';

interface TarAt {
  readonly outer: Entry['place'];
  readonly offset: number;
  readonly size: number;
}

export default {
  id: 'tar',
  claim({ head, path }) {
    const header = tarHeader(head.subarray(0, BLOCK));
    if (header && header.name !== '' && Number.isFinite(header.size)) return Claim.byMagic;
    return /\.(tar|tgz)$/i.test(path) && !isPacked(head) ? Claim.byName : Claim.none;
  },
  list,
  open: (place, context) => memberBytes(place.at as TarAt, context),
} satisfies Source;

/** A .tgz that is still packed belongs to gzip. */
const isPacked = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

function memberBytes({ outer, offset, size }: TarAt, { open, limits }: SourceContext): Bytes {
  const bytes = open(outer);
  return {
    size,
    async slice(start, end = size) {
      const stop = Math.min(end, size);
      if (stop <= start) return new Uint8Array(0);
      if (stop - start > limits.entryBytes) throw new Unreadable('E-TOOBIG', 'This file is too big to be read at once.');
      const part = await bytes.slice(offset + start, offset + stop);
      if (part.length < stop - start) throw cut();
      return part;
    },
  };
}

const cut = (): Unreadable => new Unreadable('E-TRUNCATED', 'This tar archive is cut short: it ends in the middle of a file.');

async function* list(entry: Entry, context: SourceContext): AsyncGenerator<Listed> {
  if ((entry.depth ?? 0) >= context.limits.depth)
    throw new Unreadable('E-DEPTH', `Archives inside archives are opened to a depth of ${context.limits.depth}; this one lies deeper.`);
  const bytes = context.open(entry.place);
  const cursor = bytes.stream ? streamCursor(bytes.stream(), context) : rangeCursor(bytes, entry.place);
  try {
    yield* members(cursor, { entry, context });
  } finally {
    await cursor.leave();
  }
}

interface Found {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly sparse: boolean;
}

async function* members(cursor: Cursor, { entry, context }: { entry: Entry; context: SourceContext }): AsyncGenerator<Listed> {
  const names = new Map<string, number>();
  let count = 0;
  for await (const found of headers(cursor)) {
    if (context.signal.aborted) return;
    if (++count > context.limits.entries)
      throw new Unreadable('E-LIMIT', `This tar archive holds more than the ${context.limits.entries} entries that are read.`);
    const name = memberName(found.name);
    // Folders are in the names of their files.
    const path = found.type === '5' ? '' : `${entry.path}!/${distinct(names, name ?? shownName(found.name))}`;
    const refusal = found.type === '5' ? undefined : refused(found, { path, safe: name !== undefined });
    if (found.type === '5' || refusal) {
      if (refusal) yield refusal;
      await cursor.skip(padded(found.size));
      continue;
    }
    const place = await placed(cursor, found.size);
    if (!place) {
      yield { kind: 'refused', path, status: 'unreadable', because: cut().because, code: 'E-TRUNCATED', size: found.size };
      throw cut();
    }
    const inside = { path: entry.path, source: 'tar' };
    yield { kind: 'entry', entry: { path, size: found.size, place, inside, depth: (entry.depth ?? 0) + 1 } };
    await cursor.skip(padded(found.size) - found.size);
  }
  if (count === 0) throw new Unreadable('E-EMPTY', 'This tar archive is empty: there are no files in it.');
}

/** A member that was cut off by its own packing is named like one at the end of a plain tar. */
async function placed(cursor: Cursor, size: number): Promise<Entry['place'] | undefined> {
  try {
    return await cursor.place(size);
  } catch (error) {
    if (error instanceof Unreadable && error.code === 'E-TRUNCATED') return undefined;
    throw error;
  }
}

function refused(found: Found, { path, safe }: { path: string; safe: boolean }): Listed | undefined {
  const common = { kind: 'refused', path, size: found.size } as const;
  if (!safe) return { ...common, status: 'unreadable', code: 'E-NAME', because: UNSAFE_NAME };
  if (found.sparse || found.type === 'S')
    return {
      ...common,
      status: 'unreadable',
      code: 'E-UNSUPPORTED',
      because: 'This is a sparse file with holes, which cannot be read here. Unpack the archive on your computer.',
    };
  if (found.type === '0' || found.type === '7') return undefined;
  const link = found.type === '1' || found.type === '2';
  return {
    ...common,
    status: 'skipped',
    because: link ? 'This is only a link to another file.' : 'This is a device or a special record, not a file.',
  };
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

/** A long name or a set of records is not longer than this in any honest archive. */
const RECORDS_MOST = 1 << 20;

/** Every member with its long name and pax records applied. Ends at the end marker or at the end of the bytes. */
async function* headers(cursor: Cursor): AsyncGenerator<Found> {
  let global = new Map<string, string>();
  let pax = new Map<string, string>();
  let longName: string | undefined;
  for (let first = true; ; first = false) {
    const block = await cursor.take(BLOCK);
    if (block.length === 0) return;
    if (block.length < BLOCK) throw cut();
    if (isZero(block)) return;
    const header = tarHeader(block);
    if (!header || !Number.isFinite(header.size))
      throw new Unreadable(
        'E-MALFORMED',
        first
          ? 'This is not a tar archive: its first header is damaged.'
          : 'This tar archive is damaged in the middle: a header has a wrong checksum.',
      );
    if ('xgLK'.includes(header.type)) {
      const records = await cursor.take(Math.min(padded(header.size), RECORDS_MOST));
      if (records.length < header.size)
        throw header.size > RECORDS_MOST
          ? new Unreadable('E-MALFORMED', 'This tar archive holds a name of more than a million letters.')
          : cut();
      const body = records.subarray(0, header.size);
      if (header.type === 'x') pax = paxRecords(body);
      else if (header.type === 'g') global = new Map([...global, ...paxRecords(body)]);
      else if (header.type === 'L') longName = decode(body).replace(/\0.*$/s, '');
      continue;
    }
    const records = new Map([...global, ...pax]);
    const size = Number(records.get('size') ?? header.size);
    yield {
      name: records.get('path') ?? longName ?? header.name,
      size: Number.isFinite(size) && !'125'.includes(header.type) ? size : 0,
      type: header.type,
      sparse: [...records.keys()].some((key) => key.startsWith('GNU.sparse.')),
    };
    pax = new Map();
    longName = undefined;
  }
}
