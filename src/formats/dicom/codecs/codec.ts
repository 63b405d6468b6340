// What every decoder of compressed frames gets and gives, and the checks around it: sizes before decoding and after (facts: a
// codec may hand out the previous picture without a word). One frame in, one picture out.
import { Unreadable } from '../../../core/unreadable.ts';

/** What the DICOM header says about one frame. */
export interface Expected {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  /** Bits Allocated. */
  readonly allocated: number;
  readonly stored: number;
  readonly signed: boolean;
  /** Upper case, as in the header. */
  readonly photometric: string;
}

/** One decoded frame: samples interleaved, stored values of the stream. */
export interface Decoded {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  /** Precision of the stream. */
  readonly bits: number;
  /** Whether the stream itself holds signed numbers (JPEG 2000 can). */
  readonly signed: boolean;
  readonly data: Uint8Array | Uint16Array | Int8Array | Int16Array;
  /** Colours are RGB already, whatever the header calls them. */
  readonly rgb: boolean;
}

export type Decode = (frame: Uint8Array, expected: Expected) => Promise<Decoded> | Decoded;

/** What a stream says about itself, read before any decoder sees it. */
export interface StreamSize {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
}

/** Refuses a frame whose stream claims another picture than the header does: no decoder allocates for a lie. */
export function checkSize(stream: StreamSize, expected: Expected): void {
  if (stream.columns === expected.columns && stream.rows === expected.rows && stream.samples === expected.samples) return;
  const words = (size: StreamSize) =>
    `${size.columns} × ${size.rows} with ${size.samples === 1 ? 'one sample' : `${size.samples} samples`} a pixel`;
  throw new Unreadable('E-MALFORMED', `The compressed picture is ${words(stream)}, but its header says ${words(expected)}.`);
}

/** Refuses a decoder's answer that is not exactly the picture asked for. */
export function checkDecoded(decoded: Decoded, expected: Expected): Decoded {
  checkSize(decoded, expected);
  if (decoded.data.length !== expected.columns * expected.rows * expected.samples) {
    throw new Unreadable('E-MALFORMED', 'The compressed picture is broken: it does not decode to the size its header says.');
  }
  return decoded;
}

export const broken = (cause?: unknown) =>
  new Unreadable('E-MALFORMED', 'The compressed picture is broken and cannot be decoded.', { cause });
