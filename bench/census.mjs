#!/usr/bin/env node
// The census of a 1 GB zip, beside the Python pipeline on the same bytes and the same line: A B A B, medians, ratios, bytes of the server's own counter.
// usage: node bench/census.mjs [--mbit 100] [--ms 20] [--runs 5] [--per-series 200] [--no-range] [--no-cors] [--no-peer]     (--mbit 0: no limit)
// MEDLEY_BENCH_PEER names the folder of serve.py and seed_pipeline.py; ../shared/bench otherwise.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeBigZip } from './make-big-zip.mjs';
import { flag, median, number, spread } from './options.mjs';
import { analyse, openBrowser, serveApp, timeAnalysis, visit } from './page.mjs';

const PEER = process.env.MEDLEY_BENCH_PEER ?? join(import.meta.dirname, '../../shared/bench');
const run = promisify(execFile);

/** { url, counted(), close() } of the limited server over one folder. */
async function serveLimited(folder) {
  const limits = [
    '--mbit',
    String(number('mbit', 100)),
    '--ms',
    String(number('ms', 20)),
    ...['no-range', 'no-cors'].filter(flag).map((name) => `--${name}`),
  ];
  const child = spawn('/usr/bin/python3', [join(PEER, 'serve.py'), folder, ...limits], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${String(line).trim()}/`;
  const ask = async (path) => (await fetch(url + path)).json();
  return { url, reset: () => ask('__reset__'), counted: () => ask('__bytes__'), close: () => child.kill() };
}

async function ours({ browser, app, server, source }) {
  await server.reset();
  const page = await visit(browser, app.url);
  const times = await timeAnalysis(page, analyse(page, source), { limitMs: 900_000 });
  const { bytes, requests } = await server.counted();
  await page.context().close();
  return { ...times, bytes, requests };
}

async function theirs(source) {
  const { stdout } = await run('/usr/bin/python3', [join(PEER, 'seed_pipeline.py'), source], { maxBuffer: 1 << 20 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

const zip = makeBigZip({ perSeries: number('per-series', 200) });
if (!existsSync(join(PEER, 'serve.py'))) throw new Error('serve.py is not there: name its folder in MEDLEY_BENCH_PEER.');
const server = await serveLimited(dirname(zip));
if (flag('no-cors')) process.env.MEDLEY_PROXY_ALLOW = new URL(server.url).host;
const [app, browser] = [await serveApp(), await openBrowser()];
const source = server.url + basename(zip);
const held = statSync(zip).size;
const results = { ours: [], theirs: [] };
try {
  for (let n = 0; n < number('runs', 5); n++) {
    const mine = await ours({ browser, app, server, source });
    results.ours.push(mine);
    console.error(`ours   ${JSON.stringify(mine)}`);
    if (flag('no-peer')) continue;
    const peer = await theirs(source);
    results.theirs.push(peer);
    console.error(`theirs ${JSON.stringify(peer)}`);
  }
} finally {
  await browser.close();
  await app.close();
  server.close();
}
const of = (key) => results.ours.map((result) => result[key]);
console.log(`zip          ${(held / 1e9).toFixed(3)} GB`);
console.log(`first chart  ${spread(of('firstChart'))} s`);
console.log(`complete     ${spread(of('done'))} s`);
console.log(`fetched      ${((100 * median(of('bytes'))) / held).toFixed(2)} % in ${median(of('requests'))} requests`);
if (results.theirs.length) {
  const peer = results.theirs.map((result) => result.seconds.total);
  console.log(`peer         ${spread(peer)} s`);
  console.log(`ratio        ${spread(results.ours.map((mine, n) => peer[n] / mine.done))} times faster`);
}
