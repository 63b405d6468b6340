// One volume through vesselness: a body with a tree of vessels and noise. Slices are drawn as they are read, as a decoder would.
import { createRandom, inside, treeOf, wallOf } from '../src/core/vesselness/phantoms.ts';
import { vesselsOf } from '../src/core/vesselness/vessels.ts';

const [columns = 256, rows = 256, slices = 128] = process.argv.slice(2).map(Number);
const spacingMm = [0.7, 0.7, 1] as const;
const middle = [(columns * 0.7) / 2, (rows * 0.7) / 2] as const;
const tree = wallOf(treeOf({ root: [middle[0], middle[1], 5], heightMm: slices - 10, radiusMm: 5, forks: 4 }));
const random = createRandom(1);
const noise = Float32Array.from({ length: 65_536 }, () => (random() + random() + random() - 1.5) * 30);
const radius = 0.45 * columns * 0.7;

function slab(first: number, count: number): Promise<Float32Array> {
  const out = new Float32Array(columns * rows * count);
  let at = 0;
  for (let z = first; z < first + count; z++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++, at++) {
        const far = Math.hypot(x * 0.7 - middle[0], y * 0.7 - middle[1]);
        const blood = far < 60 ? 260 * inside(tree([x * 0.7, y * 0.7, z]), 1) : 0;
        out[at] = (far < radius ? 40 + blood : -1000) + (noise[(at * 7 + z) % noise.length] ?? 0);
      }
    }
  }
  return Promise.resolve(out);
}

let peak = 0;
let drawing = 0;
const timed = async (first: number, count: number): Promise<Float32Array> => {
  const start = process.cpuUsage();
  const out = await slab(first, count);
  drawing += process.cpuUsage(start).user / 1000;
  return out;
};
const watch = async (): Promise<void> => {
  const { rss } = process.memoryUsage();
  peak = Math.max(peak, rss);
  await new Promise((go) => setImmediate(go));
};
const before = process.memoryUsage().rss;
const [start, cpu] = [performance.now(), process.cpuUsage()];
const { found, grid } = await vesselsOf({ columns, rows, slices, spacingMm, slab: timed }, { kind: 'ct', rimMm: 3, onProgress: watch });
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  `${columns} × ${rows} × ${slices}: ${Math.round((user + system) / 1000 - drawing)} ms of processor time (${Math.round(performance.now() - start)} ms on the clock, ` +
    `${Math.round(drawing)} ms of them to draw the phantom), ${Math.round((peak - before) / 2 ** 20)} MB more than before, ` +
    `grid ${grid.columns} × ${grid.rows} × ${grid.slices}, ${found.pieces} pieces, ${found.volumeMl.toFixed(1)} ml\n`,
);
