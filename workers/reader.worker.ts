// Door of a reader: headers, pixels, tags and thumbnails. Holds no logic.
import { expose, transfer } from 'comlink';
import type { ReaderDoor } from '../src/jobs/protocol.ts';
import { createReader, type Reader } from '../src/pipeline/reader.ts';

let reader: Reader = createReader({});

const door: ReaderDoor = {
  configure: (options) => {
    reader = createReader(options);
  },
  attach: (port) => expose(door, port as MessagePort),
  listen: (on) => reader.listen(on),
  work: (jobs) => reader.work(jobs),
  ping: () => reader.ping(),
  pixels: async (task) => {
    const pixels = await reader.pixels(task);
    return transfer(pixels, [pixels.data.buffer as ArrayBuffer]);
  },
  drawn: (task) => reader.drawn(task),
  tags: (task) => reader.tags(task),
  outline: (task, on) => reader.outline(task, { on }),
  thumbnail: (task, max) => reader.thumbnail(task, max),
};

expose(door);
