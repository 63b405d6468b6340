#!/usr/bin/env node
// A folder read from disk: dropped on the page, beside two Python processes that read the same headers. A B A B, medians, ratio of files a second.
// usage: node bench/folder.mjs [--runs 5] [--per-series 200]     MEDLEY_BENCH_PEER as in census.mjs
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeBigFolder } from './make-big-zip.mjs';
import { median, number, spread } from './options.mjs';
import { openBrowser, serveApp, timeAnalysis, visit } from './page.mjs';

const PEER = process.env.MEDLEY_BENCH_PEER ?? join(import.meta.dirname, '../../shared/bench');
/** The peer's own header(), with its own pool of two; the start of its processes and its imports count, as our page's worker start does. */
const SCAN = `
import json, os, sys, time
sys.path.insert(0, sys.argv[1]); folder = sys.argv[2]; sys.argv = ['seed_pipeline.py', 'none']
import seed_pipeline as peer
from concurrent.futures import ProcessPoolExecutor
if __name__ == '__main__':
    start = time.perf_counter()
    files = [os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs]
    with ProcessPoolExecutor(2) as ex: heads = [h for h in ex.map(peer.header, files, chunksize=32) if h]
    print(json.dumps({'files': len(files), 'read': len(heads), 'items': len({h[2] for h in heads}), 'seconds': time.perf_counter() - start}))
`;

async function theirs(folder) {
  const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', SCAN, PEER, folder], { maxBuffer: 1 << 20 });
  return JSON.parse(stdout);
}

async function ours({ browser, app, folder }) {
  const page = await visit(browser, app.url);
  // Chromium lists the folder and hands it over before `change`: that is the browser's share, and counts.
  const times = await timeAnalysis(page, () => page.locator('input[type=file][webkitdirectory]').first().setInputFiles(folder));
  await page.context().close();
  return times;
}

/** Seconds for the browser alone: the folder chosen, and 4 kB of every File read by two bare workers. What no page can beat. */
async function floor({ browser, app, folder }) {
  const page = await visit(browser, app.url);
  const began = performance.now();
  const input = page.locator('input[type=file][webkitdirectory]').first();
  await page.evaluate(() =>
    document.addEventListener('change', (event) => event.stopImmediatePropagation(), { capture: true, once: true }),
  );
  await input.setInputFiles(folder);
  await input.evaluate(async ({ files }) => {
    const text =
      'onmessage = ({ data }) => { const reader = new FileReaderSync(); for (const file of data) reader.readAsArrayBuffer(file.slice(0, 4096)); postMessage(1); }';
    const script = URL.createObjectURL(new Blob([text]));
    await Promise.all(
      [0, 1].map((one) => {
        const worker = new Worker(script);
        worker.postMessage([...files].filter((_, n) => n % 2 === one));
        return new Promise((done) => worker.addEventListener('message', done));
      }),
    );
  });
  const seconds = (performance.now() - began) / 1000;
  await page.context().close();
  return seconds;
}

const folder = makeBigFolder({ perSeries: number('per-series', 200) });
const [app, browser] = [await serveApp(), await openBrowser()];
const results = [];
try {
  for (let n = 0; n < number('runs', 5); n++) {
    const [mine, peer, bare] = [await ours({ browser, app, folder }), await theirs(folder), await floor({ browser, app, folder })];
    results.push({ mine, peer, bare });
    console.error(JSON.stringify({ mine, peer, bare }));
  }
} finally {
  await browser.close();
  await app.close();
}
const files = results[0].peer.files;
console.log(`files        ${files}`);
console.log(
  `ours         ${spread(results.map(({ mine }) => mine.done))} s, first chart ${median(results.map(({ mine }) => mine.firstChart)).toFixed(2)} s`,
);
console.log(`peer         ${spread(results.map(({ peer }) => peer.seconds))} s`);
console.log(`ratio        ${spread(results.map(({ mine, peer }) => peer.seconds / mine.done))} of the peer's speed`);
console.log(
  `File slices  ${spread(results.map(({ bare }) => bare))} s for the browser alone, ${spread(results.map(({ peer, bare }) => peer.seconds / bare))} of the peer's speed`,
);
