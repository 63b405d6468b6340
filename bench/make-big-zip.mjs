#!/usr/bin/env node
// Writes the large dataset as a zip and, with --folder, as plain files too. Kept in .cache/bench, which git ignores; made again only when missing.
// usage: node bench/make-big-zip.mjs [--per-series 200] [--folder]
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { bigData, packed } from './big-data.mjs';
import { flag, number } from './options.mjs';

export const CACHE = join(import.meta.dirname, '../.cache/bench');

function writer(path) {
  const file = openSync(path, 'w');
  let at = 0;
  return {
    get at() {
      return at;
    },
    put(...parts) {
      for (const part of parts) at += writeSync(file, part);
    },
    close: () => closeSync(file),
  };
}

function fieldsOf({ path, method, crc, packedSize, size }) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(0x5b770821, 6);
  fields.writeUInt32LE(crc >>> 0, 10);
  fields.writeUInt32LE(packedSize, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(path.length, 22);
  return fields;
}

/** The zip, streamed member by member. */
export function makeBigZip({ perSeries = 200 } = {}) {
  const target = join(CACHE, `big-${perSeries}.zip`);
  if (existsSync(target)) return target;
  mkdirSync(CACHE, { recursive: true });
  const out = writer(`${target}.part`);
  const directory = [];
  for (const { name, data, stored } of bigData({ perSeries })) {
    const body = stored ? data : packed(data);
    const path = Buffer.from(name);
    const fields = fieldsOf({ path, method: stored ? 0 : 8, crc: crc32(data), packedSize: body.length, size: data.length });
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(out.at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, path]));
    out.put(Buffer.from('PK\x03\x04'), fields, path, body);
  }
  const start = out.at;
  out.put(...directory);
  const tail = Buffer.alloc(22);
  tail.write('PK\x05\x06', 'latin1');
  tail.writeUInt16LE(directory.length, 8);
  tail.writeUInt16LE(directory.length, 10);
  tail.writeUInt32LE(out.at - start, 12);
  tail.writeUInt32LE(start, 16);
  out.put(tail);
  out.close();
  renameSync(`${target}.part`, target);
  return target;
}

/** The same files unpacked. */
export function makeBigFolder({ perSeries = 200 } = {}) {
  const target = join(CACHE, `big-${perSeries}`);
  if (existsSync(target)) return target;
  for (const { name, data } of bigData({ perSeries })) {
    const path = join(`${target}.part`, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  }
  renameSync(`${target}.part`, target);
  return target;
}

if (process.argv[1] === import.meta.filename) {
  const perSeries = number('per-series', 200);
  console.log(makeBigZip({ perSeries }));
  if (flag('folder')) console.log(makeBigFolder({ perSeries }));
}
