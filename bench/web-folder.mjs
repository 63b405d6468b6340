#!/usr/bin/env node
// A web folder of 100,000 files: whether the page stays usable. Long tasks after the first second, memory of the tab, gaps between frames while scrolling.
// usage: node bench/web-folder.mjs [--entries 100000] [--folders 100] [--watch]
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { encode } from 'fast-png';
import { dicomFile, pictureElements } from '../tools/samples/dicom.mjs';
import { flag, number } from './options.mjs';
import { analyse, openBrowser, serveApp, timeAnalysis, visit } from './page.mjs';

const started = performance.now();
const ENTRIES = number('entries', 100_000);
const FOLDERS = number('folders', 100);
const PER = Math.ceil(ENTRIES / FOLDERS);
const PICTURE = encode({ width: 32, height: 32, channels: 1, depth: 8, data: new Uint8Array(1024).map((_, n) => n % 200) });

/** Every tenth file is a PNG of its own; the others are slices of 45 to a series. Nothing lies on disk. */
function fileOf(folder, n) {
  if (n % 10 === 9) return { name: `x${String(n).padStart(5, '0')}.png`, body: () => PICTURE };
  const body = () => {
    const series = `2.25.7.${folder}.${Math.floor(n / 50)}`;
    const pixels = new Int16Array(16 * 16).fill(n % 900);
    return dicomFile([
      ...pictureElements({
        columns: 16,
        rows: 16,
        spacing: [1, 1],
        pixels,
        modality: folder % 3 ? 'CT' : 'MR',
        sopClass: folder % 3 ? '1.2.840.10008.5.1.4.1.1.2' : '1.2.840.10008.5.1.4.1.1.4',
        study: `2.25.7.${folder}`,
        series,
        sop: `${series}.${n}`,
      }),
      ['00180015', 'CS', ['CHEST', 'BRAIN', 'ABDOMEN'][folder % 3]],
      ['00200013', 'IS', n],
      ['00200032', 'DS', [0, 0, n]],
      ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
    ]);
  };
  return { name: `i${String(n).padStart(5, '0')}.dcm`, body };
}

const size = fileOf(1, 1).body().length;

function index(path, names) {
  const rows = names.map(
    (name) =>
      `<a href="${name}">${name}</a>  22-Nov-2026 10:00  ${name.endsWith('/') ? '-' : name.endsWith('.png') ? PICTURE.length : size}`,
  );
  return `<html><head><title>Index of ${path}</title></head><body><h1>Index of ${path}</h1><pre><a href="../">../</a>\n${rows.join('\n')}\n</pre></body></html>`;
}

function answer(path) {
  if (path === '/')
    return {
      type: 'text/html',
      body: Buffer.from(
        index(
          '/',
          Array.from({ length: FOLDERS }, (_, n) => `f${n}/`),
        ),
      ),
    };
  const [, folder, name] = /^\/f(\d+)\/(.*)$/.exec(path) ?? [];
  if (folder === undefined) return undefined;
  if (name === '')
    return {
      type: 'text/html',
      body: Buffer.from(
        index(
          path,
          Array.from({ length: PER }, (_, n) => fileOf(Number(folder), n).name),
        ),
      ),
    };
  const file = fileOf(Number(folder), Number(/\d+/.exec(name)?.[0]));
  return file.name === name ? { type: 'application/octet-stream', body: Buffer.from(file.body()) } : undefined;
}

const server = createServer((request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
  response.setHeader('Access-Control-Expose-Headers', 'Content-Range, Accept-Ranges, Content-Length');
  const found =
    request.method === 'OPTIONS' ? { type: 'text/plain', body: Buffer.alloc(0) } : answer(new URL(request.url, 'http://x').pathname);
  if (!found) return response.writeHead(404).end();
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  response.setHeader('Content-Type', found.type);
  response.setHeader('Accept-Ranges', 'bytes');
  if (first === undefined) return response.end(found.body);
  const end = Math.min(found.body.length - 1, last ? Number(last) : found.body.length - 1);
  response.writeHead(206, { 'Content-Range': `bytes ${first}-${end}/${found.body.length}` });
  response.end(found.body.subarray(Number(first), end + 1));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

/** Megabytes held by the largest renderer that this process started, from the system's own books. */
function largestRenderer() {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, rss, args = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
      return pid ? [{ pid, parent, rss: Number(rss), args }] : [];
    });
  const ours = new Set([String(process.pid)]);
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of rows) if (ours.has(parent)) ours.add(pid);
  }
  return Math.max(0, ...rows.filter(({ pid, args }) => ours.has(pid) && args.includes('--type=renderer')).map(({ rss }) => rss / 1024));
}

/** Longest and 95th gap between frames while the table is scrolled for three seconds, in milliseconds. */
function scrollGaps(page) {
  return page.getByRole('grid', { name: 'Items' }).evaluate(async (grid) => {
    const scrolled = [grid, ...grid.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 100) ?? grid.parentElement;
    const gaps = [];
    let before = performance.now();
    for (const end = before + 3_000; before < end; ) {
      scrolled.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      gaps.push(performance.now() - before);
      before = performance.now();
    }
    gaps.sort((a, b) => a - b);
    return { frames: gaps.length, p95: gaps[Math.floor(gaps.length * 0.95)], worst: gaps.at(-1) };
  });
}

const [app, browser] = [await serveApp(), await openBrowser()];
const page = await visit(browser, app.url);
const cdp = await page.context().newCDPSession(page);
const heap = async () => (await cdp.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
await page.evaluate(() => {
  window.longTasks = [];
  new PerformanceObserver((list) =>
    window.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))),
  ).observe({ type: 'longtask' });
});
let [peakHeap, peakRss, watching] = [0, 0, true];
const watch = (async () => {
  while (watching) {
    peakHeap = Math.max(peakHeap, await heap());
    peakRss = Math.max(peakRss, largestRenderer());
    if (flag('watch')) console.error(`${((performance.now() - started) / 1000).toFixed(0)} s  ${largestRenderer().toFixed(0)} MB`);
    await wait(500);
  }
})();
const began = await page.evaluate(() => performance.now());
const times = await timeAnalysis(page, analyse(page, `http://127.0.0.1:${server.address().port}/`), { limitMs: 1_800_000 });
const tasks = (await page.evaluate(() => window.longTasks)).filter(({ startTime }) => startTime > began + 1_000);
await page.getByRole('tab', { name: 'Items', exact: true }).click();
const gaps = await scrollGaps(page);
watching = false;
await watch;
await browser.close();
await app.close();
server.close();
console.log(`entries      ${FOLDERS * PER} in ${times.done.toFixed(1)} s, first chart ${times.firstChart.toFixed(2)} s`);
console.log(
  `long tasks   ${tasks.length} after the first second, longest ${Math.max(0, ...tasks.map(({ duration }) => duration)).toFixed(0)} ms (limit 200)`,
);
console.log(`memory       renderer ${peakRss.toFixed(0)} MB at most (limit 1,024), page heap ${peakHeap.toFixed(0)} MB`);
console.log(`scrolling    ${gaps.frames} frames in 3 s, 95 % of gaps under ${gaps.p95.toFixed(0)} ms, worst ${gaps.worst.toFixed(0)} ms`);
