// Ordinary pictures of phantoms: a chest radiograph projected from the CT phantom, an ultrasound fan with a lesion and its mask, an eye's fundus.
import { chestAt } from './chest.mjs';
import { branches, chance, clamp, ellipse, fromSegment, gaussian, mix, noise3, soft } from './shapes.mjs';

/** Grey 8-bit: rays through the chest from back to front, bone bright. */
export function chestRadiograph(size) {
  const random = gaussian(chance(31));
  const depth = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column / size - 0.5) * 350;
      const z = 125 - (row / size) * 270;
      let sum = 0;
      for (let y = -118; y < 118; y += 4) {
        const hu = chestAt(x, y, z);
        sum += Math.max(0, 1 + hu / 1000 + Math.max(0, hu - 120) / 480);
      }
      depth[row * size + column] = sum * 0.4;
    }
  }
  return Uint8Array.from(depth, (cm) => clamp(250 * (1 - Math.exp(-((cm / 17) ** 1.7))) + 2.2 * random() + 6, 0, 255));
}

/** { image, mask } of a fan-shaped ultrasound picture, grey 8-bit; the mask is 255 where the lesion is. */
export function ultrasoundFan(columns, rows) {
  const random = chance(77);
  const image = new Uint8Array(columns * rows);
  const mask = new Uint8Array(columns * rows);
  const top = -70;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = column - columns / 2;
      const y = row - top;
      const radius = Math.hypot(x, y);
      const angle = Math.atan2(x, y);
      if (Math.abs(angle) > 0.62 || radius < 88 || radius > rows - top - 12) continue;
      const at = row * columns + column;
      const lesion = ellipse(x + 28, row - 170, 52, 34) + 7 * noise3(x / 16, row / 16, 0, 41);
      const { bright, grain } = echo({ x, row, radius, angle, lesion });
      const speckle = Math.sqrt(-2 * Math.log(1 - random() * 0.999)) * 0.8;
      const smooth = 1 + 0.45 * noise3(angle * 90, radius / 3.2, 0, 42) + grain * noise3(angle * 60, radius / 2.2, 0, 43);
      image[at] = clamp(bright * smooth * mix(0.75, speckle, 0.42), 0, 250);
      mask[at] = lesion > 0 ? 255 : 0;
    }
  }
  return { image, mask };
}

function echo({ x, row, radius, angle, lesion }) {
  const depth = radius - 88;
  let bright = 92 + 26 * noise3(x / 40, row / 22, 0, 44);
  bright = mix(170, bright, clamp(depth / 10));
  const layers =
    soft(4 - Math.abs(depth - 34 - 5 * noise3(x / 40, 0, 0, 45)), 3) + soft(3 - Math.abs(depth - 66 - 7 * noise3(x / 50, 1, 0, 46)), 3);
  bright = mix(bright, 165, clamp(layers) * 0.8);
  const fibres = soft(2 - Math.abs(((depth + 9 * noise3(x / 46, row / 46, 0, 47)) % 19) - 9), 4) * soft(depth - 210, 30);
  bright = mix(bright, 140, fibres * 0.7);
  const behind = 1 - 0.45 * soft(12 - Math.abs(angle + 0.13) * 95, 5) * soft(row - 190, 30);
  bright = mix(bright * behind, 24, soft(lesion, 9));
  bright *= Math.exp(-depth / 430);
  return { bright, grain: lesion > 0 ? 0.2 : 0.4 };
}

/** Fundus photograph, RGB 8-bit interleaved. */
export function fundus(size) {
  const random = chance(5);
  const noise = gaussian(chance(6));
  const disc = [0.29, -0.02];
  const vessels = [-1, 1].flatMap((up) =>
    [0.75, 0.35, -0.7].flatMap((out) => {
      const norm = Math.hypot(out, up);
      return branches(random, { from: [disc[0], disc[1], 0], toward: [-out / norm, up / norm, 0], length: 0.3, r: 0.0135, depth: 4 });
    }),
  );
  for (const vessel of vessels) vessel.to[2] = vessel.from[2] = 0;
  const rgb = new Uint8Array(size * size * 3);
  for (let at = 0; at < size * size; at++) {
    const x = ((at % size) / size - 0.5) * 2;
    const y = (Math.floor(at / size) / size - 0.5) * 2;
    const inside = soft((0.93 - Math.hypot(x, y)) * 200, 3);
    if (inside === 0) continue;
    const colour = fundusColour({ x, y, disc, vessels });
    for (let c = 0; c < 3; c++) rgb[at * 3 + c] = clamp(colour[c] * inside + noise() * 1.2, 0, 255);
  }
  return rgb;
}

function fundusColour({ x, y, disc, vessels }) {
  const texture = 1 + 0.06 * noise3(x * 14, y * 14, 0, 51) + 0.05 * noise3(x * 4, y * 4, 0, 52);
  const fall = (1.06 - 0.32 * Math.hypot(x, y)) * texture;
  let colour = [205 * fall, 98 * fall, 44 * fall];
  const macula = Math.exp(-((x + 0.22) ** 2 + (y - 0.04) ** 2) / 0.018);
  colour = colour.map((v, c) => v * (1 - macula * [0.3, 0.42, 0.4][c]));
  let blood = 0;
  for (const vessel of vessels) {
    const low = Math.min(vessel.from[0], vessel.to[0]) - 0.03;
    const high = Math.max(vessel.from[0], vessel.to[0]) + 0.03;
    if (x > low && x < high) blood = Math.max(blood, soft((vessel.r - fromSegment([x, y, 0], vessel)) * 200, 2));
  }
  const rim = soft((0.135 - Math.hypot(x - disc[0], (y - disc[1]) * 0.93)) * 200, 5);
  colour = colour.map((v, c) => mix(v, [246, 196, 120][c], rim));
  const cup = soft((0.06 - Math.hypot(x - disc[0] - 0.01, y - disc[1])) * 200, 6);
  colour = colour.map((v, c) => mix(v, [252, 230, 178][c], cup));
  return colour.map((v, c) => mix(v, [128, 30, 20][c], blood * (c === 0 ? 0.75 : 0.85)));
}
