// How sure a plug-in is that something is its own. The surest claim wins, never the first in a list.

export const Claim = { none: 0, byName: 1, byMagic: 2, byHeader: 3 } as const;
export type Claim = (typeof Claim)[keyof typeof Claim];

/** What a claim may look at: a name and the first bytes (up to 4,096; fewer only where the file is shorter). */
export interface Glimpse {
  readonly path: string;
  readonly head: Uint8Array;
  /** Bytes in all; absent where nobody has said yet. */
  readonly size?: number | undefined;
  /** Content-Type the host sent, lower case, without parameters; only for what was pasted as a URL. */
  readonly type?: string | undefined;
  /** Absolute URL after redirects; only for what was pasted as a URL. */
  readonly url?: string | undefined;
}

/** The plug-in with the surest claim, or undefined where nobody claims; of equals, the first by id. */
export function surest<P extends { readonly id: string; claim(glimpse: Glimpse): Claim }>(
  plugins: readonly P[],
  glimpse: Glimpse,
): P | undefined {
  let best: P | undefined;
  let height: Claim = Claim.none;
  for (const plugin of plugins) {
    const claim = plugin.claim(glimpse);
    if (claim > height || (claim === height && claim > 0 && best && plugin.id < best.id)) {
      best = plugin;
      height = claim;
    }
  }
  return best;
}
