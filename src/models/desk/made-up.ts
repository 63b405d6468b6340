// Made-up pictures to measure with: no two alike, none of anybody, the same every time.
import type { Picture } from '../../core/display.ts';

/** As large as many a slice. Pixels. */
const SIDE = 512;

/** A grey picture of a blurred disc with grain; `seed` moves it. */
export function madeUp(seed: number): Picture {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4);
  let state = (seed + 1) * 2654435761;
  const [x0, y0] = [SIDE * (0.35 + 0.03 * (seed % 10)), SIDE * (0.65 - 0.03 * (seed % 7))];
  for (let at = 0; at < SIDE * SIDE; at++) {
    // Numerical Recipes' generator: grain needs no better.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const away = Math.hypot((at % SIDE) - x0, Math.floor(at / SIDE) - y0) / (SIDE / 3);
    const grey = 210 / (1 + away ** 6) + state / 2 ** 27;
    rgba.set([grey, grey, grey, 255], at * 4);
  }
  return { columns: SIDE, rows: SIDE, rgba };
}
