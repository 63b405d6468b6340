// @ts-check
// `npm test`: installs what is missing, then checks, builds and runs every test. The last line is alone: `N passed, N failed`.
// Uses only what Node brings until the packages are there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, ensureInstalled, run } from './ready.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PAGE_REPORT = path.join(ROOT, '.cache/e2e.json');

let passed = 0;
let failed = 0;
/** @type {string[]} */
const wrong = [];
if (ensureInstalled()) await everything();
else miss('the packages could not be installed');
for (const what of wrong) console.log(`not well: ${what}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function everything() {
  const { check, unitCounts } = await import('./check.mjs');
  rmSync(path.join(ROOT, '.cache/unit.json'), { force: true });
  rmSync(PAGE_REPORT, { force: true });
  // Before the checks: the size of the first load is measured on it.
  const built = build();
  if (!built) miss('the build');
  for (const name of check()) {
    if (name === 'unit tests') wrong.push(name);
    else miss(name);
  }
  count(unitCounts());
  if (!built) return;
  if (!(await ensureChromium())) return miss('no Chromium: set CHROMIUM_PATH to one, or run as root on Debian');
  if (
    !run(path.join(ROOT, 'node_modules/.bin/playwright'), ['test', '--reporter=list,json'], {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: PAGE_REPORT },
    })
  )
    wrong.push('end-to-end tests');
  count(pageCounts());
}

/** A step that is no test and went wrong counts as one failure. @param {string} what */
function miss(what) {
  wrong.push(what);
  failed += 1;
}

/** @param {{ passed: number, failed: number }} counts */
function count(counts) {
  passed += counts.passed;
  failed += counts.failed;
}

function pageCounts() {
  try {
    const { stats, errors } = JSON.parse(readFileSync(PAGE_REPORT, 'utf8'));
    return { passed: stats.expected + stats.flaky, failed: Math.max(stats.unexpected, errors.length) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Debian's Chromium, where none is found and this may install one. @returns {Promise<boolean>} */
async function ensureChromium() {
  const { chromiumPath } = await import('./chromium.mjs');
  if (chromiumPath()) return true;
  const root = process.getuid?.() === 0;
  const may = existsSync('/usr/bin/apt-get') && (root || spawnSync('sudo', ['-n', 'true']).status === 0);
  if (!may) return false;
  console.error('Installing Chromium (apt-get) …');
  const apt = (/** @type {string[]} */ ...args) =>
    run(root ? 'apt-get' : 'sudo', root ? args : ['-n', 'apt-get', ...args], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', 'chromium') && chromiumPath() !== undefined;
}
