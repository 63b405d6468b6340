#!/usr/bin/env node
// One process of the native runtime, beside which bench/models.mjs runs the app's engine: pictures a second, and processor
// milliseconds a picture, printed once as JSON.
// usage: node bench/native-engine.mjs --native FOLDER --weights FILE --side 128 [--threads 1] [--batch 1] [--ms 3000]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { number, text } from './options.mjs';

const { InferenceSession, Tensor } = createRequire(join(text('native'), 'package.json'))('onnxruntime-node');
const [batch, side] = [number('batch', 1), number('side', 128)];
const session = await InferenceSession.create(text('weights'), {
  intraOpNumThreads: number('threads', 1),
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
});
const data = Float32Array.from({ length: batch * 3 * side * side }, (_, i) => Math.sin(i / 30));
const run = () => session.run({ [session.inputNames[0]]: new Tensor('float32', data, [batch, 3, side, side]) });
for (let i = 0; i < 10; i++) await run();
const began = performance.now();
const cpu = process.cpuUsage();
let done = 0;
while (performance.now() - began < number('ms', 3000)) {
  await run();
  done += batch;
}
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ rate: (done / (performance.now() - began)) * 1000, cpu: (user + system) / 1000 / done }));
