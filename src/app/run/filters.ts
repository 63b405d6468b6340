// Filters of a run: which values of which fields, as the address says (f=modality:CT). Values of one field are alternatives; fields add up.
import { type FieldId, hasValue, isField } from '../../charts/field.ts';
import type { Row } from '../../core/row.ts';

export interface Filter {
  readonly field: FieldId;
  readonly value: string;
}

/** Unknown fields and empty values are left out: an old link still opens. */
export function filtersOf(texts: readonly string[] | undefined): readonly Filter[] {
  const filters: Filter[] = [];
  for (const text of texts ?? []) {
    const at = text.indexOf(':');
    const field = text.slice(0, at);
    const value = text.slice(at + 1);
    if (at > 0 && value && isField(field)) filters.push({ field, value });
  }
  return filters;
}

export function textOf(filter: Filter): string {
  return `${filter.field}:${filter.value}`;
}

/** With the filter where it was absent, without it where it was there. */
export function switched(filters: readonly Filter[], filter: Filter): readonly Filter[] {
  const rest = filters.filter((one) => textOf(one) !== textOf(filter));
  return rest.length < filters.length ? rest : [...filters, filter];
}

export interface Asked {
  readonly filters: readonly Filter[];
  /** Words that must all occur in the name or path, any letter case. */
  readonly text?: string | undefined;
  /** Its filters are left out: a chart greys its own marks instead of hiding them. */
  readonly except?: FieldId | undefined;
}

/** The rows that pass; the same array where nothing was asked. */
export function passing(rows: readonly Row[], { filters, text = '', except }: Asked): readonly Row[] {
  const byField = new Map<FieldId, string[]>();
  for (const { field, value } of filters) if (field !== except) byField.set(field, [...(byField.get(field) ?? []), value]);
  const words = text.split(/\s+/).filter(Boolean).map(wordPattern);
  if (!byField.size && !words.length) return rows;
  const fields = [...byField];
  return rows.filter((row) => {
    if (!fields.every(([field, values]) => values.some((value) => hasValue(row, field, value)))) return false;
    if (!words.length) return true;
    return words.every((word) => word.test(row.name) || word.test(row.path));
  });
}

/** Tests without making a copy of each name in lower case: there may be a hundred thousand. */
const wordPattern = (word: string): RegExp => new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'iu');
