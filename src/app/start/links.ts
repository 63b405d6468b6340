// What a person typed into the URL bar, as links. Nothing is fetched here.

export interface Links {
  readonly urls: readonly string[];
  /** The first piece that is no link, as typed. */
  readonly wrong?: string | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** host.tld or host:port or localhost, then a path: what people paste without https://. */
const BARE = /^(localhost|\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?([/?#]|$)/i;

/** Servers on this computer rarely speak https. */
const LOCAL = /^(localhost|127\.|\[::1\])/i;

function asUrl(piece: string): string | undefined {
  const text =
    SCHEME.test(piece) && !/^[\w.-]+:\d+(\/|$)/.test(piece)
      ? piece
      : BARE.test(piece)
        ? `${LOCAL.test(piece) ? 'http' : 'https'}://${piece}`
        : '';
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && hostname ? text : undefined;
}

/** Links separated by spaces or line breaks, in order, each once. A missing https:// is added. */
export function linksOf(text: string): Links {
  const urls = new Set<string>();
  for (const piece of text.split(/\s+/).filter(Boolean)) {
    const url = asUrl(piece.replace(/^[<"']+|[>"',;]+$/g, ''));
    if (!url) return { urls: [], wrong: piece };
    urls.add(url);
  }
  return { urls: [...urls] };
}
