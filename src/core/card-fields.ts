// Fields of a model's card as parsed from JSON: each checked, and refused with a sentence that names it. What a card holds is in card.ts and outline-card.ts.
import { Unreadable } from './unreadable.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** No network here needs more; a mistyped number must not ask for all memory. */
export const LARGEST = { side: 4096, bytes: 2 ** 30, classes: 10_000 };
export const COUNT = { from: 0, whole: true };
export const SHARE = { from: 0, to: 1 };
/** Where a card says nothing else. */
export const NOTICE = 'Research use only, not a medical device.';

export const wrong = (what: string): Unreadable => new Unreadable('E-MALFORMED', `The model’s card cannot be used: ${what}.`);

export function object(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(`${name} is missing or no object`);
  return value as Fields;
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(`${name} is missing or no list`);
  return value;
}

export function some(value: unknown, name: string): readonly unknown[] {
  const found = list(value, name);
  if (found.length === 0) throw wrong(`${name} is empty`);
  return found;
}

export function text(value: unknown, name: string, { empty = false } = {}): string {
  if (typeof value !== 'string' || (!empty && !value.trim())) throw wrong(`${name} is missing or no text`);
  return value;
}

export function matching(value: unknown, { name, pattern, shape }: { name: string; pattern: RegExp; shape: string }): string {
  const found = text(value, name);
  if (!pattern.test(found)) throw wrong(`${name} is not made of ${shape}`);
  return found;
}

export function number(value: unknown, name: string, { from = -Infinity, to = Infinity, whole = false } = {}): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(`${name} is missing or no number`);
  if (value < from || value > to || (whole && !Number.isInteger(value))) throw wrong(`${name} is ${value}, which cannot be`);
  return value;
}

export function oneOf<T extends string>(value: unknown, name: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw wrong(`${name} is none of ${choices.join(', ')}`);
  return found;
}

export function flag(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw wrong(`${name} is neither true nor false`);
  return value;
}

export const idOf = (value: unknown, name: string): string =>
  matching(value, { name, pattern: /^[a-z0-9][a-z0-9-]{0,63}$/, shape: 'small letters, digits and hyphens' });

/** 0–1, or null where nothing is said. */
export const shareOf = (value: unknown, at: string): number | null =>
  value === null || value === undefined ? null : number(value, at, SHARE);
