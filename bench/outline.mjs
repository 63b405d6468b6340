#!/usr/bin/env node
// Outlining in the browser: Dice on pairs with routing forced, held against Python's masks of the same pictures; time of one picture in one WASM worker, of a
// volume on two, and memory after twenty volumes. The code is the app's own, from decoded pixels to the mask.
// usage: npm run bench:outline [-- --manifest FILE] [--pairs DIR] [--python DIR] [--limit 50] [--task ID] [--save DIR] [--models DIR] [--no-pairs] [--no-times] [--no-memory]
//
// The manifest (or $MEDLEY_OUTLINE_PAIRS) is CSV with columns task, image, mask and perhaps card; `task` is a task of a card, paths start from --pairs, else
// from the manifest's folder. --python holds masks of the same pictures under their paths, with _ for / and ending in .png. --save writes ours under the same names.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import { benchCache, memoryOf, openEnginePage } from './engine-page.mjs';
import { flag, median, number, spread, text } from './options.mjs';

const ROOT = path.join(import.meta.dirname, '..');
const models = text('models') ?? path.join(ROOT, 'public/models');
/** What the browser may differ by from Python. */
const APART = 0.005;

const cards = readdirSync(models)
  .filter((name) => name.endsWith('.card.json'))
  .map((name) => JSON.parse(readFileSync(path.join(models, name), 'utf8')))
  .filter(({ schema }) => schema === 'medley.outline/1');

/** Where a task is asked: `{ card, task }`. */
function wishOf({ task, card }) {
  const home = cards.find(({ id, tasks }) => (card ? id === card : true) && tasks.some((one) => one.id === task));
  if (!home) throw new Error(`No card in ${models} has the task ${task}.`);
  return { card: home.id, task };
}

/** Tasks of the pairs that networks were trained on, by what their manifest calls them (as in training/medley_training/pairs.py). */
const NAMES = {
  'lesion_skin skin': 'skin-lesion',
  'polyp colon': 'polyp',
  'tumour_breast_us breast': 'breast-us',
  'tumour_brain_mr brain': 'brain-mr',
  'tumour_ct kidney': 'kidney-ct',
  'tumour_ct liver': 'liver-ct',
  'tumour_ct lung': 'lung-ct',
  'tumour_mr_other head_neck': 'nasopharynx-mr',
  'tumour_mr_other prostate': 'prostate-mr',
  'lesion_brain_ct brain': 'brain-ct',
  'lesion_brain_mr brain': 'ms-mr',
  'lesion_lung_ct lung': 'covid-ct',
  'vessels carotid': 'carotid-us',
  'vessels brain': 'microscopy',
};
const BY_MODALITY = { fundus: 'fundus', octa: 'octa', xa: 'xa' };
const taskOf = ({ task, modality, anatomy }) => BY_MODALITY[modality] ?? NAMES[`${task} ${anatomy}`] ?? task;

/** Rows of a plain CSV file: no quotes. */
function rowsOf(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i], value])));
}

function bitsOf({ runs, columns, rows }) {
  const bits = new Uint8Array(columns * rows);
  let at = 0;
  for (const [i, length] of runs.entries()) {
    if (i % 2) bits.fill(1, at, at + length);
    at += length;
  }
  return bits;
}

/** First sample of a pixel; less than 8 bits are packed, each row from a byte of its own (PNG 7.2). */
function sampleOf({ width, data, channels, depth }, x, y) {
  if (depth >= 8) return data[(y * width + x) * channels];
  const bit = x * channels * depth;
  const byte = data[y * Math.ceil((width * channels * depth) / 8) + (bit >> 3)];
  return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** A PNG mask, brought to columns × rows by nearest neighbour; marked above half of the largest value that it has. */
function maskIn(file, { columns, rows }) {
  const png = decode(readFileSync(file));
  const values = new Uint16Array(columns * rows);
  for (let y = 0, at = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, at++)
      values[at] = sampleOf(png, Math.floor(((x + 0.5) * png.width) / columns), Math.floor(((y + 0.5) * png.height) / rows));
  const most = values.reduce((top, value) => Math.max(top, value), 1);
  return Uint8Array.from(values, (value) => Number(value * 2 > most));
}

function diceOf(a, b) {
  let [both, all] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += a[i] & b[i];
    all += a[i] + b[i];
  }
  return all === 0 ? 1 : (2 * both) / all;
}

/** Sources have pictures of the same name. */
const nameOf = (image) => `${image.replace(/\.[^.]+$/, '').replaceAll('/', '_')}.png`;

