// Blobs that were kept because they cannot be fetched again cheaply (members of a streamed tar.gz, a zip from a host without ranges). Claims and lists nothing.
import { Claim } from '../core/claim.ts';
import type { Source } from '../core/source.ts';
import { blobBytes } from './bytes/blob-bytes.ts';

export default {
  id: 'kept',
  claim: () => Claim.none,
  async *list(entry) {
    yield { kind: 'entry', entry };
  },
  open: (place) => blobBytes((place.at as { blob: Blob }).blob),
} satisfies Source;
