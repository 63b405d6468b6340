// Opens a DICOM file far enough for its header: growing prefixes, meta group, transfer syntax, inflating, and a stop before the pixels.
import type { Bytes } from '../../core/entry.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { magicAt } from './claim.ts';
import { type DataSet, NeedMore, readElements } from './elements.ts';
import { guessEncoding } from './encoding.ts';
import { inflatePrefix } from './inflate.ts';
import { type Encoding, u16 } from './tokens.ts';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax, transferSyntax } from './transfer-syntax.ts';
import { text } from './values.ts';

const FIRST = 4096;
const SMALL = 65_536;
/** The longest header that is read. Real ones with a group for each of 50,000 frames stay below. */
const HEADER_LIMIT = 2 ** 28;
/** The same for headers of deflated files, which cost time to unpack. */
const INFLATED_LIMIT = 2 ** 26;

/** Elements that are no header: pixels, spectra, waveforms, documents, contours, directory records, report content. */
const BODIES = new Set([
  0x7fe00008, 0x7fe00009, 0x7fe00010, 0x56000020, 0x54000100, 0x00420011, 0x30060039, 0x00041220, 0x0040a730, 0x00660002, 0x006a0002,
]);
const PIXELS = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);

export interface Opened {
  readonly meta: DataSet | undefined;
  readonly set: DataSet;
  readonly syntax: TransferSyntax;
  /** Bytes of the file in all, once known. */
  readonly size: number | undefined;
  /** The data set was inflated: offsets are in the inflated bytes, and this is where the deflated ones begin. */
  readonly deflatedAt?: number | undefined;
}

interface Start {
  readonly meta: DataSet | undefined;
  readonly at: number;
}

/** Finds the meta group, wherever it is. The bytes are a prefix unless `complete`. */
function readMeta(bytes: Uint8Array, complete: boolean): Start {
  const start = magicAt(bytes, 128) ? 132 : magicAt(bytes, 0) ? 4 : 0;
  if (start + 8 > bytes.length) return { meta: undefined, at: start };
  if (u16(bytes, start, false) !== 2) return { meta: undefined, at: start };
  const encoding = guessEncoding(bytes, start) ?? { explicit: true, big: false };
  const isLater = (tag: number) => tag >>> 16 !== 2;
  const meta = readElements(bytes, { encoding, start, complete, until: isLater });
  return { meta, at: meta.end };
}

/** The encoding the meta group names, unless the first element says it cannot be. */
function settle(bytes: Uint8Array, at: number, named: string | undefined): TransferSyntax {
  const seen = guessEncoding(bytes, at);
  if (named) {
    const syntax = transferSyntax(named);
    const { explicit, big } = syntax.encoding;
    if (syntax.deflated || !seen || (seen.explicit === explicit && seen.big === big)) return syntax;
    return { ...syntax, encoding: seen };
  }
  const encoding: Encoding = seen ?? { explicit: false, big: false };
  return { ...transferSyntax(encoding.explicit ? (encoding.big ? EXPLICIT_BIG : EXPLICIT_LITTLE) : IMPLICIT_LITTLE), encoding };
}

interface OpenOptions {
  /** All elements but the pixels, for the list of tags; without it the other bodies are left out too. */
  readonly whole?: boolean;
}

async function parse(bytes: Uint8Array, complete: boolean, options: OpenOptions): Promise<Omit<Opened, 'size'>> {
  const { meta, at } = readMeta(bytes, complete);
  const syntax = settle(bytes, at, meta && text(meta, 0x00020010));
  const until = options.whole ? (tag: number) => PIXELS.has(tag) : (tag: number) => BODIES.has(tag);
  if (!syntax.deflated) return { meta, syntax, set: readElements(bytes, { encoding: syntax.encoding, start: at, complete, until }) };
  return parseDeflated(bytes, complete, { meta, syntax, at, until });
}

interface Deflated {
  readonly meta: DataSet | undefined;
  readonly syntax: TransferSyntax;
  readonly at: number;
  readonly until: (tag: number) => boolean;
}

async function parseDeflated(bytes: Uint8Array, complete: boolean, { meta, syntax, at, until }: Deflated): Promise<Omit<Opened, 'size'>> {
  const { encoding } = syntax;
  for (let wanted = 1 << 20; ; wanted *= 8) {
    const inflated = await inflatePrefix(bytes.subarray(at), { complete, wanted });
    // Some files that name the deflated syntax were never deflated.
    if (!inflated)
      return { meta, syntax: transferSyntax(EXPLICIT_LITTLE), set: readElements(bytes, { encoding, start: at, complete, until }) };
    try {
      const set = readElements(inflated.bytes, { encoding, start: 0, complete: inflated.ended, until });
      return { meta, syntax, set, deflatedAt: at };
    } catch (thrown) {
      if (!(thrown instanceof NeedMore) || !inflated.enough) throw thrown;
      if (wanted >= INFLATED_LIMIT)
        throw new Unreadable('E-LIMIT', 'The deflated header unpacks to more than 64 MB, which no real image needs.');
    }
  }
}

/** Reads the header in growing steps. Throws Unreadable. */
export async function openDicom(file: Bytes, options: OpenOptions = {}): Promise<Opened> {
  let wanted = FIRST;
  for (;;) {
    const asked = file.size === undefined ? wanted : Math.min(wanted, file.size);
    const bytes = await file.slice(0, asked);
    const size = file.size ?? (bytes.length < asked ? bytes.length : undefined);
    if (bytes.length === 0) throw new Unreadable('E-EMPTY', 'The file is empty.');
    const complete = bytes.length < asked || (size !== undefined && bytes.length >= size);
    try {
      return { ...(await parse(bytes, complete, options)), size };
    } catch (thrown) {
      if (!(thrown instanceof NeedMore)) throw thrown;
      if (complete) throw new Unreadable('E-TRUNCATED', 'The file ends in the middle of its header.');
      wanted = nextStep(bytes.length, thrown.atLeast, size);
    }
  }
}

function nextStep(have: number, atLeast: number, size: number | undefined): number {
  // A declared length beyond the end is a cut file: no use in asking for more than there is.
  const next = Math.max(have * 4, Math.min(atLeast + 1024, size ?? atLeast + 1024));
  if (have >= HEADER_LIMIT) throw new Unreadable('E-LIMIT', 'The header is longer than 256 MB, which no real image needs.');
  if (size !== undefined && size <= SMALL) return size;
  return Math.min(next, HEADER_LIMIT);
}
