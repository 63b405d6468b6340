// @ts-check
// Adds to package-lock.json the optional packages of other platforms that npm left out: a registry without them makes npm write a lock
// that its own `npm ci` then refuses. Run after every `npm install`: `node tools/complete-lock.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const before = Object.keys(lock.packages).length;

for (const [at, { optionalDependencies }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    if (!found(at, name))
      lock.packages[`node_modules/${name}`] = {
        version: version.replace(/^[^0-9]*/, ''),
        ...platform(name),
        optional: true,
        ...(isDev(at) && { dev: true }),
      };
  }
}

const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${Object.keys(lock.packages).length - before} added`);

/** Whether Node would find `name` from the package at `at`. @param {string} at @param {string} name */
function found(at, name) {
  for (let folder = at; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** @param {string} at */
function isDev(at) {
  return lock.packages[at].dev === true;
}

/** What the name says of its platform, so that npm never asks for it elsewhere. @param {string} name */
function platform(name) {
  if (name === 'fsevents') return { os: ['darwin'] };
  const os = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32/.exec(name)?.[0];
  const cpu = /arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32/.exec(name)?.[0];
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) && os === 'linux' ? 'glibc' : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) };
}
