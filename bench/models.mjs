#!/usr/bin/env node
// The shared network in the browser: time of one picture in one WASM worker, throughput of two workers against the native runtime on the same cores
// in turn (A B A B), and memory over 5,000 pictures. The pictures are drawn waves: time does not depend on what they show.
// usage: npm run bench:models [-- --runs 5] [--pictures 5000] [--models DIR] [--no-native] [--no-memory]
//
// The native peer, onnxruntime-node, is no dependency of ours: it is installed into .cache/bench once, without its scripts, which fetch CUDA.
// It runs as it likes best: two threads (one picture and eight at once) and two processes of one thread; the ratio is to the fastest.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchCache, openEnginePage, weightsIn } from './engine-page.mjs';
import { flag, median, number, spread, text } from './options.mjs';

const NATIVE = '1.30.0';
const WORKERS = 2;
/** Pictures after which memory is measured for the first time. */
const SETTLED = 500;
const models = text('models');

function nativeFolder() {
  const folder = benchCache('native');
  if (!existsSync(join(folder, 'node_modules/onnxruntime-node'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', `onnxruntime-node@${NATIVE}`];
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2] });
  }
  return folder;
}

/** Pictures a second of the native runtime, by the way it runs. */
async function native({ folder, weights, side }) {
  const one = async (...more) => {
    const args = [join(import.meta.dirname, 'native-engine.mjs'), '--native', folder, '--weights', weights, '--side', String(side)];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, ...more]);
    return Number(stdout);
  };
  const pair = await Promise.all(Array.from({ length: WORKERS }, () => one('--threads', '1')));
  return {
    'two threads': await one('--threads', '2'),
    'two threads, eight at once': await one('--threads', '2', '--batch', '8'),
    'two processes': pair.reduce((a, b) => a + b),
  };
}

/** Resident memory that is the page's own (not mapped files), MB. */
async function memoryOf(page) {
  const ids = await page.processes();
  return ids.reduce((sum, id) => sum + Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0), 0) / 1024;
}

async function timeOne(page, runs) {
  await page.ask('time', { count: 50, side: 224, grey: true });
  for (const [what, asked] of [
    ['grey, 224 × 224', { side: 224, grey: true }],
    ['colour, 224 × 224', { side: 224, grey: false }],
    ['grey, 512 × 512', { side: 512, grey: true }],
  ]) {
    const times = [];
    for (let n = 0; n < runs; n++) times.push(...(await page.ask('time', { count: 60, ...asked })).times);
    const of = (get) => median(times.map(get)).toFixed(2);
    console.log(
      `one picture  ${of(({ prepare, run }) => prepare + run)} ms (${what}): ${of(({ prepare }) => prepare)} to a tensor, ${of(({ run }) => run)} through the network`,
    );
  }
}

async function against(page, runs) {
  const { card, file } = weightsIn(models);
  const peer = { folder: nativeFolder(), weights: file, side: card.input.columns };
  const results = [];
  for (let n = 0; n < runs; n++) {
    const { ms } = await page.ask('runs', { count: 400 });
    results.push({ ours: 400_000 / ms, ...(await native(peer)) });
    console.error(JSON.stringify(results.at(-1)));
  }
  for (const name of Object.keys(results[0])) console.log(`throughput   ${spread(results.map((one) => one[name]))} pictures/s, ${name}`);
  const ratio = results.map(({ ours, ...theirs }) => ours / Math.max(...Object.values(theirs)));
  console.log(`ratio        ${spread(ratio)} of the fastest native`);
}

async function growth(page, pictures) {
  await page.ask('time', { count: SETTLED, side: 224, grey: false });
  const before = await memoryOf(page);
  for (let done = SETTLED; done < pictures; done += SETTLED) {
    await page.ask('time', { count: SETTLED, side: 224, grey: false });
    console.error(`${done + SETTLED} pictures: ${(await memoryOf(page)).toFixed(1)} MB`);
  }
  const after = await memoryOf(page);
  console.log(
    `memory       ${before.toFixed(1)} MB after ${SETTLED} pictures, ${after.toFixed(1)} MB after ${pictures}: ${((100 * (after - before)) / before).toFixed(1)} %`,
  );
}

const runs = number('runs', 5);
const page = await openEnginePage({ models });
try {
  await page.ask('open', { count: 1 });
  await timeOne(page, runs);
  if (!flag('no-memory')) await growth(page, number('pictures', 5000));
} finally {
  await page.close();
}
if (!flag('no-native')) {
  const pool = await openEnginePage({ models });
  try {
    await pool.ask('open', { count: WORKERS });
    await pool.ask('runs', { count: 100 });
    await against(pool, runs);
  } finally {
    await pool.close();
  }
}
