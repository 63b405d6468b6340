// A head made of soft ellipsoids with folded cortex, as bright as T1-weighted MR would show it. x right, y front, z up (RAS), millimetres. Nobody's head.
import { ellipse, ellipsoid, mix, noise3, soft } from './shapes.mjs';

const CSF = 190;
const GREY = 560;
const WHITE = 810;

/** Signal at a point, 0–1000; noise and bias field come later. */
export function brainAt(x, y, z) {
  const side = Math.abs(x);
  let out = outside(x, y, z);
  const hollow = ellipsoid(x, y - 2, z - 4, 71, 89, 76);
  const floor = skullBase(side, y);
  const back = mix(floor - 3, -68, soft(6 - y, 10));
  if (hollow > -3) out = mix(out, CSF, soft(hollow, 2) * soft(z - back, 3));
  out = cerebrum(out, { x, y, z, side, floor });
  out = deep(out, { x, y, z, side });
  return hindbrain(out, { x, y, z });
}

/** Height of the skull's base: the temporal lobes lie lower than the frontal and occipital ones. */
function skullBase(side, y) {
  const temporal = soft(side - 18, 8) * soft(38 - y, 14) * soft(y + 34, 12);
  return mix(-20 - 3 * soft(20 - side, 20), -45 + Math.max(0, side - 40) * 0.35, temporal);
}

function outside(x, y, z) {
  const head = Math.max(ellipsoid(x, y - 2, z - 4, 80, 99, 86), faceAndNeck(x, y, z));
  let out = mix(8, 880, soft(head, 2.5));
  out = mix(out, 430 + 90 * noise3(x / 8, y / 8, z / 8, 21), soft(head - 6, 3) * (z < -28 ? 1 : 0));
  const skull = ellipsoid(x, y - 2, z - 4, 76, 94, 81);
  out = mix(out, 60, soft(skull, 2) * soft(z + 62, 8));
  const marrow = ellipsoid(x, y - 2, z - 4, 73.2, 91, 78);
  out = mix(out, 420, soft(marrow, 1.6) * soft(1.2 - marrow, 1.6) * soft(z + 40, 8) * 0.8);
  for (const side of [-1, 1]) {
    const eye = ellipsoid(x - side * 31, y - 76, z + 32, 13, 13, 13);
    out = mix(out, 700, soft(eye + 7, 3) * 0.7);
    out = mix(out, 210, soft(eye, 1.8));
  }
  const nose = ellipsoid(x, y - 68, z + 52, 13, 24, 18) + 3 * noise3(x / 5, y / 9, z / 5, 22);
  return mix(out, 15, soft(nose, 2));
}

function faceAndNeck(x, y, z) {
  const face = ellipsoid(x, y - 38, z + 52, 58, 58, 60);
  const neck = z < -30 ? ellipse(x, y + 12, 55, 58) : -99;
  return Math.max(face, neck);
}

/** Sulci are where smooth noise crosses zero, as deep as 15 mm. */
function cerebrum(out, { x, y, z, side, floor }) {
  const shell = ellipsoid(x, y - 2, z - 4, 68, 86, 73) - 1.5;
  const lobe = Math.min(shell, z - floor);
  const surface = lobe + 2 * noise3(x / 17, y / 17, z / 17, 11);
  if (surface < -2) return out;
  const bend = noise3(x / 26, y / 26, z / 26, 14) * 9;
  const fold = Math.abs(noise3((x + bend) / 10.5, (y - bend) / 12, (z + bend) / 10.5, 12)) * 17;
  const sulcus = soft(1.2 - fold, 1.6) * soft(15 - surface, 4);
  const between = side + 0.8 * noise3(0, y / 9, z / 9, 13) + 14 * soft(Math.abs(y) - 90 + z * 0.1, 10);
  const inner = z > 22 ? between - 1 : 99;
  const rim = Math.min(surface, inner, surface < 17 ? fold + 0.4 : surface - 12);
  let tissue = mix(GREY, WHITE, soft(rim - 4, 2.2));
  tissue = mix(tissue, CSF, sulcus * 0.9);
  tissue = mix(tissue, CSF, soft(1.5 - between, 1.6) * soft(Math.max(z - 26, Math.abs(y) - 46), 4));
  const sylvius = soft(1.5 - Math.abs(z - 2 - (side - 50) * 0.25 + y * 0.22), 2) * soft(side - 36, 4) * soft(42 - Math.abs(y - 8), 6);
  tissue = mix(tissue, CSF, sylvius * 0.9);
  return mix(out, tissue, soft(surface, 1.8));
}

function deep(out, { x, y, z, side }) {
  const middle = soft(ellipsoid(x, y, z - 8, 34, 52, 24), 8);
  let tissue = mix(out, WHITE, middle * soft(30 - Math.abs(y), 20) * soft(z + 14, 4));
  const callosum = soft(ellipsoid(x, y - 2, z - 24 + (y * y) / 190, 22, 40, 4.5), 2);
  tissue = mix(tissue, WHITE + 30, callosum);
  tissue = mix(tissue, GREY + 60, soft(ellipsoid(side - 11, y + 10, z - 7, 9, 15, 10), 2.5));
  tissue = mix(tissue, GREY + 40, soft(ellipsoid(side - 15, y - 20, z - 12, 6.5, 12, 10), 2));
  tissue = mix(tissue, GREY + 60, soft(ellipsoid((side - 27) * 0.95 + y * 0.08, y - 5, z - 4, 6.5, 18, 11), 2.5));
  const horn = ellipsoid(side - 9 - Math.abs(y) * 0.12, y - 4, z - 17 + (y * y) / 240, 5.5, 36, 7.5);
  const back = ellipsoid(side - 24 + (y + 40) * 0.1, y + 38, z - 4, 5, 16, 8);
  const temporal = ellipsoid(side - 33, y + 8, z + 17, 3, 20, 3.6);
  tissue = mix(tissue, CSF - 20, soft(Math.max(horn, back, temporal) + 0.6 * noise3(x / 6, y / 6, z / 6, 15), 1.6));
  return mix(tissue, CSF - 20, soft(ellipsoid(x, y + 6, z - 3, 2.4, 14, 10), 1.4));
}

function hindbrain(out, { x, y, z }) {
  const cerebellum = ellipsoid(x, y + 52, z + 38, 49, 31, 25) + 1.2 * noise3(x / 8, y / 8, z / 8, 16);
  const leaf = Math.sin(Math.hypot(y + 22, z + 30) * 1.55 + 2 * noise3(x / 12, y / 12, z / 12, 17));
  const leaves = mix(GREY - 50, WHITE - 120, 0.5 + 0.5 * leaf);
  const kernel = soft(ellipsoid(Math.abs(x) - 16, y + 42, z + 37, 18, 15, 11), 5);
  let tissue = mix(out, mix(leaves, WHITE, kernel), soft(cerebellum, 1.8));
  const lean = y + 17 + (z + 40) * 0.18;
  tissue = mix(tissue, CSF, soft(ellipsoid(x, lean, z + 34, 22, 19, 32), 2) * 0.8 * (cerebellum < 0 ? 1 : 0));
  tissue = mix(tissue, 770, soft(ellipsoid(x, lean - 1, z + 28, 17, 15, 19), 2));
  tissue = mix(tissue, 750, soft(ellipse(x, lean + 4, 9.5, 8), 2) * (z < -34 ? 1 : 0));
  tissue = mix(tissue, CSF - 20, soft(ellipsoid(x, y + 33, z + 34, 7, 4.5, 9), 1.6));
  return tissue;
}
