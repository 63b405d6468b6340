// A chest made of soft ellipsoids, in Hounsfield units. x to the patient's left, y to the back, z to the head (LPS), millimetres. Nobody's chest.
import { branches, chance, ellipse, ellipsoid, fromSegment, mix, noise3, soft } from './shapes.mjs';

const random = chance(20261123);
const LUNG_VESSELS = [-1, 1].flatMap((side) =>
  Array.from({ length: 9 }, (_, n) => {
    const up = -1 + (n / 8) * 2;
    const toward = [side * (0.75 + random() * 0.3), (random() - 0.5) * 1.3, up];
    const norm = Math.hypot(...toward);
    return branches(random, { from: [side * 30, 8, 12], toward: toward.map((d) => d / norm), length: 27, r: 3.6, depth: 4 });
  }).flat(),
);
const CELL = 12;
const VESSEL_CELLS = byCell(LUNG_VESSELS);

/** Vessels by cubes of 12 mm, so that a voxel asks its neighbours only. */
function byCell(segments) {
  const cells = new Map();
  for (const segment of segments) {
    const low = segment.from.map((at, n) => Math.floor((Math.min(at, segment.to[n]) - segment.r - 2) / CELL));
    const high = segment.from.map((at, n) => Math.floor((Math.max(at, segment.to[n]) + segment.r + 2) / CELL));
    for (let i = low[0]; i <= high[0]; i++)
      for (let j = low[1]; j <= high[1]; j++)
        for (let k = low[2]; k <= high[2]; k++) {
          const key = `${i},${j},${k}`;
          cells.set(key, [...(cells.get(key) ?? []), segment]);
        }
  }
  return cells;
}

/** Hounsfield units at a point. `contrast`: iodine in the blood. */
export function chestAt(x, y, z, { contrast = false } = {}) {
  const wide = 1 + z * 0.0005;
  const skin = ellipse(x / wide, Math.sign(y) * Math.abs(y) ** 1.02, 168, 116);
  if (skin < -3) return table(x, y);
  let hu = mix(-1000, -95 + 8 * noise3(x / 9, y / 9, z / 9), soft(skin));
  const muscle = ellipse(x, y, 151 + 5 * noise3(x / 40, y / 40, z / 40), 101);
  hu = mix(hu, 48 + 7 * noise3(x / 6, y / 6, z / 8, 2), soft(muscle, 3));
  hu = breastsAndShoulders(hu, x, y, z);
  hu = cage(hu, x, y, z);
  hu = lungs(hu, x, y, z, contrast);
  hu = mediastinum(hu, x, y, z, contrast);
  hu = belly(hu, x, y, z, contrast);
  return spine(hu, x, y, z);
}

function table(x, y) {
  const depth = y - 131 - (x * x) / 2600;
  return Math.abs(x) < 170 && depth > 0 && depth < 26 ? (depth < 3 || depth > 23 ? -250 : -940) : -1000;
}

function breastsAndShoulders(hu, x, y, z) {
  const fat = soft(ellipsoid(Math.abs(x) - 78, y + 96, z + 5, 46, 22, 52), 6);
  const blade = ellipse((Math.abs(x) - 104) * 0.8 + (y - 58) * 0.6, (y - 58) * 0.8 - (Math.abs(x) - 104) * 0.6, 5, 34);
  const bone = z > -40 ? soft(blade, 2.5) : 0;
  return mix(mix(hu, -90, fat * 0.8), 420, bone);
}

/** Ribs fall from back to front; a rib every 25 mm. */
function cage(hu, x, y, z) {
  const ring = ellipse(x, y + 2, 137, 91);
  const around = Math.atan2(x, y) / Math.PI;
  const rib = (z + 62 * Math.abs(around) ** 0.8 + 500) % 25;
  const inRib = soft(6.2 - Math.abs(rib - 12.5), 3) * soft(4.5 - Math.abs(ring), 2.5);
  const marrow = soft(3.2 - Math.abs(rib - 12.5), 2) * soft(2 - Math.abs(ring), 1.5);
  const front = Math.abs(around) > 0.86 ? 0.35 : 1;
  let out = mix(hu, 520, inRib * front);
  out = mix(out, 180, marrow * front);
  const sternum = soft(ellipse(x, y + 92, 17, 6), 2.5) * soft(85 - z, 6) * soft(z + 75, 6);
  return mix(out, 320, sternum);
}

