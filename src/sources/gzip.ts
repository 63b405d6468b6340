// Gzip (RFC 1952) of one file, any number of members: a place of one entry that keeps its own path. What is inside (a tar?) others claim.
import { Claim } from '../core/claim.ts';
import type { Bytes, Place } from '../core/entry.ts';
import type { Source, SourceContext } from '../core/source.ts';
import { Unreadable } from '../core/unreadable.ts';
import { inflated, inflatedFast, LONG, steps } from './bytes/inflate.ts';
import { sequential } from './bytes/sequential.ts';

/** Packed bytes of a first read: enough for most headers of images. */
const FIRST = 8 << 10;
const MOST_AT_ONCE = 4 << 20;

export default {
  id: 'gzip',
  transparent: true,
  // The third byte is the method; 8 (deflate) is the only one there ever was.
  claim: ({ head }) => (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8 ? Claim.byMagic : Claim.none),
  async *list(entry, context) {
    if (layers(entry.place) >= context.limits.depth)
      throw new Unreadable('E-DEPTH', `This file is packed more than ${context.limits.depth} times over, so it is not unpacked further.`);
    const { size: _packed, ...rest } = entry;
    yield { kind: 'entry', entry: { ...rest, place: { source: 'gzip', at: { inner: entry.place } } } };
  },
  open: (place, context) => openGzip((place.at as { inner: Place }).inner, context),
} satisfies Source;

function layers(place: Place): number {
  return place.source === 'gzip' ? 1 + layers((place.at as { inner: Place }).inner) : 0;
}

function openGzip(inner: Place, { open, limits }: SourceContext): Bytes {
  const packed = open(inner);
  return sequential({
    limit: limits.entryBytes,
    stream: (upTo = Number.POSITIVE_INFINITY) => {
      const first = Math.max(FIRST, Math.min(upTo, MOST_AT_ONCE));
      const span = { start: 0, end: packed.size ?? Number.POSITIVE_INFINITY, first, ahead: upTo === Number.POSITIVE_INFINITY };
      const options = { kind: 'gzip', what: 'this gzip file' } as const;
      return upTo > LONG ? inflatedFast(() => steps(packed, span), options) : inflated(steps(packed, span), options);
    },
  });
}