/** Lists by key, in order of their first. */
function grouped(values, keyOf) {
  const groups = new Map();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

/** Evenly over the rows of each task. */
function chosen(rows, limit) {
  return [...grouped(rows, ({ task }) => task).values()].flatMap((all) =>
    all.length <= limit ? all : Array.from({ length: limit }, (_, i) => all[Math.floor((i * all.length) / limit)]),
  );
}

async function pairs(manifest) {
  const folder = text('pairs') ?? path.dirname(manifest);
  const known = new Set(cards.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
  const only = text('task');
  const rows = chosen(
    rowsOf(manifest)
      .map((row) => ({ ...row, task: taskOf(row) }))
      .filter(({ task }) => known.has(task) && (!only || task === only)),
    number('limit', 50),
  );
  if (!rows.length) throw new Error(`No row of ${manifest} names a task of a card: ${[...known].join(', ')}.`);
  const pack = path.join(benchCache('outline'), `pack-${process.pid}`);
  mkdirSync(pack, { recursive: true });
  for (const [i, { image }] of rows.entries()) cpSync(path.join(folder, image), path.join(pack, `${i}${path.extname(image)}`));
  const page = await openEnginePage({ models, pack });
  try {
    await page.ask('openOutlining', { count: 1 });
    const results = [];
    for (const [i, row] of rows.entries())
      results.push({ row, ...(await compared(page, { row, folder, url: `/pack/${i}${path.extname(row.image)}` })) });
    return tell(results);
  } finally {
    await page.close();
    rmSync(pack, { recursive: true, force: true });
  }
}

async function compared(page, { row, folder, url }) {
  const found = await page.ask('outline', { url, wish: wishOf(row) });
  const bits = bitsOf(found);
  const name = nameOf(row.image);
  const save = text('save');
  if (save) {
    mkdirSync(save, { recursive: true });
    const { columns: width, rows: height } = found;
    writeFileSync(path.join(save, name), encode({ width, height, data: bits.map((bit) => bit * 255), channels: 1, depth: 8 }));
  }
  const truth = maskIn(path.join(folder, row.mask), found);
  const theirs = text('python') && path.join(text('python'), name);
  const peer = theirs && existsSync(theirs) ? maskIn(theirs, found) : undefined;
  return {
    dice: diceOf(bits, truth),
    present: found.probability >= 0.5,
    ...(peer ? { theirs: diceOf(peer, truth), alike: diceOf(bits, peer) } : {}),
  };
}

/** Whether the browser is within its bound of Python, picture by picture and in the mean. */
function tell(results) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  let good = true;
  for (const [task, all] of grouped(results, ({ row }) => row.task)) {
    const peers = all.filter(({ theirs }) => theirs !== undefined);
    const found = all.filter(({ present }) => present).length;
    console.log(`${task.padEnd(18)} Dice ${mean(all.map(({ dice }) => dice)).toFixed(4)} over ${all.length} pictures, present in ${found}`);
    if (!peers.length) continue;
    const apart = Math.abs(mean(peers.map(({ dice }) => dice)) - mean(peers.map(({ theirs }) => theirs)));
    const worst = Math.max(...peers.map(({ dice, theirs }) => Math.abs(dice - theirs)));
    const alike = peers.map((one) => one.alike);
    console.log(
      `${''.padEnd(18)} Python ${apart.toFixed(5)} apart in the mean, ${worst.toFixed(5)} at most; masks alike ${spread(alike)} over ${peers.length}`,
    );
    good &&= apart <= APART;
  }
  return good;
}

async function times() {
  const page = await openEnginePage({ models });
  try {
    await page.ask('openOutlining', { count: 2 });
    for (const { id, tasks } of cards) {
      const wish = { card: id, task: tasks[0].id };
      await page.ask('timePictures', { side: 256, count: 3, wish });
      const all = await page.ask('timePictures', { side: 256, count: 20, wish });
      console.log(`one picture  ${spread(all)} ms (256 × 256, ${id}, one WASM worker)`);
    }
    const volumes =
      cards.find(({ tasks }) => tasks.some(({ routes }) => routes.some(({ modality }) => modality.includes('MR')))) ?? cards[0];
    const task = volumes.tasks.find(({ routes }) => routes.some(({ modality }) => modality.includes('MR'))) ?? volumes.tasks[0];
    const volume = () => page.ask('timeVolume', { side: 256, slices: 128, wish: { card: volumes.id, task: task.id } });
    const first = await volume();
    console.log(
      `volume       ${first.seconds.toFixed(1)} s (256 × 256 × 128, ${task.id}, two WASM workers); the page was busy for ${first.longestMs.toFixed(0)} ms at most`,
    );
    if (!flag('no-memory')) await growth(page, { volume, count: number('volumes', 20) });
  } finally {
    await page.close();
  }
}

/** Memory rises and falls with what waits to be collected: the median of three looks at each end. */
async function growth(page, { volume, count }) {
  const looks = [];
  for (let n = 0; n < count; n++) {
    await volume();
    looks.push(await memoryOf(page));
  }
  const [before, after] = [median(looks.slice(0, 3)), median(looks.slice(-3))];
  console.log(
    `memory       ${before.toFixed(0)} MB after the first volumes, ${after.toFixed(0)} MB after ${count}: ${((100 * (after - before)) / before).toFixed(1)} %`,
  );
}

const manifest = text('manifest') ?? process.env.MEDLEY_OUTLINE_PAIRS;
if (!flag('no-times')) await times();
if (!flag('no-pairs')) {
  if (!manifest) console.log('No pairs: name a manifest by --manifest or in MEDLEY_OUTLINE_PAIRS.');
  else if (!(await pairs(manifest))) {
    console.error(`The browser is more than ${APART} apart from Python.`);
    process.exitCode = 1;
  }
}
