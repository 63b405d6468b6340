// Zip archives (APPNOTE 6.3.10), remote by byte ranges: the directory first, then only what is asked for. Members packed by more than deflate are refused by name.
import { Claim } from '../core/claim.ts';
import type { Bytes, Entry, Place } from '../core/entry.ts';
import type { Listed, Source, SourceContext } from '../core/source.ts';
import { Unreadable, type UnreadableCode } from '../core/unreadable.ts';
import { distinct, memberName, shownName, UNSAFE_NAME } from './bytes/member-name.ts';
import { bytesText, spool } from './bytes/spool.ts';
import { blocks } from './zip/blocks.ts';
import { type Directory, type Member, readDirectory } from './zip/directory.ts';
import { LEAD_SLACK, type MemberAt, memberBytes } from './zip/member.ts';
import { salvage } from './zip/salvage.ts';

const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES',
};
/** Deflate cannot do better than 258 bytes for 2 bits (RFC 1951). */
const DEFLATE_MOST = 1032;

export default {
  id: 'zip',
  claim({ head, path }) {
    // PK and one of: local header, end record (an empty zip), the mark of a split zip.
    const magic = head[0] === 0x50 && head[1] === 0x4b && [0x0304, 0x0506, 0x0708].includes(((head[2] ?? 0) << 8) | (head[3] ?? 0));
    if (magic) return Claim.byMagic;
    return /\.zip$/i.test(path) ? Claim.byName : Claim.none;
  },
  list,
  open: (place, context) => memberBytes(place, context),
} satisfies Source;

async function* list(entry: Entry, context: SourceContext): AsyncGenerator<Listed> {
  const depth = entry.depth ?? 0;
  if (depth >= context.limits.depth)
    throw new Unreadable('E-DEPTH', `Archives inside archives are opened to a depth of ${context.limits.depth}; this one lies deeper.`);
  const { outer, bytes, size } = await reachable(entry, context);
  const directory = await directoryOf(bytes, size, context.limits.entries);
  if (directory.lost && directory.members.length === 0) throw directory.lost;
  if (directory.members.length === 0) throw new Unreadable('E-EMPTY', 'This zip is empty: there are no files in it.');
  yield* members(directory, { entry, outer, depth, context });
  if (directory.lost) throw directory.lost;
}

/** The zip's directory; without one, what a walk over its members finds, or that it is no zip at all. */
async function directoryOf(bytes: Bytes, size: number, limit: number): Promise<Directory> {
  try {
    return await readDirectory(bytes, size, limit);
  } catch (thrown) {
    if (!(thrown instanceof Unreadable) || thrown.code !== 'E-TRUNCATED') throw thrown;
    const head = await bytes.slice(0, Math.min(size, 1024));
    if (/^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)/i.test(new TextDecoder('latin1').decode(head)))
      throw new Unreadable('E-HTML', 'We received a web page (HTML), not a zip – the link needs sign-in or is a viewer page.');
    if (head[0] !== 0x50 || head[1] !== 0x4b)
      throw new Unreadable('E-MALFORMED', 'This is not a zip: it is named like one, but neither begins nor ends like one.');
    return salvage(bytes, { size, limit });
  }
}

/** The zip's bytes at any place: as they are, or, where they can only be read from the beginning, as a kept whole. */
async function reachable(entry: Entry, context: SourceContext): Promise<{ outer: Place; bytes: Bytes; size: number }> {
  const bytes = context.open(entry.place);
  if (!bytes.stream) {
    const size = bytes.size ?? entry.size ?? (await sizeBySteps(bytes));
    if (size === 0) throw new Unreadable('E-EMPTY', 'This zip is empty: it has 0 bytes.');
    return { outer: entry.place, bytes, size };
  }
  if (entry.place.source === 'file') {
    const all = bytes.size === undefined ? 'all of it' : bytesText(bytes.size);
    context.notice({
      code: 'E-NORANGE',
      because: `This server sends only whole files: ${all} must be downloaded before the zip can be opened.`,
      path: entry.path,
    });
  }
  const blob = await spool(bytes.stream(), context.limits.archiveBytes);
  const outer: Place = { source: 'kept', at: { blob } };
  return { outer, bytes: context.open(outer), size: blob.size };
}

