// Finds the words of a lexicon in free text or a path: whole words only, accents and letter case ignored, longest phrase first, negation noticed.
// A lexicon maps values to terms: 'lung' a word, 'pulmon*' a beginning, '*karzinom*' anywhere in a long word, 'c_spine' neighbours, 'arm?' ambiguous.

export type Lexicon = Readonly<Record<string, string>>;

export interface Hit {
  readonly value: string;
  /** 1 for a clear word, less for an ambiguous one. */
  readonly weight: number;
  /** As written, for people. */
  readonly words: string;
  readonly negated: boolean;
}

interface Token {
  readonly text: string;
  readonly raw: string;
  /** Punctuation or a conjunction before it ends the reach of a negation. */
  readonly fresh: boolean;
}

interface Term {
  readonly value: string;
  readonly weight: number;
  readonly parts: readonly string[];
}

export interface Compiled {
  readonly exact: ReadonlyMap<string, readonly Term[]>;
  readonly starts: ReadonlyMap<string, readonly Term[]>;
  readonly inside: readonly Term[];
}

const AMBIGUOUS = 0.35;
/** Characters of a beginning that the index is keyed by; every 'term*' has at least these. */
const KEY = 3;
/** Tokens that a negation reaches. */
const REACH = 3;
const NEGATIONS = new Set(
  'no not without wo w/o ohne kein keine keinen keiner sans pas aucun aucune sin ningun ninguna senza nessun nessuna sem nenhum nenhuma zonder geen negative negativ nicht rule exclude ausschluss'.split(
    ' ',
  ),
);
const CONJUNCTIONS = new Set('and und et y e en but aber mais pero ma mas maar with mit avec con com met'.split(' '));

/** Lower case without accents: Schädel → schadel, ß → ss. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ł', 'l');
}

/** Splits at everything that is no letter or digit, at camelCase, and between a longer word and its number. */
export function tokens(text: string): Token[] {
  const spaced = text
    .normalize('NFC')
    .slice(0, 1024)
    .replace(/\bw\/o\b/gi, ' without ')
    .replace(/(\p{Ll}{2})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{3})/gu, '$1 $2')
    .replace(/(?<![\p{L}\p{N}])([234]d)(?=\p{L}{2})/giu, '$1 ')
    .replace(/(\p{L}{4})(\d)/gu, '$1 $2')
    .replace(/(\d)(\p{L}{4})/gu, '$1 $2');
  const out: Token[] = [];
  let end = 0;
  for (const match of spaced.matchAll(/[\p{L}\p{N}]+/gu)) {
    const between = spaced.slice(end, match.index);
    end = match.index + match[0].length;
    const word = plain(match[0]);
    out.push({ text: word, raw: match[0], fresh: /[,;:.()|]/.test(between) || CONJUNCTIONS.has(word) });
  }
  return out;
}

/** Prepares a lexicon once; a term shorter than the index key cannot be a beginning. */
export function compile(lexicon: Lexicon): Compiled {
  const exact = new Map<string, Term[]>();
  const starts = new Map<string, Term[]>();
  const inside: Term[] = [];
  for (const [value, terms] of Object.entries(lexicon)) {
    for (const written of terms.trim().split(/\s+/)) {
      const weight = written.endsWith('?') ? AMBIGUOUS : 1;
      // Terms are cut as texts are: a longer word and its number are two tokens.
      const parts = written
        .replace(/\?$/, '')
        .replace(/([a-z]{4})(\d)/g, '$1_$2')
        .replace(/(\d)([a-z]{4})/g, '$1_$2')
        .split('_');
      const first = parts[0] ?? '';
      const term = { value, weight, parts };
      if (first.startsWith('*')) inside.push({ value, weight, parts: [first.replaceAll('*', '')] });
      else if (first.endsWith('*')) push(starts, first.slice(0, KEY), term);
      else push(exact, first, term);
    }
  }
  return { exact, starts, inside };
}

function push(map: Map<string, Term[]>, key: string, term: Term): void {
  const list = map.get(key);
  if (list) list.push(term);
  else map.set(key, [term]);
}

/** Every value named in the text, left to right; a longer phrase hides the shorter words in it. */
export function find(text: string, lexicon: Compiled): Hit[] {
  const words = tokens(text);
  const hits: Hit[] = [];
  for (let i = 0; i < words.length; ) {
    const terms = longest(words, i, lexicon);
    const reach = terms[0]?.parts.length ?? 1;
    const negated = terms.length > 0 && isNegated(words, i);
    for (const { value, weight } of terms)
      hits.push({
        value,
        weight,
        negated,
        words: words
          .slice(i, i + reach)
          .map((word) => word.raw)
          .join(' '),
      });
    i += reach;
  }
  return hits;
}

/** The terms that fit at `i` and use the most tokens; several when one word means several values. */
function longest(words: readonly Token[], i: number, { exact, starts, inside }: Compiled): Term[] {
  const word = words[i]?.text ?? '';
  const whole = (exact.get(word) ?? []).filter((term) => fits(term, words, i));
  const begun = (starts.get(word.slice(0, KEY)) ?? []).filter((term) => fits(term, words, i));
  const held = word.length >= 6 ? inside.filter(({ parts }) => word.includes(parts[0] ?? '')) : [];
  const all = whole.length || begun.length ? [...whole, ...begun] : held;
  const most = Math.max(0, ...all.map(({ parts }) => parts.length));
  const best = all.filter(({ parts }) => parts.length === most);
  // Of two beginnings the longer one knows more: 'herz*' against 'her*'.
  const letters = Math.max(0, ...best.map(({ parts }) => (parts[0] ?? '').length));
  return best.filter(({ parts }) => whole.length > 0 || (parts[0] ?? '').length === letters);
}

function fits({ parts }: Term, words: readonly Token[], i: number): boolean {
  return parts.every((part, n) => {
    const word = words[i + n]?.text;
    return word !== undefined && (part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part);
  });
}

function isNegated(words: readonly Token[], i: number): boolean {
  for (let back = 0; back <= REACH && i - back >= 0; back++) {
    const word = words[i - back];
    if (!word) return false;
    if (back > 0 && NEGATIONS.has(word.text)) return true;
    if (word.fresh) return false;
  }
  const next = words[i + 1];
  return next !== undefined && !next.fresh && (next.text === 'negative' || next.text === 'negativ' || next.text === 'free');
}
