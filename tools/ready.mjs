// @ts-check
// Brings a clone to where it can run: packages as the lock file says, and a build that is not older than its sources.
// Uses only what Node brings, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['index.html', 'vite.config.ts', 'package-lock.json', 'src', 'workers', 'public'];

/**
 * Runs a program in the repository's root. @param {string} program @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] `quiet`: its output goes to stderr
 * @returns {boolean} whether it ended well
 */
export function run(program, args, { quiet = false, env = {} } = {}) {
  const done = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', quiet ? 2 : 1, 2], env: { ...process.env, ...env } });
  return done.status === 0;
}

/** Installs what the lock file names, where something of it is missing or of another version. @returns {boolean} */
export function ensureInstalled() {
  if (isInstalled()) return true;
  console.error('Installing packages (npm ci) …');
  const quietly = ['--no-audit', '--no-fund'];
  // npm ci refuses a lock file that a registry without some platform's packages made incomplete; install reads the same versions from it.
  return run('npm', ['ci', ...quietly], { quiet: true }) || run('npm', ['install', '--no-save', ...quietly], { quiet: true });
}

/** Compared by content: the times of files say nothing in a fresh clone. @returns {boolean} */
function isInstalled() {
  const mark = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(mark)) return false;
  const wanted = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(mark, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || (there[name] ? there[name].version === version : optional),
  );
}

/** Builds where there is no build or an older one. @returns {boolean} whether there is a build now that fits its sources */
export function ensureBuilt() {
  const page = path.join(ROOT, 'dist', 'index.html');
  if (existsSync(page) && newest(SOURCES) <= statSync(page).mtimeMs) return true;
  console.error('Building …');
  return build();
}

/** @param {readonly string[]} names @returns {number} milliseconds since 1970 of the last change */
function newest(names) {
  let last = 0;
  for (const name of names) {
    const file = path.join(ROOT, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) continue;
    if (stat.isDirectory()) last = Math.max(last, newest(readdirSync(file).map((inside) => path.join(name, inside))));
    else if (!/\.(test\.tsx?|md)$/.test(name)) last = Math.max(last, stat.mtimeMs);
  }
  return last;
}

/** Builds beside dist and swaps, so that a failed or half build never replaces a good one. @returns {boolean} */
export function build() {
  const fresh = path.join(ROOT, '.cache', `build-${process.pid}`);
  const built = run(
    process.execPath,
    [path.join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'],
    { quiet: true },
  );
  if (built) {
    rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
    renameSync(fresh, path.join(ROOT, 'dist'));
  } else rmSync(fresh, { recursive: true, force: true });
  return built;
}
