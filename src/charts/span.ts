// Intervals of numbers for histograms: pure, with fixed edges, so that a filter means the same in every run.

/** "50" for a number in [50, 100) of edges … 50, 100 …; undefined for no number or one below the first edge. */
export function spanOf(value: number | undefined, edges: readonly number[]): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  // A scan of ten numbers: quicker than d3's bisector, and it runs for every row.
  for (let at = edges.length - 1; at >= 0; at -= 1) if (value >= edges[at]!) return String(edges[at]);
  return undefined;
}

/** The interval as a person reads it: "50–99" for whole numbers, "0.5–0.75" else, "1000 +" for the last. */
export function spanName(value: string, options: { edges: readonly number[]; whole?: boolean }): string {
  const start = Number(value);
  const next = options.edges[options.edges.indexOf(start) + 1];
  if (next === undefined) return `${start} +`;
  if (!options.whole) return `${start}–${next}`;
  return next - 1 === start ? String(start) : `${start}–${next - 1}`;
}
