// Options of the bench programs (--name value) and the figures they print.

/** Whether `--name` was given. */
export const flag = (name) => process.argv.includes(`--${name}`);

export function text(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
}

export const number = (name, otherwise) => Number(text(name, otherwise));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `1.23 (1.10–1.40)`: median and range. */
export const spread = (values) => `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