/** Finds the end of a file whose host names no length. */
async function sizeBySteps(bytes: Bytes): Promise<number> {
  await bytes.slice(0, 1);
  return bytes.size ?? (await bytes.slice(0)).length;
}

interface Listing {
  readonly entry: Entry;
  readonly outer: Place;
  readonly depth: number;
  readonly context: SourceContext;
}

async function* members(directory: Directory, listing: Listing): AsyncGenerator<Listed> {
  const zip = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const all = directory.members.toSorted((a, b) => a.offset - b.offset);
  const around = { end: directory.start, overlapping: overlaps(all), lost: directory.lost !== undefined };
  const good = all.filter((member) => !refused(member, around));
  const extents = good.map(({ offset, lead, packed }) => ({ start: offset, end: offset + 30 + lead + LEAD_SLACK + packed }));
  const windows = blocks(extents);
  const names = new Map<string, number>();
  let next = 0;
  for (const member of all) {
    if (listing.context.signal.aborted) return;
    const refusal = refused(member, around);
    const block = refusal ? undefined : windows[next++];
    // Folders are in the names of their files.
    if (/[/\\]$/.test(member.name)) continue;
    const path = `${listing.entry.path}!/${distinct(names, memberName(member.name) ?? shownName(member.name))}`;
    if (refusal) yield { kind: 'refused', path, status: 'unreadable', size: member.size, ...refusal };
    else yield { kind: 'entry', entry: entryOf(member, { path, listing, zip, block }) };
  }
}

function entryOf(member: Member, as: { path: string; listing: Listing; zip: string; block: [number, number] | undefined }): Entry {
  const { offset, packed, size, crc, lead } = member;
  const at: MemberAt = {
    outer: as.listing.outer,
    zip: as.zip,
    offset,
    packed,
    size,
    method: member.method as 0 | 8,
    crc,
    lead,
    block: as.block,
  };
  return {
    path: as.path,
    size,
    place: { source: 'zip', at },
    inside: { path: as.listing.entry.path, source: 'zip' },
    depth: as.listing.depth + 1,
  };
}

interface Around {
  /** Where the directory begins. */
  readonly end: number;
  readonly overlapping: ReadonlySet<Member>;
  /** Whether the end of the zip is missing. */
  readonly lost: boolean;
}

function refused(member: Member, { end, overlapping, lost }: Around): { code: UnreadableCode; because: string } | undefined {
  const { method, packed, size, offset, flags } = member;
  if (memberName(member.name) === undefined && !/[/\\]$/.test(member.name)) return { code: 'E-NAME', because: UNSAFE_NAME };
  if (flags & 0x2001 || method === 99)
    return {
      code: 'E-ENCRYPTED',
      because: 'This zip entry is encrypted, and passwords are not asked for. Unpack the zip on your computer and drop the folder here.',
    };
  if (method !== 0 && method !== 8)
    return {
      code: 'E-UNSUPPORTED',
      because: `This zip entry is packed with ${METHODS[method] ?? `method ${method}`}, which cannot be unpacked here.`,
    };
  if (lost && offset + 30 + member.lead + packed > end)
    return { code: 'E-TRUNCATED', because: 'This zip entry is cut short: the zip ends in the middle of it.' };
  if (offset < 0 || offset + 30 + packed > end)
    return { code: 'E-MALFORMED', because: 'The directory of the zip places this entry outside the zip.' };
  if (overlapping.has(member))
    return { code: 'E-OVERLAP', because: 'This zip entry shares bytes with another one, as zip bombs do, so it is not opened.' };
  if (method === 0 && packed !== size)
    return { code: 'E-MALFORMED', because: 'The directory of the zip names two different sizes for this entry, which is not packed.' };
  if (size > (packed + 1) * DEFLATE_MOST)
    return {
      code: 'E-BOMB',
      because: `The directory of the zip claims ${bytesText(size)} for this entry, more than its ${bytesText(packed)} can hold.`,
    };
  return undefined;
}

/** Members, in order of offset, of which any two share bytes. */
function overlaps(members: readonly Member[]): ReadonlySet<Member> {
  const out = new Set<Member>();
  let furthest: { member: Member; end: number } | undefined;
  for (const member of members) {
    if (furthest && member.offset < furthest.end) {
      out.add(member);
      out.add(furthest.member);
    }
    const end = member.offset + 30 + member.packed;
    if (!furthest || end > furthest.end) furthest = { member, end };
  }
  return out;
}
