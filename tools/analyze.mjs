// @ts-check
// The headless run: the built page, its workers and its relay, opened on one source, and the report it comes to.
// Exit status: 0 ended · 2 the source could not be opened, or the masks not be written · 3 time limit.
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pagePath, readOptions, USAGE } from './analyze-options.mjs';
import { readyFolder, writeMasks } from './mask-writer.mjs';
import { ensureBuilt, ensureInstalled } from './ready.mjs';
import { reportTable } from './report-table.mjs';

const OPENED = new Set(['done', 'stopped']);
/** @type {(() => Promise<void>)[]} what was opened, to be closed in reverse */
const opened = [];

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void leave(130));
const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
try {
  process.exitCode = await analyze(options);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = 2;
}
await leave(Number(process.exitCode));

/** @param {import('./analyze-options.mjs').AnalyzeOptions} options @returns {Promise<number>} exit status */
async function analyze(options) {
  const started = performance.now();
  const say = (/** @type {string} */ line) => console.error(line);
  if (!ensureInstalled() || !ensureBuilt()) throw new Error('The app could not be built.');
  const { serve } = await import('./serve.mjs');
  const { openHeadless } = await import('./headless-page.mjs');
  // A folder that cannot be written is better known before the analysis than after it.
  if (options.masks !== undefined) readyFolder(options.masks);
  const app = await serve({ port: 0, allow: process.env.MEDLEY_PROXY_ALLOW });
  opened.push(app.close);
  const source = await sourceUrl(options.source);
  const page = await openHeadless(app.url + pagePath(options, source), { say });
  opened.push(page.close);
  const left = () => (options.timeoutS === undefined ? undefined : options.timeoutS * 1000 - (performance.now() - started));
  const late = () => {
    say(`The time limit of ${options.timeoutS} s was reached.`);
    return 3;
  };
  const ended = await inTime(page.ended, left());
  if (ended === undefined) return late();
  if (!OPENED.has(ended.state)) {
    say(ended.because ?? 'The source could not be opened.');
    return 2;
  }
  const { masks: folder } = options;
  // Before the report, which names the files that are there.
  let failed = false;
  if (folder !== undefined) {
    // A full disk costs masks, not the report.
    const writing = writeMasks(page.masks(), { folder, say }).catch((/** @type {unknown} */ cause) => {
      failed = true;
      say(`The masks could not be written: ${cause instanceof Error ? cause.message : cause}`);
      return 0;
    });
    if ((await inTime(writing, left())) === undefined) return late();
  }
  await print(page.report(), options);
  return failed ? 2 : 0;
}

/** A folder or a file of this computer is served to the page; a link is opened as pasted. @param {string} text @returns {Promise<string>} */
async function sourceUrl(text) {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text;
  const stat = statSync(text, { throwIfNoEntry: false });
  if (!stat) throw new Error(`There is no folder or file called ${text}.`);
  const { serveFolder } = await import('./folder-server.mjs');
  const full = path.resolve(text);
  const folder = stat.isDirectory() ? full : path.dirname(full);
  const server = await serveFolder(folder, stat.isDirectory() ? {} : { only: path.basename(full) });
  opened.push(server.close);
  return stat.isDirectory() ? server.url : server.url + encodeURIComponent(path.basename(full));
}

/** @template T @param {Promise<T>} promise @param {number | undefined} ms @returns {Promise<T | undefined>} undefined when it is too late */
async function inTime(promise, ms) {
  if (ms === undefined) return promise;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, ms));
  });
  return Promise.race([promise, /** @type {Promise<undefined>} */ (late)]).finally(() => clearTimeout(timer));
}

/** @param {AsyncGenerator<string>} pieces @param {import('./analyze-options.mjs').AnalyzeOptions} options */
async function print(pieces, { json }) {
  let text = '';
  for await (const piece of pieces) text += piece;
  const table = reportTable(JSON.parse(text));
  if (json === '-') {
    // A pipe takes what it can: the exit must wait until all of it is through.
    await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve));
    console.error(table);
    return;
  }
  if (json !== undefined) writeFileSync(json, `${text}\n`);
  await new Promise((resolve) => process.stdout.write(`${table}\n`, resolve));
}

/** @param {number} status */
async function leave(status) {
  for (const close of opened.reverse()) await close().catch(() => undefined);
  process.exit(status);
}
