#!/usr/bin/env node
// Raw outputs of the app's engine for a pack of pictures (bench/recognise_parity.py makes it), as JSON.
// usage: node bench/recognise-logits.mjs --pack DIR --out FILE [--provider wasm|webgpu] [--count N] [--models DIR]     webgpu: the software adapter
import { writeFileSync } from 'node:fs';
import { openEnginePage } from './engine-page.mjs';
import { number, text } from './options.mjs';

const provider = text('provider', 'wasm');
const count = number('count', 0);
const page = await openEnginePage({ models: text('models'), pack: text('pack'), gpu: provider === 'webgpu' });
try {
  const [opened] = await page.ask('open', { wish: provider });
  const began = performance.now();
  const { outputs, provider: after } = await page.ask('logits', count ? { count } : {});
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(text('out'), JSON.stringify({ ...opened, provider: after, seconds, outputs }));
  console.error(`${outputs.length} pictures on ${after}: ${seconds.toFixed(1)} s`);
} finally {
  await page.close();
}
