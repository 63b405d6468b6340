// Soft shapes, seeded chance and smooth noise: what the phantoms are drawn with. Millimetres throughout.

/** Numbers 0–1 that are the same for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Gaussian numbers from numbers 0–1: the sum of six, which is near enough for noise. */
export function gaussian(random) {
  return () => (random() + random() + random() + random() + random() + random() - 3) * Math.SQRT2;
}

export const mix = (from, to, share) => from + (to - from) * share;
export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** 0 outside, 1 inside, over `edge` millimetres; `distance` is positive inside. */
export const soft = (distance, edge = 1.6) => clamp(distance / edge + 0.5);

/** About how far inside an ellipsoid a point is, in millimetres; negative outside. */
export function ellipsoid(x, y, z, a, b, c) {
  const u = x / a;
  const v = y / b;
  const w = z / c;
  return (1 - Math.sqrt(u * u + v * v + w * w)) * Math.min(a, b, c);
}

/** The same for an upright elliptic cylinder. */
export function ellipse(x, y, a, b) {
  const u = x / a;
  const v = y / b;
  return (1 - Math.sqrt(u * u + v * v)) * Math.min(a, b);
}

const hash = (x, y, z, seed) => {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 2147483647) + Math.imul(seed, 1274126177)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
};

const ease = (t) => t * t * (3 - 2 * t);

/** Smooth noise from −1 to 1 with features of about one unit. */
export function noise3(x, y, z, seed = 1) {
  const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [u, v, w] = [ease(x - i), ease(y - j), ease(z - k)];
  const row = (b, c) => mix(hash(i, b, c, seed), hash(i + 1, b, c, seed), u);
  return mix(mix(row(j, k), row(j + 1, k), v), mix(row(j, k + 1), row(j + 1, k + 1), v), w);
}

/** Branches of a tree of vessels as segments { from, to, r } (mm), thinner at every fork. */
export function branches(random, { from, toward, length, r, depth }) {
  const to = from.map((at, n) => at + toward[n] * length);
  const here = { from, to, r };
  if (depth === 0) return [here];
  const forks = depth > 2 ? 2 : 3;
  const next = Array.from({ length: forks }, () => {
    const turned = toward.map((d) => d + (random() - 0.5) * 1.25);
    const norm = Math.hypot(...turned) || 1;
    return { from: to, toward: turned.map((d) => d / norm), length: length * mix(0.65, 0.95, random()), r: r * 0.74, depth: depth - 1 };
  });
  return [here, ...next.flatMap((fork) => branches(random, fork))];
}

/** Distance of a point from a segment, in millimetres. */
export function fromSegment(p, { from, to }) {
  const along = to.map((at, n) => at - from[n]);
  const gone = p.map((at, n) => at - from[n]);
  const square = along.reduce((sum, d) => sum + d * d, 0) || 1;
  const t = clamp(along.reduce((sum, d, n) => sum + d * gone[n], 0) / square);
  return Math.hypot(...gone.map((g, n) => g - along[n] * t));
}
