// The links of a folder page, found chunk by chunk without a DOM (workers have none), with the sizes that stand beside them. Knows the rows of
// Apache (plain, fancy, table), nginx, Caddy, lighttpd, Python http.server and IIS.

export interface Link {
  /** As written, entities decoded. */
  readonly href: string;
  /** Exact bytes where the row names them as a whole number; rounded figures (1.2M) are no sizes. */
  readonly size: number | undefined;
}

/** Longer than any honest row; a page without links is not collected for ever. */
const ROW_MOST = 64 << 10;

/** Takes text as it comes and answers the links whose rows are complete. */
export class LinkReader {
  #text = '';

  /** Links completed by this piece of the page. */
  add(piece: string): Link[] {
    this.#text += piece;
    const starts = [...this.#text.matchAll(/<a[\s]/gi)].map((match) => match.index);
    const last = starts.at(-1);
    // Only the last row may still grow. What stands before an anchor belongs to it (IIS writes date and size first).
    if (last === undefined) {
      if (this.#text.length > ROW_MOST) this.#text = this.#text.slice(-ROW_MOST / 2);
      return [];
    }
    const links = this.#links(starts.slice(0, -1), last);
    const keep = rowStart(this.#text, starts.at(-2) ?? 0, last);
    this.#text = this.#text.slice(keep);
    if (this.#text.length > ROW_MOST) {
      links.push(...this.#links([last - keep], this.#text.length));
      this.#text = '';
    }
    return links;
  }

  /** The links that were still open. */
  end(): Link[] {
    const text = this.#text;
    const links = this.#links(
      [...text.matchAll(/<a[\s]/gi)].map((match) => match.index),
      text.length,
    );
    this.#text = '';
    return links;
  }

  #links(starts: readonly number[], end: number): Link[] {
    const links: Link[] = [];
    for (const [i, start] of starts.entries()) {
      const before = this.#text.slice(Math.max(starts[i - 1] ?? 0, start - 200), start);
      const link = linkOf(before, this.#text.slice(start, starts[i + 1] ?? end));
      // An icon and a name may both link to the file (IconsAreLinks): the second one has the size.
      if (link && links.at(-1)?.href === link.href) links.pop();
      if (link) links.push(link);
    }
    return links;
  }
}

/** The text before the last anchor that is part of its row: from the last line break on. */
function rowStart(text: string, from: number, anchor: number): number {
  const before = text.slice(from, anchor);
  const cut = Math.max(before.lastIndexOf('\n'), before.toLowerCase().lastIndexOf('<br'));
  return cut < 0 || anchor - from - cut > 200 ? anchor : from + cut;
}

const HREF = /^<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;

function linkOf(before: string, row: string): Link | undefined {
  const match = HREF.exec(row);
  const raw = match?.[1] ?? match?.[2] ?? match?.[3];
  if (raw === undefined) return undefined;
  return { href: entities(raw), size: sizeAfter(row) ?? sizeBefore(before) };
}

const DATE = String.raw`(?:\d{1,2}-[A-Za-z]{3}-\d{4}|\d{4}-(?:[A-Za-z]{3}|\d{2})-\d{2})[ T]\d{1,2}:\d{2}(?::\d{2})?`;
const AFTER_DATE = new RegExp(`${DATE}\\s+(\\S+)`);
const IIS = /\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?\s+(\d+)\s*$/i;

function sizeAfter(row: string): number | undefined {
  // Caddy writes the exact number into an attribute beside the rounded one.
  const exact = /\sdata-(?:size|order)="(\d+)"/.exec(row)?.[1];
  if (exact !== undefined) return Number(exact);
  const text = row.replace(/<[^>]*>/g, ' ').replaceAll('&nbsp;', ' ');
  const said = AFTER_DATE.exec(text)?.[1];
  return said !== undefined && /^\d+$/.test(said) ? Number(said) : undefined;
}

function sizeBefore(before: string): number | undefined {
  const text = before.slice(before.lastIndexOf('<br') + 1).replace(/<[^>]*>/g, ' ');
  const said = IIS.exec(text)?.[1];
  return said === undefined ? undefined : Number(said);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function entities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
