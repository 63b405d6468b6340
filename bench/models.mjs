#!/usr/bin/env node
// The shared network in the browser: time of one picture in one WASM worker, throughput of two workers against the native runtime on the same cores
// in turn (A B A B), and memory over 5,000 pictures. The pictures are drawn waves: time does not depend on what they show.
// usage: npm run bench:models [-- --runs 5] [--pictures 5000] [--models DIR] [--no-native] [--no-memory]
//
// The native peer, onnxruntime-node, is no dependency of ours: it is installed into .cache/bench once, without its scripts, which fetch CUDA.
// It runs as it likes best: two threads (one picture and eight at once) and two processes of one thread; the ratio is to the fastest.
// Processor time is told beside the clock's: on a machine that has other work, it is the one to believe.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchCache, memoryOf, openEnginePage, weightsIn } from './engine-page.mjs';
import { flag, median, number, spread, text } from './options.mjs';

const NATIVE = '1.30.0';
const WORKERS = 2;
/** Pictures of one turn of throughput. */
const PICTURES = 400;
/** Pictures around which memory is measured for the first time. */
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
    return JSON.parse(stdout);
  };
  const pair = await Promise.all(Array.from({ length: WORKERS }, () => one('--threads', '1')));
  return {
    'two threads': await one('--threads', '2'),
    'two threads, eight at once': await one('--threads', '2', '--batch', '8'),
    'two processes': { rate: pair.reduce((sum, { rate }) => sum + rate, 0), cpu: pair.reduce((sum, { cpu }) => sum + cpu / WORKERS, 0) },
  };
}

/** Processor milliseconds that the page's processes have used; the kernel counts in hundredths of a second. */
async function cpuOf(page) {
  const ids = await page.processes();
  return ids.reduce((sum, id) => {
    // The fields after the name, which is in brackets and may hold spaces: utime and stime are the 14th and 15th of all (proc(5)).
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + 10 * (Number(fields[11]) + Number(fields[12]));
  }, 0);
}

async function timeOne(page, runs) {
  await page.ask('time', { count: 50, side: 224, grey: true });
  for (const [what, asked] of [
    ['grey, 224 × 224', { side: 224, grey: true }],
    ['colour, 224 × 224', { side: 224, grey: false }],
    ['grey, 512 × 512', { side: 512, grey: true }],
  ]) {
    const times = [];
    const before = await cpuOf(page);
    for (let n = 0; n < runs; n++) times.push(...(await page.ask('time', { count: 60, ...asked })).times);
    const cpu = (await cpuOf(page)) - before;
    const of = (get) => median(times.map(get)).toFixed(2);
    console.log(
      `one picture  ${of(({ prepare, run }) => prepare + run)} ms (${what}): ${of(({ prepare }) => prepare)} to a tensor, ${of(({ run }) => run)} through the network; ${(cpu / times.length).toFixed(2)} ms of processor time`,
    );
  }
}

async function against(page, runs) {
  const { card, file } = weightsIn(models);
  const peer = { folder: nativeFolder(), weights: file, side: card.input.columns };
  const results = [];
  for (let n = 0; n < runs; n++) {
    const before = await cpuOf(page);
    const { ms } = await page.ask('runs', { count: PICTURES });
    const ours = { rate: (1000 * PICTURES) / ms, cpu: ((await cpuOf(page)) - before) / PICTURES };
    results.push({ ours, ...(await native(peer)) });
    console.error(JSON.stringify(results.at(-1)));
  }
  for (const name of Object.keys(results[0])) {
    const of = (get) => spread(results.map((one) => get(one[name])));
    console.log(`throughput   ${of(({ rate }) => rate)} pictures/s, ${of(({ cpu }) => cpu)} ms of processor time each: ${name}`);
  }
  const ratio = results.map(({ ours, ...theirs }) => ours.rate / Math.max(...Object.values(theirs).map(({ rate }) => rate)));
  const cpu = results.map(({ ours, ...theirs }) => Math.min(...Object.values(theirs).map((one) => one.cpu)) / ours.cpu);
  console.log(`ratio        ${spread(ratio)} of the fastest native; by processor time ${spread(cpu)}`);
}

/** Memory rises and falls with what waits to be collected: the median of five looks at each end. */
async function growth(page, pictures) {
  const looks = async () => {
    const seen = [];
    for (let n = 0; n < 5; n++) {
      await page.ask('time', { count: SETTLED / 5, side: 224, grey: false });
      seen.push(await memoryOf(page));
    }
    return seen;
  };
  await page.ask('time', { count: SETTLED / 2, side: 224, grey: false });
  const before = await looks();
  await page.ask('time', { count: pictures - 2 * SETTLED, side: 224, grey: false });
  const after = await looks();
  const grown = (100 * (median(after) - median(before))) / median(before);
  console.log(
    `memory       ${spread(before)} MB around ${SETTLED} pictures, ${spread(after)} MB around ${pictures}: ${grown.toFixed(1)} %`,
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
