// How bright the tissue of a region is, how much it varies, and how bright its brightest part is: the units of MR mean nothing by themselves.

export interface Brightness {
  readonly median: number;
  /** Standard deviation as the middle half of the values tells it. */
  readonly spread: number;
  /** Brighter than all but a few in a thousand. */
  readonly bright: number;
}

const SAMPLE = 200_000;
const BRIGHT = 0.998;

/** Of the marked voxels; of a sample where there are many. Values at the ground are left out where `ground` is given. */
export function brightnessOf(values: Float32Array, { marks, ground }: { marks: Uint8Array; ground?: number }): Brightness {
  // An odd step avoids sampling single columns.
  const step = Math.max(1, Math.floor(values.length / (SAMPLE * 8))) | 1;
  const seen: number[] = [];
  for (let at = 0; at < values.length; at += step) if (marks[at] && values[at] !== ground) seen.push(values[at] as number);
  const sorted = Float32Array.from(seen).sort();
  const part = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: part(0.5), spread: (part(0.75) - part(0.25)) / 1.349, bright: part(BRIGHT) };
}
