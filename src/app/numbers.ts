// How numbers read on the page: counts, bytes, shares, times. English, because the page is.

const COUNT = new Intl.NumberFormat('en');
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const MINUTE = 60;
const HOUR = 3600;

/** 1204 → "1,204". */
export function count(value: number): string {
  return COUNT.format(value);
}

/** 1, "item" → "1 item"; 1204 → "1,204 items". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Decimal units, two significant digits below ten: 4.1 GB, 12 MB, 980 B. */
export function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}

/** 0–1 → "62 %"; what is there but rounds to nothing → "< 1 %". */
export function share(value: number): string {
  if (value > 0 && value < 0.005) return '< 1 %';
  if (value < 1 && value > 0.995) return '> 99 %';
  return `${Math.round(value * 100)} %`;
}

/** Seconds as a person says them: "40 s", "2 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < MINUTE) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`;
  const minutes = Math.round((seconds % HOUR) / MINUTE);
  return minutes ? `${Math.floor(seconds / HOUR)} h ${minutes} min` : `${Math.floor(seconds / HOUR)} h`;
}

/** How long ago, coarse: "just now", "5 min ago", "yesterday", else the date. */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  const seconds = (now - then) / 1000;
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 45) return 'just now';
  if (seconds < HOUR) return `${Math.max(1, Math.round(seconds / MINUTE))} min ago`;
  if (seconds < 24 * HOUR) return `${Math.round(seconds / HOUR)} h ago`;
  if (seconds < 48 * HOUR) return 'yesterday';
  return new Date(then).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}