function lungs(hu, x, y, z, contrast) {
  const side = Math.abs(x);
  const narrow = z > 30 ? 1 - ((z - 30) / 125) ** 2 * 0.75 : 1;
  const edge = 3 * noise3(x / 22, y / 22, z / 22, 5);
  const lung = Math.min(ellipse((side - 66) / narrow, (y - 2) / narrow, 60, 82) + edge, ellipse(x, y + 2, 130, 84));
  if (lung < -4 || narrow < 0.1) return hu;
  let air = -865 + 40 * noise3(x / 5, y / 5, z / 6, 3) + (y + 80) * 0.45;
  const near = VESSEL_CELLS.get(`${Math.floor(x / CELL)},${Math.floor(y / CELL)},${Math.floor(z / CELL)}`) ?? [];
  for (const vessel of near) air = mix(air, contrast ? 190 : 38, soft(vessel.r - fromSegment([x, y, z], vessel), 1.8));
  const fissure = Math.abs(z - 5 - y * 0.55 - 6 * noise3(x / 50, y / 50, 0, 8));
  air = mix(air, -700, soft(1.2 - fissure, 1.5));
  const spiky = 1.6 * noise3(x / 4, y / 4, z / 4, 9);
  const nodule = ellipsoid(x + 82, y + 22, z - 22, 10.5, 9.5, 9.5) + spiky;
  air = mix(air, contrast ? 78 : 42, soft(nodule, 2));
  return mix(hu, air, soft(lung, 2));
}

function mediastinum(hu, x, y, z, contrast) {
  const blood = contrast ? 265 : 43;
  let out = mix(
    hu,
    -40 + 60 * noise3(x / 14, y / 14, z / 14, 6),
    soft(ellipse(x, y + 2, 31 + 8 * Math.exp(-((z - 10) ** 2) / 900), 72), 5) * soft(140 - z),
  );
  const u = (x - 24) * 0.85 - (y + 26) * 0.5;
  const v = (y + 26) * 0.85 + (x - 24) * 0.5;
  out = mix(out, contrast ? 105 : 46, soft(ellipsoid(u, v, z + 48, 58, 44, 52), 3));
  if (contrast) {
    out = mix(out, 285, soft(ellipsoid(u - 18, v + 2, z + 52, 25, 20, 30), 3));
    out = mix(out, 230, soft(ellipsoid(u + 18, v + 15, z + 48, 26, 15, 30), 3));
    out = mix(out, 260, soft(ellipsoid(u + 5, v - 26, z + 30, 27, 13, 20), 3));
  }
  out = mix(out, blood, soft(13 - Math.hypot(x - 24, y - 44), 2) * soft(66 - z, 3));
  out = mix(out, blood, soft(16 - Math.hypot(x + 6, y + 20), 2) * soft(66 - z, 3) * soft(z + 25, 4));
  const arch = fromSegment([x, y, z], { from: [24, 44, 66], to: [-6, -20, 66] });
  out = mix(out, blood, soft(14 - arch, 2));
  out = mix(out, blood, soft(14 - fromSegment([x, y, z], { from: [8, -18, 12], to: [38, 12, 18] }), 2));
  out = mix(out, blood * 0.9, soft(10 - Math.hypot(x + 30, y + 14), 2) * soft(z - 5, 4));
  const split = Math.max(0, 34 - z) * 0.75;
  const pipe = split === 0 ? Math.hypot(x, y - 8) : Math.hypot(Math.abs(x) - split - 4, y - 10);
  const pipeR = split === 0 ? 9.5 : 6.5;
  const open = z > -12 ? soft(pipeR - pipe, 1.6) : 0;
  out = mix(out, 40, z > -12 ? soft(pipeR + 2 - pipe, 1.6) * 0.7 : 0);
  out = mix(out, -985, open);
  return mix(out, 25, soft(ellipse(x - 8, y - 34, 8, 5.5), 2));
}

function belly(hu, x, y, z, contrast) {
  const texture = 6 * noise3(x / 5, y / 5, z / 5, 7);
  let out = mix(hu, (contrast ? 105 : 58) + texture, soft(ellipsoid(x + 52, y + 2, z + 150, 82, 80, 78), 2.5));
  out = mix(out, (contrast ? 120 : 47) + texture, soft(ellipsoid(x - 84, y - 32, z + 148, 36, 46, 50), 2.5));
  const stomach = soft(ellipsoid(x - 52, y + 22, z + 140, 44, 42, 50), 2.5);
  out = mix(out, y < -38 ? -960 : 20, stomach);
  return out;
}

function spine(hu, x, y, z) {
  const level = (z + 500) % 26;
  const disc = level < 5;
  const body = ellipse(x, y - 66, 19, 16);
  let out = mix(hu, disc ? 75 : 560, soft(body, 2));
  out = mix(out, disc ? 85 : 205 + 30 * noise3(x / 3, y / 3, z / 3, 4), soft(body - 2.4, 2));
  const arch = Math.max(soft(ellipse(x, y - 90, 17, 13), 2), soft(ellipse(x, y - 108, 4.5, 14), 2) * (level > 7 && level < 19 ? 1 : 0));
  out = mix(out, disc ? 60 : 430, arch * (disc ? 0.5 : 1));
  const wing = soft(ellipse(Math.abs(x) - 22, y - 90, 18, 5), 2) * (level > 11 && level < 20 ? 1 : 0);
  out = mix(out, 380, wing);
  out = mix(out, 12, soft(ellipse(x, y - 88, 10, 8.5), 2));
  return mix(out, 38, soft(ellipse(x, y - 88, 5.5, 4.5), 2));
}
