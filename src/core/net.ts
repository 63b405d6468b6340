// The one door to the network, as the sources see it. Every request goes through it and is counted.

export interface Probe {
  /** After redirects. */
  readonly url: string;
  /** Lower case, without parameters; '' when the host sends none. */
  readonly type: string;
  /** Bytes in all; undefined when the host does not let us know. */
  readonly size: number | undefined;
  /** Whether the host answers byte ranges. */
  readonly range: boolean;
  /** direct: the host lets pages read it; proxy: only through our relay (the host sends no CORS headers). */
  readonly via: 'direct' | 'proxy';
  /** The first bytes (4,096 or fewer). */
  readonly head: Uint8Array;
  /** Validator for later ranges, when the host shows one. */
  readonly etag?: string | undefined;
}

/** How to reach a URL, as found by a probe; plain data, kept in places. */
export interface Road {
  readonly via: 'direct' | 'proxy';
  readonly range: boolean;
}

export interface Net {
  /** Asks for the first bytes with one safelisted Range header, then through the proxy if the host refuses pages. Throws Unreadable. */
  probe(url: string): Promise<Probe>;
  /** Bytes [start, end) with what the reply said of the total size. Where the host ignores ranges and `start` is 0, the body is cut at `end`. */
  /** `etag` and `size` as the probe found them: a reply of another version throws E-CHANGED, versions are never mixed. */
  range(
    url: string,
    span: { start: number; end: number; road: Road; etag?: string | undefined; size?: number | undefined },
  ): Promise<{ bytes: Uint8Array; size: number | undefined; etag?: string | undefined }>;
  /** The whole body, chunk by chunk. */
  whole(url: string, road: Road): AsyncIterable<Uint8Array>;
  /** Bytes of bodies received so far by this Net. */
  readonly fetched: number;
  /** Requests sent so far by this Net. */
  readonly requests: number;
}
