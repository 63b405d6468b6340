// Where the bytes of a file are: from the link through every archive down to the byte range. Pure; places are read, never opened.
import type { FileRecord } from '../../core/item.ts';
import { openUrl } from '../../core/report.ts';

export interface Step {
  readonly name: string;
  readonly value: string;
  /** A link that can be opened. */
  readonly href?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const integer = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
const firstOf = (fields: Fields, names: readonly string[]): number | undefined =>
  names.map((name) => integer(fields[name])).find((found) => found !== undefined);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const grouped = (value: number): string => value.toLocaleString('en');

const SOURCE_NAMES: Readonly<Record<string, string>> = {
  file: 'Web file',
  zip: 'Member of a zip',
  tar: 'Member of a tar archive',
  gzip: 'Unpacked from gzip',
  local: 'File on this computer',
  kept: 'Kept in this browser',
  'html-index': 'Web folder',
  s3: 'Bucket listing',
};

/** Bytes [first, last] in what is around it, when the place says so. */
function rangeOf(at: Fields): string | undefined {
  const first = firstOf(at, ['offset', 'start', 'first']);
  const length = firstOf(at, ['packed', 'length', 'size']);
  const end = firstOf(at, ['end']) ?? (first !== undefined && length ? first + length : undefined);
  if (first === undefined || end === undefined || end <= first) return undefined;
  return `${grouped(first)} to ${grouped(end - 1)}`;
}

function packing(at: Fields): string | undefined {
  const [packed, size] = [integer(at.packed), integer(at.size)];
  if (packed === undefined || size === undefined || packed === size) return undefined;
  return `${grouped(packed)} packed, ${grouped(size)} unpacked`;
}

/** Outermost first: the link, then each archive's byte range. At most 8 deep. */
function placeSteps(place: unknown, depth = 0): Step[] {
  const { source, at } = fieldsOf(place);
  if (typeof source !== 'string' || depth > 8) return [];
  const fields = fieldsOf(at);
  const outer = Object.values(fields).find((value) => typeof fieldsOf(value).source === 'string');
  const steps = placeSteps(outer, depth + 1);
  const url = typeof fields.url === 'string' ? openUrl(fields.url) : undefined;
  const name = SOURCE_NAMES[source] ?? capital(source);
  const range = rangeOf(fields);
  if (url) steps.push({ name, value: url, href: /^https?:/i.test(url) ? url : undefined });
  if (fields.via === 'proxy') steps.push({ name: 'Read through', value: 'our relay, because the host does not let pages read it' });
  if (range) steps.push({ name, value: `bytes ${range}` });
  if (!url && !range) steps.push({ name: outer === undefined ? 'Place' : 'Then', value: name });
  const packed = packing(fields);
  if (packed) steps.push({ name: 'Compressed', value: packed });
  return steps;
}

/** `a.zip!/b.tar!/c.dcm` → a.zip, b.tar, c.dcm. */
export const chainOf = (path: string): readonly string[] => path.split('!/');

export function provenance(record: Pick<FileRecord, 'path' | 'entry'>): readonly Step[] {
  const chain = chainOf(record.path);
  const archives: Step[] = chain.length > 1 ? [{ name: 'Inside', value: chain.slice(0, -1).join(' › ') }] : [];
  return [...archives, ...placeSteps(record.entry?.place)];
}
