// The query string of every screen: plain, repeatable parameters (?src=…&src=…, f=modality:CT), nothing JSON, nothing secret.

export type Search = Record<string, string | readonly string[] | undefined>;

/** ?a=1&a=2&b=3 → { a: ['1', '2'], b: '3' }. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

/** The other way; what is undefined or empty is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** One text, the first of several, or nothing. */
export function one(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/** Any number of texts; undefined where there are none, so that it leaves the address bar. */
export function several(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string' && text !== '');
  return list.length ? list : undefined;
}
