// A table that is asked with strangers' words. A plain object answers a function to "constructor", which then crosses no thread.

/** The rows, and nothing else: what no row names is undefined, whatever the word. */
export function lookup<Value>(rows: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, rows);
}
