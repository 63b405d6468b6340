// The one expected failure: something cannot be read, and one plain sentence says why.

/** Short codes shown after the sentence, so that people can search for them. */
export type UnreadableCode =
  | 'E-CORS'
  | 'E-NETWORK'
  | 'E-NOTFOUND'
  | 'E-DENIED'
  | 'E-429'
  | 'E-SERVER'
  | 'E-HTML'
  | 'E-NORANGE'
  | 'E-CHANGED'
  | 'E-EMPTY'
  | 'E-TRUNCATED'
  | 'E-CRC'
  | 'E-ENCRYPTED'
  | 'E-BOMB'
  | 'E-OVERLAP'
  | 'E-NAME'
  | 'E-DEPTH'
  | 'E-LIMIT'
  | 'E-MALFORMED'
  | 'E-UNSUPPORTED'
  | 'E-TOOBIG'
  | 'E-HUNG'
  | 'E-QUEUED'
  | 'E-CRASHED'
  | 'E-ABORTED'
  | 'E-GONE';

/** Thrown by sources and formats, caught once by the pipeline; `because` is one plain sentence for a person. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(
    readonly code: UnreadableCode,
    readonly because: string,
    options?: { cause?: unknown },
  ) {
    super(because, options);
  }
}

/** Turns whatever a library threw (strings, numbers and plain objects among them) into an Unreadable. */
export function asUnreadable(thrown: unknown, because: string, code: UnreadableCode = 'E-MALFORMED'): Unreadable {
  return thrown instanceof Unreadable ? thrown : new Unreadable(code, because, { cause: thrown });
}
