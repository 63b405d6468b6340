// How long vesselness takes and how much memory it needs, on phantoms of two sizes: npm run bench:vesselness [columns rows slices]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SIZES = [
  [256, 256, 128],
  [512, 512, 300],
];
const given = process.argv.slice(2).map(Number);
// A process each: the memory of one does not count for the next.
for (const size of given.length === 3 ? [given] : SIZES) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'bench/vesselness-one.mts'), ...size.map(String)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status) process.exitCode = status;
}
