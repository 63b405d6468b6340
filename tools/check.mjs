// @ts-check
// `npm run check`: everything that needs no browser, each named as it passes or fails. All of it runs, whatever fails.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './ready.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** @param {string} name */
const bin = (name) => path.join(ROOT, 'node_modules/.bin', name);
/** @type {readonly [string, string, readonly string[]][]} */
const CHECKS = [
  ...['core', 'worker', 'page', 'node'].map(
    (place) => /** @type {[string, string, string[]]} */ ([`types of ${place}`, bin('tsc'), ['-p', `tsconfig.${place}.json`]]),
  ),
  ['style', bin('biome'), ['check', '--max-diagnostics=40', '.']],
  ['layers', process.execPath, ['tools/check-layers.mjs']],
  ['unused', bin('knip'), []],
  ['sizes', process.execPath, ['tools/check-sizes.mjs']],
];

/**
 * @param {{ unit?: boolean }} [options]
 * @returns {string[]} names of what failed
 */
export function check({ unit = true } = {}) {
  const all = unit
    ? [...CHECKS, /** @type {const} */ (['unit tests', bin('vitest'), ['run', '--silent', '--reporter=default', ...JSON_REPORT]])]
    : CHECKS;
  const failed = [];
  for (const [name, program, args] of all) {
    const started = performance.now();
    const well = run(program, args);
    console.log(`${well ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (!well) failed.push(name);
  }
  return failed;
}

const UNIT_REPORT = path.join(ROOT, '.cache/unit.json');
const JSON_REPORT = ['--reporter=json', `--outputFile.json=${UNIT_REPORT}`];

/** Unit tests of the last check. @returns {{ passed: number, failed: number }} a run that left no report counts as one failure */
export function unitCounts() {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'));
    // A file that could not even be loaded has no tests to fail.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failed = check();
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
